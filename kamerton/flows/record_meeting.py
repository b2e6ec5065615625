"""After a meeting: what came of it, what follows, and each new fact into the dossier.

All of it is written or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from django.db import transaction
from django.utils import timezone

from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.actions import Done
from kamerton.domain.activities.models import Activity
from kamerton.domain.dossier import actions as dossier
from kamerton.domain.dossier.actions import Said
from kamerton.domain.dossier.models import DossierAnswer, Source
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class Learned:
    """An answer heard at a meeting; `expected`: id of the answer that was seen, 0 for none."""

    code: str
    value: str | Sequence[str]
    heard_from: ContactPerson | None = None
    expected: int | None = None


@transaction.atomic
def record_meeting(
    actor: User, activity: Activity, *, answers: Sequence[Learned] = (), **done: Unpack[Done]
) -> Activity:
    """Complete an activity and answer the questions that were asked there.

    Raises what activities.complete_activity and dossier.answer_question raise.
    """
    completed = activities.complete_activity(actor, activity, **done)
    for fact in answers:
        learn_at_meeting(actor, completed, fact)
    return completed


def learn_at_meeting(actor: User, activity: Activity, fact: Learned) -> DossierAnswer:
    """Answer one question by what the client said, on the day of the activity.

    Raises what dossier.answer_question raises.
    """
    said = Said(
        value=fact.value,
        source=Source.CLIENT_SAID,
        source_on=min(activity.due_on, timezone.localdate()),
        source_contact=fact.heard_from,
        source_note=activity.title,
    )
    client = activity.client
    return dossier.answer_question(actor, client, fact.code, said=said, expected=fact.expected)
