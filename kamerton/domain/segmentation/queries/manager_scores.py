"""What a client scores for one manager, from figures, his assessment and what he says."""

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from kamerton.calc.arrays import Floats, ratio
from kamerton.calc.manager_key import (
    MANAGER_CRITERIA,
    approaches,
    large_for_manager,
    loyal_for_manager,
    promising_for_manager,
    select_key_clients,
    status_for_manager,
)
from kamerton.calc.money import to_minor
from kamerton.domain.methodology.content import Base, Methodology
from kamerton.domain.segmentation.models import InfluenceAssessment, Restatement, Standing
from kamerton.domain.segmentation.queries import bridge
from kamerton.domain.segmentation.queries.capacity import cap_of
from kamerton.domain.segmentation.queries.kept import figures_of
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class KeyInputs:
    """What the manager says of a client: what is at stake, what can be won, what he will do.

    `attainable_gap` in roubles; empty: as the wallet makes it.
    """

    competitor_offer_on: dt.date | None = None
    decider_changed_on: dt.date | None = None
    attainable_gap: Decimal | None = None
    conversion_action: str = ""
    conversion_on: dt.date | None = None
    tier: str = "key"


@dataclass(frozen=True)
class ManagersYear:
    """The manager's own whole by the base, and his plan; minor units."""

    base: str
    own_total: int
    year_plan: float  # 0: no plan is set

    @classmethod
    def of(cls, manager: User, restatement: Restatement | None) -> "ManagersYear":
        """Read it from the standings of his clients, if there are any yet (1 query)."""
        plan = float(to_minor(manager.year_plan)) if manager.year_plan else 0.0
        if restatement is None:
            return cls(Base.REVENUE, own_total=0, year_plan=plan)
        every = figures_of(restatement)
        held = every.of(manager.clients.order_by().values_list("pk", flat=True))
        return cls(restatement.base, int(every.money(restatement.base)[held].sum()), plan)


@dataclass(frozen=True)
class Considered:
    """A client that a manager considers: its figures, his assessment, what he says."""

    standing: Standing
    assessment: InfluenceAssessment | None
    inputs: KeyInputs


@dataclass(frozen=True)
class Scored:
    """Scores 0–100 (None: no data), the index, whether it qualifies, how to work with it."""

    large: float | None
    loyal: float | None
    promising: float | None
    status: float | None
    influence: float | None
    mki: float
    qualified: bool
    approach: str
    figures: dict[str, Any]

    @property
    def scores(self) -> dict[str, float | None]:
        """The four scores by criterion."""
        return {code: getattr(self, code) for code in MANAGER_CRITERIA}


def scored(
    manager: User,
    considered: list[Considered],
    *,
    year: ManagersYear,
    on: dt.date,
    method: Methodology,
) -> list[Scored]:
    """Score the clients that `manager` considers, in the order given (no query)."""
    if not considered:
        return []
    influences = np.array([_influence(each) for each in considered])
    table = _scores(considered, year=year, on=on, method=method)
    weights, rule = bridge.manager_weights(method), bridge.influence_rule(method)
    limit = cap_of(manager, method)
    chosen = select_key_clients(influences, table, limit, weights=weights, rule=rule)
    ways = approaches(influences, table, weights=weights, rule=rule)
    return [
        Scored(
            large=_known(table[place, 0]),
            loyal=_known(table[place, 1]),
            promising=_known(table[place, 2]),
            status=_known(table[place, 3]),
            influence=_known(influences[place]),
            mki=float(chosen.index[place]),
            qualified=bool(chosen.qualified[place]),
            approach=str(ways[place]),
            figures=_figures(each, year),
        )
        for place, each in enumerate(considered)
    ]


def given_inputs(stored: dict[str, Any]) -> KeyInputs:
    """What the manager said, as an entry of his list keeps it."""
    given = stored.get("given", {})
    gap = given.get("attainable_gap")
    days = {
        name: dt.date.fromisoformat(given[name]) if given.get(name) else None
        for name in ("competitor_offer_on", "decider_changed_on", "conversion_on")
    }
    return KeyInputs(
        attainable_gap=Decimal(gap) if gap is not None else None,
        conversion_action=given.get("conversion_action", ""),
        tier=given.get("tier", "key"),
        **days,
    )


def stored_inputs(inputs: KeyInputs, result: Scored) -> dict[str, Any]:
    """What an entry keeps of its making."""
    given = asdict(inputs)
    plain = {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in given.items()
    }
    plain["attainable_gap"] = None if inputs.attainable_gap is None else str(inputs.attainable_gap)
    return {"given": plain, "figures": result.figures}


def _scores(
    considered: list[Considered], *, year: ManagersYear, on: dt.date, method: Methodology
) -> Floats:
    """Return the four scores of each client, NaN where there is no data."""
    weights = bridge.manager_weights(method)
    standings = [each.standing for each in considered]
    own = np.array([float(standing.money(year.base) or 0) for standing in standings])
    share = ratio(own, float(year.own_total))
    return np.column_stack(
        [
            large_for_manager(share, weights),
            loyal_for_manager(
                _column(standings, "loyalty"),
                _column(standings, "wallet_share"),
                [_recent(each.inputs.competitor_offer_on, on, method) for each in considered],
                [_recent(each.inputs.decider_changed_on, on, method) for each in considered],
                weights,
            ),
            promising_for_manager(
                np.array([_gap(each) for each in considered]), year.year_plan, weights
            ),
            status_for_manager(
                _column(standings, "status"), [_planned(each.inputs, on) for each in considered]
            ),
        ]
    )


def _figures(each: Considered, year: ManagersYear) -> dict[str, Any]:
    """The figures a score was made of."""
    standing = each.standing
    gap = _gap(each)
    return {
        "base": year.base,
        "own_total": year.own_total,
        "year_plan": year.year_plan or None,
        "money": standing.money(year.base),
        "loyalty": standing.loyalty,
        "wallet_share": standing.wallet_share,
        "wallet_confidence": standing.wallet_confidence,
        "attainable": None if np.isnan(gap) else gap,
        "status": standing.status,
        "influence": None if each.assessment is None else each.assessment.influence,
    }


def _influence(each: Considered) -> float:
    return np.nan if each.assessment is None else each.assessment.influence


def _gap(each: Considered) -> float:
    """What can be won in 12 months, minor units: as the manager says, else as the wallet makes."""
    if each.inputs.attainable_gap is not None:
        return float(to_minor(each.inputs.attainable_gap))
    known = each.standing.attainable
    return np.nan if known is None else float(known)


def _recent(day: dt.date | None, on: dt.date, method: Methodology) -> bool:
    """True if the day is within the time that puts loyalty at stake."""
    return day is not None and 0 <= (on - day).days <= method.manager.offer_days


def _planned(inputs: KeyInputs, on: dt.date) -> bool:
    """True if a conversion action has a name and a date to come."""
    dated = inputs.conversion_on is not None and inputs.conversion_on >= on
    return dated and bool(inputs.conversion_action.strip())


def _column(standings: list[Standing], name: str) -> Floats:
    values = (getattr(standing, name) for standing in standings)
    return np.array([np.nan if value is None else float(value) for value in values])


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
