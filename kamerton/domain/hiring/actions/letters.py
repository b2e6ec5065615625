"""The vacancy letter: written by blocks, sent to each person apart, every letter logged."""

from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kamerton.domain.hiring.actions.forms import issue_form
from kamerton.domain.hiring.actions.gates import (
    Unfit,
    locked_application,
    locked_vacancy,
    require_lawful,
    require_not_over,
    require_open,
)
from kamerton.domain.hiring.actions.stages import Stage, move_application
from kamerton.domain.hiring.models import Application, Letter, Vacancy
from kamerton.domain.hiring.queries.letters import rendered_letter
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

TOKEN = "{token}"  # noqa: S105


class BlockMissing(BusinessError):
    """The letter lacks a block without which it is not sent."""


class NoAddress(BusinessError):
    """The candidate has no e-mail."""


@transaction.atomic
def write_block(actor: User, vacancy: Vacancy, *, code: str, text: str) -> Vacancy:
    """Write a block of the vacancy letter anew.

    Raises NotAllowed, VacancyOver, Discriminates, Unfit.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_not_over(vacancy)
    if code not in {block.code for block in methodology.current().letter_blocks}:
        raise Unfit(_("The letter has no such block."))
    require_lawful([text], criterion=code == "requirements")
    vacancy.letter = {**vacancy.letter, code: text.strip()}
    vacancy.save(update_fields=["letter", "updated_at"])
    record(actor, "hiring.letter_written", vacancy, after={"block": code})
    return vacancy


@transaction.atomic
def send_letter(actor: User, application: Application, *, link: str) -> Letter:
    """Send the vacancy letter with the personal link to the form; `link` holds {token}.

    Raises NotAllowed, VacancyOver, BlockMissing, NoAddress, NoSuchWay, LawRefuses.
    """
    application = locked_application(actor, application)
    require_open(application.vacancy)
    letter = rendered_letter(actor, application.vacancy)
    if letter.missing:
        titles = ", ".join(block.title for block in letter.missing)
        raise BlockMissing(
            _("The letter is not sent without: %(blocks)s. Write it first.") % {"blocks": titles}
        )
    if not application.candidate.email:
        raise NoAddress(_("This candidate has no e-mail. Call him, or send the link yourself."))
    _form, token = issue_form(actor, application)
    address = link.replace(TOKEN, token)
    return post(
        actor,
        application,
        kind="vacancy",
        subject=letter.subject,
        body=letter.body(""),
        ending=address,
    )


@transaction.atomic
def refuse_candidate(
    actor: User, application: Application, *, reason: str, letter: str = ""
) -> Application:
    """Refuse a candidate with a reason kept for us; with `letter` tell him so by e-mail.

    Raises NotAllowed, VacancyOver, NoSuchWay, ReasonMissing, NoAddress, Discriminates.
    """
    application = move_application(actor, application, to=Stage.REFUSED, reason=reason)
    if not letter.strip():
        return application
    require_lawful([letter], criterion=False)
    if not application.candidate.email:
        raise NoAddress(_("This candidate has no e-mail. Call him, or refuse without a letter."))
    with in_language(application):
        subject = _("Your application: %(title)s") % {"title": application.vacancy.title}
    post(actor, application, kind=Letter.Kind.REFUSAL, subject=subject, body=letter)
    return application


def post(
    actor: User, application: Application, *, kind: str, subject: str, body: str, ending: str = ""
) -> Letter:
    """Send one letter to one person and log it; `ending` (his link) is not kept."""
    message = EmailMessage(
        subject, f"{body.rstrip()}\n\n{ending}".strip(), to=[application.candidate.email]
    )
    error = ""
    try:
        message.send()
    except (OSError, SMTPException) as failed:
        error = str(failed)[:300] or type(failed).__name__
    made = application.letters.create(
        kind=kind,
        subject=subject[:250],
        body=body.rstrip(),
        sent_by=actor,
        sent_at=timezone.now(),
        error=error,
    )
    record(actor, "hiring.letter_sent", application, after={"kind": kind, "error": error})
    return made


def in_language(application: Application) -> override:
    """Return a context in which words are in the vacancy's language."""
    return override(application.vacancy.language)
