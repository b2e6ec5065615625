"""The rows behind each figure of a probation."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from kamerton.domain.accounts.models import Client
from kamerton.domain.activities.models import Activity
from kamerton.domain.buying_centre.queries import figures_of
from kamerton.domain.dossier.queries import quality_of
from kamerton.domain.hiring.models import Checkpoint, ProbationPlan
from kamerton.domain.hiring.queries.probation import (
    ProbationLine,
    ProbationState,
    account_states,
    activities_of,
    probation_state,
    probations,
)
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access.models import User

MARKED = {"method": "method_share", "calls": "calls_mark", "papers": "papers_share"}


@dataclass(frozen=True)
class ProofRow:
    """A record behind a figure. `kind` tells what `pk` names: an activity, or a client's page.

    `client` is None for who may not see it; `value` is in the unit of the criterion.
    """

    kind: str  # checkpoint, sales, dossier, centre, activity, plan
    pk: int
    text: str
    on: dt.date | None
    value: float | None
    client: Client | None


def proof(viewer: User, plan: ProbationPlan, code: str, *, on: dt.date) -> list[ProofRow]:
    """The rows that a criterion's fact was reckoned from up to a day (≤ 10 queries)."""
    if code in MARKED:
        return _marked(plan, MARKED[code], on)
    makers: dict[str, Callable[[ProbationPlan, dt.date], list[ProofRow]]] = {
        "portfolio": _portfolio,
        "dossier": _dossiers,
        "centre": _centres,
        "talks": _talks,
        "plans": _plans,
    }
    if code not in makers:
        return []
    return _shown_to(viewer, makers[code](plan, on))


def judged_state(viewer: User, plan: ProbationPlan) -> ProbationState:
    """How a probation stands now; of one that is decided, as it stood then (≤ 16 queries)."""
    kept = plan.evidence
    if plan.is_running or not kept:
        return probation_state(viewer, plan)
    on = dt.date.fromisoformat(kept["on"])
    return ProbationState(
        on=on,
        days=(on - plan.starts_on).days,
        measure=kept["measure"],
        lines=[ProbationLine(**line) for line in kept["lines"]],
        total=kept["total"],
        gates=kept["gates"],
        passes=kept["passes"],
        growth=kept["growth"],
        contacted=kept.get("contacted", 0),
    )


def probation_rows(viewer: User, states: tuple[str, ...]) -> QuerySet[ProbationPlan]:
    """Probations in these states with the day and points of the last checkpoint (1 query)."""
    last = Checkpoint.objects.filter(plan=OuterRef("pk")).order_by("-on")
    return (
        probations(viewer)
        .filter(state__in=states)
        .annotate(
            last_on=Subquery(last.values("on")[:1]), last_total=Subquery(last.values("total")[:1])
        )
    )


def _marked(plan: ProbationPlan, name: str, on: dt.date) -> list[ProofRow]:
    rows = [row for row in plan.checkpoints.all() if row.on <= on]
    return [
        ProofRow("checkpoint", row.pk, row.note, row.on, getattr(row, name), None)
        for row in reversed(rows)
        if getattr(row, name) is not None
    ]


def _clients(plan: ProbationPlan) -> list[Client]:
    return [row.client for row in plan.accounts.select_related("client")]


def _portfolio(plan: ProbationPlan, on: dt.date) -> list[ProofRow]:
    states = account_states(plan.created_by, plan, on=on)
    return [_of_client("sales", row.account.client, row.growth) for row in states]


def _dossiers(plan: ProbationPlan, on: dt.date) -> list[ProofRow]:
    clients = _clients(plan)
    found = quality_of([one.pk for one in clients], on=on)
    return [_of_client("dossier", one, found[one.pk].quality or 0.0) for one in clients]


def _centres(plan: ProbationPlan, _on: dt.date) -> list[ProofRow]:
    clients = _clients(plan)
    found = figures_of([one.pk for one in clients])
    return [
        _of_client("centre", one, float(found[one.pk].members) if one.pk in found else 0.0)
        for one in clients
    ]


def _talks(plan: ProbationPlan, on: dt.date) -> list[ProofRow]:
    held = activities_of(plan, on).filter(kind__in=Activity.MEETINGS).select_related("client")
    return [
        ProofRow("activity", one.pk, one.title, one.due_on, 1.0, one.client)
        for one in held.order_by("-due_on", "-pk")
    ]


def _plans(plan: ProbationPlan, _on: dt.date) -> list[ProofRow]:
    clients = [one.pk for one in _clients(plan)]
    rows = PerspectivePlan.objects.open().filter(client__in=clients).select_related("client")
    return [
        ProofRow(
            kind="plan",
            pk=one.client_id,
            text=one.get_state_display(),
            on=None,
            value=1.0 if one.approved_at else 0.5,
            client=one.client,
        )
        for one in rows
    ]


def _of_client(kind: str, client: Client, value: float | None) -> ProofRow:
    return ProofRow(kind, client.pk, "", None, value, client)


def _shown_to(viewer: User, rows: list[ProofRow]) -> list[ProofRow]:
    """Leave out clients whom `viewer` may not see; the figures stay."""
    ids = {row.client.pk for row in rows if row.client}
    seen: set[int] = set()
    if viewer.may("accounts.view_client"):
        seen = set(
            Client.objects.visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True)
        )
    return [row if row.client and row.client.pk in seen else _nameless(row) for row in rows]


def _nameless(row: ProofRow) -> ProofRow:
    text = row.text if row.kind == "plan" else ""
    return ProofRow(row.kind, row.pk, text, row.on, row.value, None)
