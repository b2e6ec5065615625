"""Import a file of sales history: checked first, then whole or not at all."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from kamerton.cli import import_summary, output
from kamerton.cli.progress_bar import ProgressBar
from kamerton.cli.user import person
from kamerton.domain.ledger import queries, reader
from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows import choose_columns, import_ledger, watch_import
from kamerton.flows.check_outcome import Found, found_in
from kamerton.flows.errors_sheet import has_errors_sheet, write_errors_sheet
from kamerton.flows.receive_file import receive_file
from kamerton.flows.restate_standings import restate_standings
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import BusinessError

ABOUT = gettext_lazy("Import a file of sales history: check it, show the totals, import it whole.")
EXAMPLE = "kamerton import sales.xlsx --dry-run"
REFUSED = 1
RESTATING = gettext_noop("Counting the figures anew")
State = LedgerImport.State


class NoSuchLayout(BusinessError):
    """No layout of this name fits the file."""


class LayoutInvalid(BusinessError):
    """The file of the layout cannot be read."""


class NotConfirmed(BusinessError):
    """Nobody said that the checked file is to go in."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to import, how it is to be read, how far to go."""
    parser.add_argument("file", metavar="FILE", type=existing, help=_("the file of sales"))
    parser.add_argument("--profile", metavar="NAME", help=_("read it by a learned layout"))
    parser.add_argument("--mapping", metavar="JSON", type=existing, help=_("a layout from a file"))
    parser.add_argument("--save-mapping", metavar="JSON", type=Path, help=_("keep the layout used"))
    parser.add_argument("--sheet", help=_("the sheet of a workbook"))
    parser.add_argument("--header-row", type=int, metavar="N", help=_("the row of titles, from 1"))
    parser.add_argument("--encoding", help=_("the encoding of a text, such as cp1251"))
    parser.add_argument("--delimiter", help=_("the sign between columns of a text"))
    parser.add_argument("--dry-run", action="store_true", help=_("check only, change nothing"))
    parser.add_argument("--errors", metavar="XLSX", type=Path, help=_("write the errors to a file"))
    parser.add_argument("--yes", action="store_true", help=_("import without a question"))
    parser.add_argument("--no-input", action="store_true", help=_("never ask"))
    parser.add_argument("--as", dest="actor", metavar="EMAIL", help=_("in whose name"))


