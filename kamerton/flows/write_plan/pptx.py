"""The plan as slides: native shapes, tables and a native chart, all of them to be edited."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Emu, Mm, Pt

from kamerton.flows.write_plan.told import Curve, Part, Table, ToldPlan

INK, QUIET, ACCENT = (
    RGBColor(0x1B, 0x1F, 0x24),
    RGBColor(0x5B, 0x64, 0x70),
    RGBColor(0x3B, 0x4C, 0xCA),
)
PALE, WHITE, AMBER = (
    RGBColor(0xEC, 0xEE, 0xFB),
    RGBColor(0xFF, 0xFF, 0xFF),
    RGBColor(0xC0, 0x75, 0x1A),
)
LINES = (QUIET, ACCENT, AMBER)
WIDTH, HEIGHT, EDGE = Mm(338.7), Mm(190.5), Mm(12)
INSIDE = WIDTH - 2 * EDGE
TOP = Mm(30)
GAP = Mm(8)
MILLIONS = "0.0,,"
LETTER = 0.55  # width of a letter to its height
MOST_ROWS = 12  # of a table on one slide
TOGETHER = (("s6",), ("s7",), ("s8", "s9"), ("s10", "s11"), ("s12", "s13"))
BLANK = 6
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Style:
    """How a line of text looks; size in points."""

    size: int
    bold: bool = False
    colour: RGBColor = INK
    align: PP_ALIGN | None = None


def write(plan: ToldPlan) -> bytes:
    """Return the plan as PPTX, 16:9: the plan on one slide, then what it consists of."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    deck.core_properties.title = plan.title
    _overview(_slide(deck, plan, plan.title), plan)
    for parts in _chapters(plan):
        _chapter(deck, plan, parts)
    written = io.BytesIO()
    deck.save(written)
    return written.getvalue()


def _chapters(plan: ToldPlan) -> Iterator[tuple[Part, ...]]:
    """Yield what follows the overview, slide by slide; a table that is long stands alone."""
    for codes in TOGETHER:
        present = tuple(part for part in map(plan.part, codes) if part.title)
        if any(len(_rows(part)) > MOST_ROWS for part in present):
            yield from ((part,) for part in present)
        elif present:
            yield present


def _rows(part: Part) -> tuple[tuple[str, ...], ...]:
    return part.table.rows if part.table else ()


def _slide(deck: Any, plan: ToldPlan, title: str) -> Slide:
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[BLANK])
    _text(slide, (EDGE, Mm(8), INSIDE - Mm(50), Mm(12)), title, Style(24, bold=True))
    _text(slide, (EDGE, Mm(20), INSIDE, Mm(7)), plan.subtitle, Style(11, colour=QUIET))
    badge = slide.shapes.add_shape(
        MSO_SHAPE.ROUNDED_RECTANGLE, WIDTH - EDGE - Mm(46), Mm(10), Mm(46), Mm(9)
    )
    badge.fill.solid()
    badge.fill.fore_color.rgb = PALE
    badge.line.fill.background()
    style = Style(11, bold=True, colour=ACCENT, align=PP_ALIGN.CENTER)
    _fill(badge.text_frame, [plan.status], style)
    _text(slide, (EDGE, HEIGHT - Mm(9), INSIDE, Mm(6)), plan.footer, Style(8, colour=QUIET))
    return slide


def _overview(slide: Slide, plan: ToldPlan) -> None:
    left, middle, right = (EDGE, Mm(96)), (EDGE + Mm(102), Mm(112)), (EDGE + Mm(220), Mm(94.7))
    now = plan.part("s2")
    lines = [*(f"{name}: {value}" for name, value in now.facts), *now.points]
    _block(slide, (left[0], TOP, left[1], Mm(76)), now.title, lines)
    vision = plan.part("s3")
    _block(slide, (left[0], TOP + Mm(80), left[1], Mm(30)), vision.title, [vision.text])
    budget = plan.part("s7")
    _block(slide, (left[0], TOP + Mm(113), left[1], Mm(30)), budget.title, [budget.note])
    _chart(slide, (middle[0], TOP, middle[1], Mm(64)), plan.curve)
    if goals := plan.part("s4").table:
        _table(slide, (middle[0], TOP + Mm(68), middle[1], Mm(70)), goals, size=9)
    strategies, risks = plan.part("s5"), plan.part("s9")
    _block(slide, (right[0], TOP, right[1], Mm(50)), strategies.title, strategies.points)
    told = [row[0] for row in risks.table.rows] if risks.table else []
    _block(slide, (right[0], TOP + Mm(54), right[1], Mm(50)), risks.title, [*told, *risks.points])
    stops = plan.part("s10")
    _block(slide, (right[0], TOP + Mm(108), right[1], Mm(35)), stops.title, stops.points)


