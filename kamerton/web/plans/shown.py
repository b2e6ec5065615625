"""What the page of a plan is drawn from."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre.models import Member
from kamerton.domain.plans import queries
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.plans.queries import PlanPage, ThreeTasks
from kamerton.domain.plans.queries.page import Chart, Comment, Person
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.web.plans.gate import may_decide
from kamerton.web.ui.items import Input, Step, Why

STEPS = ("draft", "joint_session", "review", "approved", "in_progress")
State = PerspectivePlan.State
ATTITUDES = {-2: "enemy", -1: "against", 0: "neutral", 1: "for", 2: "ally"}


@dataclass(frozen=True)
class Task:
    """One of the three tasks, drawn: percent of 100, colour, and what it comes from."""

    code: str
    title: str
    percent: str
    score: float | None
    state: str
    points: str
    why: Why


def body_of(viewer: User, plan: PerspectivePlan) -> dict[str, Any]:
    """Everything the body of the plan's page shows."""
    page = queries.plan_on_a_page(viewer, plan)
    edits = queries.may_edit(viewer, plan.client)
    return {
        "client": plan.client,
        "plan": plan,
        "page": page,
        "steps": steps_of(plan),
        "chart": chart_data(page.chart),
        "may_write": edits and plan.is_editable,
        "may_work": edits and plan.is_open,
        "may_decide": may_decide(viewer, plan),
        "may_allow": queries.stands_above(viewer, plan.manager),
        "record": queries.record_of(viewer, plan.client),
        "next_sentence": next_sentence(plan, page),
        "titles": {each.code: each.title for each in page.sections},
        "shown": {each.code: each.shown for each in page.sections},
        "people": [seated(each) for each in page.people],
        "comments": [said(each, page) for each in page.comments],
        "year_now": next((year for year in reversed(page.years) if year.months), None),
        "has_worse": any(each.kind == "worse" for each in page.scenarios),
    }


@dataclass(frozen=True)
class Seated:
    """Somebody to win, with his attitude in code and word."""

    pk: int
    name: str
    role: str
    aim: str
    attitude: int | None
    coverage: int | None
    attitude_code: str
    attitude_word: str


@dataclass(frozen=True)
class Said:
    """A comment with the title of its section."""

    author: str
    at: dt.datetime
    title: str
    text: str


def seated(person: Person) -> Seated:
    """A person as he is drawn."""
    attitude = person.attitude
    return Seated(
        *(person.pk, person.name, person.role, person.aim, person.attitude, person.coverage),
        attitude_code="" if attitude is None else ATTITUDES[attitude],
        attitude_word="" if attitude is None else str(Member.Attitude(attitude).label),
    )


def said(comment: Comment, page: PlanPage) -> Said:
    """A comment as it is drawn."""
    titles = {each.code: each.title for each in page.sections}
    return Said(comment.author, comment.at, titles.get(comment.section, ""), comment.text)


def steps_of(plan: PerspectivePlan) -> list[Step]:
    """The stage bar; a plan under revision stands at its joint session again."""
    now = {"revised": "joint_session"}.get(plan.state, plan.state)
    if now not in STEPS:
        return [Step(str(plan.get_state_display()), "done")]
    place = STEPS.index(now)
    return [
        Step(str(State(code).label), "done" if n < place else "current" if n == place else "later")
        for n, code in enumerate(STEPS)
    ]


def next_sentence(plan: PerspectivePlan, page: PlanPage) -> str:
    """What is to be done with this plan now."""
    late = sum(action.state == "late" for action in page.actions)
    sentences: dict[str, str] = {
        State.DRAFT: _("Write it with your head: a joint session, then submit."),
        State.JOINT_SESSION: _("Put in what was agreed and submit."),
        State.REVIEW: _("It waits for approval."),
        State.APPROVED: _("It is approved: begin."),
        State.REVISED: _("The approved version stands while this one is written."),
    }
    if plan.returned_because and plan.is_editable:
        return _("Sent back: %(why)s") % {"why": plan.returned_because}
    if page.head.review_overdue:
        return _("The quarterly review is overdue.")
    if late and plan.is_in_force:
        return _("Actions that are late: %(n)d.") % {"n": late}
    return sentences.get(plan.state) or _next_action(page)