def existing(text: str) -> Path:
    """Return the path of a file that is there; anything else is wrong usage."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(_("there is no file “%(path)s”") % {"path": text})
    return path


def run(options: argparse.Namespace) -> int:
    """Check the file, tell what it holds, import it if that is wanted."""
    actor = person(options.actor) if options.actor else system_user()
    with options.file.open("rb") as file:
        ledger_import = receive_file(actor, file, name=options.file.name)
    if ledger_import.state != State.IMPORTING:  # an import that was killed goes on
        ledger_import = checked(options, actor, ledger_import)
    outcome = found_in(ledger_import)
    assert outcome is not None  # noqa: S101 (a checked file has its report)
    if not options.json:
        output.show(options, None, import_summary.lines(ledger_import, outcome))
    if not goes_in(options, ledger_import, outcome):
        return REFUSED
    if options.dry_run:
        told(options, ledger_import, outcome)
        return 0
    if not wanted(options):
        raise NotConfirmed(_("Nothing was imported. Add --yes to import without a question."))
    ledger_import = imported(options, actor, ledger_import)
    told(options, ledger_import, outcome)
    return 0


def checked(options: argparse.Namespace, actor: User, found: LedgerImport) -> LedgerImport:
    """Name the columns and do the dry run."""
    if found.state != State.CHECKING or found.mapping is None:
        found = with_columns(options, actor, found)
    with watched(options, actor, found) as watch:
        return import_ledger.check_import(actor, found, watch=watch)


def with_columns(options: argparse.Namespace, actor: User, found: LedgerImport) -> LedgerImport:
    """Take the layout that is named, or what the file looks like.

    Raises NoSuchLayout, LayoutInvalid, LedgerFileInvalid.
    """
    forced = choose_columns.Forced(
        options.sheet, options.header_row, options.encoding, options.delimiter
    )
    look = choose_columns.look_at(actor, found, forced=forced, profile=options.profile or "")
    if options.profile and (look.profile is None or look.profile.name != options.profile):
        raise NoSuchLayout(
            _("No layout “%(name)s” fits the titles of this file. Known: %(names)s.")
            % {"name": options.profile, "names": _names(actor)}
        )
    mapping = _written(options.mapping) if options.mapping else look.mapping
    if options.save_mapping:
        text = json.dumps(mapping.to_json(), ensure_ascii=False, indent=2)
        options.save_mapping.write_text(text, encoding="utf-8")
    return choose_columns.choose_columns(actor, found, mapping, heads=look.heads)


def _names(actor: User) -> str:
    return ", ".join(profile.name for profile in queries.profiles(actor)) or _("none")


def _written(path: Path) -> reader.Mapping:
    try:
        return reader.Mapping.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LayoutInvalid(
            _("“%(path)s” is no layout. Write one with --save-mapping and change it.")
            % {"path": path}
        ) from error


def goes_in(options: argparse.Namespace, found: LedgerImport, outcome: Found) -> bool:
    """Tell of what stands in the way, and write the sheet of errors where it is wanted."""
    if options.errors and has_errors_sheet(found):
        with options.errors.open("wb") as sheet:
            form = "csv" if options.errors.suffix.lower() == ".csv" else "xlsx"
            write_errors_sheet(found, sheet, form=form)
    if outcome.may_go_in:
        return True
    if options.json:
        told(options, found, outcome)
    else:
        for line in import_summary.obstacles(outcome):
            output.note(line)
        if options.errors and outcome.error_count:
            output.note(_("All errors: %(path)s") % {"path": options.errors})
    return False


def wanted(options: argparse.Namespace) -> bool:
    """Ask whether to import, where there is somebody to ask."""
    if options.yes:
        return True
    if options.no_input or options.json or not sys.stdin.isatty():
        return False
    return input(_("Import? [y/N] ")).strip().casefold() in ("y", "yes", "д", "да")


def imported(options: argparse.Namespace, actor: User, found: LedgerImport) -> LedgerImport:
    """Publish the lines and count the figures anew, both here and now."""
    with watched(options, actor, found) as watch:
        done = import_ledger.run_import(actor, found, watch=watch)
    restated(options, actor)
    return done


def restated(options: argparse.Namespace, actor: User) -> None:
    """Count the figures anew in this process."""
    bar = ProgressBar(silent=options.json)
    bar.stage(RESTATING)
    restate_standings(actor, progress=lambda done, total: bar.advance(done))
    bar.close()


@contextmanager
def watched(
    options: argparse.Namespace, actor: User, found: LedgerImport
) -> Iterator[import_ledger.Watch]:
    """Show the progress; Ctrl+C leaves the ledger as it was and says so in the list of imports."""
    bar = ProgressBar(silent=options.json)
    expected = found.lines or watch_import.expected_rows(import_ledger.source_of(found))
    try:
        yield import_ledger.Watch(watch_import.Teller(bar, expected).tell)
    except KeyboardInterrupt:
        import_ledger.settle_cancelled(actor, found)
        raise
    finally:
        bar.close()


def told(options: argparse.Namespace, found: LedgerImport, outcome: Found) -> None:
    """Say how it ended."""
    data: dict[str, Any] = import_summary.as_json(found, outcome)
    sentence = _("Checked: nothing was changed.")
    if found.state == State.PUBLISHED:
        sentence = _("Imported as number %(pk)d.") % {"pk": found.pk}
    output.show(options, data, [sentence])
