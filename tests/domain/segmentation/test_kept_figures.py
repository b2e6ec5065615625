"""Money of a recomputation as arrays: equal to its rows, kept, and let go with it."""

import pytest
from django.db.models import Sum

from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation.models import Restatement, Standing
from kamerton.domain.segmentation.queries import manager_shares, segments_report
from kamerton.domain.segmentation.queries.kept import figures_of, figures_seen, holders, totals
from tests.factories import UserFactory
from tests.factories.segmentation import restated, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Restatement:
    sample()
    return restated()


def test_arrays_say_what_the_rows_say(made):
    found = figures_of(made)
    rows = Standing.objects.filter(restatement=made).order_by("client")
    for name in ("client_id", "revenue", "revenue_before", "cash", "abc", "is_active"):
        assert getattr(found, name).tolist() == list(rows.values_list(name, flat=True))
    assert found.gross_profit.tolist() == [
        value or 0 for (value,) in rows.values_list("gross_profit")
    ]
    assert found.money("cash", before=True) is found.cash_before


def test_they_are_read_once_and_anew_with_the_next_recomputation(made, django_assert_num_queries):
    first = figures_of(made)
    with django_assert_num_queries(0):
        assert figures_of(made) is first
    again = figures_of(restated())
    assert again is not first
    assert again.revenue.tolist() == first.revenue.tolist()


def test_a_viewer_gets_his_clients_only(made):
    kam = UserFactory()
    his = Client.objects.order_by("pk")[3]
    Client.objects.filter(pk=his.pk).update(manager=kam)
    assert figures_seen(kam, made).client_id.tolist() == [his.pk]
    assert figures_seen(UserFactory(roles=["methodologist"]), made).client_id.size == 0
    assert figures_seen(UserFactory(roles=["owner"]), made).client_id.size == 10


def test_who_holds_a_client_is_asked_anew(made):
    """A new manager asks for no recomputation."""
    found = figures_of(made)
    assert not holders(found).any()
    kam, owner = UserFactory(), UserFactory(roles=["owner"])
    Client.objects.update(manager=kam)
    managers, counts, (revenue,) = totals(holders(found), found.revenue)
    assert (managers.tolist(), counts.tolist()) == ([kam.pk], [10])
    whole = Standing.objects.filter(restatement=made).aggregate(Sum("revenue"))
    assert revenue.tolist() == list(whole.values())
    assert [row.manager for row in manager_shares(owner)] == [kam]


def test_a_segment_is_asked_anew(made):
    owner = UserFactory(roles=["owner"])
    Client.objects.filter(name="C10").update(segment="potential_key")
    found = segments_report(owner)
    assert {row.code: row.clients for row in found.segments} == {"flow": 9, "potential_key": 1}
    assert sum(row.share for row in found.segments) == pytest.approx(1)


def test_a_recomputation_of_nobody():
    made = restated()
    assert figures_of(made).client_id.size == 0
    assert segments_report(UserFactory(roles=["owner"])).segments == []
