"""From a file to lines that count: whole or not at all, once."""

import io
import shutil
from collections.abc import Callable

import pytest

from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.ledger import actions, queries, reader
from kamerton.domain.ledger.models import LedgerImport, Segment
from kamerton.flows import import_ledger, receive_file
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from kamerton.platform.files.store import EmptyFile, kept_path
from tests.factories import UserFactory
from tests.flows.conftest import SALES, TOTAL, sales

pytestmark = pytest.mark.django_db
State = LedgerImport.State
Made = Callable[..., LedgerImport]
OCTOBER = Period.of_months(Month(2026, 10), Month(2026, 10))


def live_amount() -> int:
    return sum(segment.amount for segment in queries.live_segments())


def nothing_happened() -> bool:
    return not Client.objects.exists() and not Segment.objects.exists()


def test_a_dry_run_tells_everything_and_changes_nothing(checked: Made):
    found = checked()
    assert found.state == State.CHECKED
    assert (found.lines, found.amount, found.months) == (4, TOTAL, ["2026-10"])
    report = found.report
    assert report["by_kind"]["return"]["amount"] == -50025
    assert report["without_client"]["lines"] == 1
    assert (report["clients_known"], report["clients_new"]) == (0, 2)
    assert report["managers_unknown"] == ["Белова Анна", "Орлов Пётр"]
    assert not [key for key in report if key.endswith("path")]  # where it lies is told nobody
    assert nothing_happened()


@pytest.mark.req("S1-18")
def test_an_import_brings_lines_clients_and_who_held_them(imported: Made):
    anna = UserFactory(full_name="Анна Белова", ledger_codes=["Белова Анна"])
    found = imported()
    assert found.state == State.PUBLISHED
    assert live_amount() == TOTAL
    held = Client.objects.get(codes__code="К-1")
    assert held.manager == anna
    assert Client.objects.get(codes__code="К-2").manager is None
    figures = queries.client_figures(system_user(), OCTOBER)
    assert dict(zip(figures.client_id.tolist(), figures.revenue.tolist(), strict=True)) == {
        held.pk: 50025,
        Client.objects.get(codes__code="К-2").pk: 50025,
    }
    assert queries.without_client(system_user(), OCTOBER).lines == 1
    assert not import_ledger.work_folder(found).exists()
    assert AuditEntry.objects.filter(action="ledger.lines_published").count() == 1


def test_an_import_brings_categories_and_its_undo_leaves_them(finance: User, imported: Made):
    """As it leaves clients: somebody may have written something about them."""
    ProductCategory.objects.create(name="Трубы")
    found = imported()
    assert [one.name for one in ProductCategory.objects.order_by("name")] == ["Арматура", "Трубы"]
    actions.undo_import(finance, found, reason="wrong period")
    assert ProductCategory.objects.count() == 2
    assert Client.objects.count() == 2


def test_a_run_may_be_repeated(finance: User, imported: Made):
    found = imported()
    again = import_ledger.run_import(finance, found)
    assert again.state == State.PUBLISHED
    assert live_amount() == TOTAL


def test_the_same_file_twice_is_refused_until_it_is_undone(finance: User, imported: Made):
    done = imported()
    with pytest.raises(actions.AlreadyImported, match=r"sales\.csv"):
        receive_file.receive_file(finance, io.BytesIO(SALES), name="again.csv")
    assert LedgerImport.objects.count() == 1
    assert kept_path(done.file).exists()
    actions.undo_import(finance, done, reason="wrong period")
    assert receive_file.receive_file(finance, io.BytesIO(SALES), name="again.csv").pk != done.pk


def test_the_same_file_on_its_way_goes_on_where_it_was(finance: User, checked: Made):
    found = checked()
    again = receive_file.receive_file(finance, io.BytesIO(SALES), name="sales.csv")
    assert (again.pk, again.state) == (found.pk, State.CHECKED)


def test_a_corrected_file_replaces_its_lines(finance: User, imported: Made, checked: Made):
    imported()
    row = "05.10.2026;РТ-1;К-1;ООО «Ромашка»;А1;Арматура;2;900,00;600;Белова Анна"
    found = checked(sales(row), "corrected.csv")
    assert found.report["lines_replaced"] == 1
    assert found.report["clients_new"] == 0
    import_ledger.run_import(finance, found)
    assert live_amount() == TOTAL - 100050 + 90000


def test_a_file_with_errors_does_not_go_in(finance: User, checked: Made):
    rows = SALES.decode("cp1251").splitlines()[1:]
    bad = "31.02.2026;РТ-8;К-1;ООО «Ромашка»;А1;Арматура;2;много;600;Белова Анна"
    found = checked(sales(*rows, bad), "broken.csv")
    assert found.error_count == 2
    assert {error["column"] for error in found.report["errors"]} == {"Дата", "Сумма"}
    with pytest.raises(actions.HasErrors, match="2"):
        import_ledger.run_import(finance, found)
    assert nothing_happened()


