"""The buying centre of a client: its people, lines, contact matrix, figures."""

from typing import Any

from django.http import Http404
from django.utils.timezone import localdate
from ninja import Path, Query, Router, Status

from kamerton.api import buying_centre_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import client_or_404
from kamerton.api.problems import PROBLEMS
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre import actions, queries
from kamerton.domain.buying_centre.actions import Known, Step
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.domain.buying_centre.queries import Picture
from kamerton.domain.methodology import queries as methodology
from kamerton.flows.propose_line_of_work import lines_of_work, plan_line_of_work
from kamerton.flows.seat_people import seat_newcomer
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

buying_centre = Router(tags=["buying centre"])
Id = Path[Pk]
Which = Query[Pk | None]
SEE, EDIT = "buying_centre.view", "buying_centre.edit"
AT = "/{pk}/buying-centre"
WHOLE = {200: bodies.CentreOut, **PROBLEMS}
ONE = {200: bodies.MemberOut, **PROBLEMS}


@buying_centre.get(AT, response=WHOLE, summary="The whole centre")
def get_buying_centre(request: Request, pk: Id, centre: Which = None) -> dict[str, Any]:
    """Read a centre, without `centre` the first: figures, people, lines, matrix."""
    return _whole(request.user, _centre(request.user, pk, centre))


@buying_centre.get(
    AT + "/all", response={200: list[bodies.CentreRef], **PROBLEMS}, summary="Centres of a client"
)
def list_buying_centres(request: Request, pk: Id) -> list[BuyingCentre]:
    """List the centres of a client: of all purchases, of categories, of projects."""
    return list(queries.centres(request.user, _client(request.user, pk)))


@buying_centre.post(AT, response={201: bodies.CentreOut, **PROBLEMS}, summary="Begin a centre")
def open_buying_centre(request: Request, pk: Id, body: bodies.CentreIn) -> Status[dict[str, Any]]:
    """Begin a centre of the whole client, of a category or of a project."""
    client = _client(request.user, pk)
    made = actions.open_centre(request.user, client, scope=body.scope, name=body.name)
    return Status(201, _whole(request.user, made))


@buying_centre.patch(AT, response=WHOLE, summary="How it buys")
def change_buying_centre(
    request: Request, pk: Id, body: bodies.CentrePatch, centre: Which = None
) -> dict[str, Any]:
    """Write procedure, rule, steps; with `revision` only if nobody changed them meanwhile."""
    given = body.given()
    expected = given.pop("revision", None)
    if "steps" in given:
        given["steps"] = [Step(**step) for step in given["steps"]]
    found = _centre(request.user, pk, centre)
    changed = actions.change_centre(request.user, found, expected=expected, **given)
    return _whole(request.user, changed)


@buying_centre.put(
    AT + "/places", response={200: bodies.PlannedOut, **PROBLEMS}, summary="Places on the map"
)
def place_members(
    request: Request, pk: Id, body: bodies.PlacesIn, centre: Which = None
) -> dict[str, int]:
    """Remember where people stand on the map."""
    places = {
        at.member_id: None if at.x is None or at.y is None else (at.x, at.y) for at in body.places
    }
    found = _centre(request.user, pk, centre)
    return {"planned": actions.place_members(request.user, found, places=places)}


@buying_centre.post(
    AT + "/members", response={201: bodies.MemberOut, **PROBLEMS}, summary="Add a member"
)
def add_member(
    request: Request, pk: Id, body: bodies.MemberIn, centre: Which = None
) -> Status[dict[str, Any]]:
    """Put a contact of the client, or somebody new, into its centre."""
    viewer, found = request.user, _centre(request.user, pk, centre)
    given = body.given()
    person = {n: given.pop(n, "") for n in ("full_name", "position", "organisation")}
    level, contact_pk = given.pop("level", body.level), given.pop("contact_id", None)
    judged, known, _expected = _judged(viewer, found.client, given)
    if contact_pk is None:
        who: Any = person | {"level": level}
        made = seat_newcomer(viewer, found, person=who, known=known, **judged)
    else:
        contact = accounts.contacts(viewer, found.client).filter(pk=contact_pk).first()
        if contact is None:
            raise Http404
        made = actions.add_member(viewer, found, contact=contact, known=known, **judged)
    return Status(201, _one(viewer, made))


@buying_centre.get(AT + "/members/{member}", response=ONE, summary="One member")
def get_member(request: Request, pk: Id, member: Id) -> dict[str, Any]:
    """Read one member of the client's centres, those who left too."""
    return _one(request.user, _member(request.user, pk, member))


@buying_centre.patch(AT + "/members/{member}", response=ONE, summary="Change a member")
def change_member(request: Request, pk: Id, member: Id, body: bodies.MemberPatch) -> dict[str, Any]:
    """Write what is sent, with where it is known from; earlier judgements stay in the history."""
    found = _member(request.user, pk, member)
    judged, known, expected = _judged(request.user, found.centre.client, body.given())
    changed = actions.change_member(request.user, found, expected=expected, known=known, **judged)
    return _one(request.user, changed)


@buying_centre.post(AT + "/members/{member}/left", response=ONE, summary="Somebody left")
def mark_member_left(request: Request, pk: Id, member: Id) -> dict[str, Any]:
    """Note that somebody does not belong to the centre any more; his history stays."""
    return _one(request.user, actions.mark_left(request.user, _member(request.user, pk, member)))


