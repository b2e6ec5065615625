"""White space: what clients buy from us, from others, not at all, and what nobody knows."""

import datetime as dt
from decimal import Decimal

import pytest

from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.actions import KnownSpace, mark_category
from kamerton.domain.segmentation.models import WalletEstimate, WhiteSpaceMark
from kamerton.domain.segmentation.queries import white_cell, white_space, white_space_marks
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed, Stale
from tests.factories import UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import restated

pytestmark = pytest.mark.django_db
IN_YEAR, BEFORE, LATER = dt.date(2026, 6, 15), dt.date(2025, 6, 30), dt.date(2026, 7, 5)


@pytest.fixture
def kam():
    return UserFactory()


@pytest.fixture
def goods():
    return {
        name: ProductCategory.objects.create(name=name) for name in ("flanges", "gates", "valves")
    }


@pytest.fixture
def clients(kam, goods, monkeypatch):
    """A and B in kam's hands in July 2026; the closed year is July 2025 to June 2026."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: dt.date(2026, 7, 10))
    made = clients_for(["A", "B"], manager=kam)
    ledger(
        [
            line(IN_YEAR, "A", 400, category="flanges"),
            line(BEFORE, "A", 900, category="gates"),
            line(LATER, "B", 70, category="flanges"),
            line(dt.date(2026, 6, 30), "A", 50, category=""),
        ]
    )
    restated()
    return made


def cell(viewer, client, category):
    return white_cell(viewer, client, category)


def nothing_changes(error, call):
    before = (WhiteSpaceMark.objects.count(), WalletEstimate.objects.count())
    journal = AuditEntry.objects.count()
    with pytest.raises(error) as caught:
        call()
    assert (WhiteSpaceMark.objects.count(), WalletEstimate.objects.count()) == before
    assert AuditEntry.objects.count() == journal
    return str(caught.value)


@pytest.mark.req("S2-20")
def test_bought_is_what_the_last_twelve_closed_months_say(kam, clients, goods):
    found = white_space(kam, [client.pk for client in clients.values()])
    assert [category.name for category in found.categories] == ["flanges", "gates", "valves"]
    assert [[each.state for each in row.cells] for row in found.rows] == [
        ["bought", "unknown", "unknown"],
        ["unknown", "unknown", "unknown"],
    ]
    assert found.rows[0].cells[0].sales == 40_000
    assert found.counts == {"bought": 1, "competitor": 0, "not_needed": 0, "unknown": 5}


@pytest.mark.req("S2-20")
def test_a_mark_says_who_covers_the_need_and_history_stays(kam, clients, goods):
    client, valves = clients["A"], goods["valves"]
    mark_category(kam, client, valves, known=KnownSpace("not_needed", note="the buyer said"))
    known = KnownSpace("competitor", "ACME", 0.75, note="seen in the shop")
    mark_category(kam, client, valves, known=known)
    now = cell(kam, client, valves)
    assert (now.state, now.mark.competitor, now.competitor_share) == ("competitor", "ACME", 0.75)
    history = white_space_marks(kam, client, valves)
    assert [mark.state for mark in history] == ["competitor", "not_needed"]
    entry = AuditEntry.objects.filter(action="segmentation.category_marked").latest("pk")
    assert (entry.before["state"], entry.after["state"]) == ("not_needed", "competitor")
    assert entry.reason == "seen in the shop"


@pytest.mark.req("S2-20")
def test_a_potential_gives_our_share_and_what_can_be_won(kam, clients, goods):
    client, flanges = clients["A"], goods["flanges"]
    known = KnownSpace("competitor", "ACME", 0.6, potential=Decimal(1000))
    mark_category(kam, client, flanges, known=known)
    now = cell(kam, client, flanges)
    assert (now.state, now.potential, now.share, now.gap) == ("bought", 100_000, 0.4, 40_000)
    assert now.competitor_share == 0.6
    assert WalletEstimate.objects.get().category == flanges
    mark_category(kam, client, flanges, known=known)
    assert WalletEstimate.objects.count() == 1, "the same potential is not written twice"


def test_what_is_not_needed_cannot_be_won(kam, clients, goods):
    known = KnownSpace("not_needed", potential=Decimal(1000))
    mark_category(kam, clients["B"], goods["valves"], known=known)
    assert cell(kam, clients["B"], goods["valves"]).gap == 0


@pytest.mark.parametrize(
    ("client", "category", "known", "error", "sentence"),
    [
        ("A", "flanges", KnownSpace("not_needed"), actions.BoughtFromUs, "so he needs it"),
        ("A", "valves", KnownSpace("bought"), actions.UnknownItem, "Choose who covers"),
        ("A", "valves", KnownSpace("competitor", "X", 1.2), actions.UnknownItem, "0 and 100"),
        ("A", "valves", KnownSpace("not_needed", "ACME"), actions.SharesExceed, "no competitor"),
        (
            *("A", "valves", KnownSpace("unknown", on=dt.date(2026, 7, 11))),
            *(actions.UnknownItem, "Nobody knows tomorrow"),
        ),
        (
            *("A", "flanges", KnownSpace("competitor", "X", 0.7, potential=Decimal(1000))),
            *(actions.SharesExceed, "Our share is 40 %"),
        ),
        (
            *("A", "flanges", KnownSpace("competitor", "X", 0.1, potential=Decimal(399))),
            *(actions.WalletTooSmall, "400.00"),
        ),
    ],
)
def test_what_contradicts_itself_or_the_ledger_is_refused(
    kam, clients, goods, client, category, known, error, sentence
):
    call = lambda: mark_category(kam, clients[client], goods[category], known=known)  # noqa: E731
    assert sentence in nothing_changes(error, call)


def test_a_mark_made_meanwhile_is_not_overlaid(kam, clients, goods):
    client, valves = clients["A"], goods["valves"]
    first = mark_category(kam, client, valves, known=KnownSpace("competitor", "ACME"), seen=0)
    late = KnownSpace("not_needed")
    sentence = nothing_changes(
        Stale, lambda: mark_category(kam, client, valves, known=late, seen=0)
    )
    assert "A competitor sells it" in sentence
    assert mark_category(kam, client, valves, known=late, seen=first.pk).state == "not_needed"


def test_only_who_works_with_the_client_marks(kam, clients, goods):
    head = UserFactory(roles=["head_of_sales"])
    for actor in (head, UserFactory(), UserFactory(roles=["methodologist"])):
        call = lambda who=actor: mark_category(  # noqa: E731
            who, clients["A"], goods["valves"], known=KnownSpace("unknown")
        )
        nothing_changes(NotAllowed, call)


def test_who_may_not_see_the_money_sees_the_states_without_sums(kam, clients, goods):
    known = KnownSpace("competitor", "ACME", 0.6, potential=Decimal(1000))
    mark_category(kam, clients["A"], goods["flanges"], known=known)
    reader = UserFactory(roles=["methodologist"])
    seen = cell(reader, clients["A"], goods["flanges"])
    assert seen.state == "bought"
    assert (seen.sales, seen.potential, seen.share, seen.gap) == (None, None, None, None)
    assert white_space(UserFactory(), [clients["A"].pk]).rows == []


def test_the_grid_takes_as_many_queries_for_two_clients_as_for_twenty(
    kam, clients, goods, django_assert_max_num_queries
):
    more = clients_for([f"C{number}" for number in range(18)], manager=kam)
    for client in [*clients.values(), *more.values()]:
        known = KnownSpace("competitor", "ACME", potential=Decimal(5000))
        mark_category(kam, client, goods["valves"], known=known)
    ids = list(Client.objects.values_list("pk", flat=True))
    white_space(kam, ids)
    with django_assert_max_num_queries(12):
        assert len(white_space(kam, ids).rows) == 20
