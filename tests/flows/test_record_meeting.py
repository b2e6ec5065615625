"""After a meeting: outcome, next step and new facts, all or nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.actions import NextStep
from kamerton.domain.activities.models import Activity
from kamerton.domain.dossier.actions import AnsweredMeanwhile, Said, answer_question
from kamerton.domain.dossier.models import DossierAnswer
from kamerton.flows.record_meeting import Learned, record_meeting
from kamerton.platform.audit.models import AuditEntry
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kam():
    return UserFactory(supervisor=UserFactory(roles=["head_of_sales"]))


@pytest.fixture
def meeting(kam):
    client = ClientFactory(manager=kam, manager_keys=1)
    person = ContactPersonFactory(client=client)
    return ActivityFactory(client=client, kind="meeting", title="Meet", people=[person])


def test_outcome_next_step_and_facts_are_written_together(kam, meeting):
    person = meeting.people.get()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    done = record_meeting(
        kam,
        meeting,
        answers=[Learned("4.1", "Steel", person), Learned("1.1", "Valves Ltd")],
        outcome="Agreed",
        done_on=yesterday,
        next_step=NextStep("Send", timezone.localdate()),
    )
    assert (done.state, done.next_steps.get().title) == ("done", "Send")
    answers = {one.question: one for one in DossierAnswer.objects.all()}
    heard = answers["4.1"]
    assert (heard.text, heard.source, heard.source_on) == ("Steel", "client_said", yesterday)
    assert (heard.source_contact, heard.source_note) == (person, "Meet")
    assert answers["1.1"].source_contact is None


@pytest.mark.parametrize("refused", ["outcome", "answer"])
def test_half_of_it_is_not_written(kam, meeting, refused):
    theirs = answer_question(kam, meeting.client, "4.1", said=Said("Steel", "document"))
    journal = AuditEntry.objects.count()
    seen = theirs.pk if refused == "outcome" else 0
    answers = [Learned("1.1", "Valves Ltd"), Learned("4.1", "Iron", expected=seen)]
    error = activities.NothingWritten if refused == "outcome" else AnsweredMeanwhile
    with pytest.raises(error):
        record_meeting(
            kam, meeting, answers=answers, outcome="" if refused == "outcome" else "Agreed"
        )
    meeting.refresh_from_db()
    assert meeting.state == "planned"
    assert DossierAnswer.objects.get() == theirs
    assert AuditEntry.objects.count() == journal
    assert Activity.objects.count() == 1