@buying_centre.post(AT + "/members/{member}/returned", response=ONE, summary="Somebody is back")
def mark_member_returned(request: Request, pk: Id, member: Id) -> dict[str, Any]:
    """Take somebody back into the centre."""
    found = _member(request.user, pk, member)
    return _one(request.user, actions.mark_returned(request.user, found))


@buying_centre.get(
    AT + "/members/{member}/tasks",
    response={200: list[bodies.ProposalOut], **PROBLEMS},
    summary="What his roles propose",
)
def list_member_tasks(request: Request, pk: Id, member: Id) -> list[dict[str, Any]]:
    """List the tasks that the roles of a member bring, with what became of them."""
    lines = lines_of_work(request.user, _member(request.user, pk, member))
    return [
        {
            "origin": each.origin,
            "role": each.role,
            "text": each.text,
            "due_on": each.due_on,
            "activity_id": each.planned.pk if each.planned else None,
            "done_on": each.done_on,
        }
        for line in lines
        for each in line.proposals
    ]


@buying_centre.post(
    AT + "/members/{member}/tasks",
    response={201: bodies.PlannedOut, **PROBLEMS},
    summary="Take tasks up",
)
def plan_member_tasks(
    request: Request, pk: Id, member: Id, body: bodies.TasksIn
) -> Status[dict[str, int]]:
    """Plan some of the tasks that the roles of a member bring."""
    found = _member(request.user, pk, member)
    require(request.user, EDIT)
    return Status(
        201, {"planned": len(plan_line_of_work(request.user, found, chosen=body.origins))}
    )


@buying_centre.post(AT + "/lines", response={201: bodies.LineOut, **PROBLEMS}, summary="Draw")
def draw_line(
    request: Request, pk: Id, body: bodies.LineIn, centre: Which = None
) -> Status[dict[str, Any]]:
    """Draw a line of influence or conflict; one that is there gets the new note."""
    viewer, found = request.user, _centre(request.user, pk, centre)
    require(viewer, EDIT)
    ends = (_member(viewer, pk, body.source_id), _member(viewer, pk, body.target_id))
    said: Any = {"kind": body.kind, "note": body.note, "assumed": body.assumed}
    return Status(201, bodies.line_out(actions.draw_line(viewer, found, ends=ends, **said)))


@buying_centre.delete(AT + "/lines/{line}", response={204: None, **PROBLEMS}, summary="Erase")
def erase_line(request: Request, pk: Id, line: Id) -> Status[None]:
    """Take a line off the map."""
    found = queries.line(request.user, _client(request.user, pk), line)
    if found is None:
        raise Http404
    actions.erase_line(request.user, found)
    return Status(204, None)


@buying_centre.put(
    AT + "/members/{member}/cells/{user}",
    response={200: bodies.MatrixCellOut, **PROBLEMS},
    summary="Write a cell of the matrix",
)
def write_cell(
    request: Request, pk: Id, member: Id, user: Id, body: bodies.CellIn
) -> dict[str, Any]:
    """Say how one of us works with one of them; `revision` 0: there was nothing."""
    found, colleague = _member(request.user, pk, member), access.person(request.user, user)
    require(request.user, EDIT)
    if colleague is None:
        raise Http404
    given = body.given()
    expected = given.pop("revision", None)
    cell = actions.write_cell(request.user, found, colleague=colleague, expected=expected, **given)
    shown = queries.cell_of(colleague, queries.seat(request.user, found), cell, localdate())
    return bodies.cell_out(cell, shown.pair.last_on if shown.pair else None, shown.days_late)


@buying_centre.delete(
    AT + "/members/{member}/cells/{user}",
    response={204: None, **PROBLEMS},
    summary="Empty a cell of the matrix",
)
def erase_cell(request: Request, pk: Id, member: Id, user: Id) -> Status[None]:
    """Empty a cell."""
    found = _member(request.user, pk, member)
    require(request.user, EDIT)
    cells = _picture(request.user, found.centre).cells
    cell = next((c for c in cells if (c.user_id, c.member_id) == (user, member)), None)
    if cell is None:
        raise Http404
    actions.erase_cell(request.user, cell)
    return Status(204, None)


def _client(viewer: User, pk: int) -> Client:
    found = client_or_404(viewer, pk)
    if not methodology.current().tools.buying_centre:
        raise Http404
    require(viewer, SEE)
    return found


def _centre(viewer: User, pk: int, centre: int | None) -> BuyingCentre:
    found = queries.centre(viewer, _client(viewer, pk), centre)
    if found is None:
        raise Http404
    return found


def _member(viewer: User, pk: int, member: int) -> Member:
    found = queries.member(viewer, _client(viewer, pk), member)
    if found is None:
        raise Http404
    return found


def _picture(viewer: User, centre: BuyingCentre) -> Picture:
    return queries.picture(viewer, centre)


def _whole(viewer: User, centre: BuyingCentre) -> dict[str, Any]:
    return bodies.centre_out(_picture(viewer, centre))


def _one(viewer: User, member: Member) -> dict[str, Any]:
    return bodies.member_out(queries.seat(viewer, member))


def _judged(
    viewer: User, client: Client, given: dict[str, Any]
) -> tuple[dict[str, Any], Known, int | None]:
    """Part what is judged from where it is known and from what the caller saw."""
    source = given.pop("source", Member.Source.ASSUMPTION)
    known = Known(str(source), given.pop("known_on", None))
    expected = given.pop("revision", None)
    if "reports_to_id" in given:
        above = given.pop("reports_to_id")
        given["reports_to"] = _member(viewer, client.pk, above) if above else None
    return given, known, expected
