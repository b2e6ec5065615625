"""Write a plan as a book of sheets, its actions as rows."""

import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from kamerton.domain.plans import queries
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.domain.plans.queries.page import PlanPage
from kamerton.flows.exchange_plan.columns import (
    NUMBER,
    PLAN_CELLS,
    PLAN_TITLE,
    REVISION,
    SHEETS,
    Sheet,
    head_of,
    written,
)
from kamerton.platform.access.models import User
from kamerton.platform.tables import Column, Row

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
STYLES = {
    "head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "text": {"num_format": "@", "text_wrap": True, "valign": "top", "quote_prefix": True},
    "money": {"num_format": "#,##0.00", "valign": "top"},
    "day": {"num_format": "dd.mm.yyyy", "valign": "top"},
    "whole": {"num_format": "0", "valign": "top"},
}


def write_book(viewer: User, plan: PerspectivePlan) -> bytes:
    """The plan as an XLSX file in the language of the moment; empty for who may not see it."""
    out = io.BytesIO()
    found = queries.whole(viewer, plan)
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        styles = {name: book.add_format(style) for name, style in STYLES.items()}
        _plan_sheet(book.add_worksheet(str(PLAN_TITLE)), found, styles)
        for sheet in SHEETS:
            _part_sheet(book.add_worksheet(str(sheet.title)), sheet, found, styles)
        for written_sheet in book.worksheets():  # printed, a sheet is as wide as a page
            written_sheet.set_landscape()
            written_sheet.set_paper(9)
            written_sheet.fit_to_pages(1, 0)
    return out.getvalue()


def action_rows(page: PlanPage) -> tuple[list[Column], Iterator[Row]]:
    """The manager's actions as a table with what records say of them."""
    columns = [
        Column(_("Kind"), width=20),
        Column(_("What"), width=50),
        Column(_("Event"), width=40),
        Column(_("Until"), "date"),
        Column(_("Responsible"), width=24),
        Column(_("State"), width=20),
        Column(_("Done on"), "date"),
        Column(_("Evidence"), width=50),
    ]
    rows = (
        (
            *(each.kind_title, each.title, each.trigger, each.due_on, each.owner),
            *(each.state_title, each.done_on, "; ".join(each.evidence)),
        )
        for each in page.actions
    )
    return columns, rows


def _plan_sheet(sheet: Any, plan: PerspectivePlan | None, styles: dict[str, Any]) -> None:
    """A field a row: its name and its value."""
    sheet.set_column(0, 0, 56)
    sheet.set_column(1, 1, 80)
    for row, cell in enumerate(PLAN_CELLS):
        sheet.write_string(row, 0, head_of(None, cell), styles["head"])
        if plan is not None:
            _put(sheet, (row, 1), cell.kind, written(plan, cell), styles)


def _part_sheet(
    sheet: Any, kind: Sheet, plan: PerspectivePlan | None, styles: dict[str, Any]
) -> None:
    """A part a row, with its number and version to be known again by."""
    names = [str(NUMBER), str(REVISION), *(head_of(kind, cell) for cell in kind.cells)]
    for column, name in enumerate(names):
        sheet.set_column(column, column, 10 if column < 2 else 24)
        sheet.write_string(0, column, name, styles["head"])
    sheet.freeze_panes(1, 0)
    parts = getattr(plan, kind.relation).all() if plan is not None else ()
    for row, part in enumerate(parts, start=1):
        sheet.write_number(row, 0, part.pk, styles["whole"])
        sheet.write_number(row, 1, part.revision, styles["whole"])
        for column, cell in enumerate(kind.cells, start=2):
            _put(sheet, (row, column), cell.kind, written(part, cell), styles)


def _put(sheet: Any, at: tuple[int, int], kind: str, value: Any, styles: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if kind == "day":
        sheet.write_datetime(*at, value, styles["day"])
    elif kind in ("money", "whole"):
        sheet.write_number(*at, value, styles[kind])
    else:
        sheet.write_string(*at, str(value)[:32_767], styles["text"])
