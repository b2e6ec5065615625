"""Clients with sales, judged: the shortest way to a world with key accounts."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.models import (
    CompanyKey,
    InfluenceAssessment,
    ManagerKey,
    Restatement,
)
from kamerton.domain.segmentation.models.manager_keys import MARKS
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from tests.factories.access import UserFactory
from tests.factories.ledger import clients_for, ledger, line

SAMPLE = (4200, 2100, 1300, 900, 500, 300, 250, 200, 150, 100)  # domain.md 3.1
SAMPLE_CODES = tuple(f"C{number:02}" for number in range(1, 11))
AS_OF = dt.date(2026, 7, 10)  # the closed year is 2025-07-01..2026-06-30
CLOSED_DAY = dt.date(2026, 6, 30)

NETWORK = {"price": 1, "access": 2}  # «Сеть», a chain retailer: influence 10
OUTLET = {"volume": 1, "assortment": 1, "timing": 1, "price": 1, "access": 3}  # «Точка»: 30
WHOLESALER = dict(zip(MARKS, (3, 2, 2, 2, 2, 2, 1), strict=True))  # valves: influence 70


def sample_lines(amounts: Iterable[int] = SAMPLE, *, day: dt.date = dt.date(2026, 6, 15)) -> Any:
    """Lines of the sample: one shipment a client, whole roubles."""
    return [
        line(day, f"C{number:02}", amount, document=f"S{number}", manager_code="M1")
        for number, amount in enumerate(amounts, 1)
    ]


def sample(amounts: Iterable[int] = SAMPLE, **fields: Any) -> dict[str, Client]:
    """The ten clients of 3.1 with their sales in the ledger, not yet judged."""
    rows = sample_lines(tuple(amounts))
    rows.append(line(CLOSED_DAY, "", 0, document="end"))  # the month is whole
    clients = clients_for([row["client_code"] for row in rows if row["client_code"]], **fields)
    ledger(rows)
    return clients


def restated(as_of: dt.date = AS_OF) -> Restatement:
    """Compute the standings."""
    return actions.restate(system_user(), as_of=as_of)


def assessed(
    manager: User, client: Client, marks: Mapping[str, int] = WHOLESALER, **fields: Any
) -> InfluenceAssessment:
    """The manager's assessment of a client, every mark with its grounds."""
    given = dict.fromkeys(MARKS, 0) | dict(marks)
    comments = {code: "seen" for code, mark in given.items() if mark}
    return actions.assess_influence(manager, client, marks=given, comments=comments, **fields)


def company_key(client: Client, *, owner: User | None = None) -> CompanyKey:
    """A client in the company's register."""
    owner = owner or UserFactory(roles=["owner"])
    key = client.company_keys.open().first()
    key = key or actions.propose_company_key(owner, client, reason="for the test")
    return actions.decide_company_key(owner, key, verdict="confirm", minutes="Board, point 1")


def manager_key(
    manager: User, client: Client, *, mki: float = 50.0, state: str = "confirmed", **fields: Any
) -> ManagerKey:
    """An entry of a manager's list as if judged; sets no flags."""
    assessment = InfluenceAssessment.objects.filter(manager=manager, client=client).first()
    assessment = assessment or assessed(manager, client)
    values = {"tier": "maintain", "approach": "develop", "large": 80.0, **fields}
    return ManagerKey.objects.create(
        client=client,
        manager=manager,
        assessment=assessment,
        influence=assessment.influence,
        methodology=assessment.methodology,
        mki=mki,
        state=state,
        release_reason="tired" if state == "released" else "",
        **values,
    )
