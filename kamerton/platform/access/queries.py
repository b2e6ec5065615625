"""Who is who."""

import datetime as dt

from kamerton.platform.access.models import (
    SYSTEM_EMAIL,
    ApiToken,
    Company,
    Invitation,
    User,
    UserQuerySet,
    token_digest,
)
from kamerton.platform.access.roles import Role, Scope


def system_user() -> User:
    """The account as which scheduled work and company-wide calculation act."""
    user, _ = User.objects.get_or_create(
        email=SYSTEM_EMAIL,
        defaults={"full_name": "Kamerton", "scope": Scope.ALL, "is_active": False},
    )
    return user


def company() -> Company | None:
    """The company of this installation; None before the first visit."""
    return Company.objects.first()


def colleagues(viewer: User) -> UserQuerySet:
    """The people `viewer` may see, roles and supervisor joined (3 queries)."""
    seen: UserQuerySet = User.objects.people().visible_to(viewer)
    return seen.select_related("supervisor").prefetch_related("grants", "functions")


def sellers(viewer: User) -> UserQuerySet:
    """Working people who can hold clients, as `viewer` may see them."""
    holders = (Role.KAM, Role.ACCOUNT_MANAGER, Role.HEAD_OF_SALES, Role.OWNER)
    return colleagues(viewer).working().with_role(*holders)


def managers_of_keys(viewer: User) -> UserQuerySet:
    """Working people whose caps make up the company's capacity: everybody who sells."""
    holders = (Role.KAM, Role.ACCOUNT_MANAGER, Role.HEAD_OF_SALES)
    return colleagues(viewer).working().with_role(*holders)


def open_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, if the link still works."""
    found = Invitation.objects.filter(digest=token_digest(token)).select_related("supervisor")
    invitation = found.first()
    return invitation if invitation and invitation.is_open else None


def token_holder(secret: str, *, on: dt.date) -> ApiToken | None:
    """The working token behind `secret`, its person joined (1 query)."""
    found = ApiToken.objects.filter(digest=token_digest(secret)).select_related("user").first()
    if found is None or not found.works_on(on) or not found.user.is_active:
        return None
    return found
