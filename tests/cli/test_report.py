"""`kamerton report`: what the pages show, for people and for machines."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from kamerton.calc.period import Period
from kamerton.cli import main
from kamerton.cli.report import REPORTS
from kamerton.domain.methodology import actions as methodology
from kamerton.domain.methodology.queries import current
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.models import Standing
from kamerton.platform.access.queries import system_user
from tests.factories import UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import (
    CLOSED_DAY,
    NETWORK,
    SAMPLE,
    assessed,
    company_key,
    manager_key,
    restated,
    sample,
)

pytestmark = pytest.mark.django_db
Report = Callable[..., dict[str, Any]]
YEAR = ("2025-07-01", "2026-06-30")


@pytest.fixture
def said(capsys, monkeypatch) -> Callable[..., tuple[int, str, str]]:
    """Run `kamerton report …`; the code, what it said, what it said beside."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def run(*arguments: str) -> tuple[int, str, str]:
        with translation.override("en"):
            code = main.main(("report", *arguments))
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def report(said) -> Report:
    """The JSON of a report that succeeds."""

    def run(*arguments: str) -> dict[str, Any]:
        code, out, _err = said(*arguments, "--json")
        assert code == 0
        found: dict[str, Any] = json.loads(out)
        return found

    return run


@pytest.fixture
def kam(company):
    head = UserFactory(roles=["head_of_sales"], email="head@example.com")
    return UserFactory(email="kam@example.com", full_name="Ann Bell", supervisor=head)


@pytest.fixture
def world(kam):
    """The ten clients of the worked example, judged."""
    clients = sample(manager=kam)
    restated()
    return clients


def value(found: dict[str, Any], code: str) -> Any:
    return found["figures"][code]["value"]


@pytest.mark.req("S0-04", "S2-01")
def test_pareto_of_the_worked_example(report, world):
    found = report("pareto", "--base", "revenue")
    assert (found["since"], found["until"]) == YEAR
    assert [row["value"] for row in found["rows"]] == [amount * 100 for amount in SAMPLE]
    assert [row["class"] for row in found["rows"]] == list("AAAABBBCCC")
    assert [row["place"] for row in found["rows"]] == list(range(1, 11))
    assert found["rows"][3]["cumulative"] == pytest.approx(0.85)
    assert (value(found, "n80"), value(found, "buyers")) == (4, 10)
    assert value(found, "n80_part") == pytest.approx(0.4)
    assert value(found, "top20") == pytest.approx(0.63)
    assert (value(found, "class_a"), value(found, "class_b"), value(found, "class_c")) == (4, 3, 3)
    assert found["rows"][0]["client_id"] == world["C01"].pk


def test_every_figure_tells_by_which_definition_and_method(report, world):
    found = report("pareto", "--base", "revenue")
    assert found["figures"]["class_a"]["definition"] == "abc.crossing-in-A 1.0"
    assert found["figures"]["top20"]["definition"] == "pareto.top-part-rounded-up 1.0"
    assert found["method_version"] == 1
    methodologist = UserFactory(roles=["methodologist"])
    methodology.change_methodology(methodologist, note="B", abc={"crossing": "B"})
    changed = report("pareto", "--base", "revenue")
    assert changed["figures"]["class_a"]["definition"] == "abc.crossing-in-B 1.0"
    assert {"name": "abc.crossing-in-B", "version": "1.0"} in changed["definitions"]
    assert (changed["method_version"], value(changed, "class_a")) == (2, 3)


@pytest.mark.req("S0-03")
def test_concentration_of_the_worked_example(report, world):
    found = report("concentration", "--base", "revenue")
    assert value(found, "hhi") == pytest.approx(2502.5)
    assert (value(found, "hhi_band"), value(found, "dependence")) == ("high", True)
    assert (value(found, "mono"), value(found, "top5_heavy")) == (False, True)
    assert value(found, "top1") == pytest.approx(0.42)
    assert value(found, "top5") == pytest.approx(0.90)
    assert value(found, "hhi_without_flow") > value(found, "hhi")


def test_classes(report, world):
    rows = report("abc", "--base", "revenue")["rows"]
    assert [(row["class"], row["clients"]) for row in rows] == [("A", 4), ("B", 3), ("C", 3)]
    assert rows[0]["share"] == pytest.approx(0.85)
    cells = report("xyz", "--base", "revenue")["rows"]
    assert {cell["xyz"] for cell in cells} == {None}  # a month of history makes no class
    assert sum(cell["clients"] for cell in cells) == 10


