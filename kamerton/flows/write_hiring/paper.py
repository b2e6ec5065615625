"""What a paper of hiring says: the same typst template sets all of them."""

from dataclasses import asdict, dataclass
from pathlib import Path

from kamerton.platform.printing import pdf

TEMPLATE = Path(__file__).with_name("paper.typ")
Row = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows under heads; `widths` are parts of the whole, columns of `figures` stand right."""

    heads: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a paper: paragraphs, then a table."""

    title: str
    text: str = ""
    table: Table | None = None


@dataclass(frozen=True)
class Told:
    """A paper in words: head, facts by name, sections, a line to sign on."""

    company: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    signs: Row
    footer: str
    badge: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper ready to be sent."""

    name: str
    content: bytes


def printed(told: Told, *, name: str, language: str) -> Paper:
    """Set a paper as PDF, A4 standing."""
    return Paper(f"{name}.pdf", pdf(TEMPLATE, {**asdict(told), "language": language}))
