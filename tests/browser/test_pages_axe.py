"""Every page of the demo company under axe in both themes, and on a phone."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from kamerton.platform.access.roles import PERMISSIONS, Role
from kamerton.web.ui import navigation
from tests.browser.conftest import Violations
from tests.browser.demo import Demo
from tests.factories import UserFactory

pytestmark = pytest.mark.browser
once = pytest.mark.skipif(
    os.environ.get("KAMERTON_DB") == "postgres",
    reason="the demo company is served on SQLite in either run: once is enough",
)
WHO = {
    Role.OWNER: "grachev",
    Role.HEAD_OF_SALES: "orlov",
    Role.KAM: "belova",
    Role.FINANCE: "melnik",
    Role.METHODOLOGIST: "zueva",
    Role.RECRUITER: "kim",
}
DETAILS = (
    *(("desk:client", "wholesaler", who) for who in ("belova", "orlov", "grachev")),
    ("desk:client-sales", "wholesaler", "belova"),
    ("desk:client-history", "wholesaler", "belova"),
    ("dossier:dossier", "wholesaler", "belova"),
    ("dossier:imports", "", "orlov"),
    ("buying_centre:centre", "wholesaler", "belova"),
    ("plans:plan", "wholesaler", "belova"),
    ("plans:versions", "wholesaler", "belova"),
    ("activities:client", "wholesaler", "belova"),
    ("activities:create", "", "belova"),
    ("activities:brief", "meeting", "belova"),
    ("segmentation:white-space", "", "belova"),
    ("methodology:groups", "", "zueva"),
    ("methodology:group", "g5", "zueva"),
    ("methodology:roles", "", "zueva"),
    ("methodology:plan-sections", "", "zueva"),
    ("accounts:edit", "wholesaler", "belova"),
    ("accounts:create", "", "belova"),
    ("accounts:groups", "", "orlov"),
    ("accounts:duplicates", "", "orlov"),
    ("segmentation:assess", "wholesaler", "belova"),
    ("segmentation:assess", "chain", "belova"),
    ("segmentation:company-key", "proposed", "grachev"),
    ("segmentation:company-key", "confirmed", "grachev"),
    ("segmentation:differences", "", "grachev"),
    ("segmentation:watch", "", "orlov"),
    ("ledger:upload", "", "melnik"),
    ("ledger:mapping", "import", "melnik"),
    ("ledger:report", "import", "melnik"),
    ("ledger:months", "", "melnik"),
    ("ledger:profiles", "", "melnik"),
    ("ledger:unassigned", "", "melnik"),
    ("account:user", "belova", "zueva"),
    ("account:invite", "", "zueva"),
    ("account:profile", "", "belova"),
    ("account:tokens", "", "belova"),
    ("methodology:section", "company_weights", "zueva"),
    ("methodology:versions", "", "zueva"),
    ("jobs:detail", "job", "zueva"),
    ("account:sign-in", "", ""),
)
HIRING = (
    *(("hiring:vacancy", "vacancy", who) for who in ("kim", "orlov", "grachev")),
    *((f"hiring:vacancy-{part}", "vacancy", "kim") for part in ("profile", "letter")),
    ("hiring:market", "vacancy", "kim"),
    ("hiring:sources", "", "kim"),
    ("hiring:reports", "", "kim"),
    ("hiring:board", "vacancy", "kim"),
    ("hiring:import", "vacancy", "kim"),
    *(("hiring:candidate", "applicant", who) for who in ("kim", "orlov", "belova")),
    ("hiring:check-in", "", "kim"),
    ("hiring:show-rate", "", "kim"),
    ("hiring:session", "group", "kim"),
    ("hiring:scorecard", "blind", "belova"),
    ("hiring:calibration", "applicant", "orlov"),
    ("hiring:choice", "vacancy", "orlov"),
    ("hiring:offer-new", "chosen", "kim"),
    *(("hiring:offer", "offer", who) for who in ("kim", "orlov")),
    *(("hiring:probation-plan", plan, "orlov") for plan in ("probation", "passed")),
    ("hiring:probation-new", "chosen", "orlov"),
    ("candidate:form", "form", ""),
    ("candidate:booking", "booking", ""),
    ("candidate:policy", "", ""),
)
EMPTY = (
    *("desk:home", "desk:owner", "segmentation:portfolio", "segmentation:my-keys"),
    *("segmentation:company-keys", "segmentation:differences", "segmentation:watch"),
    *("segmentation:pareto", "accounts:clients", "accounts:groups", "accounts:duplicates"),
    *("activities:actions", "plans:perspective", "plans:periods", "segmentation:white-space"),
    *("ledger:imports", "ledger:months", "ledger:profiles", "ledger:unassigned", "jobs:list"),
)
SETTLE = 300  # ms: charts draw themselves anew in the colours of the theme
SMALL = """[...document.querySelectorAll(
    'main a.btn, main button, main input, main select, main textarea, .topbar button, .tabbar > *'
)].filter(e => e.checkVisibility() && e.type != "hidden")
.filter(e => !e.closest(".sr-only, [inert], dialog, [popover]:not(:popover-open)"))
.filter(e => (e.closest("label") ?? e).getBoundingClientRect().height < 43.5)
.map(e => e.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Viewer:
    """Somebody of one role."""

    role: str

    def may(self, permission: str) -> bool:
        return permission in PERMISSIONS[self.role]


def of_navigation() -> Iterator[Any]:
    """Every page of the navigation of every role."""
    for role, who in WHO.items():
        for group in navigation.groups(Viewer(role), "/"):
            for item in group.items:
                yield pytest.param(item.url, "", who, id=f"{who}-{item.url}")


def of_details() -> Iterator[Any]:
    for name, record, who in (*DETAILS, *HIRING):
        yield pytest.param(name, record, who, id=f"{who}-{name}-{record}")


def address(demo: Demo, name: str, record: str) -> str:
    """The address of a page; a record that is no id of the demo stands in it as it is."""
    return reverse(name, args=[demo.ids.get(record, record)] if record else [])


@once
@pytest.mark.parametrize(("name", "record", "who"), [*of_navigation(), *of_details()])
def test_axe_finds_nothing(
    look: Callable[..., Page],
    axe: Callable[..., Violations],
    demo: Demo,
    name: str,
    record: str,
    who: str,
):
    page = look(address(demo, name, record), who)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_timeout(SETTLE)
    assert axe(page, contrast=True) == []


PHONE = (
    *(("desk:home", "", who) for who in WHO.values()),
    ("desk:client", "wholesaler", "belova"),
    ("desk:client-sales", "wholesaler", "belova"),
    ("segmentation:portfolio", "", "belova"),
    ("hiring:calls", "", "kim"),
    ("hiring:check-in", "", "kim"),
    ("candidate:form", "form", ""),
    ("candidate:booking", "booking", ""),
)


@once
@pytest.mark.parametrize(("name", "record", "who"), PHONE)
def test_a_phone_shows_it_whole_with_targets_for_a_thumb(
    look: Callable[..., Page],
    axe: Callable[..., Violations],
    demo: Demo,
    name: str,
    record: str,
    who: str,
):
    page = look("/health/", who)
    page.set_viewport_size({"width": 390, "height": 844})
    page = look(address(demo, name, record), who, language="ru")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SMALL) == []
    assert axe(page) == []


@pytest.mark.django_db(transaction=True)
def test_the_first_visit(page: Page, live_server: Any, axe: Callable[..., Violations]):
    page.goto(f"{live_server.url}/welcome/")
    expect(page.get_by_role("button").first).to_be_visible()
    assert axe(page) == []
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(SETTLE)
    assert axe(page, contrast=True) == []


@pytest.mark.django_db(transaction=True)
def test_a_company_without_anything_teaches(
    company: Any, live_server: Any, page: Page, sign_in: Any, axe: Callable[..., Violations]
):
    sign_in(UserFactory(roles=[Role.OWNER, Role.HEAD_OF_SALES, Role.FINANCE, Role.METHODOLOGIST]))
    for name in EMPTY:
        page.goto(live_server.url + reverse(name), wait_until="networkidle")
        assert axe(page) == [], name
