"""How many to hire and to see, by what was known on the day; where to look; what to warn of."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from kamerton.calc.candidate_rank import Breadth, Reserve, RouteAdvice, advise_route, breadth
from kamerton.calc.hiring_funnel import (
    FUNNEL_STAGES,
    PRIOR_RATES,
    FunnelProgress,
    VacancyWindow,
    funnel_progress,
    hires_to_make,
    learned_rates,
    needed,
    vacancy_window,
)
from kamerton.domain.hiring.models import (
    Application,
    Candidate,
    MarketPayBenchmark,
    TrackRecord,
    Vacancy,
)
from kamerton.domain.hiring.queries.turnover import OWN_FACTS, Turnover, turnover_of
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.rules import Hiring
from kamerton.platform.access.models import User

Stage = Application.Stage
MONTH_DAYS = 30.4375
#: The stage by whose reaching each line of the funnel is counted.
COUNTED = {
    "sourced": Stage.SOURCED,
    "contacted": Stage.CONTACTED,
    "form": Stage.FORM_DONE,
    "invited": Stage.INVITED,
    "showed": Stage.SHOWED,
    "passed": Stage.SELECTED,
    "offer": Stage.OFFER,
    "hired": Stage.ACCEPTED,
}
#: First day of the work on each line and the one after its last, since the approval (5.3).
DAYS = {
    "sourced": (0, 5),
    "contacted": (2, 14),
    "form": (2, 16),
    "invited": (14, 24),
    "showed": (21, 28),
    "passed": (21, 29),
    "offer": (24, 30),
    "hired": (24, 32),
}


@dataclass(frozen=True)
class FunnelLine:
    """One line of the funnel: needed in all, done, due by now, forecast; None: not begun."""

    code: str
    needed: int
    done: int
    due: float
    forecast: float | None
    short: int
    a_day: float | None
    on_track: bool


@dataclass(frozen=True)
class InternalCandidate:
    """One of ours for the reserve: how long with us, whether he fits, claims against him."""

    candidate: Candidate
    tenure_months: float | None
    eligible: bool
    preferred: bool
    in_time: bool
    claims: int
    flow_mark: float | None  # mean of answers and technical tests
    why_not: str  # "", "tenure" or "unwilling"


@dataclass(frozen=True)
class PayAgainstMarket:
    """The band beside the newest benchmark; `below_median`: even its end does not reach it."""

    benchmark: MarketPayBenchmark | None
    below_median: bool
    above_upper: bool


@dataclass(frozen=True)
class PlannedHires:
    """How many to take on probation, P(enough of them stay), the turnover it rests on."""

    hires: int
    probability: float
    turnover: Turnover


def planned_hires(seats: int, role: str = "") -> PlannedHires:
    """How many to hire for so many seats, by our turnover in the role once it is known (1 query).

    Without a role: by the turnover of the method.
    """
    known = turnover_of(role)
    plan = hires_to_make(seats, known.share)
    return PlannedHires(plan.hires, plan.probability, known)


def planned_funnel(hires: int) -> dict[str, int]:
    """How many each stage needs for so many hires, by own rates once there are enough facts."""
    return dict(zip(FUNNEL_STAGES, needed(hires, _rates()).tolist(), strict=True))


def funnel(viewer: User, vacancy: Vacancy, *, on: dt.date | None = None) -> list[FunnelLine]:
    """The vacancy's funnel against its plan by day (1 query); empty before the approval."""
    if not viewer.may("hiring.view") or not vacancy.funnel or vacancy.approved_on is None:
        return []
    done = reached_counts(Q(vacancy=vacancy))
    today = ((on or timezone.localdate()) - vacancy.approved_on).days
    target = [vacancy.funnel[code] for code in FUNNEL_STAGES]
    starts, ends = zip(*(DAYS[code] for code in FUNNEL_STAGES), strict=True)
    progress = funnel_progress(
        [done[code] for code in FUNNEL_STAGES], target, starts=starts, ends=ends, today=today
    )
    return [
        _line(code, target[at], done[code], progress, at) for at, code in enumerate(FUNNEL_STAGES)
    ]


def reached_counts(which: Q) -> dict[str, int]:
    """How many applications came at least as far as each line of the funnel (1 query)."""
    place = {code: Application.WAY.index(stage) for code, stage in COUNTED.items()}
    counts = {code: Count("pk", filter=Q(reached__gte=at)) for code, at in place.items()}
    found: dict[str, int] = Application.objects.filter(which).order_by().aggregate(**counts)
    return found


