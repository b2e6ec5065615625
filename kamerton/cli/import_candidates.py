"""Import a file of candidates into a vacancy: checked first, then all of them or nobody."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.cli import output
from kamerton.cli.imports import NotConfirmed, existing, wanted
from kamerton.cli.progress_bar import ProgressBar
from kamerton.cli.user import person
from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import CandidateImport, Source, Vacancy
from kamerton.flows import import_candidates as flow
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import BusinessError

ABOUT = gettext_lazy("Import a table of candidates into a vacancy; who is known is not doubled.")
EXAMPLE = "kamerton import-candidates hh.xlsx --vacancy 3 --dry-run"


class NoSuchVacancy(BusinessError):
    """There is no vacancy of this number."""


class NoSuchSource(BusinessError):
    """There is no source of this name."""


class NobodyFound(BusinessError):
    """Nobody could be read from the file."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whom to import, into which vacancy, how far to go."""
    parser.add_argument("file", metavar="FILE", type=existing, help=_("the table of candidates"))
    parser.add_argument("--vacancy", metavar="ID", type=int, required=True, help=_("its number"))
    parser.add_argument("--source", metavar="NAME", help=_("where these people come from"))
    parser.add_argument("--dry-run", action="store_true", help=_("check only, change nothing"))
    parser.add_argument("--errors", metavar="XLSX", type=Path, help=_("write the errors to a file"))
    parser.add_argument("--yes", action="store_true", help=_("import without a question"))
    parser.add_argument("--no-input", action="store_true", help=_("never ask"))
    parser.add_argument("--as", dest="actor", metavar="EMAIL", help=_("in whose name"))


def run(options: argparse.Namespace) -> int:
    """Check the file, tell whom it names, import them if that is wanted."""
    actor = person(options.actor) if options.actor else system_user()
    found = received(options, actor)
    try:
        with bar(options) as progress:
            found = flow.check_candidates(actor, found, progress=progress)
        return settled(options, actor, found)
    finally:
        flow.settle_cancelled(actor, found)  # a file that did not go in is not kept


def received(options: argparse.Namespace, actor: User) -> CandidateImport:
    """Keep the file and register it.

    Raises NoSuchVacancy, NoSuchSource, and what keeping refuses.
    """
    into, source = vacancy(actor, options.vacancy), named_source(actor, options.source)
    with options.file.open("rb") as file:
        return flow.receive_candidates(actor, into, file, name=options.file.name, source=source)


def vacancy(actor: User, pk: int) -> Vacancy:
    """Find a vacancy by its number.

    Raises NoSuchVacancy.
    """
    found = queries.vacancy(actor, pk)
    if found is None:
        there = ", ".join(f"{one.pk} {one.title}" for one in queries.vacancies(actor)[:10])
        raise NoSuchVacancy(
            _("There is no vacancy %(pk)d. In work: %(names)s.")
            % {"pk": pk, "names": there or _("none")}
        )
    return found


def named_source(actor: User, name: str | None) -> Source | None:
    """Find a source by its name.

    Raises NoSuchSource.
    """
    known = {one.name: one for one in queries.known_sources(actor)}
    if name and name not in known:
        raise NoSuchSource(
            _("There is no source “%(name)s”. Known: %(names)s.")
            % {"name": name, "names": ", ".join(known) or _("none")}
        )
    return known[name] if name else None


def settled(options: argparse.Namespace, actor: User, found: CandidateImport) -> int:
    """Tell what was found; import if that is wanted.

    Raises NobodyFound, NotConfirmed.
    """
    outcome = flow.outcome_of(found)
    assert outcome is not None  # noqa: S101 (a checked file has its report)
    if options.errors and outcome.bad:
        with options.errors.open("wb") as sheet:
            flow.write_errors_sheet(found, sheet)
    if not options.json:
        output.show(options, None, lines(found, outcome))
    if not outcome.may_go_in:
        raise NobodyFound(
            _("Nobody could be read. The table needs titles: name, and phone, e-mail or employer.")
        )
    if not options.dry_run:
        if not wanted(options):
            raise NotConfirmed(_("Nothing was imported. Add --yes to import without a question."))
        with bar(options) as progress:
            found = flow.import_candidates(actor, found, progress=progress)
    output.show(options, as_json(found, outcome), [ending(found)])
    return 0


def ending(found: CandidateImport) -> str:
    """Say how it ended."""
    if found.state != CandidateImport.State.DONE:
        return _("Checked: nothing was changed.")
    done = found.report["done"]
    sentence = _("Imported: %(applied)d into the vacancy, %(made)d of them new in the base.")
    return str(sentence % done)


def lines(found: CandidateImport, outcome: flow.Outcome) -> Iterator[str]:
    """Whom the file names, and what could not be read."""
    yield f"{found.name} → {found.vacancy.title}"
    heads = [_("People"), _("New"), _("Known"), _("In the vacancy already"), _("Unreadable")]
    yield from output.table(
        heads, [[outcome.rows, outcome.new, outcome.known, outcome.already, outcome.bad]]
    )
    for row, cells, why in outcome.errors:
        yield _("Row %(row)d: %(cells)s. %(why)s") % {"row": row, "cells": cells, "why": why}


def as_json(found: CandidateImport, outcome: flow.Outcome) -> dict[str, Any]:
    """The same for machines; no person is named."""
    counts = {name: getattr(outcome, name) for name in flow.COUNTS}
    done = found.report.get("done") if found.state == CandidateImport.State.DONE else None
    return {"id": found.pk, "vacancy": found.vacancy_id, "found": counts, "imported": done}


@contextmanager
def bar(options: argparse.Namespace) -> Iterator[flow.Progress]:
    """Show the progress."""
    drawn, stages = ProgressBar(silent=options.json), set[str]()

    def tell(stage: str, done: int, total: int | None) -> None:
        if stage not in stages:
            stages.add(stage)
            drawn.stage(stage, total)
        drawn.advance(done)

    try:
        yield tell
    finally:
        drawn.close()
