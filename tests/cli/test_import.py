"""kamerton import and undo-import: checked, imported, refused, taken out."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from kamerton.calc.period import Month
from kamerton.cli.main import main
from kamerton.cli.progress_bar import ProgressBar
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import actions, queries
from kamerton.domain.ledger.models import ImportProfile, LedgerImport, Segment
from kamerton.domain.ledger.queries.snapshots import snapshot
from kamerton.domain.segmentation.models import Restatement
from kamerton.platform.access.queries import system_user
from kamerton.platform.audit.models import AuditEntry
from tests.factories import UserFactory
from tests.flows.bad_input import REFUSED, WRONG
from tests.flows.conftest import SALES, TOTAL, sales
from tests.flows.real_files import RESELLERS, RETAIL, resellers, retail

pytestmark = pytest.mark.django_db
Kamerton = Callable[..., tuple[int, str, str]]


@pytest.fixture
def kamerton(
    company: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Kamerton:
    """Run a command in this process; return exit code, stdout, stderr."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def do(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        with translation.override("en"):
            try:
                code = main([str(word) for word in words])
            except SystemExit as wrong_usage:
                code = int(wrong_usage.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return do


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sales.csv"
    path.write_bytes(SALES)
    return path


def live_amount() -> int:
    return sum(segment.amount for segment in queries.live_segments())


def nothing_happened() -> bool:
    return not Client.objects.exists() and not Segment.objects.exists()


def test_a_dry_run_shows_the_totals_and_changes_nothing(kamerton: Kamerton, file: Path):
    code, out, err = kamerton("import", file, "--dry-run")
    assert code == 0
    assert "Return" in out
    assert "-500.25" in out
    assert "Clients: 0 known, 2 new" in out
    assert "Unknown managers: Белова Анна, Орлов Пётр" in out
    assert "Checked: nothing was changed." in out
    assert "Checking the lines" in err
    assert nothing_happened()


@pytest.mark.req("S1-18")
def test_a_file_goes_in_and_figures_are_counted_at_once(kamerton: Kamerton, file: Path):
    code, out, _ = kamerton("import", file, "--yes")
    assert code == 0
    assert "Imported as number" in out
    assert live_amount() == TOTAL
    assert Restatement.objects.exists()
    code, out, _ = kamerton("undo-import", "sales.csv", "--reason", "wrong period")
    assert code == 0
    assert "“sales.csv” is out of the ledger." in out
    assert live_amount() == 0
    assert AuditEntry.objects.get(action="ledger.import_undone").reason == "wrong period"


def test_for_machines_it_answers_in_json(kamerton: Kamerton, file: Path):
    code, out, err = kamerton("import", file, "--yes", "--json")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert (answer["state"], answer["lines"], answer["amount"]) == ("published", 4, TOTAL)
    assert answer["found"]["clients_new"] == 2
    code, out, err = kamerton("import", file, "--yes", "--json")
    assert (code, out) == (1, "")
    assert json.loads(err)["error"]["kind"] == "AlreadyImported"
    assert live_amount() == TOTAL


def test_without_a_yes_nothing_goes_in(kamerton: Kamerton, file: Path):
    code, _, err = kamerton("import", file, "--no-input")
    assert code == 1
    assert "Add --yes" in err
    assert nothing_happened()
    code, _, err = kamerton("import", file, "--json")
    assert (code, json.loads(err)["error"]["kind"]) == (1, "NotConfirmed")
    assert kamerton("import", file, "--yes")[0] == 0
    assert LedgerImport.objects.count() == 1  # the same file went on where it was


def test_a_file_with_errors_names_them_and_writes_the_sheet(kamerton: Kamerton, tmp_path: Path):
    content, _, sentence = WRONG["31.02"]
    path, sheet = tmp_path / "bad.csv", tmp_path / "errors.xlsx"
    path.write_bytes(content)
    code, _, err = kamerton("import", path, "--yes", "--errors", sheet)
    assert code == 1
    assert sentence in err
    assert "Errors: 1. Nothing was imported." in err
    assert sheet.read_bytes().startswith(b"PK")
    code, out, _ = kamerton("import", path, "--dry-run", "--json", "--errors", tmp_path / "e.csv")
    assert (code, json.loads(out)["error_count"]) == (1, 1)
    assert "31.02.2026" in (tmp_path / "e.csv").read_text("utf-8-sig")
    assert nothing_happened()


@pytest.mark.parametrize("name", [name for name in REFUSED if name != "a bomb"])
def test_what_cannot_be_read_is_refused(kamerton: Kamerton, tmp_path: Path, name: str):
    make, sentence = REFUSED[name]
    path = tmp_path / "bad"
    path.write_bytes(make())
    code, out, err = kamerton("import", path, "--yes")
    assert (code, out) == (1, "")
    assert sentence in err
    assert nothing_happened()


@pytest.mark.parametrize(
    "words", [["import"], ["import", "no-such-file.csv"], ["undo-import", "1"], ["import", "-x"]]
)
def test_wrong_usage_is_told_apart(kamerton: Kamerton, words: list[str]):
    assert kamerton(*words)[0] == 2


def test_a_closed_month_is_refused_with_the_way_out(kamerton: Kamerton, tmp_path: Path):
    actions.lock_month(system_user(), Month(2026, 9))
    path = tmp_path / "september.csv"
    path.write_bytes(sales("05.09.2026;РТ-9;К-1;А;А1;Ж;2;10,00;6;Б"))
    code, _, err = kamerton("import", path, "--yes")
    assert code == 1
    assert "These months are closed: 2026-09. Open them again" in err
    assert nothing_happened()


def test_a_layout_is_written_changed_and_taken(kamerton: Kamerton, file: Path, tmp_path: Path):
    layout = tmp_path / "layout.json"
    kamerton("import", file, "--dry-run", "--save-mapping", layout)
    changed = json.loads(layout.read_text())
    del changed["columns"]["cost"]
    layout.write_text(json.dumps(changed))
    code, out, _ = kamerton("import", file, "--dry-run", "--json", "--mapping", layout)
    assert (code, json.loads(out)["found"]["cost_coverage"]) == (0, 0.0)
    layout.write_text("[1]")
    code, _, err = kamerton("import", file, "--dry-run", "--mapping", layout)
    assert (code, "is no layout" in err) == (1, True)


def test_a_profile_is_taken_by_its_name(kamerton: Kamerton, file: Path):
    code, _, err = kamerton("import", file, "--dry-run", "--profile", "1C")
    assert (code, "No layout “1C” fits" in err) == (1, True)
    kamerton("import", file, "--dry-run")
    found = LedgerImport.objects.get()
    mapping = dict(found.mapping)
    mapping["columns"] = {k: v for k, v in mapping["columns"].items() if k != "cost"}
    heads = "Дата;Документ;Код клиента;Клиент;Артикул;Категория;Количество;Сумма;Себестоимость"
    actions.choose_mapping(
        system_user(), found, mapping=mapping, heads=[*heads.split(";"), "Менеджер"], profile="1C"
    )
    assert ImportProfile.objects.exists()
    code, out, _ = kamerton("import", file, "--dry-run", "--json", "--profile", "1C")
    assert (code, json.loads(out)["found"]["cost_coverage"]) == (0, 0.0)


def test_in_whose_name(kamerton: Kamerton, file: Path):
    UserFactory(email="kam@example.com")
    code, _, err = kamerton("import", file, "--yes", "--as", "kam@example.com")
    assert (code, "Your role does not allow this." in err) == (1, True)
    assert nothing_happened()
    assert kamerton("import", file, "--yes", "--as", "nobody@example.com")[0] == 1
    finance = UserFactory(roles=["finance"], email="finance@example.com")
    assert kamerton("import", file, "--yes", "--as", "finance@example.com")[0] == 0
    assert LedgerImport.objects.get().created_by == finance


def test_undoing_finds_its_import_by_number_or_name(kamerton: Kamerton, file: Path):
    kamerton("import", file, "--yes")
    code, _, err = kamerton("undo-import", "other.csv", "--reason", "x")
    assert (code, "There are:" in err, "sales.csv" in err) == (1, True, True)
    assert live_amount() == TOTAL
    number = LedgerImport.objects.get().pk
    code, out, _ = kamerton("undo-import", number, "--reason", "x", "--json")
    assert (code, json.loads(out)["state"]) == (0, "undone")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_tells_share_rows_a_second_and_time_left():
    bar = ProgressBar(out=Terminal())
    bar.stage("Reading", 200_000)
    line = bar.line(50_000, 2.0)
    for told in ("Reading", " 25%", "25,000 rows/s", "0:06 left"):
        assert told in line
    bar.close()
    assert bar.out.getvalue().startswith("\r\x1b[2KReading")


def test_a_bar_of_unknown_length_tells_the_rate_alone():
    bar = ProgressBar(out=Terminal())
    bar.stage("Reading")
    assert bar.line(50_000, 2.0) == "Reading  25,000 rows/s"


def test_for_machines_the_bar_is_silent():
    out = Terminal()
    bar = ProgressBar(out=out, silent=True)
    bar.stage("Reading", 10)
    bar.advance(5)
    bar.close()
    assert out.getvalue() == ""


@pytest.mark.req("S1-18")
def test_half_a_million_lines_of_a_retailer(kamerton: Kamerton, shared: Path):
    expected = retail(shared / RETAIL)
    code, out, _ = kamerton("import", shared / RETAIL, "--yes", "--json")
    answer = json.loads(out)
    assert (code, answer["lines"], answer["amount"]) == (0, expected.lines, expected.amount)
    assert answer["found"]["without_client"] == expected.without_client
    assert live_amount() == expected.amount
    cancelled = sum(
        segment.rows for segment in queries.live_segments()
    ) - documents_not_beginning_with("C")
    assert cancelled == expected.cancelled
    assert kamerton("import", shared / RETAIL, "--yes")[0] == 1
    name = Path(RETAIL).name
    assert kamerton("undo-import", name, "--reason", "a trial")[0] == 0
    assert live_amount() == 0


def documents_not_beginning_with(letter: str) -> int:
    sql = f"SELECT count(*) AS n FROM lines WHERE NOT starts_with(document, '{letter}')"
    (row,) = snapshot().run(sql).to_pylist()
    return int(row["n"])


@pytest.mark.req("S1-18")
def test_reseller_lines_with_cost_and_salespeople(kamerton: Kamerton, shared: Path):
    expected = resellers(shared / RESELLERS)
    code, out, _ = kamerton("import", shared / RESELLERS, "--yes", "--json")
    answer = json.loads(out)
    assert (code, answer["lines"], answer["amount"]) == (0, expected.lines, expected.amount)
    (kind,) = answer["found"]["kinds"]
    assert kind["cost"] == expected.cost
    assert len(answer["found"]["managers_unknown"]) == expected.managers
    assert Client.objects.count() == expected.clients
