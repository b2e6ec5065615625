"""A plan goes out as a book of sheets and comes back: nothing is lost, nothing half written."""

import datetime as dt
import io

import openpyxl
import pytest
from django.utils import translation

from kamerton.domain.plans import actions, queries
from kamerton.domain.plans.actions import NotYourPlan, PlanLocked
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.plans.queries.versions import frozen
from kamerton.flows.exchange_plan import read_plan, write_book
from kamerton.flows.exchange_plan.reading import NotABook
from tests.factories import ClientFactory, UserFactory
from tests.factories.plans import approved, region_armatura

pytestmark = [pytest.mark.django_db, pytest.mark.req("S4-55")]
START = dt.date(2026, 7, 1)


@pytest.fixture
def ann(company):
    owner = UserFactory(roles=["owner"])
    head = UserFactory(roles=["head_of_sales"], supervisor=owner)
    return UserFactory(supervisor=head, email="ann@example.com")


@pytest.fixture
def plan(ann):
    return region_armatura(ann, starts_on=START)


def without_numbers(plan):
    """What a plan says, whatever the numbers of its rows."""
    found = frozen(PerspectivePlan.objects.get(pk=plan.pk))
    parts = {
        name: sorted(str(sorted(part["values"].items(), key=str)) for part in rows)
        for name, rows in found["parts"].items()
    }
    return found["fields"], parts


def changed(content, sheet, cell, value):
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_goes_out_comes_back_the_same(ann, plan, language):
    before = without_numbers(plan)
    with translation.override(language):
        content = write_book(ann, plan)
    outcome = read_plan(ann, plan, content)  # read in English, whatever it was written in
    assert outcome.problems == []
    assert (outcome.added, outcome.changed) == (0, 0)
    assert outcome.same == sum(len(rows) for rows in before[1].values())
    assert without_numbers(plan) == before


def test_a_book_makes_the_same_plan_of_another_client(ann, plan):
    other = actions.create_plan(ann, ClientFactory(manager=ann), starts_on=START)
    content = write_book(ann, plan)
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=2, max_col=2):
            for cell in row:
                cell.value = None
    out = io.BytesIO()
    book.save(out)
    outcome = read_plan(ann, other, out.getvalue())
    assert outcome.problems == []
    assert without_numbers(other) == without_numbers(plan)


def test_a_trial_changes_nothing_and_tells_what_would(ann, plan):
    content = changed(write_book(ann, plan), "Risks", "C2", "The rouble falls")
    trial = read_plan(ann, plan, content, dry_run=True)
    assert (trial.changed, trial.problems) == (1, [])
    assert not plan.risks.filter(text="The rouble falls").exists()
    assert read_plan(ann, plan, content).changed == 1
    assert plan.risks.filter(text="The rouble falls").exists()


def test_one_wrong_row_stops_the_whole_file_and_is_named(ann, plan):
    before = without_numbers(plan)
    content = changed(write_book(ann, plan), "Risks", "C2", "The rouble falls")
    content = changed(content, "Risks", "D3", "often")
    outcome = read_plan(ann, plan, content)
    assert outcome.problems == ["Risks, 3: Probability, 1 to 5: a number is wanted"]
    assert without_numbers(plan) == before


def test_a_row_that_was_changed_meanwhile_is_not_overwritten(ann, plan):
    content = changed(write_book(ann, plan), "Risks", "C2", "From the file")
    risk = plan.risks.first()
    text = actions.RiskText("From the page", 3, 4, "Corridor")
    actions.change_part(ann, risk, text=text)
    outcome = read_plan(ann, plan, content)
    assert len(outcome.problems) == 1
    assert "Somebody changed this" in outcome.problems[0]
    risk.refresh_from_db()
    assert risk.text == "From the page"


def test_what_is_no_book_of_a_plan_is_refused(ann, plan):
    for content in (b"no file at all", b""):
        with pytest.raises(NotABook):
            read_plan(ann, plan, content)
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    with pytest.raises(NotABook, match="no sheet"):
        read_plan(ann, plan, out.getvalue())


def test_strangers_and_plans_that_are_approved_take_no_file(ann, plan):
    content = changed(write_book(ann, plan), "Plan", "B13", "Mine")
    stranger = UserFactory(supervisor=UserFactory(roles=["head_of_sales"]))
    before = without_numbers(plan)
    with pytest.raises(NotYourPlan):
        read_plan(stranger, plan, content)
    assert without_numbers(plan) == before
    done = approved(ann, ClientFactory(manager=ann))
    with pytest.raises(PlanLocked):
        read_plan(ann, done, content)
    assert queries.plan(ann, done.pk).vision == "First in valves"
