"""Clients, their people, who holds them, groups, merges."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from ninja import Header, Path, Query, Router, Status

from kamerton.api import accounts_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import client_or_404, person_or_404
from kamerton.api.pages import Page, Paging
from kamerton.api.problems import PROBLEMS
from kamerton.domain.accounts import actions, queries
from kamerton.domain.accounts.models import (
    Client,
    ClientAssignment,
    ClientGroup,
    ContactPerson,
    MassChange,
)
from kamerton.flows import merge_clients as merging
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import Stale

clients, groups, merges = (
    Router(tags=["clients"]),
    Router(tags=["groups"]),
    Router(tags=["clients"]),
)
Id = Path[Pk]
IfMatch = Header[str | None]  # `updated_at` of the record as the caller saw it


@clients.get("", response={200: Page[bodies.ClientOut], **PROBLEMS}, summary="List clients")
def list_clients(
    request: Request,
    wanted: Query[bodies.Wanted],
    paging: Query[Paging],
    sort: bodies.Sort = "name",
) -> dict[str, Any]:
    """List the clients that the caller may see."""
    require(request.user, "accounts.view_client")
    filters = queries.Filters(**wanted.dict())
    page = queries.client_page(
        request.user, filters, sort=sort, offset=paging.offset, limit=paging.limit
    )
    return {"items": page.rows, "total": page.total, "more": page.more}


@clients.post("", response={201: bodies.ClientOut, **PROBLEMS}, summary="Make a client")
def create_client(request: Request, body: bodies.CardIn) -> Status[Client]:
    """Make a client; who cannot assign clients becomes its manager himself."""
    given = body.given()
    manager = person_or_404(request.user, given.pop("manager_id", None))
    code = given.pop("code", "")
    card = _card(request.user, given)
    made = actions.create_client(request.user, manager=manager, code=code, **card)
    return Status(201, client_or_404(request.user, made.pk))


@clients.get(
    "/duplicates", response={200: list[bodies.PairOut], **PROBLEMS}, summary="Likely duplicates"
)
def list_duplicates(request: Request) -> list[queries.DuplicatePair]:
    """List pairs of clients that are probably one, of those that the caller may change."""
    require(request.user, "accounts.merge_clients")
    return queries.duplicates(request.user)


@clients.get("/{pk}", response={200: bodies.ClientOut, **PROBLEMS}, summary="One client")
def get_client(request: Request, pk: Id, response: HttpResponse) -> Client:
    """Read one client; archived and merged ones too."""
    found = client_or_404(request.user, pk)
    response["ETag"] = _etag(found)
    return found


@clients.patch("/{pk}", response={200: bodies.ClientOut, **PROBLEMS}, summary="Change a client")
def change_client(
    request: Request,
    pk: Id,
    body: bodies.CardPatch,
    response: HttpResponse,
    if_match: IfMatch = None,
) -> Client:
    """Write what is sent; with If-Match only if nobody changed the card meanwhile."""
    found = client_or_404(request.user, pk)
    card = _card(request.user, body.given())
    actions.change_client(request.user, found, expected=_seen(if_match), **card)
    changed = client_or_404(request.user, pk)
    response["ETag"] = _etag(changed)
    return changed


@clients.post("/{pk}/archive", response={200: bodies.ClientOut, **PROBLEMS}, summary="Archive")
def archive_client(request: Request, pk: Id) -> Client:
    """Take a client out of the lists."""
    actions.archive_client(request.user, client_or_404(request.user, pk))
    return client_or_404(request.user, pk)


@clients.post("/{pk}/restore", response={200: bodies.ClientOut, **PROBLEMS}, summary="Restore")
def restore_client(request: Request, pk: Id) -> Client:
    """Put an archived client back into the lists."""
    actions.restore_client(request.user, client_or_404(request.user, pk))
    return client_or_404(request.user, pk)


@clients.get(
    "/{pk}/contacts", response={200: Page[bodies.ContactOut], **PROBLEMS}, summary="Its people"
)
def list_contacts(request: Request, pk: Id, paging: Query[Paging]) -> dict[str, Any]:
    """List the people at a client."""
    found = queries.contacts(request.user, client_or_404(request.user, pk))
    rows = found[paging.offset : paging.offset + paging.limit]
    return {"items": list(rows), "total": found.count()}


@clients.post(
    "/{pk}/contacts", response={201: bodies.ContactOut, **PROBLEMS}, summary="Add a person"
)
def add_contact(request: Request, pk: Id, body: bodies.ContactIn) -> Status[ContactPerson]:
    """Add a person at a client."""
    person = _written(request.user, body.given())
    return Status(201, actions.add_contact(request.user, client_or_404(request.user, pk), **person))


@clients.patch(
    "/{pk}/contacts/{contact_pk}",
    response={200: bodies.ContactOut, **PROBLEMS},
    summary="Change a person",
)
def change_contact(
    request: Request,
    pk: Id,
    contact_pk: Id,
    body: bodies.ContactPatch,
    if_match: IfMatch = None,
) -> ContactPerson:
    """Write what is sent; the rest stays as it is."""
    contact = _contact(request.user, pk, contact_pk)
    person = _written(request.user, body.given())
    return actions.change_contact(request.user, contact, expected=_seen(if_match), **person)


@clients.delete(
    "/{pk}/contacts/{contact_pk}",
    response={200: bodies.ContactOut, **PROBLEMS},
    summary="Archive a person",
)
def archive_contact(request: Request, pk: Id, contact_pk: Id) -> ContactPerson:
    """Take a person out of the client's list; nothing is erased."""
    return actions.archive_contact(request.user, _contact(request.user, pk, contact_pk))


