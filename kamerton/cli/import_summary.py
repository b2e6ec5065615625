"""What a check found, as lines for people and as JSON for machines."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from kamerton.cli import output
from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows.check_outcome import Found, counted

MANY = 12


def lines(found: LedgerImport, outcome: Found) -> Iterator[str]:
    """The totals to reconcile, and what is worth knowing."""
    yield found.name
    if found.since and found.until:
        since, until = (date_format(day, "SHORT_DATE_FORMAT") for day in (found.since, found.until))
        yield _("Period: %(since)s – %(until)s") % {"since": since, "until": until}
    yield ""
    yield from _totals(outcome)
    yield ""
    yield _("Clients: %(known)s known, %(new)s new") % {
        "known": counted(outcome.clients_known),
        "new": counted(outcome.clients_new),
    }
    yield from _remarks(outcome)
    yield from outcome.notes


def _totals(outcome: Found) -> list[str]:
    heads = [_("Kind of operation"), _("Lines"), _("Amount"), _("Cost")]
    rows: list[list[object]] = [
        [kind.title, counted(kind.lines), money(kind.amount), money(kind.cost)]
        for kind in outcome.kinds
    ]
    rows.append([_("In all"), counted(outcome.lines), money(outcome.amount), ""])
    if outcome.file_total is not None:
        rows.append([_("The file's own total"), "", money(outcome.file_total), ""])
    return output.table(heads, rows)


def _remarks(outcome: Found) -> Iterator[str]:
    if outcome.difference:
        gap = money(outcome.difference)
        yield _("The total differs from the file's own by %(gap)s.") % {"gap": gap}
    if outcome.without_client:
        yield _("Without a client: %(lines)s lines, %(amount)s") % {
            "lines": counted(outcome.without_client),
            "amount": money(outcome.without_client_amount),
        }
    if outcome.managers_unknown:
        names = ", ".join(outcome.managers_unknown[:MANY])
        yield _("Unknown managers: %(names)s") % {"names": names}
    if outcome.replaced:
        yield _("Lines of the ledger replaced by their keys: %(count)s, unchanged: %(same)s") % {
            "count": counted(outcome.replaced),
            "same": counted(outcome.unchanged),
        }
    elif outcome.same_months:
        yield _("The ledger holds %(count)s lines around this period already.") % {
            "count": counted(outcome.same_months)
        }


def obstacles(outcome: Found) -> Iterator[str]:
    """Why the file does not go in, each with its place and remedy."""
    for error in outcome.errors:
        yield error["sentence"]
    if outcome.error_count:
        yield _("Errors: %(count)s. Nothing was imported.") % {
            "count": counted(outcome.error_count)
        }
    if outcome.closed:
        yield _(
            "These months are closed: %(months)s. Open them again, or leave their lines out of the "
            "file."
        ) % {"months": ", ".join(outcome.closed)}
    if not outcome.lines and not outcome.error_count:
        yield _("The file has no lines.")


def as_json(found: LedgerImport, outcome: Found | None = None) -> dict[str, Any]:
    """An import and what its check found; money in minor units (kopecks)."""
    return {
        "id": found.pk,
        "name": found.name,
        "state": found.state,
        "lines": found.lines,
        "since": found.since,
        "until": found.until,
        "months": found.months,
        "amount": found.amount,
        "error_count": found.error_count,
        "found": asdict(outcome) if outcome else None,
    }


def money(kopecks: int | None) -> str:
    """Write money with its kopecks."""
    if kopecks is None:
        return "–"
    return number_format(Decimal(kopecks) / 100, 2, force_grouping=True)
