"""Figures of dossiers: how full, how fresh, how far they can be relied on (3.12)."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from django.utils import timezone

from kamerton.calc import dossier as calc
from kamerton.domain.dossier.models import DossierAnswer, OwnQuestion, Source
from kamerton.domain.dossier.models.dossiers import Dossier
from kamerton.domain.dossier.queries.asked import Groups, asked_groups, method_of
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.dossier import DossierQuestion
from kamerton.domain.methodology.content.rules import DossierColours

State = Literal["none", "draft", "working", "complete", "stale"]
Colour = Literal["ok", "warn", "bad", "mute"]


class Known(NamedTuple):
    """An answer, as far as figures need it."""

    source: str
    source_on: dt.date
    expires_on: dt.date
    confidence: float
    is_applicable: bool

    @classmethod
    def of(cls, answer: DossierAnswer) -> "Known":
        """Take what is needed of a stored answer."""
        return cls(*(getattr(answer, name) for name in cls._fields))

    def freshness(self, on: dt.date) -> float:
        """How far the answer still holds on a day, from 0 to 1."""
        life = (self.expires_on - self.source_on).days
        return calc.freshness((on - self.source_on).days, life)


Answers = Mapping[str, Known]  # by the code of the question


@dataclass(frozen=True)
class DossierFigures:
    """How far a client is known; shares from 0 to 1, None where nothing is asked.

    Computed questions count only if a person answered them: the rest is no work on the dossier,
    and a full card must not make a dossier look filled.
    """

    completeness: float | None
    freshness: float | None  # of what is answered
    quality: float | None
    answered: int
    asked: int
    stale: int
    assumed: int
    missing_required: int
    state: State
    colour: Colour


@dataclass(frozen=True)
class _Column:
    """One question in the sums: its weight, and what its answer is worth."""

    weight: int
    answered: bool
    freshness: float
    confidence: float


def quality_of(
    client_ids: Iterable[int], *, on: dt.date | None = None
) -> dict[int, DossierFigures]:
    """Figures of each client named, also of those without a dossier.

    3 queries, and one for each version of the method that their dossiers ask by.
    """
    ids = list(client_ids)
    dossiers = Dossier.objects.of_clients(ids)
    stored = _Stored(_answers(dossiers.values()), _own(dossiers.values()), methodology.current())
    day = on or timezone.localdate()
    return {pk: stored.figures(dossiers.get(pk), day) for pk in ids}


@dataclass
class _Stored:
    """What is stored of many dossiers, by dossier; methods by version, each asked for once."""

    answers: Mapping[int, Answers]
    own: Mapping[int, list[OwnQuestion]]
    present: Methodology
    methods: dict[int, Methodology] = field(default_factory=dict)
    groups: dict[tuple[int, str], Groups] = field(default_factory=dict)

    def figures(self, dossier: Dossier | None, on: dt.date) -> DossierFigures:
        """Figures of one of them."""
        if dossier is None:
            groups = self._groups(self.present, "", ())
            return figures(groups, {}, on=on, colours=self.present.dossier, exists=False)
        method = self._method(dossier)
        own = self.own.get(dossier.pk, ())
        groups = self._groups(method, " ".join(dossier.packs), own)
        answers = self.answers.get(dossier.pk, {})
        return figures(groups, answers, on=on, colours=method.dossier)

    def _method(self, dossier: Dossier) -> Methodology:
        if dossier.version not in self.methods:
            newest = dossier.version == self.present.version
            self.methods[dossier.version] = self.present if newest else method_of(dossier)
        return self.methods[dossier.version]

    def _groups(self, method: Methodology, packs: str, own: Sequence[OwnQuestion]) -> Groups:
        if own:
            return asked_groups(method, packs.split(), own)
        key = (method.version, packs)
        if key not in self.groups:
            self.groups[key] = asked_groups(method, packs.split(), ())
        return self.groups[key]


def figures(
    groups: Groups, answers: Answers, *, on: dt.date, colours: DossierColours, exists: bool = True
) -> DossierFigures:
    """Figures of one dossier, or of some groups of it (no query)."""
    counted = [one for group in groups for one in group.questions if counts(one, answers)]
    columns = [_column(question, answers.get(question.code), on) for question in counted]
    known = [answers[question.code] for question in counted if question.code in answers]
    full, good = _full(columns), _good(columns)
    return DossierFigures(
        completeness=full,
        freshness=_fresh(columns),
        quality=good,
        answered=len(known),
        asked=len(counted),
        stale=sum(on > one.expires_on for one in known),
        assumed=sum(one.source == Source.ASSUMPTION for one in known),
        missing_required=sum(q.required and q.code not in answers for q in counted),
        state=_state(full, good, colours) if exists else "none",
        colour=colour_of(good, colours) if known else "mute",
    )


def counts(question: DossierQuestion, answers: Answers) -> bool:
    """Tell whether a question takes part in the figures: it applies, and a person answers it."""
    answer = answers.get(question.code)
    return not question.computed if answer is None else answer.is_applicable


def colour_of(share: float | None, colours: DossierColours) -> Colour:
    """The colour of a share by the thresholds of the method."""
    if share is None:
        return "mute"
    return "ok" if share >= colours.green else "warn" if share >= colours.amber else "bad"


def _column(question: DossierQuestion, answer: Known | None, on: dt.date) -> _Column:
    if answer is None:
        return _Column(question.weight, False, 0.0, 0.0)
    return _Column(question.weight, True, answer.freshness(on), answer.confidence)


def _full(columns: Sequence[_Column]) -> float | None:
    return _known(calc.completeness([c.weight for c in columns], [c.answered for c in columns]))


def _good(columns: Sequence[_Column]) -> float | None:
    weights, fresh = [c.weight for c in columns], [c.freshness for c in columns]
    return _known(calc.quality(weights, fresh, [c.confidence for c in columns]))


def _fresh(columns: Sequence[_Column]) -> float | None:
    there = [c for c in columns if c.answered]
    whole = [1.0] * len(there)
    return _known(calc.quality([c.weight for c in there], [c.freshness for c in there], whole))


def _known(share: float) -> float | None:
    return None if math.isnan(share) else share


def _state(full: float | None, good: float | None, colours: DossierColours) -> State:
    """Draft, in work, complete; stale is a full one that cannot be relied on any more."""
    if not full:
        return "draft"
    if full < colours.green:
        return "working"
    return "complete" if (good or 0.0) >= colours.amber else "stale"


def _answers(dossiers: Iterable[Dossier]) -> dict[int, dict[str, Known]]:
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    rows = DossierAnswer.objects.current().filter(dossier__in=[one.pk for one in dossiers])
    for pk, code, *known in rows.order_by().values_list("dossier", "question", *Known._fields):
        found[pk][code] = Known(*known)
    return found


def _own(dossiers: Iterable[Dossier]) -> dict[int, list[OwnQuestion]]:
    found: dict[int, list[OwnQuestion]] = defaultdict(list)
    ids = [one.pk for one in dossiers]
    for own in OwnQuestion.objects.filter(dossier__in=ids, archived_at=None):
        found[own.dossier_id].append(own)
    return found
