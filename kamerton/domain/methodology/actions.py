"""Change the method."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.methodology import queries
from kamerton.domain.methodology.content import Methodology, as_json, from_json, merged
from kamerton.domain.methodology.content.difference import difference
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, Stale


class UnsoundMethod(BusinessError):
    """The method would contradict itself; `message` holds a sentence for each problem."""


class NothingChanged(BusinessError):
    """The new version would equal the present one."""


class NoteMissing(BusinessError):
    """A change of the method comes with a word of why."""


@transaction.atomic
def change_methodology(
    actor: User, *, note: str, based_on: int | None = None, **changes: Any
) -> MethodologyVersion:
    """Make a new version with `changes` (section: its new values) laid over the present one.

    What was decided by an older version keeps it. With `based_on`, the version that the actor
    was looking at, a change by somebody else meanwhile is not overwritten.

    Raises NotAllowed, NoteMissing, Stale, UnsoundMethod, NothingChanged.
    """
    require(actor, "methodology.edit")
    if not note.strip():
        raise NoteMissing(_("Write what changes in the method and why."))
    queries.current()  # version 1 exists from here on, and stands for the lock of all
    MethodologyVersion.objects.select_for_update().get(number=1)
    latest = MethodologyVersion.objects.order_by("-number")[0]
    if based_on is not None and based_on != latest.number:
        raise Stale(_("Somebody changed the method meanwhile. Look at it and change it again."))
    before = from_json(latest.content, version=latest.number)
    after = _changed(before, changes)
    made = MethodologyVersion.objects.create(
        number=latest.number + 1,
        valid_from=timezone.localdate(),
        content=as_json(after),
        note=note.strip(),
        created_by=actor,
    )
    was, now = difference(as_json(before), as_json(after))
    record(actor, "methodology.changed", made, before=was, after=now, reason=note.strip())
    return made


def _changed(before: Methodology, changes: dict[str, Any]) -> Methodology:
    """Lay `changes` over the method and check the whole."""
    try:
        after = merged(before, changes)
    except KeyError as unknown:
        name = unknown.args[0]
        raise UnsoundMethod(_("The method has no setting “%(name)s”.") % {"name": name}) from None
    except (TypeError, ValueError):
        raise UnsoundMethod(_("A number is missing or not a number.")) from None
    if problems := after.problems():
        raise UnsoundMethod(" ".join(problems))
    if after == before:
        raise NothingChanged(_("Nothing was changed: the values are those in force."))
    return after
