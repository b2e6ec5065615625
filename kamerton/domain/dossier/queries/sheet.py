"""A dossier as it is read: groups, questions with what answers them, and what is to be checked."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import Count, Prefetch
from django.utils import timezone

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import Client
from kamerton.domain.activities.models import Activity
from kamerton.domain.activities.queries import open_activities
from kamerton.domain.dossier.models import (
    AnswerFile,
    Citation,
    Dossier,
    DossierAnswer,
    InsightNote,
)
from kamerton.domain.dossier.queries.asked import Groups, dossier_of, groups_of, method_of
from kamerton.domain.dossier.queries.computed import Computed, computed_answers
from kamerton.domain.dossier.queries.figures import (
    Colour,
    DossierFigures,
    Known,
    colour_of,
    figures,
)
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion
from kamerton.platform.access.models import User

RowState = Literal["fresh", "stale", "assumed", "missing", "passed_over", "computed", "no_data"]
TO_CHECK: tuple[RowState, ...] = ("stale", "assumed")


@dataclass(frozen=True)
class DossierRow:
    """A question with what answers it."""

    group: DossierGroup
    question: DossierQuestion
    answer: DossierAnswer | None = None
    computed: Computed | None = None
    freshness: float = 0.0
    is_stale: bool = False
    files: tuple[AnswerFile, ...] = ()
    citations: int = 0
    versions: int = 0  # how many answers the history holds
    check: Activity | None = None  # what is planned to find it out

    @property
    def code(self) -> str:
        """The code of the question."""
        return self.question.code

    @property
    def state(self) -> RowState:
        """What is to be said of it."""
        if self.answer is None:
            if not self.question.computed:
                return "missing"
            return "computed" if self.computed and self.computed.has_data else "no_data"
        if not self.answer.is_applicable:
            return "passed_over"
        if self.answer.is_assumed:
            return "assumed"
        return "stale" if self.is_stale else "fresh"

    @property
    def is_wanted(self) -> bool:
        """True for a required question that nobody has answered."""
        return self.question.required and self.state == "missing"


@dataclass(frozen=True)
class DossierPart:
    """A group with its rows and its own figures."""

    group: DossierGroup
    rows: tuple[DossierRow, ...]
    figures: DossierFigures
    colour: Colour  # by completeness

    @property
    def to_check(self) -> int:
        """How many of its answers ask to be checked."""
        return sum(row.state in TO_CHECK or row.is_stale for row in self.rows)


@dataclass(frozen=True)
class Measures:
    """The five measures of the information task: each is counted, none is typed in."""

    filled: float | None
    grouped: tuple[int, int]  # groups that hold an answer, of all that are asked
    insights: int
    fresh: float | None
    cited: int


@dataclass(frozen=True)
class DossierSheet:
    """The whole dossier of one client on one day."""

    client: Client
    dossier: Dossier | None
    method: Methodology
    parts: tuple[DossierPart, ...]
    figures: DossierFigures
    measures: Measures
    newest: int  # the version of the method in force
    on: dt.date
    others: dict[str, DossierAnswer] = field(default_factory=dict)  # not asked any more

    @property
    def rows(self) -> tuple[DossierRow, ...]:
        """All questions in order."""
        return tuple(row for part in self.parts for row in part.rows)

    @property
    def is_behind(self) -> bool:
        """True if the method has newer questions than this dossier asks."""
        return self.dossier is not None and self.method.version != self.newest

    @property
    def is_required(self) -> bool:
        """True for key clients; for others a dossier is kept at will."""
        return self.client.is_key


def dossier_sheet(
    viewer: User, client: Client, *, compute: Iterable[str] | None = (), on: dt.date | None = None
) -> DossierSheet:
    """The dossier of a client that `viewer` was given (10 queries, and those of computed answers).

    Computed answers are read for the groups named in `compute`; None: for all of them.
    """
    day, dossier = on or timezone.localdate(), dossier_of(client)
    method = method_of(dossier)
    groups = groups_of(dossier, method=method)
    found = _found(viewer, client, dossier)
    found.computed = _computed(viewer, client, groups, compute, day)
    known = {code: Known.of(answer) for code, answer in found.answers.items()}
    parts = tuple(_part(group, found, known, method, day) for group in groups)
    asked = {row.code for part in parts for row in part.rows}
    whole = figures(groups, known, on=day, colours=method.dossier, exists=dossier is not None)
    return DossierSheet(
        client=client,
        dossier=dossier,
        method=method,
        parts=parts,
        figures=whole,
        measures=_measures(parts, whole, found),
        newest=methodology.current().version,
        on=day,
        others={code: one for code, one in found.answers.items() if code not in asked},
    )


@dataclass
class _Found:
    """What is stored of one dossier, by question."""

    answers: dict[str, DossierAnswer] = field(default_factory=dict)
    files: Mapping[str, list[AnswerFile]] = field(default_factory=dict)
    citations: Mapping[str, int] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    checks: Mapping[str, Activity] = field(default_factory=dict)
    computed: Mapping[str, Computed] = field(default_factory=dict)
    insights: int = 0
    cited: int = 0


def _found(viewer: User, client: Client, dossier: Dossier | None) -> _Found:
    """All that is stored, in as many queries for one answer as for a thousand."""
    if dossier is None:
        return _Found(checks=_checks(viewer, client))
    current = dossier.answers.current().select_related("author", "source_contact")
    files: dict[str, list[AnswerFile]] = {}
    for file in dossier.files.filter(removed_at=None).select_related("author"):
        files.setdefault(file.question or file.group, []).append(file)
    every = dossier.answers.order_by().values_list("question")
    cited = Citation.objects.filter(answer__dossier=dossier).values_list("answer__question")
    citations = Counter(code for (code,) in cited)
    of_insights = Citation.objects.filter(insight__dossier=dossier).count()
    return _Found(
        answers={answer.question: answer for answer in current},
        files=files,
        citations=citations,
        versions=dict(every.annotate(Count("pk"))),
        checks=_checks(viewer, client),
        insights=dossier.insights.filter(archived_at=None).count(),
        cited=sum(citations.values()) + of_insights,
    )


def _checks(viewer: User, client: Client) -> dict[str, Activity]:
    planned = open_activities(viewer, client).filter(origin__startswith=ORIGIN)
    rows = planned.prefetch_related(None).select_related(None).select_related("owner")
    return {one.origin.removeprefix(ORIGIN): one for one in rows}


ORIGIN = "dossier:"  # and the code of the question: of what is planned to find an answer


def _computed(
    viewer: User, client: Client, groups: Groups, compute: Iterable[str] | None, on: dt.date
) -> dict[str, Computed]:
    wanted = {group.code for group in groups} if compute is None else set(compute)
    codes = [q.code for g in groups if g.code in wanted for q in g.questions if q.computed]
    return computed_answers(viewer, client, codes, on=on) if codes else {}


def _part(
    group: DossierGroup,
    found: _Found,
    known: Mapping[str, Known],
    method: Methodology,
    on: dt.date,
) -> DossierPart:
    own = figures((group,), known, on=on, colours=method.dossier)
    rows = tuple(_row(group, question, found, on) for question in group.questions)
    colour = "mute" if not own.answered else colour_of(own.completeness, method.dossier)
    return DossierPart(group, rows, own, colour)


def _row(group: DossierGroup, question: DossierQuestion, found: _Found, on: dt.date) -> DossierRow:
    code = question.code
    answer = found.answers.get(code)
    return DossierRow(
        group=group,
        question=question,
        answer=answer,
        computed=found.computed.get(code),
        freshness=Known.of(answer).freshness(on) if answer else 0.0,
        is_stale=answer is not None and answer.is_stale(on),
        files=tuple(found.files.get(code, ())),
        citations=found.citations.get(code, 0),
        versions=found.versions.get(code, 0),
        check=found.checks.get(code),
    )


def _measures(parts: tuple[DossierPart, ...], whole: DossierFigures, found: _Found) -> Measures:
    filled = sum(part.figures.answered > 0 for part in parts)
    return Measures(
        filled=whole.completeness,
        grouped=(filled, len(parts)),
        insights=found.insights,
        fresh=whole.freshness,
        cited=found.cited,
    )


def history(viewer: User, client: Client, code: str) -> list[DossierAnswer]:
    """All answers ever given to one question, the latest first (3 queries)."""
    dossier = _seen(viewer, client)
    if dossier is None:
        return []
    return list(
        dossier.answers.filter(question=code)
        .select_related("author", "source_contact", "batch")
        .prefetch_related("citations")
        .order_by("-created_at", "-pk")
    )


def answer_of(viewer: User, client: Client, code: str) -> DossierAnswer | None:
    """The answer to one question that counts now (2 queries)."""
    dossier = _seen(viewer, client)
    if dossier is None:
        return None
    current = dossier.answers.current().select_related("author", "source_contact")
    return current.filter(question=code).first()


def insights(viewer: User, client: Client) -> list[InsightNote]:
    """What was concluded from the answers, the latest first, with what it rests on (4 queries)."""
    dossier = _seen(viewer, client)
    if dossier is None:
        return []
    basis = Prefetch("based_on", queryset=DossierAnswer.objects.order_by("question"))
    kept = dossier.insights.filter(archived_at=None).select_related("author")
    return list(kept.prefetch_related(basis, "citations"))


def files(viewer: User, client: Client) -> list[AnswerFile]:
    """The files of a dossier (2 queries)."""
    dossier = _seen(viewer, client)
    kept = dossier.files.filter(removed_at=None).select_related("author") if dossier else ()
    return list(kept)


def file(viewer: User, client: Client, pk: int) -> AnswerFile | None:
    """One file of a dossier; None if there is none (2 queries)."""
    dossier = _seen(viewer, client)
    return dossier.files.filter(pk=pk, removed_at=None).first() if dossier else None


def insight(viewer: User, client: Client, pk: int) -> InsightNote | None:
    """One insight; None if there is none (2 queries)."""
    dossier = _seen(viewer, client)
    return dossier.insights.filter(pk=pk, archived_at=None).first() if dossier else None


def _seen(viewer: User, client: Client) -> Dossier | None:
    """The dossier, if `viewer` may see its client."""
    if not viewer.may("dossier.view"):
        return None
    dossier = dossier_of(client)
    seen = Client.objects.visible_to(viewer).filter(pk=client.pk)
    return dossier if dossier and seen.exists() else None


def found_rows(sheet: DossierSheet, text: str) -> list[DossierRow]:
    """The rows whose question, answer or source holds `text` (no query)."""
    wanted = folded(text)
    return [row for row in sheet.rows if wanted in folded(_words(row))]


def _words(row: DossierRow) -> str:
    words = [row.code, row.question.title.ru, row.question.title.en]
    if row.answer:
        words += [row.answer.text, row.answer.source_note, str(row.answer.source_contact or "")]
    return " ".join([*words, *(file.name for file in row.files)])
