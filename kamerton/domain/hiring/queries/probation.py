"""Probation as records show it: facts against targets, what is due, the evidence, the payback."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from kamerton.calc.period import Month, Period
from kamerton.calc.ramp import (
    Measure,
    Payback,
    ProbationRule,
    measured_by,
    payback,
    portfolio_growth,
    probation_verdict,
)
from kamerton.domain.activities.models import Activity
from kamerton.domain.activities.queries import last_contact_days
from kamerton.domain.buying_centre.queries import figures_of
from kamerton.domain.dossier.queries import quality_of
from kamerton.domain.hiring.models import ProbationPlan, TrainingAccount
from kamerton.domain.hiring.queries.vacancies import TAKEN
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user

WEEK, FORTNIGHT, FOUR_WEEKS = 7, 14, 28
LEADING = ("portfolio",)  # what a term shorter than a deal cannot show
PLANS_ASKED = 2


@dataclass(frozen=True)
class Marked:
    """What people mark, for no record tells it: shares of 1, a mark of 22."""

    method: float | None = None
    calls: float | None = None
    papers: float | None = None
    dishonest: bool = False


@dataclass(frozen=True)
class AccountState:
    """A training client: before, now (minor units over terms of one length), proof."""

    account: TrainingAccount
    now: int
    growth: float | None
    warned: bool  # somebody worked on it lately, whatever was said


@dataclass(frozen=True)
class ProbationLine:
    """A criterion with its fact, target and points; None: nothing is asked, or not known."""

    code: str
    fact: float | None
    target: float | None
    points: float | None


@dataclass(frozen=True)
class ProbationState:
    """How a probation stands on a day; gates by name, open or not."""

    on: dt.date
    days: int
    measure: str  # ledger, or leading where a deal takes longer than the term
    lines: list[ProbationLine]
    total: float
    gates: dict[str, bool]
    passes: bool
    growth: float | None
    contacted: int  # training clients with a contact since the first day


def target_column(method: Methodology, days: int) -> dict[str, float]:
    """What the method asks after so many days: the last of 7, 14 and 28 reached."""
    if days >= FOUR_WEEKS:
        return {one.code: one.week_4 for one in method.probation_criteria}
    if days >= FORTNIGHT:
        return {one.code: one.week_2 for one in method.probation_criteria}
    return {one.code: one.week_1 for one in method.probation_criteria}


def probations(viewer: User, *, running: bool = False) -> QuerySet[ProbationPlan]:
    """Probations that `viewer` may see, the nearest verdict first (1 query)."""
    found = ProbationPlan.objects.visible_to(viewer).select_related(
        "application__candidate", "application__vacancy", "user", "mentor"
    )
    return found.running() if running else found


def probation(viewer: User, pk: int) -> ProbationPlan | None:
    """One probation with accounts, checkpoints and steps (4 queries)."""
    found = probations(viewer).prefetch_related("accounts__client", "checkpoints", "steps")
    return found.filter(pk=pk).first()


def last_marks(viewer: User, plan: ProbationPlan) -> Marked:
    """What people marked so far: the newest of each; dishonesty once seen stays (1 query)."""
    del viewer  # the plan was given by a query
    rows = list(plan.checkpoints.all())

    def newest(name: str) -> float | None:
        return next((v for row in reversed(rows) if (v := getattr(row, name)) is not None), None)

    return Marked(
        newest("method_share"),
        newest("calls_mark"),
        newest("papers_share"),
        any(row.dishonest for row in rows),
    )


def probation_state(
    viewer: User, plan: ProbationPlan, *, on: dt.date | None = None, marked: Marked | None = None
) -> ProbationState:
    """Facts of a probation against its targets on a day (about 16 queries)."""
    day = min(on or timezone.localdate(), plan.verdict_on)
    known = marked or last_marks(viewer, plan)
    accounts = account_states(viewer, plan, on=day)
    facts = _facts(plan, accounts, known, day)
    method = methodology.version(plan.methodology.number)
    days = (day - plan.starts_on).days
    asked = plan.targets if days >= plan.term_days else target_column(method, max(days, 0))
    measure = measured_by(plan.cycle_days, plan.term_days)
    facts["portfolio"] = facts["contacts"] if _is_first_week(plan, days) else facts["growth"]
    return _state(plan, day, facts, _targets(method, asked, plan, days), known, measure)


def account_states(
    viewer: User, plan: ProbationPlan, *, on: dt.date | None = None
) -> list[AccountState]:
    """Training clients with what they bought since the first day (≤ 4 queries)."""
    del viewer  # the plan was given by a query; the figures are the company's
    rows = list(plan.accounts.select_related("client"))
    day = on or timezone.localdate()
    sold = sales_of([row.client_id for row in rows], plan.starts_on, min(day, plan.verdict_on))
    limit = methodology.current().hiring.untouched_days
    return [_account(row, sold.get(row.client_id, 0), plan, limit, day) for row in rows]


def sales_of(clients: Sequence[int], since: dt.date, until: dt.date) -> dict[int, int]:
    """Revenue of clients between two days, of the whole company's ledger (≤ 2 queries)."""
    if until < since or not clients or ledger.last_day() is None:
        return {}
    found = ledger.category_sales(system_user(), clients, Period(since, until))
    return {client: sum(by.values()) for client, by in found.items()}


