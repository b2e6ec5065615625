"""Answer questions: each answer with its source; what was said before stays in the history."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.dossier.actions import rules
from kamerton.domain.dossier.models import Dossier, DossierAnswer, Source
from kamerton.domain.dossier.models.values import Value, read_value
from kamerton.domain.dossier.queries.asked import method_of
from kamerton.domain.methodology.content.dossier import DossierQuestion
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

EARLIEST = dt.date(1990, 1, 1)
SHOWN = 500  # signs of an answer in the journal


class SourceMissing(BusinessError):
    """An answer says where it is known from."""


class NotTheirPerson(BusinessError):
    """Who is said to have said it does not belong to the client."""


class NothingToWithdraw(BusinessError):
    """There is no answer."""


@dataclass(frozen=True)
class Said:
    """An answer as a person gives it; without a day it is true today."""

    value: str | Sequence[str]
    source: str
    source_on: dt.date | None = None
    source_contact: ContactPerson | None = None
    source_note: str = ""


@transaction.atomic
def answer_question(
    actor: User, client: Client, code: str, *, said: Said, expected: int | None = None
) -> DossierAnswer:
    """Answer a question; the answer until now goes into the history.

    `expected` is the id of the answer that the actor saw, 0 for none, None if it does not matter.
    Raises NotAllowed, ToolOff, UnknownQuestion, AnsweredMeanwhile, ValueInvalid, SourceMissing,
    SourceToCome, NotTheirPerson.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    _group, question = rules.asked_question(dossier, code)
    before = rules.refuse_stale(dossier, code, expected)
    value = read_value(question, said.value)
    _check_source(client, said)
    made = _made(actor, dossier, question, value, said)
    _replace(before, made)
    record(actor, "dossier.question_answered", client, before=_plain(before), after=_plain(made))
    return made


@transaction.atomic
def pass_over_question(
    actor: User, client: Client, code: str, *, reason: str, expected: int | None = None
) -> DossierAnswer:
    """Say that a question does not concern this client; it no longer counts.

    Raises NotAllowed, ToolOff, UnknownQuestion, AnsweredMeanwhile, NothingWritten.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    _group, question = rules.asked_question(dossier, code)
    before = rules.refuse_stale(dossier, code, expected)
    why = rules.written(reason, _("Say why this does not concern the client."))
    said = Said(why, Source.OBSERVED)
    made = _made(actor, dossier, question, Value(None, why), said)
    made.is_applicable = False
    _replace(before, made)
    record(actor, "dossier.question_passed_over", client, before=_plain(before), after=_plain(made))
    return made


@transaction.atomic
def withdraw_answer(
    actor: User, client: Client, code: str, *, reason: str, expected: int | None = None
) -> DossierAnswer:
    """Take an answer back: the question is open again, the answer stays in the history.

    Raises NotAllowed, ToolOff, AnsweredMeanwhile, NothingToWithdraw, NothingWritten.
    """
    client = rules.lock_client(actor, client)
    dossier = rules.dossier_for(actor, client)
    current = rules.refuse_stale(dossier, code, expected)
    if current is None:
        raise NothingToWithdraw(_("There is no answer to take back."))
    why = rules.written(reason, _("Say why the answer is taken back."))
    current.is_current, current.withdrawn_at = False, timezone.now()
    current.save(update_fields=["is_current", "withdrawn_at"])
    record(actor, "dossier.answer_withdrawn", client, before=_plain(current), reason=why)
    return current


def _check_source(client: Client, said: Said) -> None:
    if said.source not in Source.values:
        raise SourceMissing(_("Say where the answer is known from."))
    day = said.source_on or timezone.localdate()
    rules.require_past(day)
    if day < EARLIEST:
        raise SourceMissing(_("The day of the source is too long ago. Check the year."))
    contact = said.source_contact
    if contact is None:
        return
    of_client = Q(client=client) | Q(client__merged_into=client) | Q(moved_to=client)
    if not ContactPerson.objects.filter(of_client, pk=contact.pk).exists():
        raise NotTheirPerson(
            _("%(name)s is not among the people of “%(client)s”. Add him to its contacts first.")
            % {"name": contact, "client": client}
        )


def _made(
    actor: User, dossier: Dossier, question: DossierQuestion, value: Value, said: Said
) -> DossierAnswer:
    """An answer not yet saved, judged by the method of the dossier."""
    day = said.source_on or timezone.localdate()
    confidence: float = getattr(method_of(dossier).confidence, said.source)
    return DossierAnswer(
        dossier=dossier,
        question=question.code,
        data=value.data,
        text=value.text,
        searched=folded(value.text),
        source=said.source,
        source_contact=said.source_contact,
        source_note=" ".join(said.source_note.split())[:300],
        source_on=day,
        confidence=confidence,
        expires_on=rules.months_later(day, question.ttl_months),
        version=dossier.version,
        author=actor,
    )


def _replace(before: DossierAnswer | None, made: DossierAnswer) -> None:
    """Let the new answer count; of two at once the constraint refuses the second."""
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    made.supersedes = before
    made.save()


def _plain(answer: DossierAnswer | None) -> dict[str, object] | None:
    if answer is None:
        return None
    return {
        "question": answer.question,
        "answer": answer.text[:SHOWN],
        "source": answer.source,
        "source_on": answer.source_on,
    }
