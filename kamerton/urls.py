"""The roof: joins the faces."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer that the server is up."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("kamerton.web.desk.urls")),
    path("", include("kamerton.web.account.urls")),
    path("", include("kamerton.web.activities.urls")),
    path("clients/", include("kamerton.web.accounts.urls")),
    path("clients/", include("kamerton.web.buying_centre.urls")),
    path("", include("kamerton.web.dossier.urls")),
    path("", include("kamerton.web.plans.urls")),
    path("hiring/", include("kamerton.web.hiring.urls")),
    path("c/", include("kamerton.web.hiring.public.urls")),
    path("ledger/", include("kamerton.web.ledger.urls")),
    path("keys/", include("kamerton.web.segmentation.urls")),
    path("method/", include("kamerton.web.methodology.urls")),
    path("jobs/", include("kamerton.web.jobs.urls")),
    path("ui/", include("kamerton.web.ui.urls")),
    path("api/v1/", include("kamerton.api.urls")),
    path("auth/", include("allauth.urls")),
    path("health/", health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
]
