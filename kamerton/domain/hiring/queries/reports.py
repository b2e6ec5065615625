"""What hiring yields: by stage, in time, by money, by source; whose data are to be erased."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Avg, Count, F, Q, QuerySet, Sum
from django.utils import timezone

from kamerton.calc.hiring_funnel import (
    FUNNEL_STAGES,
    Supply,
    TimeToHire,
    cvs_per_vacancy,
    supply,
    time_to_hire,
)
from kamerton.calc.show_rate import ShowRates
from kamerton.calc.survival import GroupSurvival, survival_by_group
from kamerton.domain.hiring.models import Application, Candidate, ProbationPlan, Vacancy
from kamerton.domain.hiring.queries.planning import reached_counts
from kamerton.domain.hiring.queries.show import show_rates
from kamerton.domain.hiring.queries.vacancies import TAKEN
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.audit.queries import midnight

CHECK_DAYS = (60, 180)


@dataclass(frozen=True)
class YieldStep:
    """A step of the funnel: how many came to its end of those at its beginning."""

    before: str
    after: str
    entered: int
    passed: int

    @property
    def rate(self) -> float | None:
        """The part that passed; None if nobody entered."""
        return self.passed / self.entered if self.entered else None


@dataclass(frozen=True)
class StageTime:
    """How long people stay at a stage: mean hours of those who left it."""

    stage: str
    n: int
    hours: float


@dataclass(frozen=True)
class SourceYield:
    """What a source gives: people, those who came to work, what a hire costs in minor units."""

    source: str
    people: int
    showed: int
    hires: int
    spent: int
    per_hire: int | None


@dataclass(frozen=True)
class HiringSpeed:
    """Time to hire of each vacancy with a hire, against the target of the method."""

    vacancy: Vacancy
    time: TimeToHire


@dataclass(frozen=True)
class HiringSummary:
    """The figures of hiring over a span; None without data."""

    vacancies: int
    cvs: int
    per_vacancy: float | None
    supply: Supply
    passed_share: float | None  # of those whose probation is decided
    show: ShowRates


def yields(
    viewer: User, vacancy: Vacancy | None = None, *, since: dt.date | None = None
) -> list[YieldStep]:
    """The yield of each step, of one vacancy or of all (1 query)."""
    if not viewer.may("hiring.view"):
        return []
    done = reached_counts(_which(vacancy, since))
    return [
        YieldStep(before, after, done[before], done[after])
        for before, after in pairwise(FUNNEL_STAGES)
    ]


def time_in_stage(viewer: User, vacancy: Vacancy | None = None) -> list[StageTime]:
    """How long people stay at each stage (1 query)."""
    if not viewer.may("hiring.view"):
        return []
    applications = Application.objects.filter(_which(vacancy, None))
    steps = applications.filter(steps__hours__isnull=False).order_by()
    rows = steps.values_list("steps__before").annotate(n=Count("steps"), hours=Avg("steps__hours"))
    order = {stage.value: at for at, stage in enumerate(Application.Stage)}
    found = [StageTime(stage, n, float(hours)) for stage, n, hours in rows if stage]
    return sorted(found, key=lambda one: order[one.stage])


def time_to_hires(viewer: User) -> list[HiringSpeed]:
    """Days from the approval to the first day of work, by vacancy (1 query)."""
    if not viewer.may("hiring.view"):
        return []
    target = methodology.current().hiring.time_to_replace
    rows = Application.objects.filter(
        hired_on__isnull=False,
        vacancy__approved_on__isnull=False,
        hired_on__gte=F("vacancy__approved_on"),
    ).select_related("vacancy")
    first: dict[int, Application] = {}
    for one in rows.order_by("hired_on", "pk"):
        first.setdefault(one.vacancy_id, one)
    return [
        HiringSpeed(one.vacancy, time_to_hire(one.vacancy.approved_on, one.hired_on, target))
        for one in first.values()
        if one.vacancy.approved_on and one.hired_on
    ]


def source_yields(viewer: User, *, since: dt.date | None = None) -> list[SourceYield]:
    """People, hires and cost by source; money for those who may see it (2 queries)."""
    if not viewer.may("hiring.view"):
        return []
    showed = Application.WAY.index(Application.Stage.SHOWED)
    rows = (
        Application.objects.filter(_which(None, since))
        .order_by()
        .values_list("source__name", "source__fee")
        .annotate(
            people=Count("pk"),
            came=Count("pk", filter=Q(reached__gte=showed)),
            taken=Count("pk", filter=Q(stage__in=TAKEN)),
        )
    )
    money: dict[str | None, int] = {}
    if viewer.may("hiring.view_budget"):
        spent = Vacancy.objects.order_by().filter(budget__source__isnull=False)
        money = dict(spent.values_list("budget__source__name").annotate(total=Sum("budget__spent")))
    return [
        _source_yield(name or "", people, came, taken, money.get(name, 0) + (fee or 0) * taken)
        for name, fee, people, came, taken in rows
    ]


def survival_by_source(viewer: User, *, on: dt.date | None = None) -> tuple[GroupSurvival, ...]:
    """How likely those hired stay 60 and 180 days, by source (1 query)."""
    if not viewer.may("hiring.view"):
        return ()
    day = on or timezone.localdate()
    rows = list(
        Application.objects.filter(hired_on__isnull=False, hired_on__lte=day)
        .order_by()
        .values_list("hired_on", "left_on", "source__name")
    )
    stayed = [((left or day) - hired).days for hired, left, _name in rows if hired]
    gone = [left is not None and left <= day for _hired, left, _name in rows]
    return survival_by_group(stayed, gone, [name or "" for *_days, name in rows], at=CHECK_DAYS)


def hiring_summary(viewer: User, *, since: dt.date | None = None) -> HiringSummary | None:
    """CVs a vacancy against the usual band, the part that passes probation, the show rate.

    A CV is an application that came by itself: found by a job site or an answer (4 queries).
    """
    if not viewer.may("hiring.view"):
        return None
    opened = Vacancy.objects.filter(approved_on__isnull=False)
    if since:
        opened = opened.filter(approved_on__gte=since)
    count = opened.count()
    cvs = Application.objects.filter(
        vacancy__in=opened, source__kind__in=("response", "job_site")
    ).count()
    per = cvs_per_vacancy(cvs, count)
    decided = ProbationPlan.objects.filter(state__in=("passed", "failed")).aggregate(
        n=Count("pk"), passed=Count("pk", filter=Q(state="passed"))
    )
    return HiringSummary(
        vacancies=count,
        cvs=cvs,
        per_vacancy=per if count else None,
        supply=supply(per),
        passed_share=decided["passed"] / decided["n"] if decided["n"] else None,
        show=show_rates(viewer),
    )


def retention_checks(viewer: User, *, on: dt.date | None = None) -> list[tuple[Application, int]]:
    """Whom the recruiter asks this week whether all is well: day 60 or 180 (1 query)."""
    if not viewer.may("hiring.recruit"):
        return []
    day = on or timezone.localdate()
    spans = [(day - dt.timedelta(days=n + 6), day - dt.timedelta(days=n), n) for n in CHECK_DAYS]
    wanted = Q(pk__isnull=True)
    for since, until, _n in spans:
        wanted |= Q(hired_on__gte=since, hired_on__lte=until)
    rows = Application.objects.filter(wanted, left_on=None).select_related("candidate", "vacancy")
    return [
        (
            one,
            next(n for since, until, n in spans if one.hired_on and since <= one.hired_on <= until),
        )
        for one in rows
    ]


def to_be_erased(
    viewer: User, *, within: int = 0, on: dt.date | None = None
) -> QuerySet[Candidate]:
    """Candidates whose time of keeping is over, or ends within so many days (1 query)."""
    if not viewer.may("hiring.recruit"):
        return Candidate.objects.none()
    until = (on or timezone.localdate()) + dt.timedelta(days=within)
    return (
        Candidate.objects.present()
        .filter(keep_until__lt=until)
        .exclude(user__isnull=False)  # by the index of days, not by that of users
        .order_by("keep_until")
    )


def _which(vacancy: Vacancy | None, since: dt.date | None) -> Q:
    found = Q(vacancy=vacancy) if vacancy else Q()
    return found & Q(created_at__gte=midnight(since)) if since else found


def _source_yield(name: str, people: int, came: int, taken: int, spent: int) -> SourceYield:
    return SourceYield(name, people, came, taken, spent, spent // taken if taken else None)
