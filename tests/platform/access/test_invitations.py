import datetime as dt

import pytest
from django.utils import timezone

from kamerton.platform.access import queries
from kamerton.platform.access.actions import (
    EmailTaken,
    LinkDead,
    NoSuchRole,
    WeakPassword,
    accept_invitation,
    invite,
    withdraw_invitation,
)
from kamerton.platform.access.models import Invitation, User
from kamerton.platform.access.roles import Scope
from kamerton.platform.access.rules import SupervisorGone
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three-tall-birches"


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner", "methodologist"])


def invited(owner, **other):
    given = {"email": "New@x.example", "full_name": "New Person", "roles": ["recruiter"]}
    return invite(owner, **{**given, **other})


def test_a_link_makes_the_account_once(owner):
    invitation, token = invited(owner, roles=["head_of_sales"], supervisor=owner)
    assert invitation.expires_at - timezone.now() > dt.timedelta(days=6, hours=23)
    user = accept_invitation(token, password=PASSWORD)
    assert (user.email, user.full_name) == ("new@x.example", "New Person")
    assert user.roles == ["head_of_sales"]
    assert user.scope == Scope.SUBTREE
    assert user.supervisor == owner
    assert user.check_password(PASSWORD)
    with pytest.raises(LinkDead):
        accept_invitation(token, password=PASSWORD)
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["access.person_invited", "access.invitation_accepted"]


def test_the_secret_is_not_stored(owner):
    invitation, token = invited(owner)
    stored = Invitation.objects.filter(pk=invitation.pk).values().get()
    assert token not in str(stored)
    assert token not in str(list(AuditEntry.objects.values()))


def test_a_link_dies_after_seven_days(owner):
    invitation, token = invited(owner)
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(LinkDead):
        accept_invitation(token, password=PASSWORD)
    assert not User.objects.filter(email=invitation.email).exists()


def test_a_withdrawn_link_does_not_work(owner):
    invitation, token = invited(owner)
    withdraw_invitation(owner, invitation)
    with pytest.raises(LinkDead):
        accept_invitation(token, password=PASSWORD)
    with pytest.raises(LinkDead):
        withdraw_invitation(owner, invitation)
    assert list(queries.invitations(owner)) == []


def test_a_new_link_for_the_same_person_ends_the_old_one(owner):
    _, old = invited(owner)
    _, new = invited(owner)
    assert queries.open_invitation(old) is None
    assert queries.open_invitation(new) is not None


def test_a_weak_password_leaves_the_link_open(owner):
    _, token = invited(owner)
    with pytest.raises(WeakPassword):
        accept_invitation(token, password="qwerty")
    assert queries.open_invitation(token) is not None
    assert not User.objects.filter(email="new@x.example").exists()


@pytest.mark.parametrize("roles", [[], ["emperor"], ["kam", "emperor"]])
def test_unknown_roles_are_refused(owner, roles):
    with pytest.raises(NoSuchRole):
        invited(owner, roles=roles)
    assert not Invitation.objects.exists()


def test_an_email_in_use_is_refused_whatever_its_case(owner):
    UserFactory(email="new@x.example", roles=["finance"])
    with pytest.raises(EmailTaken):
        invited(owner, email="NEW@X.example")
    assert not Invitation.objects.exists()


def test_who_left_supervises_nobody(owner):
    gone = UserFactory(roles=["head_of_sales"], is_active=False, status="left")
    with pytest.raises(SupervisorGone):
        invited(owner, supervisor=gone)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", ["kam", "head_of_sales", "finance", "recruiter", "assistant"])
def test_only_those_who_manage_people_invite(company, owner, role):
    invitation, _ = invited(owner)
    actor = UserFactory(roles=[role])
    with pytest.raises(NotAllowed):
        invited(actor, email="another@x.example")
    with pytest.raises(NotAllowed):
        withdraw_invitation(actor, invitation)
    assert [one.email for one in Invitation.objects.open()] == ["new@x.example"]


def test_a_methodologist_makes_no_owner(company):
    admin = UserFactory(roles=["methodologist"])
    with pytest.raises(NotAllowed):
        invited(admin, roles=["owner"])
    assert not Invitation.objects.exists()


def test_a_kam_starts_with_the_kam_function(owner):
    _, token = invited(owner, roles=["kam"])
    user = accept_invitation(token, password=PASSWORD)
    assert [one.kind for one in user.functions.all()] == ["kam"]
