"""The store is kept clean and true: garbage goes, files are compared with their rows."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kamerton.domain.ledger import store
from kamerton.domain.ledger.models import Segment
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record

KEPT_DAYS = 7  # running questions and backups may still read a file that no row names


def clear_garbage(actor: User) -> int:
    """Delete files of the store that no row names, a week after they were written; how many.

    Raises NotAllowed.
    """
    require(actor, "jobs.manage")
    known = set(Segment.objects.values_list("digest", flat=True))
    found = store.garbage(known, older_than=timezone.now() - dt.timedelta(days=KEPT_DAYS))
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


@transaction.atomic
def compare_segments(actor: User) -> list[Segment]:
    """Compare the live files with what their rows say; differences go to the journal.

    Raises NotAllowed.
    """
    require(actor, "jobs.manage")
    wrong = [segment for segment in Segment.objects.live() if not store.matches(segment)]
    for segment in wrong:
        record(actor, "ledger.segment_differs", segment, after={"digest": segment.digest})
    return wrong
