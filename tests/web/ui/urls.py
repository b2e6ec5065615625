"""A roof with a page behind every name of the navigation, whatever else is built."""

from collections import defaultdict

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, include, path

from kamerton.platform.errors import BusinessError, WayOut
from kamerton.web.ui import navigation
from kamerton.web.ui.urls import pages


@login_not_required
def plain(request: HttpRequest) -> HttpResponse:
    """A page with nothing in it."""
    return render(request, "base.html")


@login_not_required
def refuse(request: HttpRequest) -> HttpResponse:
    """An action that refuses and shows the way out."""
    raise BusinessError("Limit 15: free one first.", ways_out=[WayOut("Portfolio", "/portfolio/")])


@login_not_required
def found(request: HttpRequest) -> HttpResponse:
    """What the search found."""
    asked = request.GET.get("q", "")
    return HttpResponse(f'<a role="option" href="/client/1/">Found {len(asked)}</a>')


def names() -> dict[str, list[str]]:
    """The url names of the navigation by namespace."""
    by_space: dict[str, list[str]] = defaultdict(list)
    shown = [item for group in navigation.GROUPS for item in group.items]
    for item in [*shown, *navigation.CREATE]:
        space, name = item.url.split(":")
        if name not in by_space[space]:
            by_space[space].append(name)
    return by_space


def patterns(space: str, known: list[str]) -> list[URLPattern]:
    """A page for every name of one namespace."""
    found_patterns = [
        path(f"{name}/", plain, name=name) for name in known if (space, name) != ("desk", "home")
    ]
    if space == "desk":
        found_patterns.append(path("search/", found, name="search"))
    return found_patterns


urlpatterns = [
    path("", include(([path("", plain, name="home"), *patterns("desk", names()["desk"])], "desk"))),
    *[
        path(f"{space}/", include((patterns(space, known), space)))
        for space, known in names().items()
        if space != "desk"
    ],
    path("ui/", include((pages, "ui"))),
    path("refuse/", refuse),
    path("auth/logout/", plain, name="account_logout"),
    path("i18n/", include("django.conf.urls.i18n")),
]
