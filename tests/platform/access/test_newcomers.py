import datetime as dt

import pytest
from django.utils import timezone

from kamerton.platform.access.actions import (
    EmailTaken,
    LinkDead,
    NoSuchRole,
    SignedInAlready,
    WeakPassword,
    accept_invitation,
    add_newcomer,
    let_in,
)
from kamerton.platform.access.models import Invitation, User
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "three-tall-birches"
FIRST = dt.date(2026, 12, 1)


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"])


@pytest.fixture
def head(owner):
    return UserFactory(roles=["head_of_sales"], supervisor=owner)


def newcomer(actor, **other):
    given = {"email": "New@x.example", "full_name": "Nick New", "role": "kam", "hired_on": FIRST}
    made = add_newcomer(actor, **{**given, "supervisor": actor, **other})
    return User.objects.get(pk=made.pk)


def test_who_approves_a_hire_makes_the_account_and_a_link_to_its_password(head):
    user = newcomer(head)
    assert (user.email, user.roles, user.supervisor, user.hired_on) == (
        *("new@x.example", ["kam"], head, FIRST),
    )
    assert not user.has_usable_password()
    invitation, token = let_in(head, user)
    assert invitation.expires_at - timezone.now() > dt.timedelta(days=6, hours=23)
    with pytest.raises(WeakPassword):
        accept_invitation(token, password="12345")
    assert accept_invitation(token, password=PASSWORD) == user
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert User.objects.people().count() == 3
    with pytest.raises(LinkDead):
        accept_invitation(token, password=PASSWORD)
    with pytest.raises(SignedInAlready):
        let_in(head, user)


def test_a_newer_link_kills_the_older(head):
    user = newcomer(head)
    _first, old = let_in(head, user)
    _second, new = let_in(head, user)
    with pytest.raises(LinkDead):
        accept_invitation(old, password=PASSWORD)
    assert accept_invitation(new, password=PASSWORD) == user


def test_an_open_account_is_not_opened_by_a_link_again(head):
    user = newcomer(head)
    _made, token = let_in(head, user)
    user.set_password("another-quiet-morning")
    user.save()
    with pytest.raises(LinkDead, match="open already"):
        accept_invitation(token, password=PASSWORD)
    assert User.objects.get(pk=user.pk).check_password("another-quiet-morning")


@pytest.mark.parametrize("role", ["recruiter", "kam", "finance"])
def test_nobody_else_makes_accounts_so(company, role):
    actor = UserFactory(roles=[role])
    with pytest.raises(NotAllowed):
        newcomer(actor)
    assert not User.objects.filter(email="new@x.example").exists()


@pytest.mark.parametrize("role", ["owner", "finance", "head_of_sales", "nobody"])
def test_sellers_only(head, role):
    with pytest.raises(NoSuchRole):
        newcomer(head, role=role)
    assert not User.objects.filter(email="new@x.example").exists()


def test_a_taken_address_is_refused(head):
    UserFactory(email="new@x.example")
    with pytest.raises(EmailTaken):
        newcomer(head)
    assert User.objects.filter(email="new@x.example").count() == 1


def test_nobody_gets_a_link_to_a_strangers_account_nor_to_one_with_rights(head, owner):
    stranger = newcomer(owner, supervisor=owner)
    with pytest.raises(NotAllowed):
        let_in(head, stranger)
    finance = User.objects.create_user("f@x.example", None, full_name="F", supervisor=head)
    finance.grants.create(role="finance")
    with pytest.raises(SignedInAlready):
        let_in(User.objects.get(pk=head.pk), finance)
    assert not Invitation.objects.exists()
