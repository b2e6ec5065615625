"""A plan as PDF, slides and text: what is on the page is in each of them, and can be edited."""

import datetime as dt
import io

import docx
import pptx
import pypdfium2
import pytest
from django.utils.translation import override

from kamerton.flows.write_plan import write_plan
from kamerton.platform.access.models import User
from tests.factories import UserFactory
from tests.factories.plans import an_action, region_armatura

pytestmark = [pytest.mark.django_db, pytest.mark.req("S4-55", "S4-51")]
TODAY = dt.date(2026, 11, 21)
SAID = ("Регион-Арматура", "7.0", "8.14", "11.1", "15")


@pytest.fixture
def manager(company) -> User:
    return UserFactory(full_name="Анна Белова", supervisor=UserFactory(roles=["head_of_sales"]))


@pytest.fixture
def plan(manager):
    return region_armatura(manager, starts_on=dt.date(2026, 7, 1))


def slides(content: bytes):
    return list(pptx.Presentation(io.BytesIO(content)).slides)


def words_of(slide) -> str:
    said = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            said += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(said)


def words_of_pdf(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_the_pdf_is_one_page_with_the_numbers_of_the_example(manager, plan):
    made = write_plan(manager, plan, kind="pdf", today=TODAY)
    pages = words_of_pdf(made.content)
    assert len(pages) == 1
    assert all(text in pages[0].replace("\xa0", " ") for text in SAID)
    assert made.content_type == "application/pdf"
    assert made.name.endswith(".pdf")


def test_the_slides_hold_a_native_chart_with_the_trajectory(manager, plan):
    deck = slides(write_plan(manager, plan, kind="pptx", today=TODAY).content)
    charts = [shape.chart for shape in deck[0].shapes if shape.has_chart]
    planned = [value for value in charts[0].plots[0].series[0].values if value is not None]
    assert planned[-1] == 15_000_000
    assert round(min(value for value in planned if value > 8_000_000) / 1000) in range(8000, 8400)
    assert all(text in "\n".join(map(words_of, deck)).replace("\xa0", " ") for text in SAID)


def test_the_text_holds_every_section_that_is_not_empty(manager, plan):
    with override("ru"):
        made = write_plan(manager, plan, kind="docx", today=TODAY)
    document = docx.Document(io.BytesIO(made.content))
    heads = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert heads[:3] == ["Текущее состояние", "Видение", "Цели по годам"]
    assert len(heads) >= 10
    goals = next(table for table in document.tables if len(table.columns) == 5)
    assert [cell.text.replace("\xa0", " ") for cell in goals.rows[1].cells][1:] == [
        "6 млн ₽", "8,14 млн ₽", "11,1 млн ₽", "15 млн ₽",
    ]  # fmt: skip


def test_two_hundred_actions_go_on_to_the_next_pages(manager, plan):
    for number in range(200):
        an_action(plan, due_on=TODAY, title=f"Step {number:03}")
    pages = words_of_pdf(write_plan(manager, plan, kind="pdf", today=TODAY).content)
    assert len(pages) > 1
    assert all(f"Step {number:03}" in "".join(pages) for number in (0, 99, 199))
    deck = slides(write_plan(manager, plan, kind="pptx", today=TODAY).content)
    told = "\n".join(map(words_of, deck))
    assert all(f"Step {number:03}" in told for number in (0, 99, 199))


def test_another_kind_is_none(manager, plan):
    with pytest.raises(KeyError):
        write_plan(manager, plan, kind="odp", today=TODAY)
