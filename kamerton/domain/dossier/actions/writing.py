"""A file's answers being written: dossiers, own questions and current answers, looked up once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kamerton.calc.text import folded
from kamerton.domain.dossier.actions import rules
from kamerton.domain.dossier.models import (
    Dossier,
    DossierAnswer,
    DossierImport,
    InsightNote,
    OwnQuestion,
)
from kamerton.domain.dossier.queries.asked import method_of
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.platform.access.models import User

PIECE = 500
SAME = (
    "data", "text", "is_applicable", "source", "source_contact_id", "source_note", "source_on",
)  # fmt: skip


@dataclass(frozen=True)
class ImportedAnswer:
    """An answer read from a file, checked; `own` is the title of a client's own question."""

    client_id: int
    group: str
    code: str  # empty: an own question, found or made by its title
    own: str
    data: Any
    text: str
    is_applicable: bool
    source: str
    source_contact_id: int | None
    source_note: str
    source_on: dt.date
    ttl_months: int
    weight: int = 2


@dataclass(frozen=True)
class ImportedInsight:
    """An insight read from a file."""

    client_id: int
    text: str
    based_on: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """What an import did."""

    dossiers: int  # with at least one new answer
    answers: int
    unchanged: int
    insights: int


class Writing:
    """One import being written."""

    def __init__(self, actor: User, batch: DossierImport) -> None:
        self.actor, self.batch = actor, batch
        self.packs: dict[str, list[str]] = {}  # taken over, by client
        self.dossiers: dict[int, Dossier] = {}
        self.own: dict[tuple[int, str], str] = {}
        self._methods: dict[int, Methodology] = {}

    def write(
        self, answers: Sequence[ImportedAnswer], insights: Sequence[ImportedInsight]
    ) -> Written:
        """Write everything."""
        self._begin_dossiers({a.client_id for a in answers} | {i.client_id for i in insights})
        self._choose_packs(answers)
        self._ask_own(answers)
        made, unchanged = self._supersede(answers)
        DossierAnswer.objects.bulk_create(made, batch_size=PIECE)
        notes = self._write_insights(insights)
        touched = {answer.dossier_id for answer in made}
        return Written(len(touched), len(made), unchanged, notes)

    def _begin_dossiers(self, clients: set[int]) -> None:
        version = methodology.current().version
        for piece in in_pieces(clients):
            known = Dossier.objects.of_clients(piece)
            missing = [
                Dossier(client_id=pk, version=version, created_by=self.actor)
                for pk in piece
                if pk not in known
            ]
            made = Dossier.objects.bulk_create(missing)
            self.dossiers |= known | {dossier.client_id: dossier for dossier in made}

    def _choose_packs(self, answers: Iterable[ImportedAnswer]) -> None:
        """Ask what the file answers: a pack with an answer is a pack chosen."""
        pack_of = {g.code: g.pack for g in methodology.current().dossier_groups if g.pack}
        wanted: dict[int, set[str]] = defaultdict(set)
        for one in answers:
            if pack := pack_of.get(one.group):
                wanted[one.client_id].add(pack)
        changed = []
        for client_id, packs in wanted.items():
            dossier = self.dossiers[client_id]
            if new := sorted(packs - set(dossier.packs)):
                dossier.packs = [*dossier.packs, *new]
                self.packs[str(dossier.pk)] = new
                changed.append(dossier)
        Dossier.objects.bulk_update(changed, ["packs"], batch_size=PIECE)

    def _ask_own(self, answers: Iterable[ImportedAnswer]) -> None:
        dossiers = [dossier.pk for dossier in self.dossiers.values()]
        for piece in in_pieces(dossiers):
            for own in OwnQuestion.objects.filter(dossier__in=piece, archived_at=None):
                self.own[(own.dossier_id, own.title)] = own.code
        new: dict[tuple[int, str], OwnQuestion] = {}
        for one in answers:
            place = (self.dossiers[one.client_id].pk, one.own)
            if one.own and place not in self.own and place not in new:
                new[place] = OwnQuestion(
                    dossier_id=place[0],
                    group=one.group,
                    title=one.own,
                    weight=one.weight,
                    ttl_months=one.ttl_months,
                    author=self.actor,
                    batch=self.batch,
                )
        made = OwnQuestion.objects.bulk_create(new.values(), batch_size=PIECE)
        self.own |= {(own.dossier_id, own.title): own.code for own in made}

    def _supersede(self, answers: Sequence[ImportedAnswer]) -> tuple[list[DossierAnswer], int]:
        """The answers that say something new, each before it set aside; and how many do not."""
        current = self._current()
        made: list[DossierAnswer] = []
        gone: list[int] = []
        for one in answers:
            answer = self._answer(one)
            before = current.pop((answer.dossier_id, answer.question), None)
            if before is not None and _same(before, answer):
                continue
            if before is not None:
                answer.supersedes = before
                gone.append(before.pk)
            made.append(answer)
        for piece in in_pieces(gone):
            DossierAnswer.objects.filter(pk__in=piece).update(is_current=False)
        return made, len(answers) - len(made)

    def _current(self) -> dict[tuple[int, str], DossierAnswer]:
        found = {}
        for piece in in_pieces([dossier.pk for dossier in self.dossiers.values()]):
            for answer in DossierAnswer.objects.current().filter(dossier__in=piece).order_by():
                found[(answer.dossier_id, answer.question)] = answer
        return found

    def _answer(self, one: ImportedAnswer) -> DossierAnswer:
        dossier = self.dossiers[one.client_id]
        confidence: float = getattr(self._method(dossier).confidence, one.source)
        return DossierAnswer(
            dossier=dossier,
            question=one.code or self.own[(dossier.pk, one.own)],
            data=one.data,
            text=one.text,
            searched=folded(one.text),
            is_applicable=one.is_applicable,
            source=one.source,
            source_contact_id=one.source_contact_id,
            source_note=one.source_note,
            source_on=one.source_on,
            confidence=confidence,
            expires_on=rules.months_later(one.source_on, one.ttl_months),
            version=dossier.version,
            author=self.actor,
            batch=self.batch,
        )

    def _method(self, dossier: Dossier) -> Methodology:
        """The method of a dossier, asked for once a version."""
        if dossier.version not in self._methods:
            self._methods[dossier.version] = method_of(dossier)
        return self._methods[dossier.version]

    def _write_insights(self, insights: Iterable[ImportedInsight]) -> int:
        """Insights that are not there yet, with the answers that they rest on."""
        count = 0
        for one in insights:
            dossier = self.dossiers[one.client_id]
            if dossier.insights.filter(text=one.text, archived_at=None).exists():
                continue
            note = InsightNote.objects.create(
                dossier=dossier, text=one.text, author=self.actor, batch=self.batch
            )
            codes = [self.own.get((dossier.pk, name), name) for name in one.based_on]
            note.based_on.set(dossier.answers.current().filter(question__in=codes))
            count += 1
        return count


def _same(before: DossierAnswer, after: DossierAnswer) -> bool:
    return all(getattr(before, name) == getattr(after, name) for name in SAME)


def in_pieces(ids: Iterable[int]) -> Iterator[list[int]]:
    """Give ids in portions that one query takes."""
    every = sorted(ids)
    for start in range(0, len(every), PIECE):
        yield every[start : start + PIECE]
