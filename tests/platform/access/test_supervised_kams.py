"""S1-46: with two or more key account managers each has a supervisor, whatever door is used."""

import pytest

from kamerton.platform.access.actions import (
    accept_invitation,
    add_person,
    change_roles,
    change_supervisor,
    deactivate,
    invite,
    reactivate,
    withdraw_invitation,
)
from kamerton.platform.access.models import Invitation, User
from kamerton.platform.access.rules import StillHolds, WithoutSupervisor
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.req("S1-46")]
PASSWORD = "three-tall-birches"


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"], full_name="Olga Owner")


@pytest.fixture
def head(owner):
    return UserFactory(roles=["head_of_sales"], full_name="Heinrich Head")


@pytest.fixture
def lone(owner):
    """The only KAM; so far nobody has to stand above him."""
    return UserFactory(roles=["kam"], full_name="Lone Kam")


def kam_invited(owner, email="second@x.example", **other):
    return invite(owner, email=email, full_name="Second Kam", roles=["kam"], **other)


def kams():
    return User.objects.working().with_role("kam").count()


def test_one_kam_needs_nobody_above_him(owner):
    _, token = kam_invited(owner)
    accept_invitation(token, password=PASSWORD)
    assert kams() == 1


def test_inviting_a_second_kam_names_who_lacks_a_supervisor(owner, lone):
    with pytest.raises(WithoutSupervisor) as refused:
        kam_invited(owner)
    assert "Lone Kam, Second Kam" in str(refused.value)
    assert not Invitation.objects.exists()


def test_a_supervisor_for_the_new_one_alone_is_not_enough(owner, lone, head):
    with pytest.raises(WithoutSupervisor) as refused:
        kam_invited(owner, supervisor=head)
    assert "Lone Kam" in str(refused.value)
    assert "Second Kam" not in str(refused.value)
    assert not Invitation.objects.exists()


def test_with_supervisors_for_both_the_second_one_comes(owner, lone, head):
    change_supervisor(owner, lone, supervisor=head)
    _, token = kam_invited(owner, supervisor=head)
    accept_invitation(token, password=PASSWORD)
    assert kams() == 2


def test_two_open_invitations_count_as_two(owner):
    first, _ = kam_invited(owner, "first@x.example")
    with pytest.raises(WithoutSupervisor):
        kam_invited(owner)
    withdraw_invitation(owner, first)
    kam_invited(owner)


def test_accepting_is_refused_if_the_supervisor_has_gone_meanwhile(owner, lone, head):
    change_supervisor(owner, lone, supervisor=owner)
    invitation, token = kam_invited(owner, supervisor=head)
    deactivate(owner, head)
    with pytest.raises(WithoutSupervisor):
        accept_invitation(token, password=PASSWORD)
    invitation.refresh_from_db()
    assert invitation.is_open
    assert kams() == 1


def test_adding_the_role_to_somebody_is_the_same_door(owner, lone):
    other = UserFactory(roles=["account_manager"])
    with pytest.raises(WithoutSupervisor):
        change_roles(owner, other, roles=["account_manager", "kam"])
    assert User.objects.get(pk=other.pk).roles == ["account_manager"]


def test_adding_a_person_by_the_shell_is_the_same_door(owner, lone):
    with pytest.raises(WithoutSupervisor):
        add_person(owner, email="b@x.example", full_name="B", roles=["kam"], password=PASSWORD)
    assert not User.objects.filter(email="b@x.example").exists()


def test_a_supervisor_cannot_be_taken_away_from_one_of_two(owner, head):
    first, _ = (UserFactory(roles=["kam"], supervisor=head) for _ in range(2))
    with pytest.raises(WithoutSupervisor):
        change_supervisor(owner, first, supervisor=None)
    first.refresh_from_db()
    assert first.supervisor == head


def test_a_broken_state_is_mended_one_by_one(owner, head):
    first, second = (UserFactory(roles=["kam"]) for _ in range(2))
    change_supervisor(owner, first, supervisor=head)
    change_supervisor(owner, second, supervisor=head)
    assert head.subordinates.count() == 2


def test_coming_back_is_the_same_door(owner, lone):
    gone = UserFactory(roles=["kam"], is_active=False, status="left")
    with pytest.raises(WithoutSupervisor):
        reactivate(owner, gone)
    gone.refresh_from_db()
    assert not gone.is_active


def test_a_supervisor_who_leads_people_cannot_leave(owner, head, lone):
    change_supervisor(owner, lone, supervisor=head)
    with pytest.raises(StillHolds) as refused:
        deactivate(owner, head)
    assert "Lone Kam" in str(refused.value)
    head.refresh_from_db()
    assert head.is_active
