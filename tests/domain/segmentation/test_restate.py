import datetime as dt

import pytest

from kamerton.domain.methodology.actions import change_methodology
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.models import Restatement, Standing
from kamerton.domain.segmentation.queries.standings import (
    StandingFilter,
    current_restatement,
    standing_of,
    standings,
)
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import AS_OF, SAMPLE_CODES, restated, sample

pytestmark = pytest.mark.django_db

OWNER = {"roles": ["owner"]}


def by_code(clients, viewer=None):
    ids = {client.pk: code for code, client in clients.items()}
    found = standing_of(viewer or system_user(), list(ids))
    return {ids[pk]: standing for pk, standing in found.items()}


@pytest.mark.req("S0-04", "S2-01")
def test_the_sample_of_ten_goes_through_the_ledger():
    clients = sample()
    made = restated()
    assert (made.since, made.until) == (dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    assert (made.base, made.revenue, made.gross_profit, made.clients) == (
        "revenue",
        1_000_000,
        None,
        10,
    )
    found = by_code(clients)
    assert "".join(found[code].abc for code in SAMPLE_CODES) == "AAAABBBCCC"
    assert [found[code].place for code in SAMPLE_CODES] == list(range(1, 11))
    assert found["C01"].share_revenue == pytest.approx(0.42)
    assert found["C01"].share_gross_profit is None


@pytest.mark.req("S3-01", "S4-12")
def test_large_at_ten_per_cent_and_by_class_a_below():
    codes = ["T", "N", "R", "S"]
    clients = clients_for(codes)
    # 10.0 % passes by its share; 9.9 % outside class A passes by nothing
    amounts = {"T": 1000, "N": 990, "R": 7600, "S": 410}
    day = dt.date(2026, 6, 30)
    ledger([line(day, code, amount) for code, amount in amounts.items()])
    restated()
    found = by_code(clients)
    assert "large" in found["T"].passed_codes
    assert found["T"].large == pytest.approx(100)
    assert found["N"].abc == "B"
    assert found["N"].passed_codes == []
    assert found["N"].large == pytest.approx(99)
    assert found["S"].passed_codes == []
    assert found["R"].kci == pytest.approx(30)


@pytest.mark.req("S2-01")
def test_changing_the_base_reorders_the_clients():
    clients = clients_for(["A", "B"])
    ledger(
        [
            line(dt.date(2026, 6, 1), "A", 1000, cost=900),
            line(dt.date(2026, 6, 30), "B", 600, cost=100),
            line(dt.date(2026, 6, 30), "A", 50, kind="payment"),
            line(dt.date(2026, 6, 30), "B", 20, kind="payment"),
        ]
    )
    methodologist = UserFactory(roles=["methodologist"])
    order = {}
    for base in ("revenue", "gross_profit", "cash", "auto"):
        if base != "auto":
            change_methodology(methodologist, note="try", base=base)
        else:
            change_methodology(methodologist, note="try", base="auto")
        made = restated()
        found = by_code(clients)
        order[base] = (made.base, found["A"].place, found["B"].place)
    assert order == {
        "revenue": ("revenue", 1, 2),
        "gross_profit": ("gross_profit", 2, 1),
        "cash": ("cash", 1, 2),
        "auto": ("gross_profit", 2, 1),
    }


def test_auto_is_revenue_while_little_of_the_cost_is_known():
    clients_for(["A", "B"])
    ledger([line(dt.date(2026, 6, 30), "A", 1000, cost=900), line(dt.date(2026, 6, 30), "B", 900)])
    made = restated()
    assert made.base == "revenue"
    assert made.cost_coverage == pytest.approx(1000 / 1900)
    assert made.gross_profit == 10_000


@pytest.mark.req("S2-05", "S2-06")
def test_growth_activity_and_regularity():
    clients = clients_for(["even", "gone", "new"])
    rows = [line(dt.date(2026, 6, 30), "new", 10)]
    for month in range(24):
        year, number = divmod(month + 6, 12)
        day = dt.date(2024 + year, number + 1, 10)
        rows.append(line(day, "even", 100 if month < 12 else 110))
        if month < 12:
            rows.append(line(day, "gone", 50))
    ledger(rows)
    restated()
    found = by_code(clients)
    assert found["even"].growth == pytest.approx(0.1)
    assert (found["even"].xyz, found["even"].cv) == ("X", pytest.approx(0))
    assert (found["even"].is_active, found["even"].was_active) == (True, True)
    assert (found["even"].months_of_history, found["even"].active_months) == (24, 12)
    assert (found["gone"].is_active, found["gone"].was_active) == (False, True)
    assert found["gone"].growth == pytest.approx(-1)
    assert found["gone"].last_on == dt.date(2025, 6, 10)
    assert (found["new"].xyz, found["new"].cv, found["new"].growth) == ("", None, None)
    assert found["new"].interval_days is None


def test_a_new_generation_replaces_the_old_at_one_stroke_and_keeps_one_before():
    sample()
    first, second, third = restated(), restated(), restated()
    assert current_restatement() == third
    assert set(Restatement.objects.all()) == {second, third}
    assert not Standing.objects.filter(restatement_id=first.pk).exists()
    assert Standing.objects.filter(restatement=second).count() == 10


def test_a_failure_half_way_leaves_readers_the_old_standings(monkeypatch):
    clients = sample()
    before = restated()
    monkeypatch.setattr("kamerton.domain.segmentation.actions.standings.CHUNK", 4)

    def stop(done, total):
        if done >= 8:
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        actions.restate(system_user(), as_of=AS_OF, progress=stop)
    assert current_restatement() == before
    assert len(by_code(clients)) == 10
    Restatement.objects.filter(state="building").update(
        started_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    )
    again = restated()
    assert current_restatement() == again
    assert not Restatement.objects.filter(state="building").exists()


def test_progress_is_told_in_clients(monkeypatch):
    sample()
    monkeypatch.setattr("kamerton.domain.segmentation.actions.standings.CHUNK", 4)
    told = []
    actions.restate(system_user(), as_of=AS_OF, progress=lambda *done: told.append(done))
    assert told == [(4, 10), (8, 10), (10, 10)]


def test_who_only_sells_cannot_restate():
    with pytest.raises(NotAllowed):
        actions.restate(UserFactory(), as_of=AS_OF)
    assert not Restatement.objects.exists()


def test_an_empty_ledger_gives_clients_without_figures():
    client = ClientFactory()
    made = restated()
    standing = standing_of(system_user(), [client.pk])[client.pk]
    assert (made.clients, made.revenue, standing.revenue) == (1, 0, 0)
    assert standing.share_revenue is None
    assert (standing.abc, standing.xyz, standing.kci) == ("C", "", 0)


def test_standings_keep_the_version_they_were_made_by():
    sample()
    before = restated()
    change_methodology(UserFactory(roles=["methodologist"]), note="x", abc={"a_share": 0.6})
    after = restated()
    before.refresh_from_db()
    assert (before.methodology.number, after.methodology.number) == (1, 2)
    assert Standing.objects.filter(restatement=before, abc="A").count() == 4
    assert Standing.objects.filter(restatement=after, abc="A").count() == 2


def test_money_of_others_is_not_shown():
    kam = UserFactory()
    clients = sample()
    clients["C03"].manager = kam
    clients["C03"].save()
    restated()
    assert [row.client_id for row in standings(kam)] == [clients["C03"].pk]
    assert set(by_code(clients, kam)) == {"C03"}
    assert standings(UserFactory(**OWNER)).count() == 10
    assert not standings(UserFactory(roles=["recruiter"])).exists()


def test_lists_are_filtered_and_ordered(django_assert_num_queries):
    clients = sample()
    kam = UserFactory()
    clients["C02"].manager = kam
    clients["C02"].save()
    restated()
    owner = UserFactory(**OWNER)

    def names(order="revenue", backwards=False, **chosen):
        found = standings(owner, chosen=StandingFilter(**chosen), order=order, backwards=backwards)
        return [row.client.name for row in found]

    assert names() == list(SAMPLE_CODES)
    assert names(backwards=True) == list(reversed(SAMPLE_CODES))
    assert names(abc="B") == ["C05", "C06", "C07"]
    assert names(criterion="large") == ["C01", "C02", "C03", "C04"]
    assert names(manager=kam.pk) == ["C02"]
    assert names(search="c1") == ["C10"]
    assert names(active=False) == []
    assert names(company_key=True) == []
    assert names(order="growth")[:1] == ["C01"]
    with django_assert_num_queries(2):
        for row in standings(owner)[:50]:
            assert row.client.manager is None or row.client.manager == kam