def _chapter(deck: Any, plan: ToldPlan, parts: Sequence[Part]) -> None:
    """Write parts side by side; a long table goes on to the next slide."""
    title = " · ".join(part.title for part in parts)
    pages = max(1, -(-len(_rows(parts[0])) // MOST_ROWS)) if len(parts) == 1 else 1
    width = INSIDE // len(parts)
    for page in range(pages):
        slide = _slide(deck, plan, title)
        for place, part in enumerate(parts):
            left = EDGE + width * place
            top = TOP
            if len(parts) > 1:
                box = (left, top, width - GAP, Mm(8))
                _text(slide, box, part.title, Style(14, bold=True, colour=ACCENT))
                top += Mm(9)
            _part(slide, (left, top, width - (GAP if len(parts) > 1 else 0)), part, page)


def _part(slide: Slide, at: tuple[int, int, int], part: Part, page: int) -> None:
    """Write a part at (left, top, width): its table's page, and under the last one the rest."""
    left, top, width = at
    if part.table and part.table.rows:
        rows = part.table.rows[page * MOST_ROWS : (page + 1) * MOST_ROWS]
        cut = Table(part.table.heads, rows, part.table.widths, part.table.figures)
        top += _table(slide, (left, top, width, Mm(10)), cut, size=11) + Mm(4)
        if (page + 1) * MOST_ROWS < len(part.table.rows):
            return
    lines = [part.text, *(f"{name}: {value}" for name, value in part.facts), *part.points]
    _block(slide, (left, top, width, Mm(10)), "", [*lines, part.note], size=12)


def _block(slide: Slide, box: Box, title: str, lines: Sequence[str], *, size: int = 10) -> None:
    shape = slide.shapes.add_textbox(*(Emu(side) for side in box))
    frame = shape.text_frame
    frame.word_wrap = True
    _fill(frame, [title] if title else [], Style(size + 2, bold=True, colour=ACCENT))
    _fill(frame, [line for line in lines if line], Style(size), more=bool(title))


def _text(slide: Slide, box: Box, text: str, style: Style) -> None:
    shape = slide.shapes.add_textbox(*(Emu(side) for side in box))
    shape.text_frame.word_wrap = True
    _fill(shape.text_frame, [text], style)


def _fill(frame: Any, lines: Sequence[str], style: Style, *, more: bool = False) -> None:
    """Write lines as paragraphs; `more`: after those that are there."""
    for place, line in enumerate(lines):
        paragraph = frame.add_paragraph() if more or place else frame.paragraphs[0]
        paragraph.alignment, paragraph.space_after = style.align, Pt(2)
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(style.size), style.bold
        run.font.color.rgb = style.colour


def _table(slide: Slide, box: Box, table: Table, *, size: int) -> int:
    """Write a table and return about how high it is: a row grows with its longest cell."""
    rows = (table.heads, *table.rows)
    shape = slide.shapes.add_table(len(rows), len(table.heads), *(Emu(side) for side in box))
    written = shape.table
    for place, width in enumerate(table.widths):
        written.columns[place].width = Emu(int(box[2] * width / sum(table.widths)))
    for number, texts in enumerate(rows):
        written.rows[number].height = Mm(7)
        for place, text in enumerate(texts):
            cell = written.cell(number, place)
            cell.margin_top = cell.margin_bottom = Mm(0.8)
            cell.margin_left = cell.margin_right = Mm(1.5)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.fill.solid()
            cell.fill.fore_color.rgb = WHITE if number else PALE
            align = PP_ALIGN.RIGHT if place in table.figures else PP_ALIGN.LEFT
            _fill(cell.text_frame, [text], Style(size, bold=not number, align=align))
    heights: list[int] = [_height(texts, table, box[2], size) for texts in rows]
    return sum(heights)


def _height(texts: Sequence[str], table: Table, width: int, size: int) -> int:
    """How high a row will be, guessed by the width of its letters."""
    parts = [width * part / sum(table.widths) - Mm(3) for part in table.widths]
    lines = [
        -(-len(text) * Pt(size) * LETTER // part) for text, part in zip(texts, parts, strict=True)
    ]
    return max(int(Mm(7)), int(max(1, *lines) * Pt(size) * 1.25 + Mm(1.6)))


def _chart(slide: Slide, box: Box, curve: Curve) -> None:
    data = CategoryChartData(number_format=MILLIONS)
    data.categories = curve.labels
    for name, values in curve.series:
        data.add_series(name, values)
    chart = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *(Emu(side) for side in box), data).chart
    chart.has_title, chart.has_legend = True, True
    chart.chart_title.text_frame.text = curve.title
    chart.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size = Pt(9)
    chart.value_axis.tick_labels.number_format = MILLIONS
    chart.value_axis.tick_labels.number_format_is_linked = False
    chart.value_axis.major_gridlines.format.line.color.rgb = PALE
    _label_every(chart.category_axis, 4)
    for colour, series in zip(LINES, chart.plots[0].series, strict=False):
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2)
        series.smooth = False
    chart.plots[0].series[-1].format.line.dash_style = MSO_LINE.DASH


def _label_every(axis: Any, count: int) -> None:
    """Write each `count`-th label: sixteen quarters side by side cannot be read."""
    skip = axis._element.makeelement(qn("c:tickLblSkip"), {"val": str(count)})
    after = axis._element.find(qn("c:noMultiLvlLbl"))
    if after is None:
        axis._element.append(skip)
    else:
        after.addprevious(skip)