def test_totals_by_month_sum_to_the_ledger(report, world):
    ledger([line(dt.date(2026, 5, 3), "", 70, document="cash", cost=50)])
    found = report("totals")
    assert (found["since"], found["until"]) == YEAR
    assert value(found, "revenue") == sum(SAMPLE) * 100 + 7000
    assert sum(row["revenue"] for row in found["rows"]) == value(found, "revenue")
    assert (value(found, "without_client"), value(found, "lines_without_client")) == (7000, 2)
    assert value(found, "gross_profit") == 2000
    june = report("totals", "--from", "2026-06", "--to", "2026-06-30")
    assert (june["since"], june["until"]) == ("2026-06-01", "2026-06-30")
    assert value(june, "revenue") == sum(SAMPLE) * 100
    assert value(june, "gross_profit") is None


def test_no_data_is_said_and_never_a_nought(said, report, company):
    code, out, _err = said("concentration")
    assert code == 0
    assert "HHI" in out
    assert "no data" in out
    stayed = report("retention")
    assert (value(stayed, "active_before"), value(stayed, "churn")) == (0, None)
    assert (value(stayed, "nrr"), value(stayed, "growth")) == (None, None)
    assert value(report("pareto"), "top20") is None
    assert report("key-accounts")["rows"] == report("manager-key")["rows"] == []


@pytest.fixture
def two_years(kam):
    """20 clients a year ago, 18 of them now; the oracle of 3.6: 100 → +12, −7, −10."""
    before = dict.fromkeys((f"K{number:02}" for number in range(17)), 0)
    before |= {"UP": 40, "DOWN": 50, "GONE": 10}
    now = dict.fromkeys(before, 0) | {"UP": 52, "DOWN": 43}
    del now["GONE"], now["K00"]
    clients = clients_for(before, manager=kam)
    rows = [line(dt.date(2025, 6, 15), code, amount) for code, amount in before.items()]
    rows += [line(dt.date(2026, 6, 15), code, amount) for code, amount in now.items()]
    ledger([*rows, line(CLOSED_DAY, "", 0)])
    restated()
    return clients


@pytest.mark.req("S2-05", "S2-06")
def test_retention_of_the_worked_example(report, two_years):
    found = report("retention")
    assert (value(found, "active_before"), value(found, "kept")) == (20, 18)
    assert value(found, "retention") == pytest.approx(0.9)
    assert value(found, "churn") == pytest.approx(0.1)
    assert value(found, "churn_benchmark") == 0.5
    assert value(found, "nrr") == pytest.approx(0.95)
    assert value(found, "grr") == pytest.approx(0.83)
    assert (value(found, "expansion"), value(found, "lost")) == (1200, 1000)
    assert found["figures"]["nrr"]["definition"] == "retention.lost-when-not-positive 1.0"


