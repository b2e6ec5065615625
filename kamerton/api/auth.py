"""Who calls: a session of the browser, or a token of a program."""

from typing import Final

from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer, SessionAuth

from kamerton.platform.access.actions import note_use
from kamerton.platform.access.models import ApiToken, User
from kamerton.platform.access.queries import token_holder
from kamerton.platform.errors import NotAllowed

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Token(HttpBearer):
    """`Authorization: Bearer <token>`; a token to read changes nothing, whatever the address."""

    openapi_description = "A personal token; made on the profile page."

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Sign the holder of a working token in for this one request.

        Raises NotAllowed.
        """
        found = token_holder(token, on=timezone.localdate())
        if found is None:
            return None
        if request.method not in READING and found.reach != ApiToken.Reach.WRITE:
            raise NotAllowed(_("This token may read only. Make one that may write."))
        note_use(found.user, found)
        request.user = found.user
        if found.user.language:
            translation.activate(found.user.language)
        return found.user


WAYS_IN: Final = [Token(), SessionAuth(csrf=True)]