def _next_action(page: PlanPage) -> str:
    """The nearest action that is not done."""
    found = next((each for each in page.actions if each.state in ("planned", "fired")), None)
    if found is None:
        return ""
    what = {"what": found.title, "day": formats.day(found.due_on)}
    return _("Next: %(what)s, until %(day)s.") % what


def chart_data(chart: Chart) -> dict[str, Any]:
    """The picture of plan, fact and forecast."""
    rows = (
        (_("Trajectory"), chart.plan, "plan"),
        (_("Fact"), chart.fact, "fact"),
        (_("Forecast"), chart.forecast, "mid"),
        (_("Forecast, low"), chart.low, "base"),
        (_("Forecast, high"), chart.high, "base"),
    )
    series = [
        {"name": name, "role": role, "values": [None if v is None else v / 100 for v in values]}
        for name, values, role in rows
        if any(value is not None for value in values)
    ]
    return {"labels": list(chart.labels), "series": series, "format": "money"}


def tasks_of(found: ThreeTasks) -> list[Task]:
    """The three tasks with the way to their inputs."""
    return [
        Task(
            code=part.code,
            title=part.title,
            percent=_whole(part.score),
            score=part.score,
            state=state_of(part.score),
            points=formats.number(part.points, 1),
            why=Why(
                formula=FORMULAS[part.code](),
                inputs=(
                    *(Input(basis.label, basis_words(basis)) for basis in part.bases),
                    Input(_("Score"), formats.number(part.score, 1)),
                    Input(_("Weight"), f"{formats.number(part.weight, 0)} %"),
                ),
                method=str(found.method),
            ),
        )
        for part in found.parts
    ]


FORMULAS: dict[str, Callable[[], str]] = {
    "information": lambda: _(
        "Quality of the dossier: answered questions by weight, freshness and confidence."
    ),
    "communication": lambda: _(
        "Half coverage, three tenths mandatory roles filled, two tenths influential people with"
        " a dated next step."
    ),
    "plan": lambda: _(
        "40 for an approved plan whose review is not overdue, 30 for actions done in time,"
        " 30 for sales on the trajectory."
    ),
}


def why_index(found: ThreeTasks) -> Why:
    """How the index is made."""
    return Why(
        formula=_("The three tasks by weight; a tool that is off leaves its weight to the others."),
        inputs=tuple(
            Input(part.title, f"{formats.number(part.score, 1)} × {part.weight:.0f} %")
            for part in found.parts
        ),
        method=str(found.method),
    )


def basis_words(basis: queries.Basis) -> str:
    """A basis as a person reads it."""
    match basis.kind:
        case "money":
            return formats.money_short(basis.value)
        case "share":
            return formats.percent(basis.value)
        case "flag":
            return _("yes") if basis.value else _("no")
        case _:
            return formats.number(basis.value)


def state_of(score: float | None) -> str:
    """The colour of a score 0–100."""
    if score is None:
        return "mute"
    return "ok" if score >= 75 else "warn" if score >= 50 else "bad"


def tile_of(viewer: User, client: Client) -> dict[str, Any]:
    """The tile of the client's first page."""
    plan = queries.plan_of(viewer, client)
    found = queries.plan_figures_of([client.pk]).get(client.pk)
    missing = [each for each in queries.missing_plans(viewer) if each.client == client]
    return {
        "client": client,
        "plan": plan,
        "found": found,
        "percent": _whole(found.score) if found else "",
        "state": state_of(found.score) if found else "bad" if missing else "mute",
        "missing": missing[0] if missing else None,
    }


def _whole(score: float | None) -> str:
    return "" if score is None else f"{score:.0f}"
