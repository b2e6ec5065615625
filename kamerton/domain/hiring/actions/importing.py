"""Thousands of people at once: found again by phone, e-mail or name and employer, else made."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from kamerton.domain.hiring.actions.gates import RECRUIT, locked_vacancy, require_open
from kamerton.domain.hiring.models import Application, Candidate, Source, Vacancy
from kamerton.domain.hiring.queries.imported import ImportRow
from kamerton.domain.hiring.queries.people import Person, searched_of
from kamerton.domain.hiring.queries.tiers import Tiers
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

V = TypeVar("V")
CHUNK: Final = 900  # values in one IN (…)
MOST: Final = 20_000  # rows in one import
FILLED: Final = ("phone", "email", "position", "region", "niche", "link", "pay_wanted")


class TooManyRows(BusinessError):
    """More rows than one import takes."""


@dataclass(frozen=True)
class ImportedPeople:
    """What an import did: people made, people known before, applications made; ids of both."""

    made: int
    known: int
    applied: int
    people: tuple[int, ...] = field(default=(), compare=False, repr=False)
    applications: tuple[int, ...] = field(default=(), compare=False, repr=False)


@transaction.atomic
def import_candidates(
    actor: User, vacancy: Vacancy, *, rows: Sequence[ImportRow], source: Source | None = None
) -> ImportedPeople:
    """Bring people into the vacancy; the same rows twice change nothing the second time.

    What is known of a person is kept; blanks are filled. The rows must be tidied (`read_rows`).

    Raises NotAllowed, VacancyOver, TooManyRows.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_open(vacancy)
    if len(rows) > MOST:
        raise TooManyRows(
            ngettext(
                "One import takes at most %(most)d row: split the file.",
                "One import takes at most %(most)d rows: split the file.",
                MOST,
            )
            % {"most": MOST}
        )
    base = _Base.of(rows)
    fresh, known = base.sort(rows, actor, source)
    Candidate.objects.bulk_create(fresh, batch_size=CHUNK)
    Candidate.objects.bulk_update(base.filled.values(), [*FILLED, "searched"], batch_size=100)
    applied = _apply(actor, vacancy, [*fresh, *known.values()], source)
    done = ImportedPeople(
        len(fresh),
        len(known),
        len(applied),
        tuple(one.pk for one in fresh),
        tuple(one.pk for one in applied),
    )
    record(
        actor,
        "hiring.candidates_imported",
        vacancy,
        after={"made": done.made, "known": done.known, "applied": done.applied},
    )
    return done


def known_among(actor: User, rows: Sequence[ImportRow]) -> list[int | None]:
    """Tell for each row who is meant: a candidate's id, 0 for a row above, None for a new person.

    Raises NotAllowed.
    """
    require(actor, RECRUIT)
    base = _Base.of(rows)
    found: list[int | None] = []
    for row in rows:
        there = base.find(row.person)
        found.append(None if there is None else there.pk or 0)
        if there is None:
            there = Candidate()
            row.person.put_on(there)
        base.learn(there)
    return found


