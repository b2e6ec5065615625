"""People: put down, found again instead of doubled, seen with a trace, their claims checked."""

import datetime as dt
from typing import Any, BinaryIO, Final, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import (
    APPROVE,
    RECRUIT,
    Unfit,
    require_present,
    require_range,
    require_reason,
)
from kamerton.domain.hiring.models import (
    Candidate,
    CandidateFile,
    ClaimCheck,
    Reference,
    Source,
    TrackRecord,
)
from kamerton.domain.hiring.queries.people import Person, same_person, tidied
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.platform.files import store
from kamerton.platform.files.kinds import Kind

CV_KINDS: Final = frozenset({Kind.PDF, Kind.DOCX, Kind.TEXT, Kind.PNG, Kind.JPEG})
CV_LIMIT: Final = 10 * 1024 * 1024
IDENTITY: Final = ("full_name", "phone", "email", "employer", "position", "niche", "region", "link")


class KnownAlready(BusinessError):
    """The person is in the base already."""


class NotOurs(BusinessError):
    """Only who works here is a candidate from within."""


class CandidateFields(TypedDict, total=False):
    """What a person may write of a candidate beside who he is."""

    experience_years: float | None
    known_clients: list[str]
    employers: list[str]
    products: list[str]
    buyers: list[str]
    deal_size: int | None
    largest_project: int | None
    highest_level: int | None
    largest_budget: int | None
    languages: list[dict[str, str]]
    pay_now: int | None
    pay_wanted: int | None
    notice_days: int | None
    motive: str
    willing: bool
    ready_on: dt.date | None
    response_quality: float | None
    technical_mark: float | None


WRITABLE: Final = frozenset(CandidateFields.__annotations__)


@transaction.atomic
def add_candidate(
    actor: User,
    *,
    person: Person,
    source: Source | None = None,
    **more: Unpack[CandidateFields],
) -> Candidate:
    """Put a person down; without consent he is kept for the days of the method.

    Raises NotAllowed, KnownAlready, Unfit.
    """
    require(actor, RECRUIT)
    known = tidied(person)
    if there := same_person(known):
        raise KnownAlready(
            _("This person is in the base already: candidate %(number)s.") % {"number": there},
            status=409,
            ways_out=ways_to(_("Open the candidate"), "hiring:person", there.pk),
        )
    days = methodology.current().hiring.unasked_days
    candidate = Candidate(
        created_by=actor, source=source, keep_until=timezone.localdate() + dt.timedelta(days=days)
    )
    known.put_on(candidate)
    _write(candidate, dict(more))
    candidate.save()
    record(actor, "hiring.candidate_added", candidate, after={"source": str(source or "")})
    return candidate


@transaction.atomic
def add_internal(actor: User, *, user: User, ready_on: dt.date | None, willing: bool) -> Candidate:
    """Put one of our own people into the reserve, or write his readiness anew.

    Raises NotAllowed, NotOurs.
    """
    require(actor, RECRUIT)
    if not User.objects.working().filter(pk=user.pk).exists():
        raise NotOurs(_("%(person)s does not work here.") % {"person": user})
    candidate = Candidate.objects.filter(user=user).first()
    candidate = candidate or Candidate(user=user, kind=Candidate.Kind.INTERNAL, created_by=actor)
    tidied(Person(user.full_name, email=user.email)).put_on(candidate)
    candidate.ready_on, candidate.willing = ready_on, willing
    candidate.save()
    record(
        actor,
        "hiring.reserve_changed",
        candidate,
        after={"ready_on": ready_on, "willing": willing},
    )
    return candidate


@transaction.atomic
def change_candidate(
    actor: User,
    candidate: Candidate,
    *,
    person: Person | None = None,
    **more: Unpack[CandidateFields],
) -> Candidate:
    """Write anew who the person is, or what is known of him; the journal keeps names of fields.

    Raises NotAllowed, PersonErased, KnownAlready, Unfit.
    """
    candidate = locked_candidate(actor, candidate)
    names = sorted(more)
    if person is not None:
        known = tidied(person)
        if there := same_person(known, but=candidate):
            raise KnownAlready(
                _("This person is in the base already: candidate %(number)s.") % {"number": there},
                status=409,
            )
        known.put_on(candidate)
        names += IDENTITY
    _write(candidate, dict(more))
    candidate.save()
    record(actor, "hiring.candidate_changed", candidate, after={"fields": names})
    return candidate


@transaction.atomic
def view_candidate(actor: User, pk: int) -> Candidate | None:
    """Return a candidate with all that is known of him, and leave a trace of the view.

    None if `actor` may not see him.
    """
    found = Candidate.objects.visible_to(actor).select_related("source", "user", "created_by")
    related = ("consents", "files", "claims", "references", "track", "applications__vacancy")
    candidate = found.prefetch_related(*related).filter(pk=pk).first()
    if candidate is not None:
        record(actor, "hiring.candidate_viewed", candidate)
    return candidate


