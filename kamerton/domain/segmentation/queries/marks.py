"""Evidence of the criteria that no ledger holds, counted: the newest mark of each item."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from kamerton.calc.arrays import Flags, Floats, Whole
from kamerton.calc.company_key import ComplexRule
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import CriterionEvidence

Marks = dict[tuple[str, str], int]  # (criterion, item) → mark
NPS, BUDGET = ("loyal", "nps"), ("promising", "budget")
MANY_POINTS = int(ComplexRule().delivery_points)


@dataclass(frozen=True)
class Evidence:
    """Marks of each client, aligned with an array of ids; what was not asked is NaN."""

    nps: Floats
    budget: Flags
    status: Floats  # (n_clients, 5), marks 0–3
    partner_forms: Whole  # how many
    complex_marks: Flags  # (n_clients, 8)


def evidence(ids: Whole, method: Methodology) -> Evidence:
    """What is known of the clients `ids` (2 queries)."""
    found = Evidence(
        nps=np.full(ids.size, np.nan),
        budget=np.zeros(ids.size, np.bool_),
        status=np.full((ids.size, len(method.status_marks)), np.nan),
        partner_forms=np.zeros(ids.size, np.int64),
        complex_marks=np.zeros((ids.size, len(method.complex_marks)), np.bool_),
    )
    places = {client: place for place, client in enumerate(ids.tolist())}
    only = None if ids.size > 1 else ids.tolist()
    for client_id, marks in marks_by_client(only).items():
        if (place := places.get(client_id)) is not None:
            _put(found, place, marks, method)
    return found


def marks_by_client(clients: list[int] | None) -> dict[int, Marks]:
    """The newest standing mark of each item, and what the client's card says (2 queries)."""
    known = CriterionEvidence.objects.standing()
    cards = Client.objects.exclude(procurement=Client.Procurement.FREE)
    cards |= Client.objects.filter(delivery_points__gt=MANY_POINTS)
    if clients is not None:
        known, cards = known.filter(client__in=clients), cards.filter(pk__in=clients)
    found: dict[int, Marks] = defaultdict(dict)
    for pk, procurement, points in cards.values_list("pk", "procurement", "delivery_points"):
        found[pk] |= card_marks(procurement, points)
    rows = known.order_by("on", "pk").values_list("client_id", "criterion", "item", "mark")
    for client_id, criterion, item, mark in rows:
        found[client_id][(criterion, item)] = mark
    return dict(found)


def with_budget(client: int | None = None) -> set[int]:
    """Clients of whom a large budget is known; the newest mark counts (1 query)."""
    known = CriterionEvidence.objects.standing().filter(criterion=BUDGET[0], item=BUDGET[1])
    if client is not None:
        known = known.filter(client=client)
    newest = dict(known.order_by("on", "pk").values_list("client_id", "mark"))
    return {pk for pk, mark in newest.items() if mark > 0}


def card_marks(procurement: str, delivery_points: int | None) -> Marks:
    """The marks of complexity that the client's card shows by itself."""
    marks: Marks = {}
    if procurement != Client.Procurement.FREE:
        marks[("complex", "tender")] = 1
    if (delivery_points or 0) > MANY_POINTS:
        marks[("complex", "points")] = 1
    return marks


def _put(found: Evidence, place: int, marks: Marks, method: Methodology) -> None:
    """Fill one client's place."""
    if NPS in marks:
        found.nps[place] = marks[NPS]
    found.budget[place] = marks.get(BUDGET, 0) > 0
    status = [marks.get(("status", item.code), np.nan) for item in method.status_marks]
    forms = [marks.get(("partner", item.code), 0) > 0 for item in method.partner_forms]
    signs = [marks.get(("complex", item.code), 0) > 0 for item in method.complex_marks]
    found.status[place], found.complex_marks[place] = status, signs
    found.partner_forms[place] = sum(forms)
