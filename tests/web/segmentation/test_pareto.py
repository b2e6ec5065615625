"""The page of Pareto and concentration: figures, the table of a range, weights, files."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from kamerton.domain.segmentation.models import Standing
from tests.factories import UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import CLOSED_DAY, restated

pytestmark = pytest.mark.django_db
PAGE = "/keys/pareto/"
RANGE = {"HX-Request": "true", "HX-Target": "clients"}


@pytest.mark.req("S0-04", "S0-02")
def test_the_figures_of_the_worked_example(as_user, world, owner, read):
    text = read(as_user(owner).get(f"{PAGE}?base=revenue"))
    assert "The company rests on 4 clients." in text
    assert "4 of 10" in text
    assert "The top 20 % bring 63%" in text
    assert "show the records 2,503 high" in text.lower()
    assert "42.0% dependence" in text


@pytest.mark.req("S2-01")
def test_another_base_puts_the_clients_in_another_order(as_user, world, owner):
    ledger([line(CLOSED_DAY, "C10", 50_000, kind="payment", document="P1")])
    caller = as_user(owner)

    def first(base):
        return caller.get(PAGE, {"base": base}).context["rows"][0].client.name

    assert (first("revenue"), first("cash")) == ("C01", "C10")


def test_a_range_of_the_curve_answers_with_the_table_alone(as_user, world, owner):
    asked = {"base": "revenue", "from_place": "2", "to_place": "3"}
    page = as_user(owner).get(PAGE, asked, headers=RANGE).content.decode()
    assert "C02" in page
    assert "C03" in page
    assert "C01" not in page
    assert "C04" not in page
    assert "Places 2–3" in page
    assert "<html" not in page
    assert "from_place" not in page.partition("</header>")[0].partition("href")[2].partition(">")[0]


@pytest.mark.parametrize(
    "asked",
    [
        {"from_place": "²", "to_place": "3"},
        {"from_place": "9" * 5000, "to_place": "1"},
        {"from_place": "8", "to_place": "2"},
        {"manager": "٣"},
        {"manager": "9" * 30},
        {"base": "weight", "page": "x", "since": "31.02.2026", "until": "never"},
        {"since": "2026-06-01", "until": "2026-01-01"},
    ],
    ids=str,
)
def test_what_an_address_asks_in_vain_does_no_harm(as_user, world, owner, asked):
    assert as_user(owner).get(PAGE, asked).status_code == 200


def test_a_period_is_widened_to_whole_months(as_user, world, owner):
    found = (
        as_user(owner).get(PAGE, {"since": "2026-06-10", "until": "2026-06-20"}).context["found"]
    )
    assert (found.period.since, found.period.until) == (dt.date(2026, 6, 1), CLOSED_DAY)


def test_a_head_sees_the_clients_of_his_people_and_one_manager_apart(as_user, world, head, ann):
    clients_for(["X"], manager=UserFactory())
    bob = UserFactory(supervisor=head)
    clients_for(["B"], manager=bob)
    ledger([line(CLOSED_DAY, "X", 9000), line(CLOSED_DAY, "B", 10)])
    caller = as_user(head)
    assert caller.get(PAGE, {"base": "revenue"}).context["count"] == 11
    assert caller.get(PAGE, {"base": "revenue", "manager": bob.pk}).context["count"] == 1
    assert as_user(ann).get(PAGE).status_code == 403


def test_an_empty_ledger_says_what_will_be_here(as_user, company, owner, read):
    text = read(as_user(owner).get(PAGE))
    assert "Nothing to put in order yet" in text
    assert "Nothing was sold in this period." in text


def test_lines_without_a_client_are_told(as_user, world, owner, read):
    ledger([line(CLOSED_DAY, "", 70, document="cash")])
    assert "2 lines belong to no client" in read(as_user(owner).get(PAGE))


def test_why_so_names_the_definitions_and_the_method(as_user, world, owner):
    why = as_user(owner).get(PAGE, {"base": "revenue"}).context["why"]["all"]
    told = [one.value for one in why.inputs]
    assert "abc.crossing-in-A 1.0" in told
    assert why.method == "1"


# Weights


@pytest.mark.req("S4-13")
def test_weights_show_who_would_move_and_store_nothing(as_user, world, owner, read):
    caller, address = as_user(owner), f"{PAGE}weights/"
    assert "Move a weight" in read(caller.get(address))
    before = list(Standing.objects.order_by("pk").values_list("kci", flat=True))
    turned = caller.get(address, {"large": "0", "loyal": "100"}).context
    assert turned["moved"] >= 0
    assert list(Standing.objects.order_by("pk").values_list("kci", flat=True)) == before


def test_a_weight_that_matters_moves_places(as_user, world, owner, ann):
    from kamerton.domain.segmentation.actions import add_evidence
    from kamerton.domain.segmentation.actions.evidence import KnownMark

    for item in ("framework", "joint_project"):
        add_evidence(ann, world["C10"], known=KnownMark("partner", item, 1, "Contract"))
    restated()
    moved = as_user(owner).get(f"{PAGE}weights/", {"large": "0", "partner": "100"}).context
    assert moved["moved"] > 0


@pytest.mark.parametrize(
    "asked", [{"large": "nan"}, {"large": "-5"}, {"large": "x"}, {"large": "inf"}], ids=str
)
def test_weights_that_are_none_count_as_those_in_force(as_user, world, owner, asked):
    answer = as_user(owner).get(f"{PAGE}weights/", asked)
    assert (answer.status_code, answer.context["moved"]) == (200, 0)


def test_all_weights_zero_are_those_in_force(as_user, world, owner):
    codes = ("large", "loyal", "promising", "status", "partner", "complex")
    answer = as_user(owner).get(f"{PAGE}weights/", dict.fromkeys(codes, "0"))
    assert (answer.status_code, answer.context["moved"]) == (200, 0)


# Files


@pytest.fixture
def wicked(world):
    """A client whose name a spreadsheet would run."""
    world["C01"].name = '=HYPERLINK("http://x.example")'
    world["C01"].save(update_fields=["name"])
    return world


def test_the_csv_is_no_formula(as_user, wicked, owner):
    answer = as_user(owner).get(f"{PAGE}export/?format=csv&base=revenue")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 11
    assert not rows[1][1].startswith("=")
    assert "HYPERLINK" in rows[1][1]
    assert "4200" in rows[1][3].replace("\xa0", "").replace(" ", "")
    assert "attachment" in answer["Content-Disposition"]


def test_the_xlsx_is_no_formula(as_user, wicked, owner):
    answer = as_user(owner).get(f"{PAGE}export/?base=revenue")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cell = sheet.cell(2, 2)
    assert cell.data_type == "s"
    assert "HYPERLINK" in cell.value
    assert sheet.cell(2, 4).value == pytest.approx(4200)
    assert sheet.max_row == 11


def test_a_file_holds_what_its_reader_sees(as_user, world, head):
    clients_for(["X"], manager=UserFactory())
    ledger([line(CLOSED_DAY, "X", 9000)])
    answer = as_user(head).get(f"{PAGE}export/?format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert ",X," not in text
    assert len(text.strip().splitlines()) == 11


def test_a_client_of_the_archive_stays_on_the_curve(as_user, world, owner):
    world["C05"].archived_at = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    world["C05"].save(update_fields=["archived_at"])
    rows = as_user(owner).get(PAGE, {"base": "revenue"}).context["rows"]
    assert [row.client.name for row in rows][4] == "C05"