@clients.get(
    "/{pk}/assignments",
    response={200: Page[bodies.AssignmentOut], **PROBLEMS},
    summary="Who works and worked on it",
)
def list_assignments(request: Request, pk: Id, paging: Query[Paging]) -> dict[str, Any]:
    """List who worked on a client in what part, the latest first."""
    found = queries.assignments(request.user, client_or_404(request.user, pk))
    rows = found[paging.offset : paging.offset + paging.limit]
    return {"items": list(rows), "total": found.count()}


@clients.post(
    "/{pk}/assignments", response={201: bodies.AssignmentOut, **PROBLEMS}, summary="Assign"
)
def assign_manager(request: Request, pk: Id, body: bodies.AssignmentIn) -> Status[ClientAssignment]:
    """Give a client to a manager; the present assignment ends the day before."""
    found = client_or_404(request.user, pk)
    require(request.user, "accounts.assign_client")
    manager = person_or_404(request.user, body.manager_id)
    if manager is None:
        raise Http404
    made = actions.assign_manager(
        request.user,
        found,
        manager=manager,
        since=body.since,
        basis=body.basis,
        reason=body.reason,
    )
    return Status(201, made)


@clients.post(
    "/{pk}/merge", response={201: bodies.MergeOut, **PROBLEMS}, summary="Merge another into it"
)
def merge_clients(request: Request, pk: Id, body: bodies.MergeIn) -> Status[dict[str, Any]]:
    """Merge another client into this one; the answer's id undoes it."""
    survivor = client_or_404(request.user, pk)
    absorbed = client_or_404(request.user, body.absorbed_id)
    choices = {str(name): choice for name, choice in body.choices.items()}
    change = merging.merge_clients(request.user, survivor, absorbed, choices=choices)
    return Status(201, {"id": change.pk, "survivor": client_or_404(request.user, pk)})


@merges.post("/{pk}/undo", response={200: bodies.ClientOut, **PROBLEMS}, summary="Undo a merge")
def undo_merge(request: Request, pk: Id) -> Client:
    """Take a merge apart; the answer is the client that was absorbed."""
    return merging.undo_merge(request.user, _merge(request.user, pk))


@groups.get("", response={200: Page[bodies.GroupCounted], **PROBLEMS}, summary="List groups")
def list_groups(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    """List the groups of companies."""
    require(request.user, "accounts.view_client")
    found = queries.groups(request.user)
    rows = found[paging.offset : paging.offset + paging.limit]
    return {"items": list(rows), "total": found.count()}


@groups.post("", response={201: bodies.GroupOut, **PROBLEMS}, summary="Make a group")
def create_group(request: Request, body: bodies.GroupIn) -> Status[ClientGroup]:
    """Make a group of companies; clients join it by `group_id` on their card."""
    return Status(201, actions.create_group(request.user, body.name))


def _contact(viewer: User, client: int, pk: int) -> ContactPerson:
    found = (
        queries.contacts(viewer, client_or_404(viewer, client), archived=True).filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def _merge(viewer: User, pk: int) -> MassChange:
    require(viewer, "accounts.merge_clients")
    found = queries.undoable_changes(viewer).filter(pk=pk, kind="merge").first()
    if found is None:
        raise Http404
    return found


def _card(viewer: User, given: dict[str, Any]) -> dict[str, Any]:
    card = bodies.as_written(given)
    if "group_id" in card:
        pk = card.pop("group_id")
        card["group"] = queries.group(viewer, pk) if pk else None
        if pk and card["group"] is None:
            raise Http404
    if "acquired_by_id" in card:
        card["acquired_by"] = person_or_404(viewer, card.pop("acquired_by_id"))
    return card


def _written(viewer: User, given: dict[str, Any]) -> dict[str, Any]:
    person = bodies.as_written(given)
    if "moved_to_id" in person:
        pk = person.pop("moved_to_id")
        person["moved_to"] = client_or_404(viewer, pk) if pk else None
    return person


def _etag(client: Client) -> str:
    return f'"{client.updated_at.isoformat()}"'


def _seen(if_match: str | None) -> dt.datetime | None:
    """Read the moment that the caller saw; `*` means any.

    Raises Stale.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    try:
        seen = parse_datetime(if_match.strip().removeprefix("W/").strip('"'))
    except ValueError:
        seen = None
    if seen is None or seen.tzinfo is None:
        raise Stale(_("If-Match has to be the “updated_at” of the record as you saw it."))
    return seen
