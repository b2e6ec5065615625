"""White space on pages: the grid, the dialog of a cell, the panel, the file."""

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client as Browser

from kamerton.domain.accounts.models import ProductCategory
from kamerton.domain.activities.models import Activity
from kamerton.domain.segmentation.actions import KnownSpace, mark_category
from kamerton.domain.segmentation.models import WalletEstimate, WhiteSpaceMark
from tests.factories import UserFactory
from tests.factories.segmentation import manager_key

pytestmark = pytest.mark.django_db
GRID = "/keys/white-space/"


@pytest.fixture
def valves():
    ProductCategory.objects.create(name="flanges")
    return ProductCategory.objects.create(name="valves")


@pytest.fixture
def key(ann, world):
    return manager_key(ann, world["C03"]).client


@pytest.fixture
def browser(ann):
    made = Browser()
    made.force_login(ann)
    return made


def address(client, category):
    return f"{GRID}{client.pk}/{category.pk}/"


def said(**changed):
    given = {"state": "competitor", "competitor": "ACME", "competitor_share": "60", "seen": 0}
    return given | {"source": "client", "confidence": 50, "note": "saw it"} | changed


@pytest.mark.req("S2-20")
def test_the_grid_shows_my_key_clients_and_counts_what_is_unknown(browser, key, valves, read):
    page = read(browser.get(GRID))
    assert "2 cells are unknown" in page
    assert key.name in page
    assert "C04" not in page
    assert "valves" in read(browser.get(f"{GRID}?q=VAL"))
    assert "flanges" not in read(browser.get(f"{GRID}?q=VAL"))
    assert "No category fits" in read(browser.get(f"{GRID}?show=competitor"))


@pytest.mark.req("S2-20")
def test_a_cell_is_marked_in_its_dialog(browser, ann, key, valves, read):
    where = address(key, valves)
    assert "valves" in read(browser.get(where))
    answer = browser.post(where, said(potential="5000"))
    assert answer.status_code == 204
    assert "white-space-changed" in answer["HX-Trigger"]
    mark = WhiteSpaceMark.objects.get()
    assert (mark.state, mark.competitor, mark.competitor_share) == ("competitor", "ACME", 0.6)
    assert WalletEstimate.objects.get().amount == 500_000
    assert "ACME" in read(browser.get(GRID))
    assert "saw it" in read(browser.get(where))


def test_two_mark_the_same_cell_and_the_second_loses_nothing(browser, ann, key, valves, read):
    where = address(key, valves)
    made = mark_category(ann, key, valves, known=KnownSpace("not_needed"))
    answer = browser.post(where, said(competitor="Rival works"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Rival works" in page
    assert "Not needed" in page
    assert WhiteSpaceMark.objects.count() == 1
    assert answer.context["form"]["seen"].value() == str(made.pk)
    assert browser.post(where, said(seen=made.pk)).status_code == 204


def test_a_contradiction_is_told_in_the_dialog(browser, key, valves, read):
    answer = browser.post(address(key, valves), said(state="not_needed"))
    assert answer.status_code == 422
    assert "has no competitor" in read(answer)
    assert not WhiteSpaceMark.objects.exists()


@pytest.mark.req("S2-20")
def test_a_cell_becomes_a_task_once(browser, key, valves, read):
    answer = browser.post(f"{address(key, valves)}pursue/")
    assert answer.status_code == 200
    assert "Offer “valves”" in read(answer)
    made = Activity.objects.get()
    assert (made.client, made.origin) == (key, f"white-space:{valves.pk}")
    assert browser.post(f"{address(key, valves)}pursue/").status_code == 409
    assert "Planned" in read(browser.get(address(key, valves)))
    assert Activity.objects.count() == 1


def test_the_panel_of_a_client_puts_what_can_be_won_first(browser, ann, world, valves, read):
    client = world["C05"]
    flanges = ProductCategory.objects.get(name="flanges")
    rival = KnownSpace("competitor", "ACME", potential=Decimal(5000))
    mark_category(ann, client, valves, known=rival)
    page = read(browser.get(f"{GRID}{client.pk}/"))
    assert page.index("valves") < page.index(flanges.name)
    assert "Buys 0 of 2 categories from us; of 1 nothing is known." in page


def test_the_grid_as_a_file(browser, ann, key, valves):
    rival = KnownSpace("competitor", "ACME", 0.6, potential=Decimal(5000))
    mark_category(ann, key, valves, known=rival)
    answer = browser.get(f"{GRID}export/")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 3
    line = next(row for row in rows if row[1] == "valves")
    assert (line[0], line[2], line[4], line[7], line[8]) == (
        *(key.name, "Competitor", 5000, "ACME", 0.6),
    )


def test_who_only_reads_gets_no_form(key, valves, read):
    reader = Browser()
    reader.force_login(UserFactory(roles=["owner"]))
    page = reader.get(address(key, valves)).content.decode()
    assert "<form" not in page
    assert reader.post(address(key, valves), said()).status_code == 403
    assert not WhiteSpaceMark.objects.exists()


@pytest.mark.req("S2-20")
def test_white_space_through_the_api(browser, key, valves):
    where = f"/api/v1/clients/{key.pk}/white-space"
    body = {"category_id": valves.pk, "state": "competitor", "competitor": "ACME"}
    sent = browser.post(
        where,
        json.dumps({**body, "competitor_share": 0.6, "potential": "5000.00"}),
        content_type="application/json",
    )
    assert sent.status_code == 201
    found = browser.get(where).json()
    assert found["counts"] == {"bought": 0, "competitor": 1, "not_needed": 0, "unknown": 1}
    cell = next(each for each in found["cells"] if each["category_id"] == valves.pk)
    assert (cell["state"], cell["potential"], cell["competitor"]) == (
        *("competitor", "5000.00", "ACME"),
    )
    assert cell == sent.json()
    wrong = browser.post(
        where, json.dumps({**body, "state": "bought"}), content_type="application/json"
    )
    assert wrong.status_code == 422
    assert WhiteSpaceMark.objects.count() == 1
