"""Signing in, and the language before and after it."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from kamerton.platform.access import actions, queries
from kamerton.platform.access.models import User


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):  # type: ignore[misc]
    """allauth's sign-in page; in a demo company with a button for each role."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the people of a demo company."""
        page: dict[str, Any] = super().get_context_data(**kwargs)
        return page | {"demo_people": queries.demo_people(), "company": queries.company()}


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language: in a cookie, and in the profile of a person who had chosen one."""
    response: HttpResponseBase = set_language(request)
    user = request.user
    chosen = request.POST.get("language", "")
    if isinstance(user, User) and user.language and user.language != chosen:
        actions.change_profile(user, full_name=user.full_name, phone=user.phone, language=chosen)
    return response
