"""Plans as people may see them, and who has none yet."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans.models import PerspectivePlan, SupplierAction
from kamerton.domain.plans.models.plans import PlanQuerySet
from kamerton.domain.plans.queries.rights import may_judge
from kamerton.domain.plans.queries.versions import MANY, PARTS
from kamerton.domain.segmentation.models import ManagerKey
from kamerton.platform.access.models import User

SEE = "plans.view"
JOINED = ("client", "manager", "supervisor", "author", "submitted_by", "approved_by", "methodology")


@dataclass(frozen=True)
class PlanFilter:
    """What to keep of the plans; empty keeps all that are open."""

    state: str = ""  # a state, "open", "closed" or "all"
    manager: int | None = None
    client: int | None = None
    overdue: bool = False  # whose review is late


@dataclass(frozen=True)
class MissingPlan:
    """A key client of a manager without a submitted plan; `late`: the days allowed are over."""

    client: Client
    manager: User
    since: dt.date  # the day on which he became key
    due_on: dt.date
    days_late: int

    @property
    def late(self) -> bool:
        """True from the day after the last one allowed."""
        return self.days_late > 0


def plans(viewer: User, chosen: PlanFilter | None = None) -> PlanQuerySet:
    """Plans of the clients that `viewer` may see, people joined (1 query)."""
    found = PerspectivePlan.objects.select_related(*JOINED)
    if not viewer.may(SEE):
        return found.none()
    wanted = chosen or PlanFilter()
    found = _in_state(found.visible_to(viewer), wanted.state)
    if wanted.manager:
        found = found.filter(manager=wanted.manager)
    if wanted.client:
        found = found.filter(client=wanted.client)
    if wanted.overdue:
        found = found.in_force().filter(next_review_on__lt=timezone.localdate())
    return found


def plan(viewer: User, pk: int) -> PerspectivePlan | None:
    """One plan, if `viewer` may see it (1 query)."""
    return plans(viewer, PlanFilter(state="all")).filter(pk=pk).first()


def plan_of(viewer: User, client: Client) -> PerspectivePlan | None:
    """The open plan of a client, else the last one that was closed (1 or 2 queries)."""
    found = plans(viewer, PlanFilter(state="all", client=client.pk))
    return found.open().first() or found.order_by("-pk").first()


def earlier_plans(viewer: User, client: Client) -> PlanQuerySet:
    """Plans of a client that are closed, the last one first (1 query)."""
    return plans(viewer, PlanFilter(state="closed", client=client.pk)).order_by("-pk")


def part(viewer: User, client: Client, relation: str, pk: int) -> Any | None:
    """A part of a client's plan by its relation (see PARTS); None if there is none (1 query)."""
    model, _section = PARTS[relation]
    seen = plans(viewer, PlanFilter(state="all", client=client.pk)).order_by()
    found = model._base_manager.filter(plan__in=seen.values("pk"), pk=pk)
    return found.select_related("plan__client", "plan__manager").first()


def whole(viewer: User, plan: PerspectivePlan) -> PerspectivePlan | None:
    """The plan anew with all its parts read along (about 20 queries, however many parts)."""
    along = [*PARTS, *(f"{name}__{many}" for name, named in MANY.items() for many in named)]
    found = plans(viewer, PlanFilter(state="all")).filter(pk=plan.pk)
    return found.prefetch_related(
        *along,
        "actions__owner",
        "actions__strategy",
        "actions__evidence",
        "goals__owner",
        "supplier_actions__owner",
        "supplier_actions__decided_by",
        "sessions__present",
        "sessions__author",
        "reviews__author",
        "comments__author",
    ).first()


def waiting_for(viewer: User) -> list[PerspectivePlan]:
    """Plans that wait for `viewer` to approve them (1 query, and his tree)."""
    found = plans(viewer, PlanFilter(state=PerspectivePlan.State.REVIEW))
    return [each for each in found.order_by("submitted_at") if may_judge(viewer, each)]


def missing_plans(viewer: User, *, on: dt.date | None = None) -> list[MissingPlan]:
    """Confirmed keys of managers without a plan that was ever submitted (1 query)."""
    if not viewer.may(SEE) or not methodology.current().tools.plan:
        return []
    day = on or timezone.localdate()
    sent = PerspectivePlan.objects.open().filter(submitted_at__isnull=False)
    keys = ManagerKey.objects.filter(
        ~Exists(sent.filter(client=OuterRef("client"))),
        state=ManagerKey.State.CONFIRMED,
        client__in=Client.objects.visible_to(viewer),
    )
    found = [_missing(key, day) for key in keys.select_related("client", "manager")]
    return sorted(found, key=lambda each: (each.due_on, each.client.name_folded))


def costs_to_decide(viewer: User, plan: PerspectivePlan) -> list[SupplierAction]:
    """What the company is asked to do in this plan and nobody has decided on (1 query)."""
    seen = plans(viewer, PlanFilter(state="all")).filter(pk=plan.pk)
    proposed = SupplierAction.State.PROPOSED
    return list(SupplierAction.objects.filter(plan__in=seen.order_by(), state=proposed))


def _missing(key: ManagerKey, day: dt.date) -> MissingPlan:
    since = timezone.localdate(key.confirmed_at or key.created_at)
    due = since + dt.timedelta(days=methodology.current().plan.submit_days)
    return MissingPlan(key.client, key.manager, since, due, max(0, (day - due).days))


def _in_state(found: PlanQuerySet, state: str) -> PlanQuerySet:
    match state:
        case "" | "open":
            return found.open()
        case "closed":
            return found.filter(state__in=PerspectivePlan.CLOSED)
        case "all":
            return found
        case _:
            return found.filter(state=state)
