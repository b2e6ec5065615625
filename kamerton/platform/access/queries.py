"""Who is who."""

import datetime as dt

from django.db.models import QuerySet

from kamerton.platform.access.models import (
    SYSTEM_EMAIL,
    ApiToken,
    Company,
    Invitation,
    InvitationQuerySet,
    User,
    UserQuerySet,
    token_digest,
)
from kamerton.platform.access.roles import Role, Scope
from kamerton.platform.reading import looked_up


def system_user() -> User:
    """The account as which scheduled work and company-wide calculation act."""
    return looked_up("access.system", _system_user)


def _system_user() -> User:
    user: User
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


def people_with_function(*kinds: str) -> UserQuerySet:
    """Working people who carry any of the sales functions, in the whole company (1 query)."""
    found: UserQuerySet = User.objects.working().filter(functions__kind__in=kinds).distinct()
    return found


def person(viewer: User, pk: int) -> User | None:
    """One of the people `viewer` may see, those who left too (3 queries)."""
    return colleagues(viewer).filter(pk=pk).first()


def possible_supervisors(viewer: User, *, of: User | None = None) -> UserQuerySet:
    """Working people who may stand above `of`: not himself, nobody below him."""
    found = colleagues(viewer).working()
    return found.exclude(pk__in=of.subtree_ids) if of else found


def invitations(viewer: User) -> InvitationQuerySet:
    """Invitations whose link still works, newest first, for those who manage people (1 query)."""
    if not viewer.may("access.manage_users"):
        return Invitation.objects.none()
    return Invitation.objects.open().select_related("supervisor", "invited_by").order_by("-pk")


def tokens(viewer: User) -> QuerySet[ApiToken]:
    """The viewer's own API tokens that were not revoked, newest first (1 query)."""
    return ApiToken.objects.filter(user=viewer, revoked_at=None).order_by("-pk")


def demo_people() -> list[User]:
    """One person a role, to sign in as in a demo company; nobody in a real one (≤ 3 queries).

    Who is only that stands before who is that among other things.
    """
    here = company()
    if here is None or not here.is_demo:
        return []
    people = list(User.objects.working().prefetch_related("grants").order_by("pk"))
    found: dict[int, User] = {}
    for role in Role:
        fitting = [one for one in people if role in one.roles]
        if fitting:
            best = min(fitting, key=lambda one: len(one.roles))
            found.setdefault(best.pk, best)
    return list(found.values())
