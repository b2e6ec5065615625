"""How long a person is kept: consent withdrawn, erased with figures left, those who left us."""

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.forms import LinkDead
from kamerton.domain.hiring.actions.gates import (
    RECRUIT,
    WrongState,
    locked_application,
    require_reason,
)
from kamerton.domain.hiring.actions.stages import FOLLOWS, Stage, advance
from kamerton.domain.hiring.models import (
    Application,
    CallAttempt,
    Candidate,
    CandidateForm,
    Invitation,
    Letter,
    Mark,
    Offer,
    Scorecard,
    StageChange,
    TaskResult,
)
from kamerton.domain.hiring.queries.forms import form_by_token
from kamerton.domain.hiring.queries.sessions import invitation_by_token
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError
from kamerton.platform.files import store

OURS = (Application.Stage.ACCEPTED, Application.Stage.PROBATION, Application.Stage.HIRED)


class WorksHere(BusinessError):
    """Data of who works for us are kept by the labour contract."""


@transaction.atomic
def withdraw_consent(actor: User, candidate: Candidate, *, reason: str = "") -> Candidate:
    """Note that the person takes the consent back, and erase him.

    Raises NotAllowed, WorksHere.
    """
    require(actor, RECRUIT)
    candidate.consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    return erase_candidate(actor, candidate, reason=reason or _("The consent was withdrawn."))


@transaction.atomic
def take_consent_back(token: str) -> Candidate:
    """The candidate takes the consent back by a personal link: he leaves the contest, is erased.

    Raises LinkDead, WorksHere.
    """
    known = form_by_token(token) or invitation_by_token(token)
    if known is None or known.application.candidate.is_erased:
        raise LinkDead(_("This link is unknown. Ask us for a new one."), status=404)
    candidate, why = known.application.candidate, _("The consent was withdrawn.")
    his = candidate.applications.select_for_update(of=("self",)).exclude(stage__in=OURS)
    for one in his.select_related("candidate", "vacancy"):
        if Stage.WITHDRAWN in FOLLOWS[one.stage]:
            advance(system_user(), one, Stage.WITHDRAWN, reason=why)
    return withdraw_consent(system_user(), candidate, reason=why)


@transaction.atomic
def erase_candidate(actor: User, candidate: Candidate, *, reason: str) -> Candidate:
    """Erase the person everywhere in hiring; stages, days, scores and sources stay as figures.

    Raises NotAllowed, WorksHere, ReasonMissing.
    """
    require(actor, RECRUIT)
    why = require_reason(reason)
    found = Candidate.objects.visible_to(actor).select_for_update(of=("self",))
    candidate = found.get(pk=candidate.pk)
    if candidate.is_erased:
        return candidate
    here = candidate.applications.filter(stage__in=OURS, left_on=None)
    if candidate.user_id or here.exists():
        raise WorksHere(_("This person works for us: the data are kept by the labour contract."))
    for name in Candidate.PERSONAL:
        setattr(candidate, name, [] if isinstance(getattr(candidate, name), list) else "")
    candidate.erased_at, candidate.keep_until = timezone.now(), None
    candidate.save()
    _erase_around(candidate)
    record(actor, "hiring.candidate_erased", candidate, reason=why)
    return candidate


def erase_overdue(actor: User, *, on: dt.date | None = None) -> int:
    """Erase everybody whose time of keeping is over, each apart; how many it were.

    Raises NotAllowed.
    """
    require(actor, RECRUIT)
    day = on or timezone.localdate()
    count = 0
    for candidate in Candidate.objects.present().filter(keep_until__lt=day, user=None).iterator():
        try:
            erase_candidate(actor, candidate, reason=_("The time of keeping is over."))
        except WorksHere:
            continue
        count += 1
    return count


@transaction.atomic
def record_leaving(
    actor: User, application: Application, *, left_on: dt.date, reason: str
) -> Application:
    """Note that a person hired left us: what survival by source is reckoned from.

    Raises NotAllowed, WrongState, ReasonMissing.
    """
    application = locked_application(actor, application)
    if application.hired_on is None or application.left_on is not None:
        raise WrongState(_("Only who came to work here can leave, once."))
    if not application.hired_on <= left_on <= timezone.localdate():
        raise WrongState(_("The day of leaving follows the first day and has come."))
    application.left_on, application.left_because = left_on, require_reason(reason)[:500]
    application.save(update_fields=["left_on", "left_because", "updated_at"])
    record(actor, "hiring.person_left", application, after={"left_on": left_on})
    return application


def _erase_around(candidate: Candidate) -> None:
    """Blank all words about the person; rows that hold figures stay."""
    for path in candidate.files.values_list("path", flat=True):
        transaction.on_commit(partial(store.remove, path))
    for related in (candidate.files, candidate.claims, candidate.references, candidate.track):
        related.all().delete()
    mine = candidate.applications.all()
    mine.update(exit_reason="", five_years_words="", stop_cleared_because="", knocked=[])
    mine.update(left_because="", call_due_at=None)
    of_him = {"application__candidate": candidate}
    held = Invitation.objects.filter(**of_him, state__in=Invitation.LIVE)
    held.update(state=Invitation.State.CANCELLED, settled_at=timezone.now())
    StageChange.objects.filter(**of_him).update(reason="")
    CallAttempt.objects.filter(**of_him).update(note="")
    Letter.objects.filter(**of_him).update(body="", error="")
    CandidateForm.objects.filter(**of_him).update(draft={}, answers={}, marks={})
    Scorecard.objects.filter(**of_him).update(conclusion="")
    Mark.objects.filter(scorecard__application__candidate=candidate).update(evidence="")
    TaskResult.objects.filter(**of_him).update(note="")
    Offer.objects.filter(**of_him).update(sections={}, adaptation_risk="", answer_note="")
