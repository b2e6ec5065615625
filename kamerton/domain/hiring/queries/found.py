"""The base of people as a list: narrowed, in order, and who stands before and after whom."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kamerton.calc.text import folded
from kamerton.domain.hiring.models import (
    Application,
    CallAttempt,
    Candidate,
    CandidateImport,
    ClaimCheck,
    Source,
    StopListCompany,
    Vacancy,
)
from kamerton.domain.hiring.models.applications import ApplicationQuerySet
from kamerton.domain.hiring.models.candidates import CandidateQuerySet
from kamerton.domain.hiring.queries.people import phone_number
from kamerton.platform.access.models import User
from kamerton.platform.audit.queries import midnight

IN_CONTEST = "open"  # any stage but the exits
SORTS = {"new": ("-pk",), "name": ("name_folded", "pk"), "-name": ("-name_folded", "-pk")}
PHONE = re.compile(r"\+?[\d\s().\-]+")
COUNTED = 1_000  # the figure of waiting calls is counted up to here


@dataclass(frozen=True)
class CandidateFilter:
    """Which people of the base, and in what order; `stage` is one stage, or "open"."""

    search: str = ""
    vacancy: int | None = None
    stage: str = ""
    tier: str = ""
    source: int | None = None
    sort: str = "new"

    @property
    def is_narrow(self) -> bool:
        """True if it leaves anybody out."""
        return bool(self.search or self.by_application)

    @property
    def by_application(self) -> Q:
        """What it asks of an application; empty if nothing."""
        asked = Q()
        for name in ("vacancy", "tier", "source"):
            if value := getattr(self, name):
                asked &= Q(**{name: value})
        if self.stage == IN_CONTEST:
            asked &= ~Q(stage__in=Application.EXITS)
        elif self.stage:
            asked &= Q(stage=self.stage)
        return asked


@dataclass(frozen=True)
class CandidateRow:
    """A person of the list, where he stands, and whether his company is on the stop list."""

    candidate: Candidate
    application: Application | None
    stop_listed: bool


def found_candidates(viewer: User, wanted: CandidateFilter) -> CandidateQuerySet:
    """The people that are looked for, in order (1 query)."""
    found: CandidateQuerySet = Candidate.objects.visible_to(viewer).present()
    for word in _words(wanted.search):
        found = found.filter(searched__contains=word)
    if asked := wanted.by_application:
        found = found.filter(Exists(_asked(viewer, asked).filter(candidate=OuterRef("pk"))))
    return found.order_by(*SORTS.get(wanted.sort, SORTS["new"]))


def candidate_rows(
    viewer: User, people: Sequence[Candidate], wanted: CandidateFilter | None = None
) -> list[CandidateRow]:
    """The people with the application that was asked for, else the newest open one (2 queries)."""
    asked = wanted.by_application if wanted else Q()
    rows = _asked(viewer, asked).filter(candidate__in=[one.pk for one in people])
    best: dict[int, Application] = {}
    for row in rows.select_related("vacancy", "recruiter", "source").order_by("pk"):
        there = best.get(row.candidate_id)
        if there is None or there.has_left or not row.has_left:
            best[row.candidate_id] = row
    keys = {one.employer_key for one in people if one.employer_key}
    stopped = StopListCompany.objects.filter(folded__in=keys).values_list("folded", flat=True)
    names = set(stopped)
    return [CandidateRow(one, best.get(one.pk), one.employer_key in names) for one in people]


def neighbours(
    viewer: User, candidate: Candidate, wanted: CandidateFilter
) -> tuple[int | None, int | None]:
    """Who stands before and after a person in a list (2 queries)."""
    found = found_candidates(viewer, wanted)
    pk, name = candidate.pk, candidate.name_folded
    later = Q(pk__gt=pk)
    if wanted.sort.endswith("name"):
        later = Q(name_folded__gt=name) | Q(name_folded=name, pk__gt=pk)
    earlier = ~later & ~Q(pk=pk)
    if wanted.sort == "name":
        earlier, later = later, earlier
    ahead = found.filter(later).reverse().values_list("pk", flat=True).first()
    behind = found.filter(earlier).values_list("pk", flat=True).first()
    return ahead, behind


def applications_of(viewer: User, candidate: Candidate) -> list[Application]:
    """The vacancies that a person stands in, those open first, the newest first (1 query)."""
    seen = Application.objects.visible_to(viewer).filter(candidate=candidate)
    rows = seen.select_related("vacancy", "candidate", "recruiter", "source", "stop_cleared_by")
    return sorted(rows.order_by("-pk"), key=lambda one: one.has_left)


def claim_of(viewer: User, candidate: int, claim: int) -> ClaimCheck | None:
    """A claim of a person whom `viewer` may see (1 query)."""
    seen = Candidate.objects.visible_to(viewer).present().filter(pk=candidate)
    found = ClaimCheck.objects.select_related("candidate")
    return found.filter(candidate__in=seen, pk=claim).first()


def known_sources(viewer: User) -> QuerySet[Source]:
    """Where people come from (1 query)."""
    return Source.objects.all() if viewer.may("hiring.view") else Source.objects.none()


def possible_internals(viewer: User) -> QuerySet[User]:
    """Our own people who may stand in the reserve (1 query)."""
    found: QuerySet[User] = User.objects.working().order_by("full_name")
    return found if viewer.may("hiring.recruit") else found.none()


def candidate_imports(viewer: User) -> QuerySet[CandidateImport]:
    """Files of people that were sent, the newest first (1 query)."""
    if not viewer.may("hiring.recruit"):
        return CandidateImport.objects.none()
    return CandidateImport.objects.select_related("vacancy", "source", "started_by")


def calls_today(viewer: User) -> int:
    """How many calls `viewer` made today (1 query)."""
    since = midnight(timezone.localdate())
    return CallAttempt.objects.filter(by=viewer, at__gte=since).count()


def next_call(viewer: User, vacancy: Vacancy) -> dt.datetime | None:
    """When the next call of a vacancy is due, if none is now (1 query)."""
    if not viewer.may("hiring.recruit"):
        return None
    ahead = Application.objects.filter(vacancy=vacancy, call_due_at__isnull=False)
    mine = ahead.filter(Q(recruiter=viewer) | Q(recruiter=None)).order_by("call_due_at")
    return mine.values_list("call_due_at", flat=True).first()


def calls_waiting(viewer: User) -> int:
    """How many calls wait for a recruiter in all open vacancies, up to a thousand (1 query)."""
    if not viewer.may("hiring.recruit"):
        return 0
    due = Application.objects.filter(call_due_at__lte=timezone.now()).order_by()
    due = due.filter(Q(recruiter=viewer) | Q(recruiter=None))
    return due.exclude(vacancy__state__in=Vacancy.OVER).values("pk")[:COUNTED].count()


def _words(search: str) -> list[str]:
    """The words that are looked for; a phone in any writing is one word."""
    digits = "".join(sign for sign in search if sign.isdigit())
    if PHONE.fullmatch(search.strip()) and len(digits) > 6:
        return [phone_number(search).lstrip("+")]
    return folded(search).split()


def _asked(viewer: User, asked: Q) -> ApplicationQuerySet:
    seen: ApplicationQuerySet = Application.objects.visible_to(viewer)
    return seen.filter(asked).order_by()
