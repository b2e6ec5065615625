"""Write who of us works with whom of them, and how."""

from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.buying_centre.actions import rules
from kamerton.domain.buying_centre.actions.rules import DoesNotFit
from kamerton.domain.buying_centre.models import MatrixCell, Member
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record


class CellFields(TypedDict, total=False):
    """What is written in a cell of the contact matrix."""

    goal: str
    role: str
    obligations: str
    plan: str
    channel: str
    frequency_days: int | None


@transaction.atomic
def write_cell(
    actor: User,
    member: Member,
    *,
    colleague: User,
    expected: int | None = None,
    **cell: Unpack[CellFields],
) -> MatrixCell:
    """Write the cell of one of us and one of them; `expected` 0: there was none.

    Raises NotAllowed, ToolOff, Stale, HasLeft, DoesNotFit.
    """
    member = rules.lock_member(actor, member)
    rules.refuse_left(member)
    if not User.objects.working().filter(pk=colleague.pk).exists():
        raise DoesNotFit({"user": [_("%(name)s does not work here.") % {"name": colleague}]})
    found = MatrixCell.objects.filter(member=member, user=colleague).first()
    rules.refuse_stale(found.revision if found else 0, expected, found or member)
    written = found or MatrixCell(member=member, user=colleague, revision=0)
    before = _plain(written)
    _write(written, cell)
    if not found or _plain(written) != before:
        written.revision += 1
        written.save()
        client, after = member.centre.client, _plain(written) | {"cell": str(written)}
        record(actor, "buying_centre.cell_written", client, before=before, after=after)
    return written


@transaction.atomic
def erase_cell(actor: User, cell: MatrixCell) -> None:
    """Empty a cell: this pair does not work together.

    Raises NotAllowed, ToolOff.
    """
    member = rules.lock_member(actor, cell.member)
    before = _plain(cell) | {"cell": str(cell)}
    MatrixCell.objects.filter(pk=cell.pk).delete()
    record(actor, "buying_centre.cell_erased", member.centre.client, before=before)


def _write(written: MatrixCell, cell: CellFields) -> None:
    for name, value in cell.items():
        if name not in CellFields.__annotations__:
            raise TypeError(f"{name} is not written in a cell")
        setattr(written, name, " ".join(value.split()) if isinstance(value, str) else value)
    try:
        written.clean_fields(exclude={"member", "user"})
    except ValidationError as error:
        raise DoesNotFit(error.message_dict) from error
    if not (written.goal or written.plan or written.role or written.frequency_days):
        raise DoesNotFit({"goal": [_("Write at least a goal or how often they speak.")]})


def _plain(cell: MatrixCell) -> dict[str, object]:
    return {name: getattr(cell, name) for name in CellFields.__annotations__}