def timeline(viewer: User, vacancy: Vacancy) -> VacancyWindow | None:
    """The days this vacancy should keep; None before its approval."""
    if not viewer.may("hiring.view") or vacancy.approved_on is None:
        return None
    return vacancy_window(vacancy.approved_on)


def vacancy_breadth(viewer: User, vacancy: Vacancy) -> Breadth:
    """Whether the vacancy asks for too much (1 query)."""
    del viewer
    musts = [each for each in vacancy.requirements.all() if each.need == "must"]
    return breadth(sum(each.horizon == "now" for each in musts), vacancy.pool)


def internal_reserve(
    viewer: User, vacancy: Vacancy | None = None, *, on: dt.date | None = None
) -> list[InternalCandidate]:
    """Our own people for a vacancy, shown first whatever the advice, the best first (3 queries)."""
    if not viewer.may("hiring.view"):
        return []
    told = TrackRecord.objects.filter(kind=TrackRecord.Kind.CLAIM).order_by()
    claims = dict(told.values_list("candidate").annotate(Count("pk")))
    present = Candidate.objects.present().filter(user__isnull=False)
    own = present.filter(kind=Candidate.Kind.INTERNAL).select_related("user")
    limits = methodology.current().hiring
    needed_by, day = vacancy.needed_by if vacancy else None, on or timezone.localdate()
    found = [_internal(row, claims.get(row.pk, 0), needed_by, day, limits) for row in own]
    return sorted(found, key=lambda one: (not one.eligible, not one.in_time, -(one.flow_mark or 0)))


def route_advice(
    viewer: User, vacancy: Vacancy, *, on: dt.date | None = None
) -> RouteAdvice | None:
    """Where to look for people; None until the day needed is named (4 queries)."""
    if vacancy.needed_by is None:
        return None
    reserve = [
        Reserve(one.tenure_months or 0.0, one.candidate.willing, one.candidate.ready_on)
        for one in internal_reserve(viewer, vacancy, on=on)
        if one.candidate.ready_on is not None
    ]
    months = methodology.current().hiring.tenure_months
    return advise_route(vacancy.needed_by, reserve, seats=vacancy.seats, least_tenure_months=months)


def pay_against_market(viewer: User, vacancy: Vacancy) -> PayAgainstMarket:
    """The pay band beside what the market pays in the region, or anywhere (1 query)."""
    if not (viewer.may("hiring.view") or viewer.may("hiring.view_budget")):
        return PayAgainstMarket(None, False, False)
    known = list(MarketPayBenchmark.objects.filter(role=vacancy.role))
    local = [one for one in known if one.region == vacancy.region]
    found = next(iter(local or [one for one in known if not one.region]), None)
    if found is None or vacancy.pay_high is None or vacancy.pay_low is None:
        return PayAgainstMarket(found, False, False)
    return PayAgainstMarket(found, vacancy.pay_high < found.p50, vacancy.pay_low > found.p75)


def _rates() -> Sequence[float]:
    """Rates of each step: ours from closed vacancies once enough is decided, else the priors."""
    done = reached_counts(Q(vacancy__state__in=Vacancy.OVER))
    counts = [done[code] for code in FUNNEL_STAGES]
    if counts[0] < OWN_FACTS:
        return PRIOR_RATES
    found: list[float] = learned_rates(counts[:-1], counts[1:]).tolist()
    return found


def _line(code: str, target: int, done: int, progress: FunnelProgress, at: int) -> FunnelLine:
    return FunnelLine(
        code=code,
        needed=target,
        done=done,
        due=float(progress.due[at]),
        forecast=_known(float(progress.forecast[at])),
        short=int(progress.short[at]),
        a_day=_known(float(progress.a_day[at])),
        on_track=bool(progress.on_track[at]),
    )


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _internal(
    candidate: Candidate, claims: int, needed_by: dt.date | None, on: dt.date, limits: Hiring
) -> InternalCandidate:
    since = candidate.user.hired_on if candidate.user else None
    tenure = (on - since).days / MONTH_DAYS if since else None
    enough = tenure is not None and tenure >= limits.tenure_months
    marks = [
        mark for mark in (candidate.response_quality, candidate.technical_mark) if mark is not None
    ]
    ready = candidate.ready_on
    eligible = enough and candidate.willing
    return InternalCandidate(
        candidate=candidate,
        tenure_months=tenure,
        eligible=eligible,
        preferred=eligible and tenure is not None and tenure >= limits.tenure_preferred,
        in_time=eligible and ready is not None and (needed_by is None or ready <= needed_by),
        claims=claims,
        flow_mark=sum(marks) / len(marks) if marks else None,
        why_not="" if eligible else "unwilling" if enough else "tenure",
    )
