"""What a dossier gives to a meeting: what to ask, and what to know going in."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.activities.queries import BriefRow, BriefSection
from kamerton.domain.dossier.queries.sheet import DossierRow, DossierSheet, dossier_sheet, insights
from kamerton.domain.dossier.queries.words import spoken
from kamerton.platform import formats
from kamerton.platform.access.models import User

SHOWN = 12  # questions for one meeting: more are not asked in an hour
KNOWN = 14
NOTES = 5
KEY_WEIGHT = 3


def questions_to_ask(sheet: DossierSheet, *, limit: int = SHOWN) -> list[DossierRow]:
    """What is worth asking next, the most wanted first (no query).

    Required and missing, required and old, assumed, then the rest by weight.
    """
    wanted = [row for row in sheet.rows if _place(row) is not None]
    return sorted(wanted, key=lambda row: (_place(row) or 0, -row.question.weight))[:limit]


def snapshot_for_brief(viewer: User, client: Client) -> list[BriefSection]:
    """What to know of a client before a meeting: answers that weigh, insights, open questions."""
    if not viewer.may("dossier.view"):
        return []
    sheet = dossier_sheet(viewer, client)
    sections = [
        BriefSection(_("What we know"), tuple(_known(sheet))),
        BriefSection(_("Insights"), tuple(_insights(viewer, client))),
        BriefSection(_("What to find out"), tuple(_open(sheet))),
    ]
    return [section for section in sections if section.rows]


def _place(row: DossierRow) -> int | None:
    """How early a question is asked; None: there is nothing to ask."""
    if row.is_wanted:
        return 0
    if row.is_stale and row.question.required:
        return 1
    if row.state == "assumed":
        return 2
    if row.state == "missing":
        return 3 if row.question.weight >= KEY_WEIGHT else 5
    return 4 if row.is_stale else None


def _known(sheet: DossierSheet) -> Iterator[BriefRow]:
    answered = [row for row in sheet.rows if row.answer and row.answer.is_applicable]
    weighty = sorted(answered, key=lambda row: (-row.question.weight, not row.question.required))
    for row in weighty[:KNOWN]:
        assert row.answer is not None  # noqa: S101 (filtered above)
        old = row.state == "assumed" or row.is_stale
        yield BriefRow(
            str(row.question.title),
            spoken(row.question, row.answer),
            _source(row),
            "warn" if old else "",
        )


def _insights(viewer: User, client: Client) -> Iterator[BriefRow]:
    for note in insights(viewer, client)[:NOTES]:
        yield BriefRow(note.author.short_name, note.text)


def _open(sheet: DossierSheet) -> Iterator[BriefRow]:
    for row in questions_to_ask(sheet):
        said = spoken(row.question, row.answer) if row.answer else ""
        state = "bad" if row.is_wanted else "warn"
        yield BriefRow(str(row.question.title), said, _knower(sheet, row), state)


def _source(row: DossierRow) -> str:
    assert row.answer is not None  # noqa: S101 (of answered rows only)
    who = row.answer.source_contact
    source = str(who) if who else row.answer.get_source_display()
    return f"{source}, {formats.day(row.answer.source_on)}"


def _knower(sheet: DossierSheet, row: DossierRow) -> str:
    code = row.question.known_by
    return str(sheet.method.buying_role(code).title) if code else ""
