"""The plan as a text document: headings and tables of the word processor's own styles."""

import io
from typing import Any

from docx import Document
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from kamerton.flows.write_plan.told import Part, Table, ToldPlan

QUIET = RGBColor(0x5B, 0x64, 0x70)
FONT = "Arial"
WIDTH = Mm(180)


def write(plan: ToldPlan) -> bytes:
    """Return the plan as DOCX, A4 upright."""
    document = Document()
    _set_page(document)
    document.core_properties.title = plan.title
    document.add_heading(plan.title, level=0)
    _quiet(document, f"{plan.subtitle} · {plan.status}")
    for part in plan.parts:
        _write_part(document, part)
    _quiet(document, plan.footer)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: Written) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin = section.bottom_margin = Mm(15)
    for name in ("Normal", "Title", "Heading 1", "List Bullet"):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
    document.styles["Normal"].font.size = Pt(9.5)
    document.styles["Title"].font.size = Pt(20)
    document.styles["Heading 1"].font.size = Pt(12)


def _write_part(document: Written, part: Part) -> None:
    document.add_heading(part.title, level=1)
    if part.text:
        document.add_paragraph(part.text)
    if part.facts:
        _write_table(document, Table(("", ""), part.facts, (1.0, 3.0)))
    for point in part.points:
        document.add_paragraph(point, style="List Bullet")
    if part.table and part.table.rows:
        _write_table(document, part.table)
    if part.note:
        document.add_paragraph().add_run(part.note).bold = True


def _write_table(document: Written, table: Table) -> None:
    headed = any(table.heads)
    rows = (table.heads, *table.rows) if headed else table.rows
    written = document.add_table(rows=len(rows), cols=len(table.heads), style="Table Grid")
    written.autofit = False
    _draw_lines(written)
    for column, width in zip(written.columns, table.widths, strict=True):
        column.width = int(WIDTH * width / sum(table.widths))
    for row, texts in zip(written.rows, rows, strict=True):
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = int(WIDTH * table.widths[place] / sum(table.widths))
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(text)
            run.font.size = Pt(8.5)
            if place in table.figures:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if headed:
        _repeat_heads(written.rows[0])
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _draw_lines(table: Any) -> None:
    """Draw a thin line under each row and nothing else; no row is cut by the end of a page."""
    borders = table._tbl.tblPr.makeelement(qn("w:tblBorders"), {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = "single" if side in ("bottom", "insideH") else "nil"
        attributes = {"w:val": kind, "w:sz": "4", "w:space": "0", "w:color": "D5D9DE"}
        borders.append(
            borders.makeelement(qn(f"w:{side}"), {qn(k): v for k, v in attributes.items()})
        )
    table._tbl.tblPr.append(borders)
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(properties.makeelement(qn("w:cantSplit"), {}))


def _repeat_heads(row: Any) -> None:
    """Print the heads again on each page that the table reaches."""
    properties = row._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _quiet(document: Written, text: str) -> None:
    run = document.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(8.5), QUIET
