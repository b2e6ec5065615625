"""Who holds a client."""

import datetime as dt

import pytest

from kamerton.domain.accounts.actions import (
    AlreadyHeld,
    AlreadyOnTeam,
    NewcomerHoldsNoKeys,
    NotYourPerson,
    OneManagerServes,
    ReasonNeeded,
    StartsTooEarly,
    StartsTooLate,
    add_to_team,
    assign_manager,
    remove_from_team,
)
from kamerton.domain.accounts.models import Client, ClientAssignment
from kamerton.domain.accounts.queries import Topic, manager_changes, responsible_for, team_of
from kamerton.platform.access.models import User
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db
MAY_1 = dt.date(2026, 5, 1)
TODAY = dt.date.today()


@pytest.fixture
def head() -> User:
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def ann(head: User) -> User:
    return UserFactory(full_name="Ann Bell", supervisor=head)


@pytest.fixture
def bob(head: User) -> User:
    return UserFactory(full_name="Bob Cole", supervisor=head)


def held(client: Client) -> list[tuple[User, dt.date, dt.date | None]]:
    rows = ClientAssignment.objects.filter(client=client).order_by("since", "pk")
    return [(row.user, row.since, row.until) for row in rows]


def nothing_changed(client: Client, before: list[object]) -> None:
    manager = client.manager
    client.refresh_from_db()
    assert client.manager == manager
    assert held(client) == before
    assert not AuditEntry.objects.filter(action="accounts.client_assigned").exists()


def test_the_present_stretch_ends_the_day_before(head, ann, bob):
    client = ClientFactory(manager=ann)
    made = assign_manager(head, client, manager=bob, since=MAY_1, basis="order 5")
    client.refresh_from_db()
    assert client.manager == bob
    assert held(client) == [
        (ann, dt.date(2024, 1, 1), dt.date(2026, 4, 30)),
        (bob, MAY_1, None),
    ]
    assert made.basis == "order 5"
    entry = AuditEntry.objects.get(action="accounts.client_assigned")
    assert entry.subject_id == client.pk
    assert (entry.before, entry.after["manager"]) == ({"manager": "Ann Bell"}, "Bob Cole")


def test_without_the_permission_nothing_changes(ann, bob):
    client = ClientFactory(manager=ann)
    before = held(client)
    with pytest.raises(NotAllowed):
        assign_manager(ann, client, manager=bob, since=MAY_1)
    nothing_changed(client, before)


def test_a_foreign_client_is_not_given(head, bob):
    client = ClientFactory(manager=UserFactory())
    before = held(client)
    with pytest.raises(NotAllowed, match="not yours to give"):
        assign_manager(head, client, manager=bob, since=MAY_1)
    nothing_changed(client, before)


def test_a_client_of_nobody_is_seen_and_given_by_the_head(head, bob):
    client = ClientFactory()
    assert list(Client.objects.visible_to(head)) == [client]
    assert not Client.objects.visible_to(bob).exists()
    assign_manager(head, client, manager=bob, since=MAY_1)
    assert held(client) == [(bob, MAY_1, None)]


@pytest.mark.parametrize("change", [{"is_active": False}, {"status": "left"}])
def test_nobody_gets_clients_after_leaving(head, ann, bob, change):
    User.objects.filter(pk=bob.pk).update(**change)
    client = ClientFactory(manager=ann)
    before = held(client)
    with pytest.raises(NotYourPerson):
        assign_manager(head, client, manager=bob, since=MAY_1)
    nothing_changed(client, before)


def test_a_person_of_another_head_is_refused(head, ann):
    client = ClientFactory(manager=ann)
    before = held(client)
    with pytest.raises(NotYourPerson):
        assign_manager(head, client, manager=UserFactory(), since=MAY_1)
    nothing_changed(client, before)


def test_the_holder_does_not_get_it_again(head, ann):
    client = ClientFactory(manager=ann)
    before = held(client)
    with pytest.raises(AlreadyHeld):
        assign_manager(head, client, manager=ann, since=MAY_1)
    nothing_changed(client, before)


def test_a_day_before_the_present_stretch_is_too_early(head, ann, bob):
    client = ClientFactory(manager=ann)
    before = held(client)
    with pytest.raises(StartsTooEarly, match=r"01/01/2024|Jan"):
        assign_manager(head, client, manager=bob, since=dt.date(2023, 12, 31))
    nothing_changed(client, before)


def test_a_day_to_come_is_refused(head, ann, bob):
    client = ClientFactory(manager=ann)
    before = held(client)
    with pytest.raises(StartsTooLate):
        assign_manager(head, client, manager=bob, since=TODAY + dt.timedelta(days=2))
    nothing_changed(client, before)


