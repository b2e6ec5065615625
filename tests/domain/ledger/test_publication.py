"""Lines go in whole, corrections replace, imports come out whole."""

import datetime as dt
import os

import pytest

from kamerton.calc.period import Month, Period
from kamerton.domain.ledger import actions, queries, store
from kamerton.domain.ledger.models import LedgerImport, Segment
from kamerton.domain.ledger.queries.snapshots import snapshot
from kamerton.platform.access.queries import system_user
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed, Stale
from tests.factories import UserFactory
from tests.factories.ledger import clients_for, ledger, line, lines_file

pytestmark = pytest.mark.django_db
JAN, FEB = dt.date(2026, 1, 10), dt.date(2026, 2, 10)
YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def revenue() -> dict[int, int]:
    figures = queries.client_figures(system_user(), YEAR)
    return dict(zip(figures.client_id.tolist(), figures.revenue.tolist(), strict=True))


def test_an_empty_ledger_has_no_figures():
    assert queries.client_figures(system_user(), YEAR).client_id.size == 0
    assert queries.order_rhythm(system_user(), JAN).client_id.size == 0
    assert queries.ledger_span(system_user()) is None


@pytest.mark.req("S1-18")
def test_published_lines_are_the_ledger():
    made = clients_for(["a", "b"])
    ledger([line(JAN, "a", 100, cost=60), line(FEB, "a", 50), line(FEB, "b", -10, kind="return")])
    figures = queries.client_figures(system_user(), YEAR)
    assert revenue() == {made["a"].pk: 15000, made["b"].pk: -1000}
    assert figures.gross_profit[0] == 4000
    assert figures.has_cost.tolist() == [True, False]
    assert queries.last_day() == FEB


@pytest.mark.req("S1-18")
def test_thirty_six_months_of_one_client_are_there():
    made = clients_for(["a"])["a"]
    days = [(Month(2023, 11) + step).first_day for step in range(36)]
    ledger([line(day, "a", 10 + step) for step, day in enumerate(days)])
    span = queries.ledger_span(system_user())
    months = queries.client_month_totals(system_user(), made, span)
    assert [month.revenue for month in months] == [(10 + step) * 100 for step in range(36)]


def test_lines_without_a_client_are_shown_not_dropped():
    clients_for(["a"])
    ledger([line(JAN, "a", 100), line(JAN, "", 7), line(FEB, "", -2, kind="return")])
    left = queries.without_client(system_user(), YEAR)
    assert (left.lines, left.revenue) == (2, 500)
    assert len(queries.unassigned_lines(system_user())) == 2


def test_a_corrected_file_replaces_lines_by_key_and_undoing_it_brings_them_back():
    made = clients_for(["a"])["a"].pk
    ledger([line(JAN, "a", 100, external_key="1"), line(FEB, "a", 50, external_key="2")])
    later = ledger([line(JAN, "a", 70, external_key="1"), line(FEB, "a", 5, external_key="3")])
    assert revenue() == {made: 12500}
    actions.undo_import(system_user(), later, reason="wrong file")
    assert revenue() == {made: 15000}


def test_undoing_takes_the_import_out_as_a_whole():
    made = clients_for(["a"])["a"].pk
    first = ledger([line(JAN, "a", 100, external_key="1")])
    ledger([line(FEB, "a", 50, external_key="2")])
    actions.undo_import(system_user(), first)
    assert revenue() == {made: 5000}
    assert AuditEntry.objects.filter(action="ledger.import_undone").exists()


def test_of_three_corrections_the_middle_one_cannot_be_undone_first():
    made = clients_for(["a"])["a"].pk
    keys = [line(JAN, "a", 1, external_key=key) for key in "123"]
    ledger(keys)
    second = ledger([line(JAN, "a", 10, external_key="1")])
    third = ledger([line(JAN, "a", 20, external_key="2")], name="third.csv")
    with pytest.raises(actions.UndoLaterFirst, match="third"):
        actions.undo_import(system_user(), second)
    assert revenue() == {made: 3100}
    actions.undo_import(system_user(), third)
    actions.undo_import(system_user(), second)
    assert revenue() == {made: 300}


def test_a_closed_month_takes_no_lines_and_gives_none_back():
    clients_for(["a"])
    inside = ledger([line(JAN, "a", 100)])
    finance = UserFactory(roles=["finance"])
    actions.lock_month(finance, Month(2026, 1))
    with pytest.raises(actions.MonthLocked, match="2026-01"):
        ledger([line(JAN, "a", 1)])
    with pytest.raises(actions.MonthLocked):
        actions.undo_import(finance, inside)
    assert sum(revenue().values()) == 10000
    actions.unlock_month(finance, Month(2026, 1), reason="late invoice")
    ledger([line(JAN, "a", 1)])
    assert sum(revenue().values()) == 10100


