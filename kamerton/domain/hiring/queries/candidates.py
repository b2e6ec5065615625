"""Candidates: the board of a vacancy, the base, one application with its history."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from kamerton.calc.text import folded
from kamerton.domain.hiring.models import (
    Application,
    CallAttempt,
    Candidate,
    Consent,
    Letter,
    StageChange,
    StopListCompany,
    Vacancy,
)
from kamerton.domain.hiring.models.applications import ApplicationQuerySet
from kamerton.domain.hiring.models.candidates import CandidateQuerySet
from kamerton.platform.access.models import User

CARDS = 20  # cards of a column of the board


@dataclass(frozen=True)
class BoardColumn:
    """A stage with how many stand there and the first of them, who stands longest first."""

    stage: str
    title: str
    count: int
    cards: list[Application]


def board(viewer: User, vacancy: Vacancy, *, cards: int = CARDS) -> list[BoardColumn]:
    """The vacancy by stages (1 query, and 1 for each stage where somebody stands: ≤ 22)."""
    seen = Application.objects.visible_to(viewer).filter(vacancy=vacancy).order_by()
    counts = dict(seen.values_list("stage").annotate(Count("pk")))
    joined = seen.select_related("candidate", "recruiter").order_by("stage_since", "pk")
    return [
        BoardColumn(
            stage.value,
            str(stage.label),
            counts.get(stage, 0),
            list(joined.filter(stage=stage)[:cards]) if counts.get(stage) else [],
        )
        for stage in Application.Stage
    ]


def applications(
    viewer: User, vacancy: Vacancy, *, stage: str = "", search: str = "", tier: str = ""
) -> ApplicationQuerySet:
    """Candidates of a vacancy as a list, the longest at their stage first (1 query).

    `stop_listed` tells whose last employer is on the stop list now.
    """
    entry = StopListCompany.objects.filter(folded=OuterRef("candidate__employer_key"))
    found: ApplicationQuerySet = Application.objects.visible_to(viewer).filter(vacancy=vacancy)
    found = found.select_related("candidate", "recruiter", "source")
    if stage:
        found = found.filter(stage=stage)
    if tier:
        found = found.filter(tier=tier)
    for word in folded(search).split():
        found = found.filter(candidate__searched__contains=word)
    return found.annotate(stop_listed=Exists(entry)).order_by("stage_since", "pk")


def application(viewer: User, pk: int) -> Application | None:
    """One application, if `viewer` may see it (1 query)."""
    found = Application.objects.visible_to(viewer).select_related(
        "candidate", "vacancy", "recruiter", "source"
    )
    return found.filter(pk=pk).first()


def history(viewer: User, application: Application) -> QuerySet[StageChange]:
    """The steps of an application, the first one first (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = StageChange.objects.filter(application=application, application__in=seen)
    return found.select_related("by")


def letters_to(viewer: User, application: Application) -> QuerySet[Letter]:
    """What was sent to a candidate, the newest first (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = Letter.objects.filter(application=application, application__in=seen)
    return found.select_related("sent_by")


def calls_of(viewer: User, application: Application) -> QuerySet[CallAttempt]:
    """The calls to a candidate, the newest first (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = CallAttempt.objects.filter(application=application, application__in=seen)
    return found.select_related("by")


def candidates(viewer: User, *, search: str = "", kind: str = "") -> CandidateQuerySet:
    """The base of people, by name; contacts are shown by `actions.view_candidate` (1 query)."""
    found: CandidateQuerySet = Candidate.objects.visible_to(viewer).present()
    if kind:
        found = found.filter(kind=kind)
    for word in folded(search).split():
        found = found.filter(searched__contains=word)
    return found.select_related("source")


def talent_pool(viewer: User) -> CandidateQuerySet:
    """Good people who were not taken and agreed to hear of other vacancies (1 query)."""
    kept = Application.objects.filter(candidate=OuterRef("pk"), stage=Application.Stage.RESERVE)
    agreed = Consent.objects.filter(purpose="reserve", withdrawn_at=None).values("candidate")
    return candidates(viewer).filter(Exists(kept), pk__in=agreed)
