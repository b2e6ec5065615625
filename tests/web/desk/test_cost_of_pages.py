"""What pages over many contexts cost: as many queries for sixty clients as for five, and few."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.models import CompanyKey
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from tests.factories import UserFactory
from tests.factories.ledger import clients_for, ledger, line
from tests.factories.segmentation import CLOSED_DAY, assessed, company_key, manager_key, restated

pytestmark = pytest.mark.django_db
FEW, MANY = 5, 60


@dataclass
class House:
    """A head with a manager, an owner, a methodologist, and the manager's clients."""

    head: User = field(default_factory=lambda: UserFactory(roles=["head_of_sales"]))
    owner: User = field(default_factory=lambda: UserFactory(roles=["owner"]))
    methodologist: User = field(default_factory=lambda: UserFactory(roles=["methodologist"]))
    kam: User = field(init=False)
    clients: dict[str, Client] = field(default_factory=dict)

    def __post_init__(self) -> None:
        system_user()
        self.kam = UserFactory(supervisor=self.head)

    def grow(self, to: int) -> None:
        """Bring the clients to `to`, a third of them in each register or waiting for it."""
        codes = [f"C{number:02}" for number in range(len(self.clients), to)]
        made = clients_for(codes, manager=self.kam)
        self.clients |= made
        ledger(self._sales(codes))
        restated()
        for number, client in enumerate(made.values()):
            if number % 3 == 0:
                company_key(client, owner=self.owner)
            if number % 3 == 1:
                assessed(self.kam, client)
            if number % 3 == 2:
                state = "submitted" if number % 2 else "confirmed"
                manager_key(self.kam, client, state=state)
        actions.propose_company_keys(self.owner)

    def _sales(self, codes: list[str]) -> list[dict[str, Any]]:
        rows = [
            line(
                day, code, 90_000 // (1 + int(code[1:])), cost=700, manager_code="M1", document=code
            )
            for code in codes
            for day in (CLOSED_DAY.replace(month=3), CLOSED_DAY, CLOSED_DAY.replace(year=2025))
        ]
        return [*rows, line(CLOSED_DAY, "", 0)]

    def client(self) -> Mapping[str, int]:
        return {"pk": self.clients["C02"].pk}

    def entry(self) -> Mapping[str, int]:
        return {"pk": CompanyKey.objects.order_by("pk")[0].pk}


def cost(browser: Browser, address: str, **headers: str) -> Counter[str]:
    """The statements of one visit, likes together; the visit before has filled the caches."""
    browser.get(address, headers=headers)
    with CaptureQueriesContext(connection) as caught:
        response = browser.get(address, headers=headers)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code == 200
    return Counter(re.sub(r"\b\d+\b|'[^']*'", "?", one["sql"]) for one in caught.captured_queries)


#: Page and person → statements, the three of session, person and roles among them.
COSTS = {
    ("desk:home", "kam"): 15,
    ("desk:home", "head"): 17,
    ("desk:home", "owner"): 12,
    ("desk:owner", "owner"): 17,
    ("desk:client", "kam"): 16,
    ("desk:client", "owner"): 13,
    ("desk:client-sales", "kam"): 12,
    ("desk:client-history", "kam"): 9,
    ("desk:search", "kam"): 6,
    ("segmentation:pareto", "owner"): 16,
    ("segmentation:pareto", "head"): 20,
    ("segmentation:weights", "owner"): 13,
    ("segmentation:pareto-export", "owner"): 13,
    ("segmentation:company-keys", "owner"): 14,
    ("segmentation:company-keys", "kam"): 11,
    ("segmentation:company-key", "owner"): 12,
    ("segmentation:differences", "head"): 13,
    ("segmentation:watch", "head"): 20,
    ("segmentation:portfolio", "kam"): 18,
    ("segmentation:portfolio", "head"): 17,
    ("segmentation:my-keys", "kam"): 20,
    ("segmentation:my-keys", "head"): 19,
    ("segmentation:assess", "kam"): 15,
    ("segmentation:influence", "kam"): 7,
    ("segmentation:client-panel", "kam"): 17,
    ("segmentation:evidence-add", "kam"): 7,
    ("segmentation:wallet-add", "kam"): 6,
    ("methodology:home", "methodologist"): 5,
    ("methodology:section", "methodologist"): 4,
    ("methodology:versions", "methodologist"): 4,
    ("methodology:version", "methodologist"): 5,
}
OF_A_CLIENT = {"assess", "influence", "evidence-add", "wallet-add"}
ONCE = ("ledger_ledgerversion", "methodology_methodologyversion", "segmentation_restatement")
ASKED = {"desk:search": "?q=c0", "segmentation:pareto-export": "?format=csv"}


def address_of(name: str, house: House) -> str:
    route = name.partition(":")[2]
    arguments: dict[str, Any] = {}
    if name == "segmentation:company-key":
        arguments = dict(house.entry())
    elif name == "methodology:section":
        arguments = {"section": "company_weights"}
    elif name == "methodology:version":
        arguments = {"number": 1}
    elif route.startswith("client") or route in OF_A_CLIENT:
        arguments = dict(house.client())
    return reverse(name, kwargs=arguments) + ASKED.get(name, "")


def test_pages_cost_the_same_for_sixty_clients_as_for_five(as_user):
    house = House()
    house.grow(FEW)
    browsers = {role: as_user(getattr(house, role)) for _page, role in COSTS}
    few = {page: cost(browsers[page[1]], address_of(page[0], house)) for page in COSTS}
    house.grow(MANY)
    many = {page: cost(browsers[page[1]], address_of(page[0], house)) for page in COSTS}
    assert {page: statements.total() for page, statements in many.items()} == COSTS
    assert {page: statements.total() for page, statements in few.items()} == COSTS
    assert max(COSTS.values()) <= 20


def test_nothing_is_asked_twice_but_what_two_parts_of_a_page_need(as_user):
    house = House()
    house.grow(FEW)
    browser = as_user(house.owner)
    for name in ("desk:owner", "segmentation:pareto", "segmentation:company-keys"):
        statements = cost(browser, reverse(name))
        for table in ONCE:
            asked = sum(n for sql, n in statements.items() if f'FROM "{table}"' in sql)
            assert asked <= 1, (name, table)
