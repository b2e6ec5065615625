"""What a scorecard asks of a vacancy, and marks compared once they are open."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from kamerton.domain.hiring.models import (
    Application,
    Calibration,
    Mark,
    Scorecard,
    TaskResult,
    Vacancy,
)
from kamerton.domain.hiring.models.scorecards import revealed
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Text
from kamerton.platform.access.models import User, UserQuerySet
from kamerton.platform.access.roles import PERMISSIONS

ASSESS = "hiring.assess"
WIDE = 2  # marks so far apart are talked over


@dataclass(frozen=True)
class ScoreLine:
    """A line of a scorecard: what to ask, what to look for; anchors for 1, 3 and 5."""

    code: str
    title: Text
    question: Text
    anchors: tuple[Text, ...]
    indicators: tuple[Text, ...]
    red_flag: Text | None
    must: bool


@dataclass(frozen=True)
class Compared:
    """Marks of one line beside each other; `agreed` after the talk."""

    code: str
    marks: dict[int, int]  # by assessor
    mean: float
    spread: int
    agreed: int | None

    @property
    def wide(self) -> bool:
        """True if the assessors saw different things."""
        return self.spread >= WIDE

    @property
    def value(self) -> float:
        """The mark that counts: the one agreed on, else the mean."""
        return float(self.agreed) if self.agreed is not None else self.mean


def scorecard_codes(vacancy: Vacancy) -> list[str]:
    """The codes of all lines of a vacancy's scorecard, in order (1 query)."""
    method = methodology.current()
    asked = {one.code for one in vacancy.requirements.all() if one.horizon == "now" and one.code}
    competencies = [one.code for one in method.competencies if one.code in asked]
    return [*competencies, *(one.code for one in method.selection_items)]


def score_lines(viewer: User, vacancy: Vacancy) -> list[ScoreLine]:
    """The lines of a vacancy's scorecard with words (2 queries)."""
    del viewer  # the vacancy was given by a query
    method = methodology.current()
    codes = set(scorecard_codes(vacancy))
    competencies = [one for one in method.competencies if one.code in codes]
    lines = [
        ScoreLine(
            *(one.code, one.title, one.question, one.anchors, one.indicators, one.red_flag),
            must=one.must,
        )
        for one in competencies
    ]
    extra = (
        ScoreLine(i.code, i.title, i.question, (), (), None, True) for i in method.selection_items
    )
    return [*lines, *extra]


def scorecards(viewer: User, application: Application) -> QuerySet[Scorecard]:
    """Scorecards of a candidate that are open to `viewer`: his own, then all (2 queries)."""
    found = Scorecard.objects.visible_to(viewer).filter(application=application)
    return found.select_related("assessor").prefetch_related("marks")


def assessors(viewer: User, application: Application) -> list[tuple[User, bool]]:
    """Who marks a candidate, and who has handed in; without the marks (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = Scorecard.objects.filter(application=application, application__in=seen)
    return [
        (one.assessor, one.submitted_at is not None) for one in found.select_related("assessor")
    ]


def people_who_assess(viewer: User) -> UserQuerySet:
    """Working people who may mark candidates and hold interviews, for who recruits (1 query)."""
    working: UserQuerySet = User.objects.people().working()
    if not viewer.may("hiring.view"):
        return working.none()
    roles = [role for role, may in PERMISSIONS.items() if ASSESS in may]
    return working.with_role(*roles).order_by("full_name", "pk")


def scorecards_to_fill(viewer: User) -> QuerySet[Scorecard]:
    """Scorecards that `viewer` was asked for and has not handed in (1 query)."""
    found = Scorecard.objects.visible_to(viewer).filter(assessor=viewer, submitted_at=None)
    open_ones = found.exclude(application__vacancy__state__in=Vacancy.OVER)
    return open_ones.select_related("application__candidate", "application__vacancy")


def calibrated(viewer: User, application: Application) -> QuerySet[Calibration]:
    """What the assessors agreed on, with the reasons (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = Calibration.objects.filter(application=application, application__in=seen)
    return found.select_related("by")


def calibration(viewer: User, application: Application) -> list[Compared]:
    """Marks compared line by line; empty while somebody is still to hand in (2 queries)."""
    seen = Application.objects.visible_to(viewer).filter(pk=application.pk)
    return compared(seen.values("pk")).get(application.pk, [])


def compared(
    applications: "Iterable[int] | QuerySet[Application, Any]",
) -> dict[int, list[Compared]]:
    """Marks of many candidates that are open, line by line (2 queries)."""
    found = Mark.objects.filter(scorecard__application__in=applications)
    opened = found.filter(scorecard__application__in=revealed())
    marks: dict[int, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = opened.order_by("code").values_list(
        "scorecard__application", "code", "scorecard__assessor", "mark"
    )
    for application, code, assessor, mark in rows:
        marks[application][code][assessor] = mark
    agreed = {
        (one.application_id, one.code): one.mark
        for one in Calibration.objects.filter(application__in=applications)
    }
    return {
        application: [
            _compared(code, by, agreed.get((application, code))) for code, by in lines.items()
        ]
        for application, lines in marks.items()
    }


def results(viewer: User, application: Application) -> QuerySet[TaskResult]:
    """Results of business tasks of a candidate (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = TaskResult.objects.filter(application=application, application__in=seen)
    return found.select_related("marked_by")


def _compared(code: str, by: dict[int, int], agreed: int | None) -> Compared:
    values = list(by.values())
    return Compared(code, by, sum(values) / len(values), max(values) - min(values), agreed)
