import pytest

from kamerton.platform.access import queries
from kamerton.platform.access.actions import (
    CannotLeave,
    NoSuchRole,
    NotAPhone,
    change_profile,
    change_roles,
    change_supervisor,
    deactivate,
    end_sessions,
    reactivate,
)
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Role, Scope
from kamerton.platform.access.rules import LastOwner, StillHolds, SupervisorGone, SupervisorLoop
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db
STRANGERS = [role for role in Role.values if role not in ("owner", "methodologist")]


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"])


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_a_person_may_be_several_things_and_sees_what_the_widest_sees(owner):
    user = UserFactory(roles=["recruiter"])
    changed = change_roles(owner, user, roles=["head_of_sales", "kam"])
    assert changed.roles == ["head_of_sales", "kam"]
    assert changed.scope == Scope.SUBTREE
    assert changed.may("accounts.assign_client")
    entry = AuditEntry.objects.get()
    assert entry.before == {"roles": ["recruiter"], "scope": "none"}
    assert entry.after == {"roles": ["head_of_sales", "kam"], "scope": "subtree"}


def test_what_a_person_sees_may_be_narrower_than_his_role(owner):
    user = UserFactory(roles=["head_of_sales"])
    assert change_roles(owner, user, roles=["head_of_sales"], scope="own").scope == Scope.OWN


def test_somebody_without_a_role_is_refused(owner):
    user = UserFactory(roles=["kam"])
    with pytest.raises(NoSuchRole):
        change_roles(owner, user, roles=[])
    assert fresh(user).roles == ["kam"]


@pytest.mark.parametrize("role", STRANGERS)
def test_nobody_else_changes_rights(owner, role):
    actor, user = UserFactory(roles=[role]), UserFactory(roles=["assistant"])
    for attempt in (
        lambda: change_roles(actor, user, roles=["finance"]),
        lambda: change_roles(actor, actor, roles=["owner"]),
        lambda: change_supervisor(actor, user, supervisor=actor),
        lambda: deactivate(actor, user),
        lambda: end_sessions(actor, user),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert fresh(user).roles == ["assistant"]
    assert fresh(actor).roles == [role]
    assert fresh(user).is_active
    assert not AuditEntry.objects.exists()


def test_a_methodologist_neither_makes_nor_unmakes_an_owner(owner):
    admin = UserFactory(roles=["methodologist"])
    UserFactory(roles=["owner"])
    with pytest.raises(NotAllowed):
        change_roles(admin, admin, roles=["methodologist", "owner"])
    with pytest.raises(NotAllowed):
        change_roles(admin, owner, roles=["assistant"])
    assert fresh(admin).roles == ["methodologist"]
    assert fresh(owner).roles == ["owner"]


def test_the_last_owner_keeps_the_role(owner):
    with pytest.raises(LastOwner):
        change_roles(owner, owner, roles=["finance"])
    assert fresh(owner).roles == ["owner"]
    UserFactory(roles=["owner"])
    assert change_roles(owner, owner, roles=["finance"]).roles == ["finance"]


def test_the_last_owner_cannot_be_sent_away(owner):
    admin = UserFactory(roles=["methodologist"])
    with pytest.raises(LastOwner):
        deactivate(admin, owner)
    assert fresh(owner).is_active


@pytest.mark.req("S3-32")
def test_people_form_a_tree(owner):
    head = UserFactory(roles=["head_of_sales"])
    leader = UserFactory(supervisor=head)
    seller = UserFactory(supervisor=leader, roles=["account_manager"])
    assert set(head.subtree_ids) == {head.pk, leader.pk, seller.pk}
    assert set(queries.colleagues(head)) == {head, leader, seller}
    for below in (head, leader, seller):
        with pytest.raises(SupervisorLoop):
            change_supervisor(owner, head, supervisor=below)
    assert fresh(head).supervisor is None
    assert seller not in queries.possible_supervisors(owner, of=leader)
    assert owner in queries.possible_supervisors(owner, of=leader)


def test_who_left_is_no_supervisor(owner):
    gone = UserFactory(roles=["head_of_sales"], is_active=False, status="left")
    user = UserFactory()
    with pytest.raises(SupervisorGone):
        change_supervisor(owner, user, supervisor=gone)
    assert fresh(user).supervisor is None


def test_who_holds_clients_cannot_leave(owner):
    seller = UserFactory()
    for _ in range(3):
        ClientFactory(manager=seller)
    with pytest.raises(StillHolds) as refused:
        deactivate(owner, seller)
    assert "3 clients" in str(refused.value)
    assert fresh(seller).is_active
    assert not AuditEntry.objects.exists()


def test_who_leaves_loses_every_door(owner, client):
    seller = UserFactory(roles=["account_manager"])
    client.force_login(seller)
    assert client.get("/auth/sessions/").status_code == 200
    deactivate(owner, seller, reason="Left for a competitor")
    assert client.get("/auth/sessions/").status_code == 302
    left = fresh(seller)
    assert (left.is_active, left.status) == (False, "left")
    assert AuditEntry.objects.get().reason == "Left for a competitor"
    with pytest.raises(CannotLeave):
        deactivate(owner, seller)
    assert reactivate(owner, seller).is_active
    with pytest.raises(CannotLeave):
        reactivate(owner, seller)


def test_nobody_closes_his_own_account(owner):
    UserFactory(roles=["owner"])
    with pytest.raises(CannotLeave):
        deactivate(owner, owner)
    assert fresh(owner).is_active


def test_sessions_of_others_are_ended_by_an_administrator(owner, client):
    user = UserFactory(roles=["finance"])
    client.force_login(user)
    assert client.get("/auth/sessions/").status_code == 200
    end_sessions(owner, user)
    assert client.get("/auth/sessions/").status_code == 302
    assert AuditEntry.objects.get().action == "access.sessions_ended"


def test_everybody_ends_his_own_sessions(company, client):
    user = UserFactory(roles=["recruiter"])
    client.force_login(user)
    end_sessions(user, user)
    assert client.get("/auth/sessions/").status_code == 302


def test_a_profile_is_changed_by_its_owner(company):
    user = UserFactory(roles=["recruiter"])
    changed = change_profile(user, full_name="Ann B", phone="8 (916) 123-45-67", language="ru")
    assert (changed.full_name, changed.phone, changed.language) == ("Ann B", "+79161234567", "ru")
    assert AuditEntry.objects.get().after["phone"] == "+79161234567"


@pytest.mark.parametrize("phone", ["soon", "12", "+7 916 123-45-67-890-123"])
def test_what_is_no_phone_number_is_refused(company, phone):
    user = UserFactory(phone="+79161234567")
    with pytest.raises(NotAPhone):
        change_profile(user, full_name="X", phone=phone)
    assert fresh(user).phone == "+79161234567"
    assert fresh(user).full_name == user.full_name
