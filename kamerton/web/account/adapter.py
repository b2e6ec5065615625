"""How allauth is bent to us: nobody signs up, people are invited; the journal hears of it."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import perform_login
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from kamerton.platform.access import actions
from kamerton.platform.access.models import User


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page."""
        return "/"

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase:
        """Write the sign-in into the journal, then lead on."""
        actions.note_sign_in(user)
        response: HttpResponseBase = super().post_login(request, user, **kwargs)
        return response

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """Keep the new password, and the fact that it is new."""
        super().set_password(user, password)
        actions.note_password_change(user)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Check the password again before something dangerous; e-mails of allauth are not used."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk


def enter(request: HttpRequest, user: User) -> HttpResponseBase:
    """Sign in a person who has just proved otherwise who he is; leads to the first page."""
    response: HttpResponseBase = perform_login(request, user, redirect_url="/")
    return response