def test_a_running_month_cannot_be_closed():
    with pytest.raises(actions.MonthNotEnded):
        actions.lock_month(UserFactory(roles=["finance"]), Month.of(dt.date.today()))


def test_a_seller_may_not_import():
    seller = UserFactory()
    with pytest.raises(NotAllowed):
        actions.start_import(seller, name="x.csv", file="x", digest="d", size=1)
    assert not LedgerImport.objects.exists()


def test_the_same_file_twice_is_refused_until_it_is_undone():
    clients_for(["a"])
    done = ledger([line(JAN, "a", 100)])
    finance = UserFactory(roles=["finance"])
    again = {"name": "again.csv", "file": "x", "digest": done.digest, "size": 1}
    with pytest.raises(actions.AlreadyImported, match=done.name):
        actions.start_import(finance, **again)
    actions.undo_import(finance, done)
    assert actions.start_import(finance, **again).pk


def test_a_publication_prepared_before_another_one_is_refused(tmp_path):
    clients_for(["a"])
    prepared = actions.prepare(lines_file([line(JAN, "a", 9)], tmp_path / "late.parquet"))
    ledger([line(JAN, "a", 100)])
    waiting = LedgerImport.objects.create(
        name="late", digest="late", state="importing", created_by=system_user()
    )
    with pytest.raises(Stale):
        actions.publish(system_user(), waiting, prepared=prepared)
    assert sum(revenue().values()) == 10000
    assert Segment.objects.count() == 1


def test_figures_stop_at_the_viewers_clients():
    kam = UserFactory()
    own = clients_for(["a"], manager=kam)["a"]
    clients_for(["b"])
    ledger([line(JAN, "a", 100), line(JAN, "b", 900)])
    assert queries.client_figures(kam, YEAR).client_id.tolist() == [own.pk]
    assert sum(month.revenue for month in queries.month_totals(kam, YEAR)) == 10000
    assert queries.without_client(kam, YEAR).lines == 0
    assert queries.manager_totals(kam, YEAR) == []


def test_of_a_team_mates_client_the_card_is_seen_and_the_money_is_not():
    head = UserFactory(roles=["head_of_sales"])
    kam, mate = UserFactory(supervisor=head), UserFactory(supervisor=head)
    client = clients_for(["a"], manager=mate)["a"]
    ledger([line(JAN, "a", 100)])
    assert type(client).objects.visible_to(kam).filter(pk=client.pk).exists()
    assert len(queries.client_lines(kam, client)) == 0
    assert queries.client_month_totals(kam, client, YEAR) == []
    assert len(queries.client_lines(head, client)) == 1


def test_the_roll_up_equals_the_lines_it_was_made_of():
    clients_for(["a", "b"])
    ledger([line(JAN, "a", n, document=f"d{n}", external_key=str(n)) for n in range(1, 40)])
    ledger([line(FEB, "b", n, document=f"e{n}", external_key=str(n)) for n in range(10, 30)])
    sums = "(SELECT sum(amount)::BIGINT FROM {}) AS {}"
    both = f"SELECT {sums.format('lines', 'l')}, {sums.format('months', 'm')}"
    rows = snapshot().run(both).to_pylist()
    assert rows[0]["l"] == rows[0]["m"] == sum(revenue().values())


def test_the_manifest_tells_what_the_files_hold():
    clients_for(["a"])
    ledger([line(JAN, "a", 5, external_key="1")])
    ledger([line(JAN, "a", 7, external_key="1"), line(FEB, "a", 3, external_key="2")])
    live = queries.live_segments()
    assert sum(segment.amount for segment in live) == sum(revenue().values()) == 1000
    assert sum(segment.rows for segment in live) == 2


def test_garbage_is_what_no_row_names(settings):
    clients_for(["a"])
    ledger([line(JAN, "a", 5)])
    stray = store.lines_path("stray")
    stray.write_bytes(b"x")
    known = set(Segment.objects.values_list("digest", flat=True))
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    assert store.garbage(known, older_than=later) == [stray]


def test_a_file_that_differs_from_its_row_is_found():
    clients_for(["a"])
    ledger([line(JAN, "a", 5)])
    assert actions.compare_segments(system_user()) == []
    Segment.objects.update(amount=1)
    assert len(actions.compare_segments(system_user())) == 1
    assert AuditEntry.objects.filter(action="ledger.segment_differs").exists()


def test_fresh_garbage_stays_for_those_who_still_read_it():
    clients_for(["a"])
    ledger([line(JAN, "a", 5)])
    stray = store.lines_path("stray")
    stray.write_bytes(b"x")
    assert actions.clear_garbage(system_user()) == 0
    week_ago = stray.stat().st_mtime - 8 * 24 * 3600
    os.utime(stray, (week_ago, week_ago))
    assert actions.clear_garbage(system_user()) == 1
    assert sum(revenue().values()) == 500
