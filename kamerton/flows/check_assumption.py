"""What nobody told us becomes a task to check it; a better answer closes the task.

The dossier knows what is assumed or old, the day's work knows what is to be done: only here do
they meet, by the origin "dossier:" and the code of the question.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.models import Activity
from kamerton.domain.dossier import actions, queries
from kamerton.domain.dossier.actions import Said
from kamerton.domain.dossier.models import DossierAnswer
from kamerton.platform.access.models import User

DAYS = 14  # to check an assumption in
TITLE = 240


@transaction.atomic
def answer_and_check(
    actor: User,
    client: Client,
    code: str,
    *,
    said: Said,
    expected: int | None = None,
) -> DossierAnswer:
    """Answer a question; plan to check an assumption, close the check that is answered.

    Raises what actions.answer_question raises.
    """
    made = actions.answer_question(actor, client, code, said=said, expected=expected)
    if made.is_assumed:
        plan_check(actor, client, code)
    else:
        close_check(actor, client, made)
    return made


@transaction.atomic
def pass_over_and_close(
    actor: User, client: Client, code: str, *, reason: str, expected: int | None = None
) -> DossierAnswer:
    """Say that a question does not concern the client; a check of it is called off.

    Raises what actions.pass_over_question raises.
    """
    made = actions.pass_over_question(actor, client, code, reason=reason, expected=expected)
    if check := open_check(client, code):
        activities.cancel_activity(actor, check, reason=made.text)
    return made


@transaction.atomic
def plan_check(
    actor: User, client: Client, code: str, *, due_on: dt.date | None = None
) -> Activity | None:
    """Plan to find out what a question asks; what is planned already stays as it is.

    None where the question is not asked. Raises NotAllowed.
    """
    if check := open_check(client, code):
        return check
    found = queries.question_in(queries.groups_of(queries.dossier_of(client)), code)
    if found is None:
        return None
    title = _("Find out: %(question)s") % {"question": found[1].title}
    return activities.plan_activity(
        actor,
        client,
        kind=Activity.Kind.TASK,
        title=title[:TITLE],
        due_on=due_on or timezone.localdate() + dt.timedelta(days=DAYS),
        origin=f"{queries.ORIGIN}{code}",
    )


def close_check(actor: User, client: Client, answer: DossierAnswer) -> Activity | None:
    """Write down that what was to be checked is known now."""
    check = open_check(client, answer.question)
    if check is None:
        return None
    return activities.complete_activity(actor, check, outcome=answer.text)


def open_check(client: Client, code: str) -> Activity | None:
    """What is planned to find the answer to a question."""
    planned = Activity.objects.open().with_client(client)
    return planned.filter(origin=f"{queries.ORIGIN}{code}").first()
