"""The candidate's form: a personal link, consent first, drafts, the answers judged by rules."""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.hiring.actions.gates import (
    Unfit,
    WrongState,
    locked_application,
    require_open,
    require_range,
)
from kamerton.domain.hiring.actions.stages import NoSuchWay, Stage, advance
from kamerton.domain.hiring.models import (
    Application,
    CandidateForm,
    Consent,
    StopListCompany,
)
from kamerton.domain.hiring.queries.form_rules import (
    FormVerdict,
    form_score,
    judge,
    plain_text,
    put_on_candidate,
    read_answer,
)
from kamerton.domain.hiring.queries.forms import form_by_token, questions_of
from kamerton.domain.hiring.queries.tiers import Tiers
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User, token_digest
from kamerton.platform.access.queries import system_user
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

BEFORE_FORM = (Stage.SOURCED, Stage.CONTACTED, Stage.FORM_SENT)


class LinkDead(BusinessError):
    """The link is unknown, too old, or was used."""


class NoConsent(BusinessError):
    """Nothing is stored before the person agreed."""


class AnswersInvalid(BusinessError):
    """Some answers are missing or wrong; `fields` says which and why."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__(_("Some answers are missing or cannot be: look at the marked ones."))


@transaction.atomic
def send_form(actor: User, application: Application) -> tuple[CandidateForm, str]:
    """Make a personal link to the form, to be sent by hand; a link made before stops working.

    Raises NotAllowed, VacancyOver, NoSuchWay.
    """
    application = locked_application(actor, application)
    require_open(application.vacancy)
    return issue_form(actor, application)


def issue_form(actor: User, application: Application) -> tuple[CandidateForm, str]:
    """Make the link of a locked application; return it with its secret, which is not stored.

    Raises NoSuchWay.
    """
    if application.stage not in BEFORE_FORM:
        raise NoSuchWay(_("This candidate filled the form already, or is out of the contest."))
    method, now = methodology.current(), timezone.now()
    token = secrets.token_urlsafe(32)
    form, _new = CandidateForm.objects.update_or_create(
        application=application,
        defaults={
            "digest": token_digest(token),
            "sent_at": now,
            "expires_at": now + dt.timedelta(days=method.hiring.form_days),
            "methodology": methodology.version_row(method.version),
        },
    )
    advance(actor, application, Stage.FORM_SENT)
    record(actor, "hiring.form_sent", application)
    return form, token


@transaction.atomic
def give_consent(
    token: str, *, policy_version: str, purposes: Sequence[str] = (Consent.Purpose.SELECTION,)
) -> CandidateForm:
    """Note that the person agreed: under which policy, when, for what; only then is data stored.

    Raises LinkDead, NoConsent.
    """
    form = _locked_form(token)
    if not policy_version.strip() or Consent.Purpose.SELECTION not in purposes:
        raise NoConsent(
            _("Agree to the processing of your data first: without it we keep nothing.")
        )
    months = methodology.current().hiring.consent_months
    now, until = timezone.now(), _months_on(months)
    form.consented_at, form.policy_version = now, policy_version.strip()[:40]
    form.save(update_fields=["consented_at", "policy_version"])
    candidate = form.application.candidate
    for purpose in Consent.Purpose.values:
        if purpose in purposes:
            candidate.consents.create(
                purpose=purpose, policy_version=form.policy_version, given_at=now, until=until
            )
    candidate.keep_until = until
    candidate.save(update_fields=["keep_until", "updated_at"])
    _note(form, "hiring.consent_given", policy=form.policy_version, purposes=list(purposes))
    return form


@transaction.atomic
def save_draft(token: str, *, answers: Mapping[str, Any]) -> CandidateForm:
    """Keep what is written so far, right or wrong.

    Raises LinkDead, NoConsent.
    """
    form = _consented(_locked_form(token))
    known = {question.code for question in questions_of(form)}
    kept = {code: _bounded(value) for code, value in answers.items() if code in known}
    form.draft = {**form.draft, **kept}
    form.save(update_fields=["draft"])
    return form


@transaction.atomic
def submit_form(token: str, *, answers: Mapping[str, Any]) -> CandidateForm:
    """Take the answers, judge them by the rules, and move the candidate on or out.

    Raises LinkDead, NoConsent, AnswersInvalid.
    """
    form = _consented(_locked_form(token))
    questions = questions_of(form)
    form.answers, form.draft = _read(questions, {**form.draft, **answers}), {}
    form.submitted_at = timezone.now()
    form.save(update_fields=["answers", "draft", "submitted_at"])
    application = form.application
    put_on_candidate(application.candidate, form.answers, application.vacancy)
    application.candidate.save()
    application.tier = Tiers.known().of(application.candidate, application.vacancy)
    verdict = _judged(form, questions)
    application.form_score = form_score(questions, form.answers, {})
    application.knocked = [vars(knock) for knock in verdict.knocked]
    application.cautions = list(verdict.cautions)
    _note(form, "hiring.form_submitted", knocked=[one.code for one in verdict.knocked])
    _move_on(application, verdict)
    return form


@transaction.atomic
def mark_answer(actor: User, form: CandidateForm, *, code: str, mark: float) -> CandidateForm:
    """Mark an answer in words, from 0 to 1; the score of the form is reckoned anew.

    Raises NotAllowed, PersonErased, WrongState, Unfit.
    """
    application = locked_application(actor, form.application)
    form = CandidateForm.objects.select_for_update().get(pk=form.pk)
    if form.submitted_at is None:
        raise WrongState(_("The form is not filled yet."))
    questions = questions_of(form)
    texts = {one.code for one in questions if one.answer == "text" and one.weight}
    if code not in texts:
        raise Unfit(_("Only answers in words that count are marked."))
    require_range(mark, 0, 1, _("A mark of an answer is 0 to 1."))
    form.marks = {**form.marks, code: mark}
    form.save(update_fields=["marks"])
    application.form_score = form_score(questions, form.answers, form.marks)
    application.save(update_fields=["form_score", "updated_at"])
    record(actor, "hiring.answer_marked", application, after={"code": code, "mark": mark})
    return form


def _locked_form(token: str) -> CandidateForm:
    """Return the form of a link that takes answers, locked with its application.

    Raises LinkDead.
    """
    form = form_by_token(token)
    if form is None or form.application.candidate.is_erased:
        raise LinkDead(_("This link is unknown. Ask us for a new one."), status=404)
    locked = CandidateForm.objects.select_for_update(of=("self",))
    form = locked.select_related("application__vacancy", "application__candidate").get(pk=form.pk)
    if form.submitted_at is not None:
        raise LinkDead(_("You have sent this form already. Thank you."), status=410)
    if not form.is_open or form.application.vacancy.is_over:
        raise LinkDead(_("The time to fill this form is over. Ask us for a new link."), status=410)
    return form


def _consented(form: CandidateForm) -> CandidateForm:
    if form.consented_at is None:
        raise NoConsent(
            _("Agree to the processing of your data first: without it we keep nothing.")
        )
    return form


def _read(questions: Sequence[Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Read all answers; name everything that is missing or wrong at once."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for question in questions:
        try:
            value = read_answer(question, given.get(question.code))
        except ValueError as error:
            wrong[question.code] = str(error)
            continue
        if value in (None, []) and question.required:
            wrong[question.code] = _("Answer this question.")
        elif value is not None:
            found[question.code] = value
    if wrong:
        raise AnswersInvalid(wrong)
    return found


def _judged(form: CandidateForm, questions: Sequence[Any]) -> FormVerdict:
    limits = methodology.version(form.methodology.number).hiring
    stopped = list(StopListCompany.objects.values_list("folded", flat=True))
    return judge(questions, form.answers, form.application.vacancy, limits, stopped)


def _move_on(application: Application, verdict: FormVerdict) -> None:
    """Knocked out, stopped, left to the head, or passed."""
    system = system_user()
    advance(system, application, Stage.FORM_DONE)
    if verdict.stopped and not application.stop_cleared_by_id:
        advance(
            system,
            application,
            Stage.STOP_LISTED,
            reason=_("The last employer is on the stop list."),
        )
    elif verdict.knocked:
        reason = " ".join(f"{one.code}: {one.why}" for one in verdict.knocked)
        advance(system, application, Stage.KNOCKED_OUT, reason=reason[:500])
    elif not verdict.cautions:
        advance(system, application, Stage.PASSED)


def _note(form: CandidateForm, action: str, **after: Any) -> None:
    record(system_user(), action, form.application, after=after)


def _bounded(value: Any) -> Any:
    if isinstance(value, list):
        return [plain_text(each)[:200] for each in value[:10]]
    return plain_text(value)[:5000]


def _months_on(months: int) -> dt.date:
    today = timezone.localdate()
    later = Month.of(today) + months
    return later.first_day.replace(day=min(today.day, later.last_day.day))
