import pytest
from tests.factories import ClientFactory, UserFactory
from kamerton.domain.accounts.models import Client


@pytest.mark.django_db
def test_rows_are_filtered_by_scope():
    kam = UserFactory()
    own = ClientFactory(manager=kam)
    ClientFactory()
    assert list(Client.objects.visible_to(kam)) == [own]
    assert Client.objects.visible_to(UserFactory(roles=["owner"])).count() == 2
