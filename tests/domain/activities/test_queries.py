"""What is read of activities, and at what cost."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.activities import queries
from kamerton.domain.activities.queries import ContactLog, Kept, Wanted
from tests.domain.activities.conftest import TODAY
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import (
    ActivityFactory,
    ClientNeedFactory,
    MeetingBriefFactory,
    contact,
)

pytestmark = pytest.mark.django_db


def ago(days):
    return TODAY - dt.timedelta(days=days)


@pytest.mark.req("S4-28", "S4-52")
def test_contacts_of_a_year_are_told_by_person_kind_and_colleague(kam, peer, client_, person):
    other = ContactPersonFactory(client=client_)
    silent = ContactPersonFactory(client=client_)
    contact([person, other], ago(0), kind="meeting", colleagues=[peer])
    contact([person], ago(30), owner=peer)
    contact([person], ago(30))
    contact([person], ago(364), kind="letter")
    contact([person], ago(365), kind="training")  # a year ago: over
    contact([person], ago(1), kind="task")  # nobody was met
    contact([person], ago(-1))  # after the day asked for
    ActivityFactory(client=client_, people=[person])  # only planned
    found = queries.last_contacts([person.pk, other.pk, silent.pk], on=TODAY)
    assert found == {
        person.pk: ContactLog(
            days=(ago(0), ago(30), ago(30), ago(364)),
            kinds=frozenset({"meeting", "call", "letter"}),
            colleagues={
                kam.pk: (ago(0), ago(30), ago(364)),
                peer.pk: (ago(0), ago(30)),
            },
        ),
        other.pk: ContactLog(
            days=(ago(0),),
            kinds=frozenset({"meeting"}),
            colleagues={kam.pk: (ago(0),), peer.pk: (ago(0),)},
        ),
    }


def test_contacts_cost_two_queries_for_any_number(kam, client_, django_assert_num_queries):
    people = ContactPersonFactory.create_batch(12, client=client_)
    for each in people:
        contact([each], ago(3), colleagues=[kam])
        ActivityFactory(client=client_, people=[each])
    ids = [each.pk for each in people]
    for given in (ids[:1], ids, ContactPerson.objects.values("pk")):
        with django_assert_num_queries(2):
            queries.last_contacts(given, on=TODAY)
        with django_assert_num_queries(2):
            found = queries.next_steps(given, on=TODAY)
            {step.owner.full_name for step in found.values()}
    assert set(found) == set(ids)


def test_the_next_step_is_the_earliest_late_or_not(kam, client_, person):
    other = ContactPersonFactory(client=client_)
    ActivityFactory(client=client_, people=[person], due_on=ago(-5))
    late = ActivityFactory(client=client_, people=[person, other], due_on=ago(5))
    ActivityFactory(client=client_, people=[person], due_on=ago(9), state="cancelled")
    contact([person], ago(9))
    assert queries.next_steps([person.pk, other.pk], on=TODAY) == {
        person.pk: late,
        other.pk: late,
    }


def test_on_a_past_day_the_next_step_is_what_was_done_after_it(client_, person):
    done = contact([person], ago(3))
    assert queries.next_steps([person.pk], on=ago(10)) == {person.pk: done}
    assert queries.next_steps([person.pk], on=TODAY) == {}


def test_promises_are_kept_by_the_first_day_named(client_, person):
    contact([person], ago(10))  # kept
    contact([person], ago(8), promised_on=ago(9))  # a day late
    ActivityFactory(client=client_, due_on=ago(-3), promised_on=ago(6))  # moved on
    ActivityFactory(client=client_, due_on=ago(6), state="missed")
    ActivityFactory(client=client_, due_on=ago(6), state="cancelled")
    contact([person], ago(7), promised_on=None)  # never promised
    contact([person], ago(40))  # outside
    found = queries.done_in_time([client_.pk], since=ago(30), until=TODAY)
    assert found == {client_.pk: Kept(due=4, in_time=1)}


def test_what_an_origin_brought_about(client_, person):
    contact([person], ago(3), origin="plan-action:5")
    contact([person], ago(9), origin="plan-action:5")
    waits = ActivityFactory(client=client_, origin="plan-action:6")
    origins = ["plan-action:5", "plan-action:6"]
    assert queries.done_of_origins(origins) == {"plan-action:5": ago(9)}
    assert queries.open_of_origins(origins) == {"plan-action:6": waits}


def test_the_last_contact_of_a_client(client_, person):
    contact([person], ago(3))
    contact([person], ago(9))
    contact([person], ago(1), kind="internal")
    silent = ClientFactory()
    found = queries.last_contact_days([client_.pk, silent.pk], on=TODAY)
    assert found == {client_.pk: ago(3)}


def test_rows_are_seen_as_the_client_is(kam, peer, head, client_):
    made = ActivityFactory(client=client_)
    for viewer in (kam, peer, head, UserFactory(roles=["owner"])):
        assert list(queries.activities(viewer)) == [made]
    for viewer in (UserFactory(), UserFactory(roles=["recruiter"])):
        assert list(queries.activities(viewer)) == []
        assert queries.activity(viewer, made.pk) is None
    finance = UserFactory(roles=["finance"])  # sees clients, not what is done with them
    assert list(queries.activities(finance)) == []
    assert list(queries.timeline(finance, client_)) == []


def test_who_may_change_what(kam, peer, client_):
    made = ActivityFactory(client=client_)
    his = ActivityFactory(client=client_, owner=peer)
    rows = [made, his]
    assert queries.writable_among(kam, rows) == {made.pk, his.pk}
    assert queries.writable_among(peer, rows) == {his.pk}
    assert queries.writable_among(UserFactory(roles=["owner"]), rows) == set()
    assert (queries.may_write(kam, client_), queries.may_write(peer, client_)) == (True, False)


def test_what_was_done_with_a_merged_client_is_the_survivors(kam, client_):
    absorbed = ClientFactory(manager=kam, merged_into=client_)
    made = ActivityFactory(client=absorbed)
    assert list(queries.open_activities(kam, client_)) == [made]


def test_the_agenda_groups_by_day(kam, peer, client_):
    def due(days, **fields):
        return ActivityFactory(client=client_, due_on=ago(-days), **fields)

    late, today, sunday, monday = due(-1), due(0), due(2), due(3)
    joined = due(30, owner=peer, colleagues=[kam])
    due(0, owner=peer)
    done = due(-2, state="done", done_at=timezone.now())
    found = queries.agenda(kam, Wanted(owner=kam.pk), on=TODAY)
    assert (found.late, found.today, found.week) == ([late], [today], [sunday])
    assert (found.later, found.done) == ([monday, joined], [done])
    assert (found.open, found.hidden) == (5, 0)
    assert queries.agenda(kam, Wanted(), on=TODAY).open == 6


def test_the_agenda_says_what_it_hides(kam, client_, monkeypatch):
    monkeypatch.setattr("kamerton.domain.activities.queries.lists.SHOWN", 2)
    ActivityFactory.create_batch(5, client=client_)
    found = queries.agenda(kam, Wanted(owner=kam.pk), on=TODAY)
    assert (found.open, found.hidden) == (2, 3)


def test_the_agenda_is_narrowed(kam, client_):
    call = ActivityFactory(client=client_)
    meeting = ActivityFactory(client=client_, kind="meeting")
    other = ActivityFactory(client=ClientFactory(manager=kam, manager_keys=1), kind="meeting")
    wanted = {
        Wanted(kind="meeting"): {meeting, other},
        Wanted(client=client_.pk): {call, meeting},
        Wanted(unprepared=True): {other},
    }
    for each, rows in wanted.items():
        assert set(queries.agenda(kam, each, on=TODAY).today) == rows


def test_filters_are_read_from_an_address(kam):
    owner = UserFactory(roles=["owner"])
    assert Wanted.read(kam, {}) == Wanted(owner=kam.pk)
    assert Wanted.read(kam, {"owner": "all"}) == Wanted()
    assert Wanted.read(owner, {}) == Wanted()
    given = {"owner": "7", "client": "9", "kind": "call", "unprepared": "1"}
    assert Wanted.read(kam, given) == Wanted(7, 9, "call", True)
    nonsense = {"owner": "x", "client": "²", "kind": "dance", "unprepared": "yes"}
    assert Wanted.read(kam, nonsense) == Wanted(owner=kam.pk)


@pytest.mark.parametrize("number", [1, 8])
def test_lists_cost_the_same_for_any_number(kam, client_, number, django_assert_num_queries):
    for each in range(number):
        person = ContactPersonFactory(client=client_)
        made = contact([person], ago(each), colleagues=[kam])
        ActivityFactory(client=client_, follows=made)
        ClientNeedFactory(client=client_, heard_at=made)
        brief = MeetingBriefFactory(activity__client=client_)
        brief.activity.people.set([person])
    team = kam.team_ids  # asked once a request

    def read(rows):
        for row in rows:
            _ = row.client.name, row.owner.full_name, row.has_brief, row.is_unprepared
            _ = [one.full_name for one in row.people.all()], list(row.colleagues.all())

    assert team
    kam.may("activities.view")
    with django_assert_num_queries(3):
        read(queries.activities(kam, client=client_))
    with django_assert_num_queries(7):
        found = queries.agenda(kam, Wanted(owner=kam.pk), on=TODAY)
        read(found.today + found.done)
    with django_assert_num_queries(5):
        rows = list(queries.timeline(kam, client_))
        read(rows)
        assert sum(len(row.next_steps.all()) + len(row.needs.all()) for row in rows) == 2 * number
    with django_assert_num_queries(1):
        queries.writable_among(kam, rows)
    with django_assert_num_queries(1):
        queries.counts(kam, on=TODAY)
    with django_assert_num_queries(1):
        assert [one.client.name for one in queries.burning(kam, on=TODAY) if one.owner.full_name]


def test_counts_of_what_waits(kam, client_):
    key = ClientFactory(manager=kam, manager_keys=1)
    ActivityFactory(client=client_)
    ActivityFactory(client=client_, due_on=ago(3))
    ActivityFactory(client=key, kind="meeting")
    ActivityFactory(client=client_, owner=UserFactory())
    found = queries.counts(kam, on=TODAY)
    assert (found.today, found.late, found.unprepared) == (2, 1, 1)
    assert queries.counts(UserFactory(roles=["owner"]), on=TODAY).today == 0


def test_what_burns_is_late_for_today_or_unprepared(kam, client_):
    key = ClientFactory(manager=kam, manager_keys=1)
    late = ActivityFactory(client=client_, due_on=ago(3))
    today = ActivityFactory(client=client_)
    meeting = ActivityFactory(client=key, kind="meeting", due_on=ago(-1))
    ActivityFactory(client=client_, kind="meeting", due_on=ago(-1))
    ActivityFactory(client=client_, owner=UserFactory())
    contact([ContactPersonFactory(client=client_)], ago(2))
    assert queries.burning(kam, on=TODAY) == [late, today, meeting]
