"""What goes in and out about buying centres."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.fields import PLAIN, Body, Count, Day, Flag, Ref, Text
from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.buying_centre.models import BuyingCentre, Line, MatrixCell, Member
from kamerton.domain.buying_centre.queries import Picture, Seat

Long = Annotated[str, Field(max_length=5_000, pattern=PLAIN)]
Codes = Annotated[list[Annotated[str, Field(max_length=40, pattern=PLAIN)]], Field(max_length=15)]
Influence = Annotated[int, Field(ge=1, le=5, strict=True)]
Attitude = Annotated[int, Field(ge=-2, le=2, strict=True)]
Closeness = Annotated[int, Field(ge=0, le=3, strict=True)]
Place = Annotated[float, Field(ge=-20_000, le=20_000)]
Revision = Annotated[
    int | None,
    Field(ge=0, le=2**31 - 1, strict=True, description="As it was read; without it no check"),
]
Mode = Literal["", "growth", "trouble", "even_keel", "overconfident"]


class StepBody(Body):
    """A step to a decision and the days it takes."""

    title: Annotated[str, Field(min_length=1, max_length=250, pattern=PLAIN)]
    days: Annotated[int, Field(ge=0, le=1000, strict=True)] = 0


class CentreIn(Body):
    """A new centre; one of the whole client has no name."""

    scope: BuyingCentre.Scope = BuyingCentre.Scope.WHOLE
    name: Annotated[Text, Field(max_length=200)] = ""


class CentrePatch(Body):
    """How a centre buys; only what is sent is written."""

    procedure: Long = ""
    rule: Literal["", "single", "committee", "tender"] = ""
    steps: Annotated[list[StepBody], Field(max_length=30)] = []
    revision: Revision = None


class MemberPatch(Body):
    """What is judged of a member and where it is known from; only what is sent is written."""

    affiliation: Member.Affiliation = Member.Affiliation.CLIENT
    roles: Codes = []
    influence: Influence = 3
    attitude: Attitude = 0
    response_mode: Mode = ""
    results: Long = ""
    wins: Long = ""
    rival: Closeness = 0
    rival_name: Annotated[Text, Field(max_length=200)] = ""
    reports_to_id: Ref | None = None
    source: Member.Source = Member.Source.ASSUMPTION
    known_on: Day | None = None
    revision: Revision = None


class MemberIn(MemberPatch):
    """Somebody who comes in: a contact of the client by id, or somebody new by name."""

    roles: Codes
    contact_id: Ref | None = None
    full_name: Annotated[Text, Field(max_length=200)] = ""
    position: Annotated[Text, Field(max_length=200)] = ""
    organisation: Annotated[Text, Field(max_length=200)] = ""
    level: ContactPerson.Level = ContactPerson.Level.MIDDLE


class LineIn(Body):
    """A line; a conflict has no direction."""

    kind: Line.Kind
    source_id: Ref
    target_id: Ref
    note: Annotated[Text, Field(max_length=120)] = ""
    assumed: Flag = True


class CellIn(Body):
    """A cell of the contact matrix; only what is sent is written."""

    goal: Annotated[str, Field(max_length=500, pattern=PLAIN)] = ""
    role: Text = ""
    obligations: Annotated[str, Field(max_length=500, pattern=PLAIN)] = ""
    plan: Annotated[str, Field(max_length=500, pattern=PLAIN)] = ""
    channel: Literal["", "phone", "email", "messenger", "meeting"] = ""
    frequency_days: Annotated[int, Field(ge=1, le=1000, strict=True)] | None = None
    revision: Revision = None


class TasksIn(Body):
    """Which of the tasks that roles propose are taken up."""

    origins: Annotated[
        list[Annotated[str, Field(max_length=60, pattern=PLAIN)]],
        Field(min_length=1, max_length=50),
    ]


class PlacesIn(Body):
    """Where people stand on the map; without x and y the map places one."""

    class At(Body):
        """A place of one member."""

        member_id: Ref
        x: Place | None = None
        y: Place | None = None

    places: Annotated[list[At], Field(max_length=500)]


class FiguresOut(Schema):
    """The figures of a centre; null is no data."""

    coverage: float | None = Field(description="0 to 1")
    support: float | None = Field(description="-1 to 1")
    role_completeness: float | None = Field(description="0 to 1")
    comm_index: float | None = Field(description="0 to 100")
    colour: Literal["red", "amber", "green"]
    employees: int = Field(description="Of us, with a thread to a key player")
    pairs: int
    shape: Literal["none", "bow_tie", "pairs", "diamond"]
    single_threaded: bool
    members: int
    missing_roles: list[str]
    without_next_step: list[str]
    uncovered: list[str]
    levels: list[str]


class NextStepOut(Schema):
    """The earliest planned activity with a member."""

    activity_id: int
    title: str
    due_on: dt.date
    owner: PersonRef


class MemberOut(Schema):
    """A member; coverage, last contact, state and next step come from activities."""

    id: int
    contact_id: int
    full_name: str
    position: str
    organisation: str
    level: str
    affiliation: str
    roles: list[str]
    influence: int
    attitude: int
    response_mode: str
    results: str
    wins: str
    rival: int
    rival_name: str
    reports_to_id: int | None
    sources: dict[str, dict[str, str]] = Field(description="Where each judged field is known from")
    x: float | None
    y: float | None
    left_on: dt.date | None
    state: str
    coverage: int
    last_contact_on: dt.date | None
    next_step: NextStepOut | None
    red: bool
    revision: int


class LineOut(Schema):
    """A line between two members."""

    id: int
    kind: str
    source_id: int
    target_id: int
    note: str
    assumed: bool


class MatrixCellOut(Schema):
    """A cell of the contact matrix; the last contact comes from activities."""

    member_id: int
    colleague: PersonRef
    goal: str
    role: str
    obligations: str
    plan: str
    channel: str
    frequency_days: int | None
    last_contact_on: dt.date | None
    days_late: int
    revision: int


class CentreRef(Schema):
    """A centre of a client."""

    id: int
    scope: str
    name: str


class CentreOut(CentreRef):
    """A whole centre."""

    procedure: str
    rule: str
    steps: list[dict[str, Any]]
    method: int = Field(description="The version of the method whose roles it has")
    revision: int
    figures: FiguresOut
    members: list[MemberOut]
    lines: list[LineOut]
    cells: list[MatrixCellOut]


class ProposalOut(Schema):
    """A task that a role brings."""

    origin: str
    role: str
    text: str
    due_on: dt.date
    activity_id: int | None
    done_on: dt.date | None


class PlannedOut(Schema):
    """How many tasks were planned."""

    planned: Count


def centre_out(shown: Picture) -> dict[str, Any]:
    """Describe a whole centre."""
    centre, figures = shown.centre, shown.figures
    names = ("id", "scope", "name", "procedure", "rule", "steps", "method", "revision")
    own = {name: getattr(centre, name) for name in names}
    threads = figures.threads
    reckoned = vars(figures) | {
        "employees": threads.employees,
        "pairs": threads.pairs,
        "shape": threads.shape,
        "single_threaded": figures.single_threaded,
        "levels": sorted(figures.levels),
    }
    cells = [cell for _seat, row in shown.matrix() for cell in row if cell.written]
    return own | {
        "figures": reckoned,
        "members": [member_out(seat) for seat in shown.seats],
        "lines": [line_out(line) for line in shown.lines],
        "cells": [
            cell_out(cell.written, cell.pair.last_on if cell.pair else None, cell.days_late)
            for cell in cells
            if cell.written
        ],
    }


def member_out(seat: Seat) -> dict[str, Any]:
    """Describe a member."""
    member, contact, step = seat.member, seat.member.contact, seat.next_step
    names = (
        *("id", "contact_id", "affiliation", "roles", "influence", "attitude", "response_mode"),
        *("results", "wins", "rival", "rival_name", "reports_to_id", "sources", "x", "y"),
        *("left_on", "revision"),
    )
    planned = step and {
        "activity_id": step.pk,
        "title": step.title,
        "due_on": step.due_on,
        "owner": step.owner,
    }
    return {name: getattr(member, name) for name in names} | {
        "full_name": contact.full_name,
        "position": contact.position,
        "organisation": contact.organisation,
        "level": contact.level,
        "state": seat.stage,
        "coverage": seat.level,
        "last_contact_on": seat.last_on,
        "next_step": planned,
        "red": seat.is_red,
    }


def line_out(line: Line) -> dict[str, Any]:
    """Describe a line."""
    names = ("id", "kind", "source_id", "target_id", "note", "assumed")
    return {name: getattr(line, name) for name in names}


def cell_out(cell: MatrixCell, last_on: dt.date | None, days_late: int) -> dict[str, Any]:
    """Describe a cell."""
    names = (
        *("member_id", "goal", "role", "obligations", "plan", "channel"),
        *("frequency_days", "revision"),
    )
    own = {name: getattr(cell, name) for name in names}
    return own | {"colleague": cell.user, "last_contact_on": last_on, "days_late": days_late}