@transaction.atomic
def apply_candidate(
    actor: User, vacancy: Vacancy, *, candidate: Candidate, source: Source | None = None
) -> Application:
    """Bring one person into the vacancy; he stays where he is if he is in it already.

    Raises NotAllowed, VacancyOver.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_open(vacancy)
    _apply(actor, vacancy, [candidate], source or candidate.source)
    made = Application.objects.get(vacancy=vacancy, candidate=candidate)
    record(actor, "hiring.candidate_applied", made)
    return made


@dataclass
class _Base:
    """People who may be meant by rows, by each way of knowing them."""

    phones: dict[str, Candidate]
    emails: dict[str, Candidate]
    names: dict[tuple[str, str], Candidate]
    filled: dict[int, Candidate]

    @classmethod
    def of(cls, rows: Sequence[ImportRow]) -> "_Base":
        """Read them (3 queries a chunk)."""
        base = cls({}, {}, {}, {})
        people = [row.person for row in rows]
        wanted = {
            "phone__in": {one.phone for one in people if one.phone},
            "email__in": {one.email for one in people if one.email},
            "name_folded__in": {one.name_folded for one in people if one.employer_key},
        }
        there = Candidate.objects.present()
        for name, values in wanted.items():
            for chunk in _chunks(sorted(values)):
                for candidate in there.filter(**{name: chunk}):
                    base.learn(candidate)
        return base

    def learn(self, candidate: Candidate) -> None:
        """Remember a person by whatever he is known by; the first one named so stays."""
        if candidate.phone:
            self.phones.setdefault(candidate.phone, candidate)
        if candidate.email:
            self.emails.setdefault(candidate.email, candidate)
        if candidate.employer_key:
            self.names.setdefault((candidate.name_folded, candidate.employer_key), candidate)

    def find(self, person: Person) -> Candidate | None:
        """Return who is meant; None for somebody new."""
        by_name = self.names.get((person.name_folded, person.employer_key))
        by_phone = self.phones.get(person.phone) if person.phone else None
        by_email = self.emails.get(person.email) if person.email else None
        return by_phone or by_email or (by_name if person.employer_key else None)

    def sort(
        self, rows: Iterable[ImportRow], actor: User, source: Source | None
    ) -> tuple[list[Candidate], dict[int, Candidate]]:
        """Return people to be made, and those known; a person twice in the rows is one."""
        days = methodology.current().hiring.unasked_days
        until = timezone.localdate() + dt.timedelta(days=days)
        fresh: list[Candidate] = []
        known: dict[int, Candidate] = {}
        for row in rows:
            there = self.find(row.person)
            if there is None:
                there = Candidate(created_by=actor, source=source, keep_until=until)
                row.person.put_on(there)
                there.pay_wanted = row.pay_wanted
                fresh.append(there)
            else:
                self._fill(there, row)
                if there.pk:
                    known[there.pk] = there
            self.learn(there)
        return fresh, known

    def _fill(self, candidate: Candidate, row: ImportRow) -> None:
        """Write what was blank, unless it is somebody else's phone or e-mail."""
        taken = {"phone": self.phones, "email": self.emails}
        changed = False
        for name in FILLED:
            value = row.pay_wanted if name == "pay_wanted" else getattr(row.person, name)
            if value and not getattr(candidate, name) and value not in taken.get(name, {}):
                setattr(candidate, name, value)
                changed = True
        if changed:
            candidate.searched = searched_of(candidate)
            if candidate.pk:
                self.filled[candidate.pk] = candidate


def _apply(
    actor: User, vacancy: Vacancy, people: Sequence[Candidate], source: Source | None
) -> list[Application]:
    """Make applications for those who have none in this vacancy."""
    require(actor, RECRUIT)
    there: set[int] = set()
    for chunk in _chunks([person.pk for person in people]):
        rows = Application.objects.filter(vacancy=vacancy, candidate__in=chunk)
        there.update(rows.values_list("candidate_id", flat=True))
    tiers, now = Tiers.known(), timezone.now()
    made = []
    for person in people:
        if person.pk not in there:
            there.add(person.pk)
            made.append(_application(actor, vacancy, person, source, tiers, now))
    return Application.objects.bulk_create(made, batch_size=CHUNK)


def _application(
    actor: User,
    vacancy: Vacancy,
    person: Candidate,
    source: Source | None,
    tiers: Tiers,
    now: dt.datetime,
) -> Application:
    tier = tiers.of(person, vacancy)
    return Application(
        vacancy=vacancy,
        candidate=person,
        tier=tier,
        source=source or person.source,
        call_rank=int(tier[1]),
        call_due_at=now if person.phone else None,
        stage_since=now,
        created_by=actor,
    )


def _chunks(values: Sequence[V]) -> Iterator[Sequence[V]]:
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]