def untouched_since(client: int, *, on: dt.date) -> dt.date | None:
    """The day of the last contact with a client before `on` (1 query)."""
    return last_contact_days([client], on=on - dt.timedelta(days=1)).get(client)


def checkpoints_due(viewer: User, *, on: dt.date | None = None) -> list[ProbationPlan]:
    """Probations under way without a checkpoint in the last seven days (1 query)."""
    day = on or timezone.localdate()
    running = probations(viewer, running=True).annotate(last=Max("checkpoints__on"))
    week = dt.timedelta(days=WEEK)
    return [plan for plan in running if day - (getattr(plan, "last") or plan.starts_on) >= week]  # noqa: B009


def verdicts_due(
    viewer: User, *, within: int = 3, on: dt.date | None = None
) -> list[ProbationPlan]:
    """Probations whose verdict is due within so many days, or late (1 query)."""
    until = (on or timezone.localdate()) + dt.timedelta(days=within)
    return list(probations(viewer, running=True).filter(verdict_on__lte=until))


def activities_of(plan: ProbationPlan, day: dt.date) -> QuerySet[Activity]:
    """What the newcomer did with clients in his term."""
    return Activity.objects.contacts().filter(
        owner=plan.user_id, due_on__gte=plan.starts_on, due_on__lte=day
    )


def surplus_waiting(viewer: User) -> QuerySet[ProbationPlan]:
    """Who passed beyond the seats and waits for the owner's decision (1 query)."""
    if not viewer.may("hiring.exceed"):
        return ProbationPlan.objects.none()
    return probations(viewer).filter(surplus=ProbationPlan.Surplus.WAITING)


def evidence(viewer: User, plan: ProbationPlan, *, on: dt.date | None = None) -> dict[str, Any]:
    """All that a verdict rests on, as plain data to be frozen (about 22 queries)."""
    state = probation_state(viewer, plan, on=on)
    accounts = account_states(viewer, plan, on=state.on)
    done = activities_of(plan, state.on)
    kinds = done.order_by().values_list("kind").annotate(Count("pk"))
    return {
        "on": f"{state.on}",
        "measure": state.measure,
        "total": round(state.total, 2),
        "gates": state.gates,
        "passes": state.passes,
        "growth": state.growth,
        "contacted": state.contacted,
        "lines": [vars(line) for line in state.lines],
        "accounts": [
            {
                "client": row.account.client_id,
                "baseline": row.account.baseline,
                "now": row.now,
                "growth": row.growth,
                "untouched": row.account.untouched,
                "warned": row.warned,
            }
            for row in accounts
        ],
        "activities": dict(kinds),
        "checkpoints": [
            {"on": f"{row.on}", "total": row.total, "note": row.note, "dishonest": row.dishonest}
            for row in plan.checkpoints.all()
        ],
    }


def hire_payback(viewer: User, plan: ProbationPlan) -> Payback | None:
    """The month in which the hire pays back, by the ledger; None without money or facts.

    Gross profit above what his clients brought a month before he came (about 6 queries).
    """
    if not viewer.may("hiring.view_budget") or plan.user is None or not plan.monthly_cost:
        return None
    last = Month.of(ledger.closed_year(timezone.localdate()).until)
    first = Month.of(plan.starts_on)
    clients = list(plan.user.clients.values_list("pk", flat=True))
    if last < first or ledger.last_day() is None or not clients:
        return None
    table = ledger.client_months(system_user(), last, last - first + 1 + 12)
    profit = table.gross_profit[np.isin(table.client_id, clients)].sum(axis=0)
    before, since = profit[:12], profit[12:]
    above = since - before.mean()
    return payback(above.astype(float), float(plan.monthly_cost), float(_cost_of_hire(plan)))


