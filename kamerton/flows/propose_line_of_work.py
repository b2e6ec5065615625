"""A role brings its line of work: proposed as tasks, planned where a person ticks them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.activities import actions as activities
from kamerton.domain.activities import queries as deeds
from kamerton.domain.activities.models import Activity
from kamerton.domain.buying_centre.models import Member
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.buying import BuyingRole
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError

FIRST_DAYS = 7  # to the first task of a line; each further one a week later


class NothingChosen(BusinessError):
    """No task was ticked, or one that the role does not bring."""


@dataclass(frozen=True)
class Proposal:
    """A task that a role brings; `planned`: it is under way, `done_on`: it was done."""

    origin: str
    role: str
    text: str
    due_on: dt.date
    planned: Activity | None = None
    done_on: dt.date | None = None

    @property
    def is_open(self) -> bool:
        """True if nobody has taken it up."""
        return self.planned is None and self.done_on is None


@dataclass(frozen=True)
class LineOfWork:
    """What we do with who plays a role, and how far we are."""

    role: BuyingRole
    proposals: tuple[Proposal, ...]

    @property
    def done(self) -> int:
        """How many of the tasks were done."""
        return sum(proposal.done_on is not None for proposal in self.proposals)


def lines_of_work(viewer: User, member: Member) -> list[LineOfWork]:
    """The lines of work of a member's roles, with what became of each task (3 queries)."""
    method = methodology.version(member.centre.method)
    roles = [role for role in method.buying_roles if role.code in member.roles]
    origins = [origin_of(member, role, n) for role in roles for n in range(len(role.actions))]
    planned = deeds.open_of_origins(origins)
    done = deeds.done_of_origins(origins)
    return [_line(member, role, planned, done) for role in roles]


@transaction.atomic
def plan_line_of_work(
    actor: User, member: Member, *, chosen: Iterable[str], due_on: dt.date | None = None
) -> list[Activity]:
    """Plan the ticked tasks of a member's roles, with him; all or none.

    Without a day each has the one it was proposed for. Raises NothingChosen, and what planning
    refuses (NotAllowed, PastDay, AlreadyPlanned).
    """
    wanted = list(dict.fromkeys(chosen))
    offered = {
        each.origin: each for line in lines_of_work(actor, member) for each in line.proposals
    }
    if not wanted or any(origin not in offered for origin in wanted):
        raise NothingChosen(_("Tick at least one of the tasks that the role brings."))
    return [
        activities.plan_activity(
            actor,
            member.centre.client,
            kind=Activity.Kind.TASK,
            title=offered[origin].text,
            due_on=due_on or offered[origin].due_on,
            people=[member.contact],
            origin=origin,
        )
        for origin in wanted
    ]


def origin_of(member: Member, role: BuyingRole, number: int) -> str:
    """Name a task of a role by what it arises from."""
    return f"member:{member.pk}:{role.code}:{number}"


def _line(
    member: Member, role: BuyingRole, planned: dict[str, Activity], done: dict[str, dt.date]
) -> LineOfWork:
    today = timezone.localdate()
    proposals = []
    for number, text in enumerate(role.actions):
        origin = origin_of(member, role, number)
        day = today + dt.timedelta(days=FIRST_DAYS * (number + 1))
        proposals.append(
            Proposal(origin, role.code, str(text), day, planned.get(origin), done.get(origin))
        )
    return LineOfWork(role, tuple(proposals))
