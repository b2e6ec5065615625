"""What was done: its outcome, its next step, and that it stands."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.activities import actions
from kamerton.domain.activities.actions import NextStep
from kamerton.domain.activities.models import Activity
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed, Stale
from tests.domain.activities.conftest import TODAY
from tests.domain.activities.test_plan_activity import TOMORROW, YESTERDAY, plan, refused
from tests.factories import ContactPersonFactory
from tests.factories.activities import ActivityFactory, contact

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """Now is noon of the 10th."""
    noon = timezone.make_aware(dt.datetime(2026, 7, 10, 12, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


@pytest.mark.req("S4-52")
def test_it_is_done_with_its_outcome_and_the_next_step(kam, peer, client_, person):
    made = plan(kam, client_, kind="meeting", people=[person])
    done = actions.complete_activity(
        kam,
        made,
        outcome=" They want tests ",
        done_on=YESTERDAY,
        colleagues=[peer],
        late_minutes=10,
        next_step=NextStep("Send the certificates", TOMORROW, kind="letter"),
    )
    done.refresh_from_db()
    assert (done.state, done.outcome, done.due_on) == ("done", "They want tests", YESTERDAY)
    assert (done.done_by, done.promised_on, done.late_minutes) == (kam, TOMORROW, 10)
    assert (done.people.get(), done.colleagues.get()) == (person, peer)
    step = done.next_steps.get()
    assert (step.title, step.due_on, step.kind) == ("Send the certificates", TOMORROW, "letter")
    assert (step.owner, step.people.get()) == (kam, person)
    entry = AuditEntry.objects.get(action="activities.activity_done")
    assert entry.after["outcome"] == "They want tests"


def test_without_a_day_it_was_today(kam, client_):
    made = plan(kam, client_)
    assert actions.complete_activity(kam, made, outcome="Spoke").due_on == TODAY


@pytest.mark.parametrize(
    ("done", "error", "words"),
    [
        ({"outcome": "  "}, actions.NothingWritten, "without an outcome it is not done"),
        ({"outcome": "x", "done_on": TOMORROW}, actions.NotYetDone, "still to come"),
        (
            {"outcome": "x", "next_step": NextStep("Later", YESTERDAY)},
            actions.PastDay,
            "is over",
        ),
        ({"outcome": "x", "next_step": NextStep(" ", TODAY)}, actions.NothingWritten, "few words"),
    ],
)
@pytest.mark.req("S4-52")
def test_nothing_is_done_by_declaring_it(kam, client_, done, error, words):
    made = plan(kam, client_)
    assert words in str(refused(error, lambda: actions.complete_activity(kam, made, **done)))


def test_strangers_took_no_part(kam, client_):
    made = plan(kam, client_)
    stranger = ContactPersonFactory()
    refused(
        actions.NotTheirPerson,
        lambda: actions.complete_activity(kam, made, outcome="x", people=[stranger]),
    )


def test_others_do_not_complete_it(peer, kam, client_):
    made = plan(kam, client_)
    refused(NotAllowed, lambda: actions.complete_activity(peer, made, outcome="x"))


def test_what_changed_meanwhile_is_told(kam, client_):
    made = plan(kam, client_)
    seen = made.updated_at - dt.timedelta(seconds=1)
    refused(Stale, lambda: actions.complete_activity(kam, made, outcome="x", expected=seen))
    assert actions.complete_activity(kam, made, outcome="x", expected=made.updated_at)


def test_it_is_done_once(kam, client_):
    made = plan(kam, client_)
    actions.complete_activity(kam, made, outcome="x")
    error = refused(actions.NotOpen, lambda: actions.complete_activity(kam, made, outcome="y"))
    assert error.status == 409
    refused(actions.NotOpen, lambda: actions.reschedule_activity(kam, made, due_on=TODAY))
    refused(actions.NotOpen, lambda: actions.change_activity(kam, made, title="z"))


def test_its_author_corrects_it_on_the_same_day(kam, client_, person):
    made = actions.complete_activity(kam, plan(kam, client_), outcome="x", done_on=YESTERDAY)
    fixed = actions.correct_activity(kam, made, outcome="Agreed", people=[person])
    assert (fixed.outcome, fixed.due_on, fixed.people.get()) == ("Agreed", YESTERDAY, person)
    entry = AuditEntry.objects.get(action="activities.activity_corrected")
    assert (entry.before["outcome"], entry.after["outcome"]) == ("x", "Agreed")


def test_nobody_else_and_on_no_other_day(kam, head, client_):
    made = actions.complete_activity(kam, plan(kam, client_), outcome="x")
    correct = actions.correct_activity
    refused(actions.TooLateToCorrect, lambda: correct(head, made, outcome="y"))
    Activity.objects.update(done_at=timezone.now() - dt.timedelta(days=1))
    refused(actions.TooLateToCorrect, lambda: correct(kam, made, outcome="y"))
    refused(actions.TooLateToCorrect, lambda: actions.reopen_activity(kam, made))


def test_what_is_not_done_is_not_corrected(kam, client_):
    made = plan(kam, client_)
    error = refused(
        actions.TooLateToCorrect, lambda: actions.correct_activity(kam, made, outcome="y")
    )
    assert "not done yet" in str(error)


def test_done_is_taken_back_with_its_next_step(kam, client_):
    made = plan(kam, client_, origin="member:1")
    step = NextStep("Then", TOMORROW)
    actions.complete_activity(kam, made, outcome="x", next_step=step)
    back = actions.reopen_activity(kam, made)
    assert (back.state, back.outcome, back.due_on, back.done_by) == ("planned", "", TOMORROW, None)
    assert back.next_steps.get().state == "cancelled"


def test_it_is_not_taken_back_when_its_origin_has_another(kam, client_):
    made = plan(kam, client_, origin="member:1")
    actions.complete_activity(kam, made, outcome="x")
    other = plan(kam, client_, origin="member:1")
    error = refused(actions.AlreadyPlanned, lambda: actions.reopen_activity(kam, made))
    assert error.existing == other


def test_what_was_not_planned_is_logged(kam, client_, person):
    done = actions.log_activity(
        kam,
        client_,
        kind="call",
        title="He called",
        more={"people": [person]},
        outcome="Asks for a price",
        done_on=YESTERDAY,
    )
    done.refresh_from_db()
    assert (done.state, done.due_on, done.promised_on) == ("done", YESTERDAY, None)
    assert done.people.get() == person


@pytest.mark.parametrize("fields", [{"done_on": TOMORROW}, {"outcome": ""}, {"title": ""}])
def test_what_cannot_be_logged_leaves_nothing(kam, client_, fields):
    given = {"kind": "call", "title": "Call", "outcome": "x", **fields}
    with pytest.raises((actions.NotYetDone, actions.NothingWritten)):
        actions.log_activity(kam, client_, **given)
    assert not Activity.objects.exists()


def test_what_is_planned_already_is_completed_not_logged(kam, client_):
    plan(kam, client_, origin="member:1")
    given = {"kind": "call", "title": "Call", "outcome": "x", "more": {"origin": "member:1"}}
    refused(actions.AlreadyPlanned, lambda: actions.log_activity(kam, client_, **given))


def test_factories_make_what_actions_make(kam, client_, person):
    assert ActivityFactory(client=client_).owner == kam
    assert contact([person], YESTERDAY).done_by == kam
