"""The company's register: who is in it, the capacity line, what other rules would do."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Q

from kamerton.calc.arrays import Floats
from kamerton.calc.company_key import Assessment, ClientFacts, assess, places
from kamerton.calc.definitions import COMPANY_CRITERIA, UNKNOWN_SCORES_ZERO
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology, merged
from kamerton.domain.segmentation.models import CompanyKey, Restatement, Standing
from kamerton.domain.segmentation.models.company_keys import CompanyKeyQuerySet
from kamerton.domain.segmentation.queries import bridge
from kamerton.domain.segmentation.queries.capacity import capacity
from kamerton.domain.segmentation.queries.marks import evidence
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User
from kamerton.platform.reading import looked_up

REGISTER_DEFINITIONS = (COMPANY_CRITERIA, UNKNOWN_SCORES_ZERO)
LEADERS = 2000  # only these can be large: the next has less than 1/2000 of the whole


@dataclass(frozen=True)
class Register:
    """The register in figures."""

    capacity: int
    in_force: int
    proposed: int
    over_capacity: int
    review_due: int


@dataclass(frozen=True)
class Shifted:
    """A client whose place other rules would change; 0 is no place."""

    client: Client
    old_place: int
    new_place: int
    old_kci: float
    new_kci: float
    enters: bool
    drops: bool


def company_keys(viewer: User, *, states: tuple[str, ...] = CompanyKey.OPEN) -> CompanyKeyQuerySet:
    """Entries of the register that `viewer` may see, the highest index first (1 query)."""
    if not viewer.may("segmentation.view_key") and not viewer.is_system:
        return CompanyKey.objects.none()
    found = CompanyKey.objects.visible_to(viewer).filter(state__in=states)
    return found.select_related(
        *("client", "client__manager", "sponsor", "proposed_by", "decided_by", "methodology")
    )


def register(viewer: User) -> Register:
    """The register in figures, the same for all who may see it (≤ 6 queries)."""
    del viewer  # counts tell nothing of a client
    states = states_of_keys()
    proposed = [over for state, over in states if state == CompanyKey.State.PROPOSED]
    return Register(
        capacity=capacity(),
        in_force=len(states) - len(proposed),
        proposed=len(proposed),
        over_capacity=sum(proposed),
        review_due=sum(state == CompanyKey.State.REVIEW_DUE for state, _over in states),
    )


def states_of_keys() -> list[tuple[str, bool]]:
    """The state of every open entry, and whether it is above capacity (1 query)."""
    found = CompanyKey.objects.open().values_list("state", "over_capacity")
    return looked_up("segmentation.states_of_keys", lambda: list(found))


def rank_shift(
    viewer: User,
    *,
    weights: Mapping[str, float] | None = None,
    thresholds: Mapping[str, Any] | None = None,
) -> list[Shifted]:
    """Who would enter and who drop out with other weights or thresholds; nothing is stored.

    Keys as in the method's sections `company_weights` and `company`. Places are company-wide;
    only clients that `viewer` may see are named, those that move over the line first (≤ 12
    queries). Raises KeyError, ValueError for names and values that the method does not have.
    """
    restatement = current_restatement()
    if restatement is None:
        return []
    method = methodology.current()
    other = _with(method, weights, thresholds)
    rows = _candidates(restatement)
    ids = np.array([row.client_id for row in rows], np.int64)
    old = assess(_facts(rows, ids, restatement, method), bridge.company_criteria(method))
    new = assess(_facts(rows, ids, restatement, other), bridge.company_criteria(other))
    passing = ids[old.proposed | new.proposed].tolist()
    visible = Client.objects.visible_to(viewer).filter(pk__in=passing)
    seen = set(visible.values_list("pk", flat=True))
    found = [row for row in _shifts(rows, old, new, capacity()) if row.client.pk in seen]
    return sorted(found, key=lambda row: (not (row.enters or row.drops), row.new_place or LEADERS))


def _with(
    method: Methodology, weights: Mapping[str, float] | None, thresholds: Mapping[str, Any] | None
) -> Methodology:
    changes = {"company_weights": weights or {}, "company": thresholds or {}}
    return dataclasses.replace(merged(method, changes), version=0)


def _candidates(restatement: Restatement) -> list[Standing]:
    """The clients that could pass anything: the largest, and those of whom something is known."""
    known = Q(gap__isnull=False) | Q(status__isnull=False) | Q(partner__gt=0) | Q(complex__gt=0)
    chosen = restatement.standings.filter(
        Q(place__lte=LEADERS) | known | ~Q(passed=""), client__archived_at=None
    )
    return list(chosen.select_related("client").order_by("place"))


def _facts(
    rows: list[Standing], ids: Any, restatement: Restatement, method: Methodology
) -> ClientFacts:
    marks = evidence(ids, method)
    costed = restatement.gross_profit is not None
    return ClientFacts(
        revenue_share=_column(rows, "share_revenue"),
        profit_share=_column(rows, "share_gross_profit"),
        class_a=[(row.abc_gross_profit if costed else row.abc_revenue) == "A" for row in rows],
        share_of_wallet=_column(rows, "wallet_share"),
        months=[row.months_of_history for row in rows],
        active_months=[row.active_months for row in rows],
        nps=marks.nps,
        gap=_column(rows, "gap"),
        sales=[row.revenue for row in rows],
        budget=marks.budget,
        status_marks=marks.status,
        partner_forms=marks.partner_forms,
        complexity_marks=marks.complex_marks,
        company_revenue=float(restatement.revenue),
    )


def _shifts(rows: list[Standing], old: Assessment, new: Assessment, line: int) -> list[Shifted]:
    was, will = places(old.index, old.proposed), places(new.index, new.proposed)
    above_before, above_after = (was > 0) & (was <= line), (will > 0) & (will <= line)
    return [
        Shifted(
            client=row.client,
            old_place=int(was[place]),
            new_place=int(will[place]),
            old_kci=float(old.index[place]),
            new_kci=float(new.index[place]),
            enters=bool(above_after[place] and not above_before[place]),
            drops=bool(above_before[place] and not above_after[place]),
        )
        for place, row in enumerate(rows)
        if was[place] or will[place]
    ]


def _column(rows: list[Standing], name: str) -> Floats:
    values = (getattr(row, name) for row in rows)
    return np.array([np.nan if value is None else float(value) for value in values])
