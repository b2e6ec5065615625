"""Draw and erase lines of influence and conflict."""

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.buying_centre.actions.rules import DoesNotFit, NotOfCentre, lock_centre
from kamerton.domain.buying_centre.models import BuyingCentre, Line, Member
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record

LONGEST_NOTE = 120


@transaction.atomic
def draw_line(
    actor: User,
    centre: BuyingCentre,
    *,
    kind: str,
    ends: tuple[Member, Member],
    note: str = "",
    assumed: bool = True,
) -> Line:
    """Say that the first of `ends` influences the second, or that the two are at odds.

    A line that is there already gets the new note. Raises NotAllowed, ToolOff, DoesNotFit,
    NotOfCentre.
    """
    centre = lock_centre(actor, centre)
    source, target = _ends(centre, kind, ends)
    line, _made = Line.objects.update_or_create(
        kind=kind,
        source=source,
        target=target,
        defaults={"note": " ".join(note.split())[:LONGEST_NOTE], "assumed": assumed},
        create_defaults={
            "centre": centre,
            "note": " ".join(note.split())[:LONGEST_NOTE],
            "assumed": assumed,
            "created_by": actor,
        },
    )
    what = {"kind": kind, "from": str(source), "to": str(target), "note": line.note}
    record(actor, "buying_centre.line_drawn", centre.client, after=what)
    return line


@transaction.atomic
def erase_line(actor: User, line: Line) -> None:
    """Take a line off the map; the journal remembers it.

    Raises NotAllowed, ToolOff.
    """
    centre = lock_centre(actor, line.centre)
    what = {"kind": line.kind, "from": str(line.source), "to": str(line.target)}
    Line.objects.filter(pk=line.pk).delete()
    record(actor, "buying_centre.line_erased", centre.client, before=what)


def _ends(centre: BuyingCentre, kind: str, ends: tuple[Member, Member]) -> tuple[Member, Member]:
    source, target = ends
    if kind not in Line.Kind.values:
        raise DoesNotFit({"kind": [_("Choose influence or conflict.")]})
    if source.pk == target.pk:
        raise DoesNotFit({"target": [_("A line joins two different people.")]})
    if {source.centre_id, target.centre_id} != {centre.pk}:
        raise NotOfCentre(_("Both ends of a line stand in this centre."))
    swapped = kind == Line.Kind.CONFLICT and source.pk > target.pk
    return (target, source) if swapped else (source, target)