@transaction.atomic
def add_file(
    actor: User, candidate: Candidate, *, upload: store.Chunked | BinaryIO, name: str
) -> CandidateFile:
    """Keep a CV: PDF, DOCX, text or a picture.

    Raises NotAllowed, PersonErased, EmptyFile, TooLarge, WrongKind.
    """
    candidate = locked_candidate(actor, candidate)
    kept = store.keep(upload, f"hiring/{candidate.pk}", name=name, allowed=CV_KINDS, limit=CV_LIMIT)
    made, _new = candidate.files.get_or_create(
        path=kept.path, defaults={"name": kept.name, "added_by": actor}
    )
    record(actor, "hiring.file_added", candidate)
    return made


@transaction.atomic
def add_claim(actor: User, candidate: Candidate, *, text: str) -> ClaimCheck:
    """Note a claim of the CV that is to be checked.

    Raises NotAllowed, PersonErased, ReasonMissing.
    """
    candidate = locked_candidate(actor, candidate)
    made = candidate.claims.create(text=require_reason(text, _("Write what is claimed.")))
    record(actor, "hiring.claim_added", candidate)
    return made


@transaction.atomic
def check_claim(actor: User, claim: ClaimCheck, *, state: str, source: str) -> ClaimCheck:
    """Confirm or refute a claim, with where it is known from; a refuted one holds the person.

    Raises NotAllowed, PersonErased, Unfit, ReasonMissing.
    """
    locked_candidate(actor, claim.candidate)
    claim = ClaimCheck.objects.select_for_update().get(pk=claim.pk)
    if state not in (ClaimCheck.State.CONFIRMED, ClaimCheck.State.REFUTED):
        raise Unfit(_("A claim is confirmed or refuted."))
    if claim.state == ClaimCheck.State.REFUTED:
        require(actor, APPROVE)  # only the head lifts a hold
    before = claim.state
    claim.state, claim.checked_by, claim.checked_on = state, actor, timezone.localdate()
    claim.source = require_reason(source, _("Write where it is known from."))
    claim.save()
    record(actor, "hiring.claim_checked", claim.candidate, before=before, after=state)
    return claim


@transaction.atomic
def add_reference(
    actor: User, candidate: Candidate, *, who: str, said: str, on: dt.date
) -> Reference:
    """Write down what somebody said of the candidate.

    Raises NotAllowed, PersonErased, ReasonMissing.
    """
    candidate = locked_candidate(actor, candidate)
    made = candidate.references.create(
        who=require_reason(who, _("Write who was asked.")),
        said=require_reason(said, _("Write what was said.")),
        asked_by=actor,
        asked_on=on,
    )
    record(actor, "hiring.reference_added", candidate)
    return made


@transaction.atomic
def add_track_record(
    actor: User, candidate: Candidate, *, kind: str, text: str, on: dt.date
) -> TrackRecord:
    """Write down a claim, an incident or an achievement of one of ours.

    Raises NotAllowed, PersonErased, NotOurs, Unfit, ReasonMissing.
    """
    candidate = locked_candidate(actor, candidate)
    if candidate.user_id is None:
        raise NotOurs(_("Only our own people have a record here."))
    if kind not in TrackRecord.Kind.values:
        raise Unfit(_("Choose a claim, an incident or an achievement."))
    made = candidate.track.create(kind=kind, text=require_reason(text), on=on, author=actor)
    record(actor, "hiring.track_recorded", candidate, after=kind)
    return made


def locked_candidate(actor: User, candidate: Candidate) -> Candidate:
    """Read a person anew, locked, for who may change him.

    Raises NotAllowed, PersonErased.
    """
    require(actor, RECRUIT)
    seen = Candidate.objects.visible_to(actor).select_for_update(of=("self",))
    found = seen.filter(pk=candidate.pk).first()
    if found is None:
        raise NotAllowed(_("You have no part in choosing this candidate."))
    require_present(found)
    return found


def _write(candidate: Candidate, fields: dict[str, Any]) -> None:
    if unknown := set(fields) - WRITABLE:
        raise TypeError(f"a candidate has no such fields: {sorted(unknown)}")
    for name, value in fields.items():
        setattr(candidate, name, value)
    bad = _("A mark is 0 to 100.")
    require_range(candidate.response_quality, 0, 100, bad)
    require_range(candidate.technical_mark, 0, 100, bad)
    require_range(candidate.experience_years, 0, 70, _("Years of experience are 0 to 70."))
    try:
        candidate.clean_fields(exclude=["created_by", "source", "user"])
    except ValidationError as wrong:
        said = [f"{name}: {' '.join(words)}" for name, words in wrong.message_dict.items()]
        raise Unfit(" ".join(said)) from None