def test_another_year_is_counted_by_the_same_formulas(report, two_years):
    stored = report("retention")
    Standing.objects.all().delete()  # now only the ledger can answer
    year = Period(dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    same = queries.retention_of_year(system_user(), year, current())
    assert same.revenue.nrr == pytest.approx(value(stored, "nrr"))
    assert (same.logos.before, same.logos.kept) == (20, 18)
    earlier = report("retention", "--as-of", "2025-07-01")
    assert earlier["until"] == "2025-06-30"
    assert (value(earlier, "active_before"), value(earlier, "retention")) == (0, None)


def test_as_of_judges_by_the_year_closed_then(report, kam):
    clients = clients_for(["OLD", "NEW"], manager=kam)
    rows = [line(dt.date(2025, 6, 10), "OLD", 900), line(dt.date(2025, 6, 10), "NEW", 1)]
    rows += [line(dt.date(2026, 6, 10), "NEW", 800), line(dt.date(2026, 6, 10), "OLD", 1)]
    ledger([*rows, line(CLOSED_DAY, "", 0)])
    restated()
    actions.propose_company_keys(system_user())
    now, then = report("key-accounts"), report("key-accounts", "--as-of", "2025-07-05")
    assert [row["client_id"] for row in now["rows"]] == [clients["NEW"].pk]
    assert [row["client_id"] for row in then["rows"]] == [clients["OLD"].pk]
    assert (then["rows"][0]["state"], then["rows"][0]["criteria"]) == (None, ["large"])
    assert then["until"] == "2025-06-30"
    classes = report("xyz", "--to", "2025-06")["rows"]
    assert sum(cell["clients"] for cell in classes) == 2
    same = report("key-accounts", "--as-of", "2026-07-05")
    assert same["rows"] == now["rows"]


@pytest.mark.req("S4-04", "S4-12")
def test_the_register_with_what_it_rests_on(report, world):
    owner = UserFactory(roles=["owner"], full_name="Owen Hill")
    actions.propose_company_keys(owner)
    company_key(world["C01"], owner=owner)
    found = report("key-accounts", "--base", "revenue")
    first = found["rows"][0]
    assert (first["client"], first["state"], first["criteria"]) == ("C01", "confirmed", ["large"])
    assert (first["value"], first["share"], first["sponsor"]) == (420_000, 0.42, "Owen Hill")
    assert value(found, "in_force") == 1
    assert value(found, "proposed") == found["rows_in_all"] - 1
    assert {"name": "company-key.six-criteria", "version": "1.0"} in found["definitions"]


@pytest.mark.req("S4-10", "S4-19")
def test_managers_lists_and_all_that_one_wizard_shows(report, said, world, kam):
    manager_key(kam, world["C02"], mki=61.0)
    assessed(kam, world["C01"], NETWORK)
    lists = report("manager-key")
    assert [(row["client"], row["mki"]) for row in lists["rows"]] == [("C02", 61.0)]
    whole = report("manager-key", "--manager", "kam@example.com")
    assert (value(whole, "used"), value(whole, "cap"), whole["rows_in_all"]) == (1, 15, 10)
    chain = next(row for row in whole["rows"] if row["client"] == "C01")
    assert (chain["influence"], chain["state"]) == (10, None)
    assert "Influence is 10" in chain["why_not"]
    _code, _out, err = said("manager-key", "--base", "cash")
    assert "do not change it" in err


def test_a_person_sees_what_his_role_shows(report, said, world, kam):
    code, out, err = said("pareto", "--as", "kam@example.com")
    assert (code, out) == (1, "")
    assert "role does not allow" in err
    other = UserFactory(email="other@example.com")
    clients_for(["X"], manager=other)
    ledger([line(dt.date(2026, 6, 1), "X", 5)])
    assert value(report("totals", "--as", "other@example.com"), "revenue") == 500
    assert value(report("totals"), "revenue") == sum(SAMPLE) * 100 + 500
    head = report("pareto", "--as", "head@example.com", "--base", "revenue")
    assert head["rows_in_all"] == 10


def test_methodologists_see_no_money(report, said, world):
    UserFactory(roles=["methodologist"], email="m@example.com")
    assert said("totals", "--as", "m@example.com")[0] == 1
    actions.propose_company_keys(system_user())
    rows = report("key-accounts", "--as", "m@example.com")["rows"]
    assert rows
    assert {(row["value"], row["share"]) for row in rows} == {(None, None)}


def test_rows_are_limited_and_the_rest_is_told(report, said, world):
    assert len(report("pareto", "--limit", "3")["rows"]) == 3
    assert report("pareto", "--limit", "3")["rows_in_all"] == 10
    assert len(report("pareto", "--limit", "0")["rows"]) == 10
    assert "and 7 rows more" in said("pareto", "--limit", "3")[1]


def test_figures_stand_in_columns(said, world):
    code, out, _err = said("pareto", "--base", "revenue", "--limit", "2")
    assert code == 0
    lines = out.splitlines()
    assert lines[:4] == [
        "Pareto",
        "Period: 2025-07-01 – 2026-06-30",
        "Base: Revenue",
        "Method: version 1",
    ]
    head, first, second = (line for line in lines if line.startswith(("Place", "    1", "    2")))
    assert "4,200.00" in first
    assert "42.0 %" in first
    assert head.index("Sum") + 3 == first.index("4,200.00") + 8 == second.index("2,100.00") + 8
    assert "63.0 %" in second
    assert "rank.ties-first-given 1.0" in lines[-1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("pareto", "--from", "2026-06", "--to", "2026-01"), "Swap them"),
        (("retention", "--from", "2026-01"), "twelve months"),
        (("xyz", "--to", "2030-01"), "2026-06"),
        (("pareto", "--as", "nobody@example.com"), "nobody@example.com"),
    ],
)
def test_refusals_are_sentences_and_code_one(said, world, arguments, sentence):
    code, out, err = said(*arguments)
    assert (code, out) == (1, "")
    assert sentence in err
    told = json.loads(said(*arguments, "--json")[2])
    assert sentence in told["error"]["message"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("pareto", "--base", "weight"),
        ("pareto", "--from", "x"),
        ("abc", "--limit", "-1"),
    ],
)
def test_wrong_usage_is_code_two(said, capsys, arguments):
    with pytest.raises(SystemExit) as ended:
        said(*arguments)
    assert ended.value.code == 2


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_changes_nothing(report, world, name):
    before = list(Standing.objects.values_list("pk", "kci"))
    assert report(name)["report"] == name
    assert list(Standing.objects.values_list("pk", "kci")) == before
