"""What a person keeps of the list: named views, and tables taken out of the house."""

from collections.abc import Iterable
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.domain.accounts import queries
from kamerton.domain.accounts.actions.groups import NameNeeded
from kamerton.domain.accounts.models import Client, ContactPerson, SavedView
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import EXPORT_LIMIT
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

Format = Literal["xlsx", "csv"]


class OverExportLimit(BusinessError):
    """More contacts than the person's role takes out at once."""


@transaction.atomic
def save_view(actor: User, page: str, *, name: str, query: str) -> SavedView:
    """Keep the filters of a list under a name; the same name is written over.

    Raises NotAllowed, NameNeeded.
    """
    require(actor, "accounts.view_client")
    tidy = " ".join(name.split())[:80]
    if not tidy:
        raise NameNeeded(_("Give it a name."))
    view, _made = SavedView.objects.update_or_create(
        user=actor, page=page, name=tidy, defaults={"query": query[:1000]}
    )
    return view


@transaction.atomic
def forget_view(actor: User, view: SavedView) -> None:
    """Forget a view of one's own.

    Raises NotAllowed.
    """
    require(actor, "accounts.view_client")
    SavedView.objects.filter(user=actor, pk=view.pk).delete()


@transaction.atomic
def export_clients(
    actor: User, wanted: queries.Filters, *, sort: str = "name", file_format: Format = "xlsx"
) -> Iterable[Client]:
    """Return the clients of a list for a file, and note in the journal who took how many.

    Raises NotAllowed.
    """
    require(actor, "accounts.export_clients")
    found = queries.clients(actor, wanted, sort=sort)
    rows = found.count()
    record(
        actor,
        "accounts.clients_exported",
        after={"rows": rows, "format": file_format, "filters": wanted.as_query()},
    )
    return found.iterator(chunk_size=2000)


@transaction.atomic
def export_contacts(
    actor: User, wanted: queries.Filters, *, file_format: Format = "xlsx"
) -> Iterable[ContactPerson]:
    """Return the contact people of the clients of a list, up to the limit of the person's role.

    Raises NotAllowed, OverExportLimit.
    """
    require(actor, "accounts.export_clients")
    found = queries.contacts_of_many(actor, wanted)
    rows = found.count()
    require_contacts_may_leave(actor, rows)
    record(
        actor,
        "accounts.contacts_exported",
        after={"rows": rows, "format": file_format, "filters": wanted.as_query()},
    )
    return found.iterator(chunk_size=2000)


def require_contacts_may_leave(actor: User, rows: int) -> None:
    """Refuse to take more contact people out than the person's roles allow, by whatever file.

    Raises NotAllowed, OverExportLimit.
    """
    require(actor, "accounts.export_clients")
    limit = export_limit(actor)
    if limit is not None and rows > limit:
        raise OverExportLimit(
            ngettext(
                "%(rows)d contact is chosen; your role takes out at most %(limit)d at once."
                " Narrow the list or ask the head of sales.",
                "%(rows)d contacts are chosen; your role takes out at most %(limit)d at once."
                " Narrow the list or ask the head of sales.",
                rows,
            )
            % {"rows": rows, "limit": limit},
            status=403,
        )


def export_limit(actor: User) -> int | None:
    """Return how many contacts the person's roles let him take out at once; None: no limit."""
    limits = [EXPORT_LIMIT[role] for role in actor.roles if role in EXPORT_LIMIT]
    if None in limits:
        return None
    return max((limit for limit in limits if limit is not None), default=0)