def test_a_slip_of_the_same_day_is_written_anew(head, ann, bob):
    client = ClientFactory(manager=ann, assignment=MAY_1)
    assign_manager(head, client, manager=bob, since=MAY_1)
    assert held(client) == [(bob, MAY_1, None)]


@pytest.mark.req("S0-15")
def test_the_second_change_in_a_year_needs_a_reason(head, ann, bob):
    client = ClientFactory(manager=ann)
    assign_manager(head, client, manager=bob, since=MAY_1)
    client.refresh_from_db()
    july = dt.date(2026, 7, 1)
    before = held(client)
    with pytest.raises(ReasonNeeded, match=r"no\. 2 in 12 months"):
        assign_manager(head, client, manager=ann, since=july)
    assert held(client) == before
    assert not manager_changes(head, client, on=july).warns
    assign_manager(head, client, manager=ann, since=july, reason="Bob is ill for long")
    changes = manager_changes(head, client, on=july)
    assert (changes.in_12_months, changes.in_24_months, changes.warns) == (2, 2, True)
    assert AuditEntry.objects.filter(reason="Bob is ill for long").exists()


@pytest.mark.req("S0-15")
def test_a_change_after_a_year_needs_none(head, ann, bob):
    client = ClientFactory(manager=ann)
    assign_manager(head, client, manager=bob, since=dt.date(2025, 4, 1))
    assign_manager(head, client, manager=ann, since=MAY_1)
    changes = manager_changes(head, client, on=MAY_1)
    assert (changes.in_12_months, changes.in_24_months) == (1, 2)


@pytest.mark.req("S0-41")
@pytest.mark.parametrize("mark", [{"company_key_since": MAY_1}, {"manager_keys": 1}])
def test_a_newcomer_holds_no_keys(head, ann, bob, mark):
    User.objects.filter(pk=bob.pk).update(status="onboarding")
    bob.refresh_from_db()
    client = ClientFactory(manager=ann, **mark)
    before = held(client)
    with pytest.raises(NewcomerHoldsNoKeys, match="training accounts"):
        assign_manager(head, client, manager=bob, since=MAY_1)
    nothing_changed(client, before)
    assign_manager(head, ClientFactory(manager=ann, is_training=True), manager=bob, since=MAY_1)


@pytest.mark.req("S3-61")
def test_shipments_go_to_the_operational_manager_and_talks_to_the_owner(head, ann, bob):
    client = ClientFactory(manager=ann, service_model="team")
    assert responsible_for(head, client, Topic.SHIPMENT) == ann
    part = add_to_team(ann, client, user=bob, role="operational_manager", since=MAY_1)
    assert responsible_for(head, client, Topic.SHIPMENT) == bob
    assert responsible_for(head, client, Topic.TALKS) == ann
    assert [row.user for row in team_of(head, client)] == [ann, bob]
    assert list(Client.objects.editable_by(bob)) == [client]
    with pytest.raises(AlreadyOnTeam):
        add_to_team(ann, client, user=bob, role="operational_manager", since=MAY_1)
    remove_from_team(ann, client, assignment=part, until=dt.date(2026, 6, 1))
    assert [row.user for row in team_of(head, client)] == [ann]
    assert not Client.objects.editable_by(bob).exists()


@pytest.mark.req("S3-60")
def test_one_manager_serves_small_wholesale(ann, bob):
    client = ClientFactory(manager=ann, service_model="single")
    with pytest.raises(OneManagerServes):
        add_to_team(ann, client, user=bob, role="operational_manager", since=MAY_1)
    assert client.assignments.count() == 1
    add_to_team(ann, client, user=bob, role="understudy", since=MAY_1)


@pytest.mark.parametrize("role", ["strategic_owner", "custody_supervisor", "king"])
def test_holders_are_not_made_through_the_team(ann, bob, role):
    client = ClientFactory(manager=ann)
    with pytest.raises(NotAllowed):
        add_to_team(ann, client, user=bob, role=role, since=MAY_1)
    assert client.assignments.count() == 1


def test_a_colleague_does_not_join_himself(ann, bob):
    client = ClientFactory(manager=ann)
    with pytest.raises(NotAllowed):
        add_to_team(bob, client, user=bob, role="understudy", since=MAY_1)
    assert client.assignments.count() == 1


def test_a_part_does_not_end_before_it_began(ann, bob):
    client = ClientFactory(manager=ann)
    part = add_to_team(ann, client, user=bob, role="understudy", since=MAY_1)
    with pytest.raises(StartsTooEarly):
        remove_from_team(ann, client, assignment=part, until=dt.date(2026, 4, 1))
    part.refresh_from_db()
    assert part.until is None
