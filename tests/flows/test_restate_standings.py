import datetime as dt

import pytest

from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey, Restatement
from kamerton.flows.restate_standings import restate_standings
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.segmentation import AS_OF, sample

pytestmark = pytest.mark.django_db


@pytest.mark.req("S4-12", "S3-01")
def test_from_sales_to_proposals_and_no_further():
    sample()
    made = restate_standings(UserFactory(roles=["finance"]), as_of=AS_OF)
    assert made.state == "current"
    proposed = CompanyKey.objects.filter(state="proposed")
    assert [key.client.name for key in proposed] == ["C01", "C02", "C03", "C04"]
    assert not ManagerKey.objects.exists()
    assert not Client.objects.exclude(company_key_since=None).exists()
    again = restate_standings(UserFactory(roles=["methodologist"]), as_of=AS_OF)
    assert (again.clients, CompanyKey.objects.count()) == (10, 4)


def test_a_potential_key_client_is_marked():
    clients = sample()
    kam = UserFactory()
    kam.clients.add(clients["C10"])
    clients["C10"].evidence.create(
        criterion="promising", item="budget", mark=1, note="x", on=AS_OF, author=kam
    )
    restate_standings(UserFactory(roles=["head_of_sales"]), as_of=AS_OF)
    clients["C10"].refresh_from_db()
    assert clients["C10"].segment == "potential_key"


def test_who_only_sells_starts_nothing():
    with pytest.raises(NotAllowed):
        restate_standings(UserFactory(), as_of=dt.date(2026, 7, 1))
    assert not Restatement.objects.exists()
