"""A person's tokens for the API."""

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.platform.access.models import ApiToken, User, token_digest
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

LONGEST = 365  # days
PREFIX = "kmt_"  # so that a leaked secret is recognised for what it is
USE_NOTED = dt.timedelta(minutes=1)  # a write with every request would cost too much
USE_NOTED = dt.timedelta(minutes=1)  # a write with every request would cost too much


class BadExpiry(BusinessError):
    """A token must end, and within a year."""


@transaction.atomic
def create_token(
    actor: User, *, name: str, expires_on: dt.date, reach: str = ApiToken.Reach.READ
) -> tuple[ApiToken, str]:
    """Make a token of `actor`'s own; return it with its secret, which is not stored.

    Raises BadExpiry.
    """
    today = timezone.localdate()
    if not today <= expires_on <= today + dt.timedelta(days=LONGEST):
        raise BadExpiry(_("Choose a last day between today and a year from now."))
    secret = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        user=actor,
        name=name.strip(),
        reach=ApiToken.Reach(reach),
        digest=token_digest(secret),
        tail=secret[-4:],
        expires_on=expires_on,
    )
    record(
        actor,
        "access.token_created",
        made,
        after={"name": made.name, "reach": made.reach, "expires_on": expires_on},
    )
    return made, secret


@transaction.atomic
def revoke_token(actor: User, token: ApiToken) -> ApiToken:
    """Make the token useless at once: one's own, or anybody's for those who manage people.

    Raises NotAllowed.
    """
    if token.user_id != actor.pk:
        require(actor, "access.manage_users")
    found = ApiToken.objects.select_for_update().get(pk=token.pk)
    if found.revoked_at is None:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        record(actor, "access.token_revoked", found)
    return found


def note_use(actor: User, token: ApiToken) -> None:
    """Write down that `actor`'s token is used: once a minute, so mostly without a query."""
    now = timezone.now()
    if token.last_used_at is not None and now - token.last_used_at < USE_NOTED:
        return
    token.last_used_at = now
    ApiToken.objects.filter(pk=token.pk, user=actor).update(last_used_at=now)