def _cost_of_hire(plan: ProbationPlan) -> int:
    vacancy = plan.application.vacancy
    spent = sum(vacancy.budget.values_list("spent", flat=True))
    fee = plan.application.source.fee if plan.application.source else 0
    return spent // max(vacancy.applications.filter(stage__in=TAKEN).count(), 1) + fee


def _facts(
    plan: ProbationPlan, accounts: list[AccountState], known: Marked, day: dt.date
) -> dict[str, float]:
    clients = [row.account.client_id for row in accounts]
    touched = _contacted(plan, clients, day)
    return {
        "method": _or_nan(known.method),
        "calls": _or_nan(known.calls),
        "papers": _or_nan(known.papers),
        "growth": _growth(plan, accounts, day),
        "contacts": len(touched) / len(clients) if clients else math.nan,
        "contacted": float(len(touched)),
        "dossier": _dossier(clients, day),
        "centre": _centre(clients),
        "talks": float(activities_of(plan, day).filter(kind__in=Activity.MEETINGS).count()),
        "plans": _plans(clients),
    }


def _contacted(plan: ProbationPlan, clients: list[int], day: dt.date) -> set[int]:
    rows = activities_of(plan, day).filter(client__in=clients).order_by()
    return set(rows.values_list("client", flat=True))


def _growth(plan: ProbationPlan, accounts: list[AccountState], day: dt.date) -> float:
    """Growth of all together over the days worked, against as many days of the baseline."""
    worked = plan.worked_days(day)
    if not accounts or not worked:
        return math.nan
    before = [row.account.baseline * worked / row.account.baseline_days for row in accounts]
    return portfolio_growth(before, [row.now for row in accounts])


def _dossier(clients: list[int], day: dt.date) -> float:
    found = [one.quality or 0.0 for one in quality_of(clients, on=day).values()]
    return sum(found) / len(found) if found else math.nan


def _centre(clients: list[int]) -> float:
    """Members of the smallest centre: what is asked is asked of each client."""
    found = figures_of(clients)
    return float(min((found[pk].members if pk in found else 0 for pk in clients), default=0))


def _plans(clients: list[int]) -> float:
    """The two best plans: a draft is half of one that is approved."""
    rows = PerspectivePlan.objects.open().filter(client__in=clients)
    worth = [1.0 if at else 0.5 for at in rows.values_list("approved_at", flat=True)]
    return sum(sorted(worth, reverse=True)[:PLANS_ASKED]) / PLANS_ASKED


def _targets(
    method: Methodology, asked: Mapping[str, float], plan: ProbationPlan, days: int
) -> list[float]:
    """Targets in the order of the criteria; NaN where the term can ask nothing."""
    cycle_longer = measured_by(plan.cycle_days, plan.term_days) == Measure.LEADING
    found = []
    for one in method.probation_criteria:
        target = asked.get(one.code, 0.0)
        silent = cycle_longer and one.code in LEADING and not _is_first_week(plan, days)
        found.append(math.nan if silent or target <= 0 else target)
    return found


def _is_first_week(plan: ProbationPlan, days: int) -> bool:
    """True while contacts are counted, not growth."""
    return min(days, plan.term_days) < FORTNIGHT


def _state(
    plan: ProbationPlan,
    day: dt.date,
    facts: Mapping[str, float],
    targets: list[float],
    known: Marked,
    measure: Measure,
) -> ProbationState:
    method = methodology.version(plan.methodology.number)
    codes = [one.code for one in method.probation_criteria]
    rule = ProbationRule(
        points=tuple(one.points for one in method.probation_criteria),
        passing=method.hiring.passing,
    )
    found = probation_verdict([facts[code] for code in codes], targets, known.dishonest, rule)
    points = found.points[0].tolist()
    return ProbationState(
        on=day,
        days=(day - plan.starts_on).days,
        measure=str(measure),
        lines=[
            ProbationLine(code, _known(facts[code]), _known(targets[at]), _known(points[at]))
            for at, code in enumerate(codes)
        ],
        total=float(found.total[0]),
        gates=dict(zip(("method", "honesty", "papers"), found.gates[0].tolist(), strict=True)),
        passes=bool(found.passed[0]),
        growth=_known(facts["growth"]),
        contacted=int(facts["contacted"]),
    )


def _account(
    row: TrainingAccount, now: int, plan: ProbationPlan, limit: int, day: dt.date
) -> AccountState:
    worked = plan.worked_days(day)
    before = row.baseline * worked / row.baseline_days
    last = row.last_contact_on
    lately = last is not None and (plan.starts_on - last).days < limit
    return AccountState(row, now, now / before - 1 if before else None, warned=lately)


def _or_nan(value: float | None) -> float:
    return math.nan if value is None else value


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
