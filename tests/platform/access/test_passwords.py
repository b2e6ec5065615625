"""A new password for a person who cannot get in."""

import pytest

from kamerton.platform.access.actions.passwords import set_password
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_methodologist_does_not_become_the_owner_by_giving_him_a_password():
    methodologist, owner = UserFactory(roles=["methodologist"]), UserFactory(roles=["owner"])
    before = owner.password
    with pytest.raises(NotAllowed):
        set_password(methodologist, owner, password="a long and good one 7")
    owner.refresh_from_db()
    assert owner.password == before
