"""A file of sales history arrives: kept by its digest, looked at, registered."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.ledger import actions, reader
from kamerton.domain.ledger.actions.imports import refuse_twice
from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows.import_ledger import FOLDER
from kamerton.flows.order_import import running_job
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.errors import BusinessError
from kamerton.platform.files.kinds import Kind
from kamerton.platform.files.store import Chunked, KeptFile, keep, kept_path, remove

ANY_KIND = frozenset(Kind)  # packed tables too; the reader says what it cannot read
State = LedgerImport.State
ON_ITS_WAY = (
    *(State.UPLOADED, State.CHECKING, State.CHECKED),
    *(State.IMPORTING, State.FAILED, State.CANCELLED),
)


class BeingImported(BusinessError):
    """This very file is being worked on."""


def receive_file(actor: User, upload: Chunked | BinaryIO, *, name: str) -> LedgerImport:
    """Keep a file and register it; a file from which no table can be read is not kept.

    The same file again, while it is not in the ledger, goes on where it was.
    Raises NotAllowed, EmptyFile, TooLarge, LedgerFileInvalid, AlreadyImported, BeingImported.
    """
    require(actor, "ledger.import")
    kept = keep(upload, FOLDER, name=name, allowed=ANY_KIND)
    try:
        return _registered(actor, kept)
    except BusinessError:
        _forget(kept)
        raise


def _registered(actor: User, kept: KeptFile) -> LedgerImport:
    try:
        refuse_twice(kept.digest)
    except actions.AlreadyImported as refusal:
        refusal.ways_out = ways_to(_("Show all imports"), "ledger:imports")
        raise
    if found := _on_its_way(kept.digest):
        return found
    reader.preview(kept_path(kept.path), name=kept.name)
    return actions.start_import(
        actor, name=kept.name, file=kept.path, digest=kept.digest, size=kept.size
    )


def _forget(kept: KeptFile) -> None:
    """Delete a refused file, unless an earlier import of the same content names it."""
    if not LedgerImport.objects.filter(file=kept.path).exists():
        remove(kept.path)


@transaction.atomic
def _on_its_way(digest: str) -> LedgerImport | None:
    """The same file, uploaded before and not in the ledger; refused while a job works on it."""
    same = LedgerImport.objects.filter(digest=digest, state__in=ON_ITS_WAY).order_by("-pk")
    found = same.first()
    if found and running_job(found, State.CHECKING, State.IMPORTING):
        raise BeingImported(
            _("“%(name)s”, the same file, is being worked on now. See it in the imports.")
            % {"name": found.name},
            ways_out=ways_to(_("Show all imports"), "ledger:imports"),
        )
    return found
