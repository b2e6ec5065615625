"""Uploads with which nobody went on are deleted, and what was read of them.

What is or was in the ledger keeps its file. The row stays: it says what was sent and by whom, and
the same file sent again goes on from there.
"""

import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kamerton.domain.ledger.models import LedgerImport
from kamerton.flows.import_ledger import FOLDER, work_folder
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.queries import history_of
from kamerton.platform.files.store import remove

KEPT = dt.timedelta(days=14)  # after the last thing that anybody did with it
State = LedgerImport.State
LEFT = (State.UPLOADED, State.CHECKED, State.FAILED, State.CANCELLED)


def purge_uploads(actor: User, *, now: dt.datetime | None = None) -> int:
    """Delete the files of imports left alone for two weeks, and files of none; how many.

    Raises NotAllowed.
    """
    require(actor, "jobs.manage")
    before = (now or timezone.now()) - KEPT
    old = [path for path in (settings.FILES / FOLDER).glob("*") if _written(path) < before]
    return sum(_purge(path, before) for path in old)


def _written(path: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC)


@transaction.atomic
def _purge(path: Path, before: dt.datetime) -> bool:
    """Delete one file if no import of it is at work, in the ledger, or was lately touched."""
    name = path.relative_to(settings.FILES).as_posix()
    named = list(LedgerImport.objects.select_for_update().filter(file=name))
    if any(found.state not in LEFT or _touched(found, before) for found in named):
        return False
    for found in named:
        shutil.rmtree(work_folder(found), ignore_errors=True)
    remove(name)
    return True


def _touched(found: LedgerImport, before: dt.datetime) -> bool:
    return found.created_at >= before or history_of(found).filter(at__gte=before).exists()
