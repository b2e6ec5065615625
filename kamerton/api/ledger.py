"""Files of sales history on their way in, and the totals of what came in."""

from typing import Any

from django.http import Http404
from ninja import File, Path, Query, Router, Status
from ninja.files import UploadedFile

from kamerton.api import ledger_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import period_of
from kamerton.api.pages import Page, Paging
from kamerton.api.problems import PROBLEMS
from kamerton.calc.period import Period
from kamerton.domain.ledger import queries
from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows import choose_columns, order_import
from kamerton.flows.errors_sheet import has_errors_sheet, page_of_errors
from kamerton.flows.receive_file import receive_file
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.roles import Scope
from kamerton.platform.access.rules import require
from kamerton.platform.jobs import queries as jobs

imports, ledger = Router(tags=["imports"]), Router(tags=["ledger"])
Id = Path[Pk]


@imports.get("", response={200: Page[bodies.ImportOut], **PROBLEMS}, summary="List imports")
def list_imports(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    """List the files on their way in and gone in, newest first."""
    queries.require_ledger_view(request.user)
    found = queries.imports(request.user)
    page = list(found[paging.offset : paging.offset + paging.limit])
    seen = jobs.jobs(request.user).in_bulk([one.job for one in page if one.job])
    items = [bodies.import_out(one, seen.get(one.job or 0)) for one in page]
    return {"items": items, "total": found.count()}


@imports.post("", response={201: bodies.ImportOut, **PROBLEMS}, summary="Send a file")
def send_file(request: Request, file: File[UploadedFile]) -> Status[dict[str, Any]]:
    """Keep a file of sales; name its columns next, or check it by the layout that was guessed."""
    made = receive_file(request.user, file, name=file.name or "file")
    return Status(201, _out(request.user, made.pk))


@imports.get("/{pk}", response={200: bodies.ImportOut, **PROBLEMS}, summary="One import")
def get_import(request: Request, pk: Id) -> dict[str, Any]:
    """Read how far an import is and what its check found; ask again until it has ended."""
    return _out(request.user, pk)


@imports.get("/{pk}/columns", response={200: bodies.LookOut, **PROBLEMS}, summary="Its columns")
def get_columns(request: Request, pk: Id) -> dict[str, Any]:
    """Look at the file: its columns with first values, and the layout it would be read by."""
    require(request.user, "ledger.import")
    look = choose_columns.look_at(request.user, _import(request.user, pk))
    return {
        "format": look.preview.format,
        "sheets": look.preview.sheets,
        "columns": look.preview.columns,
        "rows": look.preview.rows,
        "notes": look.preview.notes,
        "mapping": look.mapping.to_json(),
        "profiles": [profile.name for profile in look.profiles],
    }


@imports.post("/{pk}/mapping", response={200: bodies.ImportOut, **PROBLEMS}, summary="Name columns")
def set_mapping(request: Request, pk: Id, body: bodies.MappingIn) -> dict[str, Any]:
    """Say which column is what; what is not said stays as it was guessed."""
    require(request.user, "ledger.import")
    found = _import(request.user, pk)
    said = {name: value for name, value in body.given().items() if value is not None}
    profile = said.pop("profile", "")
    forced = {name: said.get(name) for name in ("sheet", "header_row", "encoding", "delimiter")}
    look = choose_columns.look_at(request.user, found, forced=choose_columns.Forced(**forced))
    mapping = look.mapping.from_json(look.mapping.to_json() | said)
    choose_columns.choose_columns(
        request.user, found, mapping, heads=look.heads, profile=profile.strip()
    )
    return _out(request.user, pk)


@imports.post("/{pk}/check", response={202: bodies.ImportOut, **PROBLEMS}, summary="Dry run")
def check(request: Request, pk: Id) -> Status[dict[str, Any]]:
    """Start the dry run; without a mapping the guessed one is taken. Nothing enters the ledger."""
    require(request.user, "ledger.import")
    found = _import(request.user, pk)
    if found.mapping is None:
        look = choose_columns.look_at(request.user, found)
        choose_columns.choose_columns(request.user, found, look.mapping, heads=look.heads)
    order_import.order_check(request.user, found)
    return Status(202, _out(request.user, pk))


@imports.get("/{pk}/errors", response={200: Page[bodies.ErrorOut], **PROBLEMS}, summary="Errors")
def list_errors(request: Request, pk: Id, paging: Query[Paging]) -> dict[str, Any]:
    """List what the check found wrong, in the order of the rows."""
    found = _import(request.user, pk)
    if not has_errors_sheet(found):
        return {"items": [], "total": 0}
    items, total = page_of_errors(found, offset=paging.offset, limit=paging.limit)
    return {"items": items, "total": total}


@imports.post("/{pk}/publish", response={202: bodies.ImportOut, **PROBLEMS}, summary="Import it")
def publish(request: Request, pk: Id) -> Status[dict[str, Any]]:
    """Start the import of a checked file without errors: all its lines, or none."""
    order_import.order_publication(request.user, _import(request.user, pk))
    return Status(202, _out(request.user, pk))


@imports.post("/{pk}/cancel", response={200: bodies.ImportOut, **PROBLEMS}, summary="Give it up")
def cancel(request: Request, pk: Id) -> dict[str, Any]:
    """Give up an import that is not in the ledger yet."""
    order_import.stop_import(request.user, _import(request.user, pk))
    return _out(request.user, pk)


@imports.post("/{pk}/undo", response={202: bodies.ImportOut, **PROBLEMS}, summary="Undo it")
def undo(request: Request, pk: Id, body: bodies.UndoIn) -> Status[dict[str, Any]]:
    """Take all its lines out of the ledger; figures are counted anew in the background."""
    found = _import(request.user, pk)
    order_import.undo_import(request.user, found, reason=body.reason)
    return Status(202, _out(request.user, pk))


@ledger.get("/totals", response={200: bodies.TotalsOut, **PROBLEMS}, summary="Totals of lines")
def totals(
    request: Request, wanted: Query[bodies.TotalsWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """Totals by month, client or manager over whole months, of what the caller may see."""
    require(request.user, "ledger.view_money")
    period = period_of(wanted.since, wanted.until)
    found = queries.totals_by(request.user, period, by=wanted.by, base=wanted.base)
    page = found[paging.offset : paging.offset + paging.limit]
    names = _names(request.user, page) if wanted.by == "client" else {}
    return {
        "by": wanted.by,
        "base": wanted.base,
        "since": period.since,
        "until": period.until,
        "sum": bodies.in_units(sum(one.amount or 0 for one in found)),
        "without_client": bodies.in_units(_of_nobody(request.user, period)),
        "items": [
            {
                "key": one.key,
                "name": names.get(one.key, "") if wanted.by == "client" else one.key,
                "amount": bodies.in_units(one.amount),
            }
            for one in page
        ],
        "total": len(found),
    }


def _names(viewer: User, page: list[queries.Total]) -> dict[str, str]:
    names = queries.client_names(viewer, [int(one.key) for one in page])
    return {str(pk): name for pk, name in names.items()}


def _of_nobody(viewer: User, period: Period) -> int | None:
    """Revenue without a client, for those who see the whole company."""
    if viewer.scope != Scope.ALL:
        return None
    return queries.without_client(viewer, period).revenue


def _import(viewer: User, pk: int) -> LedgerImport:
    queries.require_ledger_view(viewer)
    found = queries.imports(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _out(viewer: User, pk: int) -> dict[str, Any]:
    found = _import(viewer, pk)
    job = jobs.jobs(viewer).filter(pk=found.job).first() if found.job else None
    return bodies.import_out(found, job)
