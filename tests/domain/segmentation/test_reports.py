import datetime as dt
from decimal import Decimal

import numpy as np
import pytest

from kamerton.calc.period import Month, Period
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.actions import KnownMark
from kamerton.domain.segmentation.queries import KeyInputs, StandingFilter
from kamerton.platform.access.queries import system_user
from tests.factories import ClientFactory, UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import (
    NETWORK,
    SAMPLE_CODES,
    assessed,
    company_key,
    manager_key,
    restated,
    sample,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 7, 10)
DAY = dt.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def july(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def owner():
    return UserFactory(roles=["owner"])


@pytest.fixture
def head():
    return UserFactory(roles=["head_of_sales"])


@pytest.mark.req("S0-04", "S0-03", "S4-23")
def test_the_curve_of_the_sample(owner):
    clients = sample()
    restated()
    found = queries.pareto(owner)
    assert found.client_id.tolist() == [clients[code].pk for code in SAMPLE_CODES]
    assert "".join(found.classes) == "AAAABBBCCC"
    assert (found.n80, found.n80_part, found.top20) == (4, 0.4, 0.63)
    assert found.cumulative[3] == pytest.approx(0.85)
    assert [(row.clients, round(row.share, 4)) for row in found.summary] == [
        (4, 0.85),
        (3, 0.105),
        (3, 0.045),
    ]
    assert found.concentration.hhi == pytest.approx(2502.5)
    assert (found.concentration.top1, found.concentration.top5) == (0.42, 0.9)
    assert found.concentration.band == "high"
    assert found.concentration.dependence
    assert not found.concentration.mono
    assert (found.base, found.method_version) == ("revenue", 1)
    assert str(found.period) == "2025-07-01..2026-06-30"
    assert "abc.crossing-in-A 1.0" in [str(each) for each in found.definitions]
    # nobody is key yet: flow is B and C; without it the index rises
    assert found.flow_by_classes
    assert found.diversification.masked_share == pytest.approx(0.15)
    assert found.diversification.hhi_without > found.diversification.hhi_with


@pytest.mark.req("S0-03")
def test_flow_is_everybody_outside_the_key_list_once_there_is_one(owner):
    clients = sample()
    restated()
    company_key(clients["C01"], owner=owner)
    tile, found = queries.diversification(owner)
    assert not found.flow_by_classes
    assert tile.masked_share == pytest.approx(0.58)
    assert tile.hhi_without == pytest.approx(10_000)


def test_the_curve_by_another_base_and_period_and_what_belongs_to_nobody(owner):
    clients_for(["A", "B"])
    ledger(
        [
            line(DAY, "A", 1000, cost=950),
            line(DAY, "B", 500, cost=100),
            line(DAY, "A", -10, kind="return", cost=0),
            line(DAY, "", 77),
            line(dt.date(2026, 1, 5), "B", 5000, cost=4900),
        ]
    )
    june = Period.of_months(Month(2026, 6), Month(2026, 6))
    found = queries.pareto(owner, base="gross_profit", period=june)
    assert found.value.tolist() == [40_000, 4_000]
    assert queries.pareto(owner, base="revenue", period=june).unassigned == 7_700
    assert queries.pareto(owner, period=june).base == "gross_profit"
    assert found.unassigned_lines == 1


def test_a_client_without_base_is_listed_apart(owner):
    clients = clients_for(["A", "B"])
    ledger([line(DAY, "A", 100), line(DAY, "B", -5, kind="return")])
    found = queries.pareto(owner)
    assert found.without_base.tolist() == [clients["B"].pk]
    assert found.classes.tolist() == ["A", "C"]


def test_a_curve_of_many_points_is_thinned_and_keeps_borders(owner):
    codes = [f"N{number}" for number in range(900)]
    clients_for(codes)
    ledger([line(DAY, code, 1000 - place) for place, code in enumerate(codes)])
    found = queries.pareto(owner)
    thin = queries.curve(found)
    assert thin.place.size <= 600
    assert (thin.place[0], thin.place[-1]) == (1, 900)
    for place in np.flatnonzero(found.classes[1:] != found.classes[:-1]):
        assert {place + 1, place + 2} <= set(thin.place.tolist())
    page = queries.limited(found, slice(10, 20))
    assert (page.client_id.size, page.n80) == (10, found.n80)


def test_a_manager_sees_the_curve_of_his_own_money(owner):
    clients = sample()
    kam = UserFactory()
    for code in ("C02", "C05"):
        clients[code].manager = kam
        clients[code].save()
    restated()
    found = queries.pareto(kam)
    assert found.value.tolist() == [210_000, 50_000]
    assert found.unassigned_lines == 0
    assert queries.pareto(owner, manager=kam).value.tolist() == [210_000, 50_000]


def test_pages_cost_a_steady_number_of_queries(owner, django_assert_max_num_queries):
    sample()
    restated()
    with django_assert_max_num_queries(14):
        queries.pareto(owner)
    with django_assert_max_num_queries(4):
        queries.retention(owner)
    with django_assert_max_num_queries(6):
        queries.flow_to_key_watch(owner)
    with django_assert_max_num_queries(10):
        queries.differences(owner)


@pytest.mark.req("S2-06", "S2-03", "S2-05")
def test_eighteen_of_twenty_stay_against_the_line_of_half(owner):
    codes = [f"N{number:02}" for number in range(20)]
    clients_for([*codes, "new"])
    before, now = dt.date(2025, 6, 10), dt.date(2026, 6, 10)
    rows = [line(before, code, 5) for code in codes]
    rows += [line(now, code, 5) for code in codes[2:]]
    ledger([*rows, line(DAY, "new", 30)])
    made = restated()
    found = queries.retention(owner)
    assert (found.logos.before, found.logos.kept) == (20, 18)
    assert found.logos.retention == pytest.approx(0.9)
    assert found.logos.churn == pytest.approx(0.1)
    assert found.churn_benchmark == 0.5
    assert (found.revenue.nrr, found.revenue.grr) == (pytest.approx(0.9), pytest.approx(0.9))
    assert found.growth == pytest.approx(0.2)
    assert found.profit_growth is None
    assert queries.retention_series(owner) == []  # counted apart, in the background
    actions.count_retention(system_user(), made)
    last = queries.retention_series(owner)[-1]
    assert (last.until, last.active_before, last.kept) == (DAY, 20, 18)
    assert last.churn == pytest.approx(0.1)
    assert len(queries.retention_series(owner)) == 5
    assert queries.retention_series(UserFactory()) == []


@pytest.mark.req("S2-05")
def test_the_bridge_of_revenue_of_one_manager(owner):
    kam = UserFactory()
    codes = ("up", "down", "same", "gone")
    clients_for(codes, manager=kam)
    before, now = dt.date(2025, 6, 10), DAY
    was, became = (30, 40, 20, 10), (42, 33, 20, 0)
    rows = [line(before, code, sum_) for code, sum_ in zip(codes, was, strict=True)]
    rows += [line(now, code, sum_) for code, sum_ in zip(codes, became, strict=True) if sum_]
    ledger(rows)
    restated()
    for found in (queries.retention(kam), queries.retention(owner, manager=kam)):
        assert (found.revenue.nrr, found.revenue.grr) == (pytest.approx(0.95), pytest.approx(0.83))
    assert queries.retention(UserFactory()).logos.before == 0


def test_before_the_first_recomputation_there_is_nothing(owner):
    assert queries.retention(owner) is None
    assert queries.retention_series(owner) == []
    assert queries.segments_report(owner) is None
    assert queries.manager_shares(owner) == []
    assert queries.flow_to_key_watch(owner) == []
    assert queries.readiness(owner) is None
    assert queries.rank_shift(owner) == []
    assert queries.criteria_of(owner, ClientFactory()) is None
    assert not queries.standings(owner)


@pytest.mark.req("S0-02")
def test_flow_is_six_clients_of_ten_with_15_per_cent(owner):
    clients = sample()
    restated()
    found = queries.segments_report(owner)
    (a_class, flow) = found.classes
    assert (a_class.clients, a_class.share) == (4, pytest.approx(0.85))
    assert (flow.clients, flow.money, flow.share) == (6, 150_000, pytest.approx(0.15))
    company_key(clients["C01"], owner=owner)
    segments = {row.code: row.clients for row in queries.segments_report(owner).segments}
    assert segments == {"key": 1, "flow": 9}


def test_classes_against_regularity(owner):
    sample()
    restated()
    cells = {(cell.abc, cell.xyz): cell.clients for cell in queries.abc_xyz(owner)}
    assert cells == {("A", ""): 4, ("B", ""): 3, ("C", ""): 3}


@pytest.mark.req("S0-05", "S3-02", "S3-59")
@pytest.mark.parametrize(
    ("percent", "band", "above"),
    [
        (9, "usual", False),
        (10, "notable", False),
        (30, "high", False),
        (31, "high", True),
        (51, "critical", True),
    ],
)
def test_a_managers_share_has_a_band_and_a_limit(owner, percent, band, above):
    kam = UserFactory()
    clients_for(["his"], manager=kam)
    clients_for(["other"])
    rows = [line(DAY, "his", percent * 10, cost=0), line(DAY, "other", 1000 - percent * 10, cost=0)]
    ledger(rows)
    restated()
    row = next(each for each in queries.manager_shares(owner) if each.manager == kam)
    assert (row.share, row.band, row.above_limit) == (pytest.approx(percent / 100), band, above)
    assert row.clients == 1


def test_shares_are_of_the_whole_and_shown_of_ones_own_people(owner, head):
    kam, stranger = UserFactory(supervisor=head), UserFactory()
    clients_for(["his"], manager=kam)
    clients_for(["strange"], manager=stranger)
    ledger([line(DAY, "his", 25), line(DAY, "strange", 75)])
    restated()
    assert [(row.manager, row.share) for row in queries.manager_shares(kam) if row.manager] == [
        (kam, 0.25)
    ]
    assert [row.manager for row in queries.manager_shares(owner)] == [stranger, kam]


@pytest.mark.req("S2-37", "S2-38")
@pytest.mark.parametrize(
    ("role", "clients", "fit"),
    [
        ("kam", 4, "below"),
        ("kam", 5, "within"),
        ("kam", 30, "within"),
        ("kam", 31, "above"),
        ("account_manager", 19, "below"),
        ("account_manager", 100, "within"),
        ("account_manager", 101, "above"),
    ],
)
def test_norm_bands(owner, role, clients, fit):
    seller = UserFactory(roles=[role])
    ClientFactory.create_batch(clients, manager=seller)
    (row,) = queries.norm_bands(owner)
    assert (row.manager, row.clients, row.fit) == (seller, clients, fit)


@pytest.mark.req("S3-18", "S3-62", "S3-19")
def test_flow_clients_that_may_become_key(owner):
    kam = UserFactory()
    codes = ("key", "grown", "slow", "tiny", "named")
    clients = clients_for(codes, manager=kam)
    before, now = (400, 200, 200, 10, 5), (400, 300, 299, 100, 5)
    rows = [line(dt.date(2025, 6, 1), code, s) for code, s in zip(codes, before, strict=True)]
    ledger(rows + [line(DAY, code, s) for code, s in zip(codes, now, strict=True)])
    restated()
    company_key(clients["key"], owner=owner)
    known = [KnownMark("status", item, 3, "press") for item in ("market_leader", "known_name")]
    for mark in [*known, KnownMark("status", "reference", 3, "press")]:
        actions.add_evidence(kam, clients["named"], known=mark)
    found = queries.flow_to_key_watch(owner)
    seen = [(row.standing.client.name, row.by_growth, row.by_status) for row in found]
    assert seen == [("grown", True, False), ("named", False, True)]
    potential = [row.client.name for row in queries.potential_keys(owner)]
    assert potential == ["named"]
    assert queries.flow_to_key_watch(owner, limit=1) == found[:1]
    assert queries.flow_to_key_watch(UserFactory()) == []
    assert [row.growing for row in queries.manager_shares(owner)] == [False]


@pytest.mark.req("S1-55")
def test_time_for_kams_is_advised_with_numbers(owner, head):
    clients = sample()
    restated()
    found = queries.readiness(owner)
    assert found.readiness.advice == "not_yet"
    numbers = "Key clients 0 (from 5), the top 20 % of clients bring 63 % (from 60 %)"
    assert numbers in found.sentence

    for code in SAMPLE_CODES[:5]:
        company_key(clients[code], owner=owner)
    assert queries.readiness(owner).readiness.advice == "prepare"
    head.selling_hours = 1
    head.save()
    ClientFactory.create_batch(3, manager=head)
    found = queries.readiness(owner)
    assert (found.readiness.advice, found.readiness.managers_over) == ("now", 1)
    assert queries.readiness(UserFactory()) is None


def test_load_and_places(owner, head):
    kam = UserFactory(supervisor=head)
    for tier, count in (("strategic", 3), ("key", 9), ("maintain", 3)):
        for _one in range(count):
            manager_key(kam, ClientFactory(manager=kam), tier=tier)
    row = next(each for each in queries.loads(owner) if each.manager == kam)
    assert (row.cap, row.used, row.flow, row.hours) == (15, 15, 0, 114)
    assert row.utilisation == pytest.approx(114 / 140)
    found = queries.portfolio(kam, kam)
    assert (found.slots.used, found.slots.free, found.slots.hours) == (15, 0, 114)
    assert len(found.rows) == 15
    assert queries.portfolio(head, kam) is not None
    assert queries.portfolio(UserFactory(supervisor=head), kam) is None
    assert queries.effort(kam, kam) == pytest.approx(4 / 19)


@pytest.mark.req("S4-11", "S4-10")
def test_the_wizard_tells_of_every_client_where_it_stands(head, django_assert_max_num_queries):
    kam = UserFactory(supervisor=head, year_plan=Decimal(100_000))
    codes = ("listed", "ready", "weak", "fresh", "network", "old")
    amounts = (20_000, 15_000, 100, 9_000, 40_000, 8_000)
    clients = clients_for(codes, manager=kam)
    ledger([line(DAY, code, s) for code, s in zip(codes, amounts, strict=True)])
    restated()
    for code in ("listed", "ready", "weak"):
        assessed(kam, clients[code])
    assessed(kam, clients["network"], NETWORK)
    old = assessed(kam, clients["old"])
    type(old).objects.filter(pk=old.pk).update(valid_until=TODAY - dt.timedelta(1))
    actions.propose_manager_key(kam, clients["listed"], inputs=KeyInputs())
    with django_assert_max_num_queries(14):
        found = queries.wizard_candidates(kam, kam)
    told = {row.client.name: (row.assessment_state, row.qualifies, row.why_not) for row in found}
    assert [row.client.name for row in found][:2] == ["listed", "ready"]
    assert told["ready"] == ("valid", True, "")
    assert told["weak"] == ("valid", False, "None of the four criteria reaches 60.")
    assert told["fresh"] == ("none", False, "Your influence is not assessed yet.")
    assert told["network"][2] == "Influence is 10, and from 40 a client can be key."
    assert told["old"][2] == "The assessment ran out on 09.07.2026. Assess again."
    assert queries.wizard_candidates(UserFactory(supervisor=head), kam) == []
    assert len(queries.wizard_candidates(head, kam)) == 6


@pytest.mark.req("S4-04")
def test_the_two_registers_differ_and_the_reasons_are_told(owner, head):
    kam = UserFactory(supervisor=head)
    clients = sample(manager=kam)
    restated()
    for code in ("C01", "C02", "C03", "C05"):
        company_key(clients[code], owner=owner)
    clients["C05"].manager = None
    clients["C05"].save()
    assessed(kam, clients["C02"], NETWORK)
    entry = actions.submit_manager_key(kam, _proposed(kam, clients["C03"]))
    mine = actions.submit_manager_key(kam, _proposed(kam, clients["C04"]))
    actions.confirm_manager_key(head, mine)
    found = queries.differences(owner)
    reasons = {row.client.name: row.reason for row in found.company_only}
    assert reasons == {
        "C01": "The manager has not assessed his influence.",
        "C02": "Influence is 10, and from 40 a client can be key.",
        "C03": "In the manager's list, not confirmed: Waits for the head.",
        "C05": "Nobody holds this client.",
    }
    (alone,) = found.manager_only
    assert (alone.client.name, alone.manager) == ("C04", kam)
    assert alone.reason == "Passes the company's criteria, not proposed yet."
    assert found.both == 0
    actions.confirm_manager_key(head, entry)
    assert queries.differences(owner).both == 1
    assert {row.client.name for row in queries.differences(kam).company_only} == {"C01", "C02"}


def _proposed(kam, client):
    assessed(kam, client)
    return actions.propose_manager_key(kam, client, inputs=KeyInputs(tier="maintain"))


def test_why_a_client_stands_where_it_stands(owner, django_assert_max_num_queries):
    kam = UserFactory()
    clients = sample(manager=kam)
    restated()
    with django_assert_max_num_queries(9):
        found = queries.criteria_of(kam, clients["C01"])
    large = found.criteria[0]
    assert (large.code, large.passed, large.score, large.weight) == ("large", True, 100, 30)
    assert large.rule == "From 10 % of revenue or gross profit, or class A with at least 2 %."
    values = {each.label: each.value for each in large.inputs}
    assert values["share of revenue"] == pytest.approx(0.42)
    assert large.missing == "Not known: share of gross profit."
    assert found.method_version == 1
    assert queries.criteria_of(UserFactory(), clients["C01"]) is None
    assert len(queries.criteria_of(owner, clients["C10"]).criteria) == 6


def test_who_waits_for_the_head(head):
    kam = UserFactory(supervisor=head)
    client = ClientFactory(manager=kam)
    key = manager_key(kam, client, state="submitted")
    assert list(queries.waiting_for(head)) == [key]
    assert not queries.waiting_for(kam)
    assert not queries.waiting_for(UserFactory(roles=["owner"]))


def test_filters_of_the_list_by_segment(owner):
    clients = sample()
    restated()
    company_key(clients["C07"], owner=owner)
    found = queries.standings(owner, chosen=StandingFilter(segment="key", company_key=True))
    assert [row.client.name for row in found] == ["C07"]


@pytest.mark.req("S3-62")
def test_what_the_best_could_take_on_without_the_flow(owner):
    ann = UserFactory(full_name="Ann", selling_hours=40)
    bob = UserFactory(full_name="Bob", selling_hours=10)
    UserFactory(full_name="Cid", roles=["account_manager"], selling_hours=0)
    clients = clients_for([f"A{number:02}" for number in range(21)], manager=ann)
    for code in ("A00", "A01"):
        manager_key(ann, clients[code], tier="key")  # 8 h each
    manager_key(bob, ClientFactory(manager=bob), tier="maintain")  # 2 h
    ledger([line(DAY, "A00", 500)])
    restated()
    found = queries.capacity_gain(owner)
    told = [
        (row.load.manager.full_name, row.flow_hours, row.free, row.more_now, row.more_without_flow)
        for row in found.rows
    ]
    # Ann: 16 h of keys, 19 flow clients of half an hour: 14.5 h left, 24 without them
    assert told == [("Ann", 9.5, 13, 1, 3), ("Bob", 0.0, 14, 1, 1), ("Cid", 0.0, 15, 0, 0)]
    assert (found.more_now, found.more_without_flow, found.gain, found.hours) == (2, 4, 2, 9.5)
    assert [row.share for row in found.rows] == [1.0, 0.0, None]


@pytest.mark.req("S3-62")
def test_places_bound_the_gain_and_shares_are_for_who_may_see_money(owner):
    ann = UserFactory(full_name="Ann", leader_share=Decimal("0.8"), selling_hours=300)
    clients = clients_for([f"A{number:02}" for number in range(41)], manager=ann)
    for code in ("A00", "A01"):
        manager_key(ann, clients[code], tier="key")
    ledger([line(DAY, "A00", 500)])
    restated()
    (row,) = queries.capacity_gain(owner).rows
    assert (row.free, row.more_now, row.gain) == (1, 1, 0)
    methodologist = UserFactory(roles=["methodologist"])
    assert [row.share for row in queries.capacity_gain(methodologist).rows] == [None]
    assert queries.capacity_gain(UserFactory(roles=["recruiter"])).rows == []
