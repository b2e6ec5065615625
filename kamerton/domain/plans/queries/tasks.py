"""The three tasks of clients and their index, each part with the records it comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from kamerton.calc.three_tasks import TaskWeights, three_task_index
from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre import queries as buying_centre
from kamerton.domain.buying_centre.queries import CentreFigures
from kamerton.domain.dossier import queries as dossier
from kamerton.domain.dossier.queries import DossierFigures
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.plans.queries.figures import PlanFigures, plan_figures_of
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class Basis:
    """One thing a part comes from; kind: share, points, count, money or flag; None: no data."""

    label: str
    kind: str
    value: float | int | bool | None


@dataclass(frozen=True)
class TaskPart:
    """One of the three tasks; a score of None: nothing was begun, counts 0."""

    code: str  # information, communication, plan
    title: str
    score: float | None
    weight: float  # of 100, after tools that are off have given theirs away
    bases: tuple[Basis, ...]

    @property
    def points(self) -> float:
        """What it brings to the index."""
        return (self.score or 0.0) * self.weight / 100


@dataclass(frozen=True)
class ThreeTasks:
    """The index of one client; parts are those of the tools in use. None: no tool is in use."""

    client: int
    info: float | None
    communication: float | None
    plan: float | None
    index: float | None
    parts: tuple[TaskPart, ...]
    method: int


def three_tasks(viewer: User, client_ids: Iterable[int]) -> dict[int, ThreeTasks]:
    """The three tasks of the clients named that `viewer` may see (about 16 queries for any number).

    The scores are the same for everybody; only who may see a client's money reads sums.
    """
    seen = Client.objects.visible_to(viewer).filter(pk__in=list(client_ids))
    ids = sorted(seen.order_by().values_list("pk", flat=True))
    if not ids:
        return {}
    method = methodology.current()
    weights = weights_in_use(method)
    known = dossier.quality_of(ids) if weights.information else {}
    centres = buying_centre.figures_of(ids) if weights.communication else {}
    plans = plan_figures_of(ids) if weights.plan else {}
    info = [_points(known[pk].quality if pk in known else None, 100) for pk in ids]
    comm = [_points(centres[pk].comm_index if pk in centres else None, 1) for pk in ids]
    plan = [plans[pk].score if pk in plans else np.nan for pk in ids]
    index = three_task_index(info, comm, plan, weights)
    money = _money_seen(viewer, ids)
    return {
        pk: ThreeTasks(
            client=pk,
            info=_known(info[place]),
            communication=_known(comm[place]),
            plan=_known(plan[place]),
            index=_known(float(index[place])),
            parts=tuple(
                _parts(weights, known.get(pk), centres.get(pk), plans.get(pk), money=pk in money)
            ),
            method=method.version,
        )
        for place, pk in enumerate(ids)
    }


def weights_in_use(method: Methodology) -> TaskWeights:
    """The weights of the method, 0 for a tool that is off."""
    given, tools = method.index_weights, method.tools
    return TaskWeights(
        information=given.info if tools.dossier else 0.0,
        communication=given.communication if tools.buying_centre else 0.0,
        plan=given.plan if tools.plan else 0.0,
    )


def _parts(
    weights: TaskWeights,
    known: DossierFigures | None,
    centre: CentreFigures | None,
    plan: PlanFigures | None,
    *,
    money: bool,
) -> list[TaskPart]:
    """The parts that weigh something."""
    total = weights.total or 1.0
    rows = (
        ("information", _("Information"), weights.information, _dossier(known)),
        ("communication", _("Communication"), weights.communication, _centre(centre)),
        ("plan", _("Planned work"), weights.plan, _plan(plan, money=money)),
    )
    return [
        TaskPart(code, title, score, 100 * weight / total, bases)
        for code, title, weight, (score, bases) in rows
        if weight > 0
    ]


Scored = tuple[float | None, tuple[Basis, ...]]


def _dossier(found: DossierFigures | None) -> Scored:
    if found is None:
        return None, ()
    return _known(_points(found.quality, 100)), (
        Basis(_("Questions answered"), "count", found.answered),
        Basis(_("Questions asked"), "count", found.asked),
        Basis(_("Completeness"), "share", found.completeness),
        Basis(_("Stale answers"), "count", found.stale),
    )


def _centre(found: CentreFigures | None) -> Scored:
    if found is None:
        return None, ()
    return _known(_points(found.comm_index, 1)), (
        Basis(_("Coverage"), "share", found.coverage),
        Basis(_("Mandatory roles filled"), "share", found.role_completeness),
        Basis(_("Influential people without a next step"), "count", len(found.without_next_step)),
        Basis(_("People"), "count", found.members),
    )


def _plan(found: PlanFigures | None, *, money: bool) -> Scored:
    if found is None:
        return None, ()
    sums = (
        Basis(_("Sales of the plan's year so far"), "money", found.fact),
        Basis(_("Trajectory of the same months"), "money", found.trajectory),
    )
    return found.score, (
        Basis(_("Approved, review not overdue"), "flag", found.approved),
        Basis(_("Actions that were due"), "count", found.due),
        Basis(_("Done in time"), "share", found.on_time),
        Basis(_("Sales to trajectory"), "share", found.kept),
        *(sums if money else ()),
    )


def _money_seen(viewer: User, ids: list[int]) -> set[int]:
    if not viewer.may("ledger.view_money"):
        return set()
    mine = Client.objects.editable_by(viewer).filter(pk__in=ids).order_by()
    return set(mine.values_list("pk", flat=True))


def _points(value: float | None, scale: float) -> float:
    return np.nan if value is None else value * scale


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
