import datetime as dt

import pytest
from django.utils import timezone

from kamerton.platform.access import queries
from kamerton.platform.access.actions import BadExpiry, create_token, deactivate, revoke_token
from kamerton.platform.access.models import ApiToken
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def days(n):
    return timezone.localdate() + dt.timedelta(days=n)


@pytest.fixture
def user(company):
    return UserFactory(roles=["account_manager"])


def test_the_secret_is_shown_once_and_not_stored(user):
    token, secret = create_token(user, name="BI", expires_on=days(30), reach="read")
    assert queries.token_holder(secret, on=days(0)) == token
    stored = str(ApiToken.objects.values().get()) + str(list(AuditEntry.objects.values()))
    assert secret not in stored
    assert token.tail == secret[-4:]


def test_a_token_works_through_its_last_day(user):
    _, secret = create_token(user, name="BI", expires_on=days(1))
    assert queries.token_holder(secret, on=days(1))
    assert queries.token_holder(secret, on=days(2)) is None


@pytest.mark.parametrize("n", [-1, 366, 4000])
def test_a_token_ends_within_a_year(user, n):
    with pytest.raises(BadExpiry):
        create_token(user, name="BI", expires_on=days(n))
    assert not ApiToken.objects.exists()


def test_a_revoked_token_does_not_work(user):
    token, secret = create_token(user, name="BI", expires_on=days(30))
    revoke_token(user, token)
    assert queries.token_holder(secret, on=days(0)) is None
    assert list(queries.tokens(user)) == []


def test_a_foreign_token_is_revoked_by_an_administrator_only(user):
    token, secret = create_token(user, name="BI", expires_on=days(30))
    with pytest.raises(NotAllowed):
        revoke_token(UserFactory(roles=["head_of_sales"]), token)
    assert queries.token_holder(secret, on=days(0))
    revoke_token(UserFactory(roles=["owner"]), token)
    assert queries.token_holder(secret, on=days(0)) is None


def test_who_leaves_takes_no_token_along(user):
    _, secret = create_token(user, name="BI", expires_on=days(30))
    deactivate(UserFactory(roles=["owner"]), user)
    assert queries.token_holder(secret, on=days(0)) is None
    assert ApiToken.objects.get().revoked_at
