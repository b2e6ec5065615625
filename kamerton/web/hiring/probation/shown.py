"""What the page of a probation shows: criteria with targets, the term, the ramp, the payback."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import OnboardingStep, ProbationPlan
from kamerton.domain.hiring.queries import (
    AccountState,
    ProbationLine,
    ProbationState,
    ProofRow,
)
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.hiring import ProbationCriterion
from kamerton.flows.write_hiring.evidence import said
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.web.ui.items import State

PAGES = {
    "sales": "desk:client-sales",
    "dossier": "dossier:dossier",
    "centre": "buying_centre:centre",
    "activity": "activities:activity",
    "plan": "plans:plan",
}
ENOUGH, CLOSE = 1.0, 0.6  # of the points a criterion gives


@dataclass(frozen=True)
class Criterion:
    """A criterion as a row: fact, what is asked now and at the end, points of so many."""

    code: str
    title: str
    fact: str
    target: str
    final: str
    points: float | None
    most: float
    state: State


@dataclass(frozen=True)
class Account:
    """A training client as a row; `name` is empty for who may not see clients."""

    state: AccountState
    name: str
    href: str


@dataclass(frozen=True)
class Step:
    """A step of the first days with its title."""

    step: OnboardingStep
    title: str
    late: bool


@dataclass(frozen=True)
class Proof:
    """A record behind a figure as a row."""

    on: dt.date | None
    name: str
    text: str
    value: str
    href: str


def criteria(plan: ProbationPlan, state: ProbationState) -> list[Criterion]:
    """The criteria in the order of the method."""
    known = _known(plan)
    return [_criterion(known[line.code], line, plan) for line in state.lines if line.code in known]


def accounts(viewer: User, states: list[AccountState]) -> list[Account]:
    """Training clients; names and links for who may see clients."""
    named = viewer.may("accounts.view_client")
    return [
        Account(
            one,
            one.account.client.name if named else "",
            reverse("desk:client", args=[one.account.client_id]) if named else "",
        )
        for one in states
    ]


def planned_accounts(viewer: User, plan: ProbationPlan) -> list[Account]:
    """The same before the first day: nothing was sold yet."""
    limit = methodology.current().hiring.untouched_days
    rows = []
    for one in plan.accounts.all():
        last = one.last_contact_on
        lately = last is not None and (plan.starts_on - last).days < limit
        rows.append(AccountState(one, 0, None, lately))
    return accounts(viewer, rows)


def steps(plan: ProbationPlan) -> list[Step]:
    """The steps of the first days."""
    titles = {one.code: str(one.title) for one in methodology.current().onboarding_days}
    today = localdate()
    return [
        Step(one, titles.get(one.code, one.code), one.done_on is None and one.due_on < today)
        for one in plan.steps.all()
    ]


def closed_gates(state: ProbationState) -> list[str]:
    """The gates that are closed, in words."""
    return [str(ProbationPlan.GATES[name]) for name, is_open in state.gates.items() if not is_open]


def proofs(viewer: User, plan: ProbationPlan, code: str) -> list[Proof]:
    """The records behind a criterion."""
    day = min(localdate(), plan.verdict_on)
    unit = _known(plan)[code].unit if code != "portfolio" else "share"
    found = queries.proof(viewer, plan, code, on=day)
    return [_proof(row, at, unit) for at, row in enumerate(found, 1)]


def title_of(plan: ProbationPlan, code: str) -> str:
    """The title of a criterion; empty if there is none."""
    found = _known(plan).get(code)
    return str(found.title) if found else ""


def ramp_chart(viewer: User, plan: ProbationPlan) -> dict[str, Any] | None:
    """Plan and fact of the ramp in per cent of the full plan; None before the first day."""
    months = queries.ramp_months(viewer, plan)
    if not months:
        return None
    series: list[dict[str, Any]] = [
        {"name": _("Plan"), "role": "plan", "values": [round(one.planned * 100) for one in months]}
    ]
    if any(one.fact is not None for one in months):
        facts = [None if one.fact is None else round(one.fact * 100) for one in months]
        series.append({"name": _("Fact"), "role": "fact", "values": facts})
    labels = [formats.month_short(one.month.first_day) for one in months]
    return {"labels": labels, "series": series, "unit": "%"}


def payback_words(viewer: User, plan: ProbationPlan) -> str:
    """When the hire pays back; nothing without money or facts."""
    found = queries.hire_payback(viewer, plan)
    if found is None:
        return ""
    if found.month is None:
        return _("not within three years")
    return _("in month %(n)d of work") % {"n": found.month}


def _known(plan: ProbationPlan) -> dict[str, ProbationCriterion]:
    method = methodology.version(plan.methodology.number)
    return {one.code: one for one in method.probation_criteria}


def _criterion(one: ProbationCriterion, line: ProbationLine, plan: ProbationPlan) -> Criterion:
    unit = one.unit
    contacts = one.code == "portfolio" and line.target == 1.0  # the first week counts contacts
    return Criterion(
        code=one.code,
        title=str(_("Contacts with training clients") if contacts else one.title),
        fact=said(line.fact, unit),
        target=said(line.target, unit),
        final=said(plan.targets.get(one.code) or None, unit),
        points=line.points,
        most=one.points,
        state=_state(line, one.points),
    )


def _state(line: ProbationLine, most: float) -> State:
    if line.target is None or line.points is None:
        return "mute"
    share = line.points / most if most else 0.0
    return "ok" if share >= ENOUGH else "warn" if share >= CLOSE else "bad"


def _proof(row: ProofRow, at: int, unit: str) -> Proof:
    page = PAGES.get(row.kind, "")
    linked = bool(page) and row.client is not None
    if row.kind == "checkpoint":
        name = _("Weekly checkpoint")
    else:
        name = row.client.name if row.client else _("Client %(n)d") % {"n": at}
    value = "" if row.kind == "activity" else said(row.value, unit)
    return Proof(row.on, name, row.text, value, reverse(page, args=[row.pk]) if linked else "")
