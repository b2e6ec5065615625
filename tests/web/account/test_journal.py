"""The journal's page and its export."""

import csv
import io

import pytest

from kamerton.platform.access.actions import change_roles
from kamerton.platform.audit.actions import record
from kamerton.web.account.journal import Line
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"], full_name="Olga Owner")


@pytest.fixture
def rows(owner):
    person = UserFactory(roles=["finance"], full_name="Пётр Ёлкин")
    change_roles(owner, person, roles=["recruiter"])
    record(person, "planets.star_moved", person, reason="=1+1")
    return person


def test_the_journal_says_who_changed_what(as_user, owner, rows):
    text = as_user(owner).get("/journal/").content.decode()
    for words in ("Roles changed", "People and rights", "Пётр Ёлкин", "Finance", "Recruiter"):
        assert words in text


def test_an_unknown_code_stays_as_it_is(as_user, owner, rows):
    assert "planets.star_moved" in as_user(owner).get("/journal/").content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("q=елкин", 2),
        ("q=1%2B1", 1),
        ("kind=access.", 1),
        ("kind=access.roles_changed", 1),
        ("since=2999-01-01", 0),
        ("until=2000-01-01", 0),
        ("since=nonsense&kind=nonsense", 2),
    ],
)
def test_the_journal_is_filtered(as_user, owner, rows, query, count):
    page = as_user(owner).get(f"/journal/?{query}", headers={"HX-Request": "true"})
    assert b"<html" not in page.content
    assert len(page.context["lines"]) == count


def test_the_journal_is_filtered_by_person(as_user, owner, rows):
    page = as_user(owner).get(f"/journal/?person={rows.pk}")
    assert [line.entry.action for line in page.context["lines"]] == ["planets.star_moved"]


def test_the_journal_has_pages(as_user, owner):
    for _ in range(60):
        record(owner, "access.signed_in", owner)
    client = as_user(owner)
    assert len(client.get("/journal/").context["lines"]) == 50
    assert len(client.get("/journal/?page=2").context["lines"]) == 10


def test_the_journal_costs_the_same_whatever_its_length(as_user, owner, django_assert_num_queries):
    manager = UserFactory()
    told = {"manager": manager.pk, "state": "confirmed", "influence": 66.6667, "tier": "key"}
    client = as_user(owner)
    for count in (1, 59):
        for _ in range(count):
            record(owner, "segmentation.manager_key_confirmed", manager, after=told)
        client.get("/journal/")  # what a process learns once
        with django_assert_num_queries(14):
            assert client.get("/journal/").status_code == 200


def test_values_are_written_as_pages_write_them(as_user, owner):
    manager = UserFactory(full_name="Ann Bell")
    after = {
        "manager": manager.pk,
        "state": "submitted",
        "influence": 66.6666667,
        "tier": "key",
        "amount": "24000000",
        "confidence": 0.7,
        "since": "2026-10-31",
        "marks": {"volume": 3},
        "gates": ["service_only"],
        "codes": [f"M{number}" for number in range(23)],
    }
    line = Line(record(owner, "segmentation.manager_key_submitted", manager, after=after))
    shown = {change.field: change.after for change in line.changes}
    assert shown.pop("codes").endswith("M19 and 3 more")
    assert shown == {
        "manager": "Ann Bell",
        "state": "Waits for the head",
        "influence": "66.7",
        "tier": "Key",
        "buys in all, a year": "₽24,000,000",
        "how surely": "70%",
        "since": "31 Oct 2026",
        "marks": "Volume: 3",
        "limits": "nothing to sell",
    }


def test_a_change_of_one_state_is_in_words(owner):
    entry = record(owner, "segmentation.company_key_decided", before="proposed", after="confirmed")
    assert [(one.before, one.after) for one in Line(entry).changes] == [("Proposed", "Key")]


def test_the_export_is_the_filtered_list_and_holds_no_formula(as_user, owner, rows):
    response = as_user(owner).get("/journal/export/")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(table) == 3
    assert table[1][6] == "'=1+1"
    assert table[2][1:4] == ["Olga Owner", "Roles changed", "Пётр Ёлкин"]
    assert table[2][4] == "roles: Finance; sees: the whole company"
    filtered = as_user(owner).get("/journal/export/?kind=access.")
    assert len(b"".join(filtered.streaming_content).splitlines()) == 2


@pytest.mark.parametrize("role", ["kam", "head_of_sales", "finance", "recruiter", "assistant"])
def test_the_journal_is_closed_to_others(as_user, rows, role):
    client = as_user(UserFactory(roles=[role]))
    assert client.get("/journal/").status_code == 403
    assert client.get("/journal/export/").status_code == 403


def test_a_change_without_fields_is_shown_as_before_and_after(owner):
    line = Line(record(owner, "accounts.client_assigned", before=3, after=4))
    assert [(one.field, one.before, one.after) for one in line.changes] == [("", "3", "4")]
    assert Line(record(owner, "access.signed_in")).changes == []
