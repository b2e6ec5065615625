"""Two real ledgers through the wizard: their figures reconcile with what plain Python counts."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files import File
from django.urls import reverse

from kamerton.calc.period import Month, Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries
from kamerton.domain.ledger.models import LedgerImport
from kamerton.platform.access.queries import system_user
from kamerton.platform.jobs import worker
from tests.factories import UserFactory
from tests.flows.real_files import RESELLERS, RETAIL, resellers, retail
from tests.web.ledger.conftest import Wizard

pytestmark = [pytest.mark.django_db, pytest.mark.req("S1-18")]


def through_the_wizard(wizard: Wizard, path: Path) -> LedgerImport:
    with path.open("rb") as file:
        answer = wizard.client.post(reverse("ledger:upload"), {"file": File(file, path.name)})
    assert answer.status_code == 302
    found = LedgerImport.objects.get()
    assert wizard.choose(found).status_code == 302  # as it was guessed, nothing touched
    worker.drain()
    found.refresh_from_db()
    return found


def test_half_a_million_lines_of_a_retailer(wizard: Wizard, shared: Path):
    expected = retail(shared / RETAIL)
    found = through_the_wizard(wizard, shared / RETAIL)
    assert (found.lines, found.amount, found.error_count) == (
        expected.lines, expected.amount, 0,
    )  # fmt: skip
    assert (found.since, found.until) == (dt.date(2009, 12, 1), dt.date(2010, 12, 9))
    report = found.report
    assert report["without_client"]["lines"] == expected.without_client
    assert report["by_kind"]["return"]["lines"] == expected.returns
    assert report["clients_new"] == expected.clients
    wizard.post("publish", found)
    assert found.state == "published"
    assert Client.objects.count() == expected.clients
    period = Period.of_months(Month(2009, 12), Month(2010, 12))
    months = queries.month_totals(system_user(), period)
    assert sum(month.revenue for month in months) == expected.amount
    assert queries.without_client(system_user(), period).lines == expected.without_client
    page = wizard.client.get(reverse("ledger:unassigned"), {"page": 2})
    assert len(page.context["page"].object_list) == 50
    with (shared / RETAIL).open("rb") as file:
        again = wizard.client.post(reverse("ledger:upload"), {"file": File(file, "again.csv.gz")})
    assert again.status_code == 422
    wizard.post("undo", found, reason="a trial")
    assert queries.ledger_span(system_user()) is None


def test_reseller_lines_with_cost_and_salespeople(wizard: Wizard, shared: Path):
    expected = resellers(shared / RESELLERS)
    linda = UserFactory(full_name="Linda", ledger_codes=["276", "277", "281"])
    found = through_the_wizard(wizard, shared / RESELLERS)
    assert (found.lines, found.amount, found.error_count) == (
        expected.lines, expected.amount, 0,
    )  # fmt: skip
    report = found.report
    assert report["by_kind"]["shipment"]["cost"] == expected.cost
    assert report["cost_coverage"] == 1.0
    assert len(report["managers_known"]) + len(report["managers_unknown"]) == expected.managers
    wizard.post("publish", found)
    assert Client.objects.count() == expected.clients
    assert Client.objects.filter(manager=linda).exists()
    period = Period.of_months(Month(2010, 12), Month(2013, 11))
    sold = queries.manager_totals(system_user(), period)
    assert len(sold) == expected.managers
    assert sum(one.gross_profit or 0 for one in sold) == expected.amount - expected.cost