def test_a_closed_month_is_told_by_the_check_and_refused_by_the_import(
    finance: User, checked: Made
):
    september = sales("05.09.2026;РТ-9;К-1;ООО «Ромашка»;А1;Арматура;2;10,00;6;Белова Анна")
    actions.lock_month(finance, Month(2026, 9))
    found = checked(september)
    assert found.report["months_closed"] == ["2026-09"]
    with pytest.raises(actions.MonthLocked, match="2026-09"):
        import_ledger.run_import(finance, found)
    found.refresh_from_db()
    assert found.state == State.FAILED
    assert "2026-09" in found.failure
    assert nothing_happened()


def test_who_may_not_import_leaves_no_file_behind(company: object, settings: object):
    with pytest.raises(NotAllowed):
        receive_file.receive_file(UserFactory(), io.BytesIO(SALES), name="sales.csv")
    assert not list(settings.FILES.rglob("*.*"))


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 300, b"<html><p>1</p>", b"%PDF-1.4 x"])
def test_what_is_no_table_leaves_no_file_behind(finance: User, settings: object, content: bytes):
    with pytest.raises(reader.LedgerFileInvalid):
        receive_file.receive_file(finance, io.BytesIO(content), name="sales.csv")
    assert not LedgerImport.objects.exists()
    assert not [path for path in settings.FILES.rglob("*") if path.is_file()]


def test_an_empty_file_is_refused(finance: User):
    with pytest.raises(EmptyFile):
        receive_file.receive_file(finance, io.BytesIO(b""), name="sales.csv")
    assert not LedgerImport.objects.exists()


def test_a_broken_layout_fails_with_its_sentence(finance: User, received: Made):
    found = received()
    path = kept_path(found.file)
    path.write_bytes(b"PK\x03\x04 cut")
    with pytest.raises(reader.LedgerFileInvalid):
        import_ledger.check_import(finance, found)
    found.refresh_from_db()
    assert found.state == State.FAILED
    assert found.failure
    assert nothing_happened()


@pytest.mark.parametrize("stop_at", range(5))
def test_a_cancelled_check_keeps_nothing(finance: User, received: Made, stop_at: int):
    found, told = received(), []
    watch = import_ledger.Watch(
        lambda stage, share, rows: told.append(stage),
        lambda: len(set(told)) > stop_at,
    )
    with pytest.raises(reader.ReadingCancelled):
        import_ledger.check_import(finance, found, watch=watch)
    found.refresh_from_db()
    assert found.state == State.CANCELLED
    assert nothing_happened()
    assert not [path for path in import_ledger.work_folder(found).parent.glob("*.*")]


def test_a_cancelled_import_can_be_taken_up_again(finance: User, checked: Made):
    found = checked()
    with pytest.raises(reader.ReadingCancelled):
        import_ledger.run_import(finance, found, watch=import_ledger.Watch(cancelled=lambda: True))
    found.refresh_from_db()
    assert found.state == State.CANCELLED
    assert nothing_happened()
    import_ledger.check_import(finance, found)
    found.refresh_from_db()
    assert import_ledger.run_import(finance, found).state == State.PUBLISHED
    assert live_amount() == TOTAL


def test_lines_that_are_gone_are_read_again(finance: User, checked: Made):
    found = checked()
    shutil.rmtree(import_ledger.work_folder(found))
    assert import_ledger.run_import(finance, found).lines == 4
    assert live_amount() == TOTAL


def test_a_file_that_reads_otherwise_by_now_does_not_go_in(finance: User, checked: Made):
    found = checked()
    shutil.rmtree(import_ledger.work_folder(found))
    kept_path(found.file).write_bytes(SALES.replace(b"1000,50", b"1000,51"))
    with pytest.raises(import_ledger.ReadsOtherwise):
        import_ledger.run_import(finance, found)
    assert nothing_happened()


def test_an_import_published_by_another_meanwhile_is_prepared_anew(
    finance: User, checked: Made, imported: Made
):
    """Two files at once: the second sees that the ledger has changed, and takes it into account."""
    first = checked()
    other = sales("05.10.2026;РТ-1;К-1;ООО «Ромашка»;А1;Арматура;2;1,00;1;Белова Анна")
    came = []

    def meanwhile(stage: str, share: float, rows: int) -> None:
        if stage == import_ledger.PUBLISH and not came:
            came.append(imported(other, "other.csv"))

    import_ledger.run_import(finance, first, watch=import_ledger.Watch(meanwhile))
    assert came
    assert live_amount() == TOTAL
