"""What is to be done: planned, changed, moved, called off."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kamerton.domain.activities import actions
from kamerton.domain.activities.models import Activity, Rescheduling
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed, Stale
from tests.domain.activities.conftest import TODAY
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import ActivityFactory

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(1)
YESTERDAY = TODAY - dt.timedelta(1)


def plan(actor, client, **fields):
    given = {"kind": "call", "title": "Ask about the tender", "due_on": TOMORROW, **fields}
    return actions.plan_activity(actor, client, **given)


def refused(error, call):
    before = list(Activity.objects.order_by("pk").values())
    journal = AuditEntry.objects.count()
    with pytest.raises(error) as caught:
        call()
    assert list(Activity.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == journal
    return caught.value


def test_what_is_planned_is_kept_and_journalled(kam, peer, client_, person):
    at = timezone.make_aware(dt.datetime(2026, 7, 9, 11, 30))
    made = plan(
        kam,
        client_,
        kind="meeting",
        title="  Meet   the director ",
        goal="a list",
        starts_at=at,
        people=[person],
        colleagues=[peer],
        origin="member:17",
    )
    made.refresh_from_db()
    assert (made.title, made.goal, made.state) == ("Meet the director", "a list", "planned")
    assert (made.owner, made.created_by, made.promised_on) == (kam, kam, TOMORROW)
    assert timezone.localtime(made.starts_at).isoformat()[:16] == "2026-07-11T11:30"
    assert (list(made.people.all()), list(made.colleagues.all())) == ([person], [peer])
    entry = AuditEntry.objects.get(action="activities.activity_planned")
    assert (entry.subject_id, entry.after["client"]) == (made.pk, "Valves")


@pytest.mark.parametrize("role", ["owner", "finance", "methodologist", "recruiter", "assistant"])
def test_who_only_reads_plans_nothing(role, client_):
    refused(NotAllowed, lambda: plan(UserFactory(roles=[role]), client_))


def test_a_peer_plans_nothing_with_a_client_that_is_not_his(peer, client_):
    error = refused(NotAllowed, lambda: plan(peer, client_))
    assert "“Valves” is not your client" in str(error)


def test_a_head_plans_for_his_people(head, kam, client_):
    assert plan(head, client_, owner=kam).owner == kam


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"title": "  "}, actions.NothingWritten, "Say in a few words"),
        ({"kind": "dance"}, actions.UnknownKind, "no such kind"),
        ({"due_on": YESTERDAY}, actions.PastDay, "is over"),
    ],
)
def test_what_makes_no_sense_is_refused(kam, client_, fields, error, words):
    assert words in str(refused(error, lambda: plan(kam, client_, **fields)))


def test_people_of_another_client_do_not_take_part(kam, client_):
    stranger = ContactPersonFactory(client=ClientFactory(manager=kam), full_name="Ivan Strange")
    error = refused(actions.NotTheirPerson, lambda: plan(kam, client_, people=[stranger]))
    assert "Ivan Strange" in str(error)


def test_who_came_from_another_client_does(kam, client_):
    arrived = ContactPersonFactory(client=ClientFactory(), moved_to=client_, status="moved")
    assert plan(kam, client_, people=[arrived]).people.get() == arrived


def test_who_left_us_does_not_take_part(kam, client_):
    left = UserFactory(status="left")
    refused(actions.NotOurs, lambda: plan(kam, client_, colleagues=[left]))
    refused(actions.NotOurs, lambda: plan(kam, client_, owner=left))


def test_who_answers_for_it_must_see_the_client(kam, client_):
    stranger = UserFactory(full_name="Una Unseen")
    error = refused(actions.NotOurs, lambda: plan(kam, client_, owner=stranger))
    assert "Una Unseen does not see “Valves”" in str(error)


@pytest.mark.req("S4-52")
def test_one_origin_has_one_open_activity(kam, client_):
    first = plan(kam, client_, origin="dossier:4.1", title="Check the wallet")
    error = refused(actions.AlreadyPlanned, lambda: plan(kam, client_, origin="dossier:4.1"))
    assert error.existing == first
    assert error.status == 409
    assert "“Check the wallet”" in str(error)
    assert "Kay Kam" in str(error)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityFactory(client=client_, origin="dossier:4.1")


def test_a_closed_one_makes_way_for_the_next(kam, client_):
    first = plan(kam, client_, origin="dossier:4.1")
    actions.cancel_activity(kam, first)
    again = plan(kam, client_, origin="dossier:4.1")
    error = refused(actions.AlreadyPlanned, lambda: actions.resume_activity(kam, first))
    assert error.existing == again


def test_without_origin_there_may_be_many_and_other_clients_have_their_own(kam, client_):
    plan(kam, client_)
    plan(kam, client_)
    plan(kam, client_, origin="dossier:4.1")
    plan(kam, ClientFactory(manager=kam), origin="dossier:4.1")
    assert Activity.objects.count() == 4


def test_what_is_open_is_changed(kam, client_, person):
    made = plan(kam, client_)
    changed = actions.change_activity(
        kam, made, expected=made.updated_at, title="Ask anew", people=[person], due_on=TODAY
    )
    changed.refresh_from_db()
    assert (changed.title, changed.due_on, changed.promised_on) == ("Ask anew", TODAY, TOMORROW)
    assert changed.people.get() == person
    entry = AuditEntry.objects.get(action="activities.activity_changed")
    assert (entry.before["title"], entry.after["title"]) == ("Ask about the tender", "Ask anew")


def test_what_another_changed_meanwhile_is_not_written_over(kam, client_):
    seen = plan(kam, client_)
    actions.change_activity(kam, seen, title="Theirs")
    error = refused(
        Stale,
        lambda: actions.change_activity(kam, seen, expected=seen.updated_at, title="Mine"),
    )
    assert "nothing of yours is lost" in str(error)


def test_it_moves_to_another_day_and_keeps_its_hour_and_its_promise(kam, client_):
    at = timezone.make_aware(dt.datetime(2026, 7, 11, 15, 0))
    made = plan(kam, client_, kind="meeting", starts_at=at)
    moved = actions.reschedule_activity(kam, made, due_on=dt.date(2026, 7, 20))
    assert timezone.localtime(moved.starts_at).isoformat()[:16] == "2026-07-20T15:00"
    assert (moved.due_on, moved.promised_on) == (dt.date(2026, 7, 20), TOMORROW)
    entry = AuditEntry.objects.get(action="activities.activity_rescheduled")
    assert (entry.before, entry.after) == ({"due_on": "2026-07-11"}, {"due_on": "2026-07-20"})


def test_it_does_not_move_into_the_past_nor_by_a_stranger(kam, peer, client_):
    made = plan(kam, client_)
    refused(actions.PastDay, lambda: actions.reschedule_activity(kam, made, due_on=YESTERDAY))
    refused(NotAllowed, lambda: actions.reschedule_activity(peer, made, due_on=TODAY))


def test_who_answers_for_it_moves_it_though_the_client_is_not_his(head, peer, client_):
    made = plan(head, client_, owner=peer)
    assert actions.reschedule_activity(peer, made, due_on=TODAY).due_on == TODAY


def test_many_move_together_and_back(kam, client_):
    late = ActivityFactory(client=client_, due_on=YESTERDAY)
    soon = plan(kam, client_)
    moved = actions.reschedule_activities(kam, [late, soon], due_on=dt.date(2026, 7, 13))
    assert set(Activity.objects.values_list("due_on", flat=True)) == {dt.date(2026, 7, 13)}
    actions.complete_activity(kam, soon, outcome="Done before the undo")
    restored = actions.undo_rescheduling(kam, moved)
    late.refresh_from_db()
    soon.refresh_from_db()
    assert restored == [late]
    assert (late.due_on, soon.state) == (YESTERDAY, "done")
    refused(actions.UndoneAlready, lambda: actions.undo_rescheduling(kam, moved))


def test_all_move_or_none(kam, client_):
    done = ActivityFactory(client=client_, state="done", done_at=timezone.now())
    rows = [plan(kam, client_), done]
    move = lambda: actions.reschedule_activities(kam, rows, due_on=TODAY)  # noqa: E731
    refused(actions.NotOpen, move)
    refused(actions.NothingWritten, lambda: actions.reschedule_activities(kam, [], due_on=TODAY))
    assert not Rescheduling.objects.exists()


def test_only_who_moved_them_puts_them_back(kam, head, client_):
    moved = actions.reschedule_activities(kam, [plan(kam, client_)], due_on=TODAY)
    refused(NotAllowed, lambda: actions.undo_rescheduling(head, moved))


def test_it_is_called_off_or_missed_with_a_reason_and_comes_back(kam, client_):
    made = plan(kam, client_)
    refused(actions.NothingWritten, lambda: actions.miss_activity(kam, made, reason=" "))
    missed = actions.miss_activity(kam, made, reason="He fell ill")
    assert (missed.state, missed.outcome) == ("missed", "He fell ill")
    refused(actions.NotOpen, lambda: actions.cancel_activity(kam, made))
    again = actions.resume_activity(kam, made)
    assert (again.state, again.outcome) == ("planned", "")
    assert actions.cancel_activity(kam, made, reason="Not needed").state == "cancelled"
    events = AuditEntry.objects.order_by("pk").values_list("action", "reason")
    assert list(events)[1:] == [
        ("activities.activity_missed", "He fell ill"),
        ("activities.activity_resumed", ""),
        ("activities.activity_cancelled", "Not needed"),
    ]
