"""The main job, told once from the file to the list: what sold, who is key, who decided it."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.segmentation import actions
from kamerton.domain.segmentation.models import CompanyKey, InfluenceAssessment, ManagerKey
from kamerton.domain.segmentation.queries import KeyInputs
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.jobs import worker
from tests.factories import UserFactory
from tests.factories.segmentation import NETWORK, WHOLESALER, assessed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHAIN, LATE = "Сеть «Домострой»", "Юг-Монтаж"
YEAR = {  # thousand roubles a year
    CHAIN: 42_000, "Теплосеть-Монтаж": 21_000, "Волга-Проект": 13_000, "Водоканал Юг": 9_000,
    "Гидро-Строй": 5_000, "Техно-Климат": 3_000, "Север-Труба": 2_500, "Спец-Деталь": 2_000,
    "Аква-Трейд": 1_500, "Донской Газ": 1_000, "ЭнергоУзел": 800, "Кама-Флот": 700,
    "Сибирь-Насос": 600, "Норд-Вест": 500, LATE: 400, "ПермьСнаб": 350, "НефтеСервис": 300,
    "ТрубоПлюс": 250,
}  # fmt: skip
BORIS_HOLDS = "Волга-Проект"
MONTHS = 24
GAP = 12_000_000  # what can be won with a client in a year: a fifth of the manager's plan
HEAD = "Дата;Документ;Контрагент;Номенклатура;Количество;Сумма;Себестоимость;Менеджер"
LINES = len(YEAR) * MONTHS + 1  # and one return
RETURNED = 150_000_50  # kopecks


@dataclass(frozen=True)
class Cast:
    """Who acts."""

    owner: User
    finance: User
    head: User
    anna: User
    boris: User


@pytest.fixture
def cast(company: Any) -> Cast:
    head = UserFactory(full_name="Henry Stone", roles=["head_of_sales"])
    team = {"supervisor": head, "year_plan": 60_000_000}
    return Cast(
        owner=UserFactory(full_name="Olga Winter", roles=["owner"]),
        finance=UserFactory(full_name="Fred Marsh", roles=["finance"]),
        head=head,
        anna=UserFactory(full_name="Anna White", **team),
        boris=UserFactory(full_name="Boris Lake", **team),
    )


def rub(kopecks: int) -> str:
    sign = "-" if kopecks < 0 else ""
    return f"{sign}{abs(kopecks) // 100},{abs(kopecks) % 100:02}"


def month_of(name: str) -> int:
    """What a client buys in a month, kopecks."""
    return YEAR[name] * 100_000 // 12


def rows() -> Iterator[str]:
    """Two years of sales as accounting writes them; the biggest gives something back."""
    last = Month.of(localdate())
    for back in range(MONTHS, 0, -1):
        month = last + -back
        for place, name in enumerate(YEAR):
            manager = "Boris Lake" if name == BORIS_HOLDS else "Anna White"
            day, sum_ = dt.date(month.year, month.month, 1 + place), month_of(name)
            yield (
                f"{day:%d.%m.%Y};РТ-{back}-{place};{name};Задвижка DN 80;10;{rub(sum_)};"
                f"{rub(sum_ * 3 // 4)};{manager}"
            )
    day = (last + -1).last_day
    yield (
        f"{day:%d.%m.%Y};ВЗ-1;{CHAIN};Задвижка DN 80;-1;{rub(-RETURNED)};{rub(-RETURNED // 2)};"
        "Anna White"
    )


TOTAL = sum(map(month_of, YEAR)) * MONTHS - RETURNED


def rests_on() -> int:
    """How many clients bring 80 % of the last closed year."""
    sold = [month_of(name) * 12 - (RETURNED if name == CHAIN else 0) for name in YEAR]
    return next(n for n, sum_ in enumerate(accumulate(sold), 1) if sum_ >= 0.8 * sum(sold))


class Story:
    """The acts of the story, each as one person."""

    def __init__(self, page: Page, url: str, sign_in: Callable[[User], None]) -> None:
        self.page, self.url, self.sign_in = page, url, sign_in

    def open(self, name: str, *args: Any, who: User | None = None) -> Page:
        if who:
            self.sign_in(who)
        self.page.goto(self.url + reverse(name, args=args))
        return self.page

    def work_is_done(self) -> None:
        """Let the worker run, the progress on the page being between two looks."""
        with self.page.expect_response(lambda answer: "/progress/" in answer.url):
            pass
        assert worker.drain()

    def imports(self, who: User, content: bytes) -> None:
        page = self.open("ledger:imports", who=who)
        page.get_by_role("link", name="Import a file").first.click()
        file = {"name": "Продажи.csv", "mimeType": "text/csv", "buffer": content}
        page.get_by_label("Drop the sales file here or choose it").set_input_files(file)
        page.get_by_role("button", name="On to the columns").click()
        for column, holds in (("Контрагент", "client_name"), ("Сумма", "amount")):
            expect(page.get_by_role("combobox", name=column)).to_have_value(holds)
        page.get_by_role("button", name="Check the file").click()
        expect(page.get_by_text("You may leave this page")).to_be_visible()
        self.work_is_done()
        expect(page.get_by_text("No errors.")).to_be_visible()
        totals = page.get_by_role("table", name="Totals by kind of operation")
        in_all = totals.get_by_role("row", name="In all")
        expect(in_all).to_contain_text(formats.number(LINES))
        expect(in_all).to_contain_text(formats.money(TOTAL, 2))
        assert not Client.objects.exists()
        page.get_by_role("button", name=f"Import {LINES} lines").click()
        self.work_is_done()
        expect(page.get_by_text(f"{LINES} lines are in the ledger.")).to_be_visible()
        assert worker.drain() <= 1  # the figures, if the import left them to a job of their own
        page.get_by_role("link", name="Pareto and concentration", exact=True).last.click()

    def looks_at_the_curve(self) -> None:
        page = self.page
        expect(page.get_by_text(f"The company rests on {rests_on()} clients.")).to_be_visible()
        expect(page.locator("kamerton-chart[kind=pareto][data-ready]")).to_be_visible()
        table = page.get_by_role("table", name="Clients on the curve")
        first = table.get_by_role("row", name=CHAIN)
        expect(first.get_by_text("A", exact=True)).to_be_visible()
        expect(table.get_by_role("row", name="ТрубоПлюс")).to_contain_text("C")
        page.get_by_label("From place").fill("2")
        page.get_by_label("to place").fill("4")
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=re.compile("Places 2–4"))).to_be_visible()
        expect(table.get_by_role("rowheader")).to_have_text(
            ["Теплосеть-Монтаж", BORIS_HOLDS, "Водоканал Юг"]
        )

    def head_proposes(self, who: User) -> None:
        page = self.open("segmentation:company-keys", who=who)
        page.get_by_role("button", name="Propose by criteria").click()
        row = page.get_by_role("table", name="Proposals").get_by_role("row", name=CHAIN)
        expect(row).to_contain_text("Large")
        expect(row.get_by_role("link", name="Decide")).to_have_count(0)

    def owner_decides(self, who: User) -> None:
        page = self.open("segmentation:company-keys", who=who)
        proposals = page.get_by_role("table", name="Proposals")
        proposals.get_by_role("row", name=CHAIN).get_by_role("link", name="Decide").click()
        page.get_by_role("button", name="Key for the company").click()
        expect(page.get_by_text("This field is required.")).to_be_visible()
        page.get_by_label("Minutes: who decided and why").fill("Board: 42 % of all we sell")
        page.get_by_role("button", name="Key for the company").click()
        expect(page.get_by_text(f"“{CHAIN}” is key for the company for a year.")).to_be_visible()
        register = page.get_by_role("table", name="In the register")
        expect(register.get_by_role("row", name=CHAIN)).to_contain_text("Olga Winter")

    def assesses(self, client: Client, marks: dict[str, int], *, external: bool = False) -> None:
        page = self.open("segmentation:assess", client.pk)
        questions = page.get_by_role("group").filter(has=page.get_by_role("radio"))
        expect(questions).to_have_count(len(marks))
        for number, mark in enumerate(marks.values()):
            questions.nth(number).get_by_role("radio").nth(mark).check()
            if mark:
                page.get_by_label("What it rests on").nth(number).fill("Their buyer told me so")
        page.get_by_label("Our place is set from outside").set_checked(external)

    def keeps_the_assessment(self) -> None:
        self.page.get_by_role("button", name="Keep the assessment").click()
        expect(self.page.get_by_text("The assessment is kept for half a year.")).to_be_visible()

    def takes(self) -> None:
        self.page.get_by_label("What I can really win in 12 months, ₽").fill(str(GAP))
        self.page.get_by_role("button", name="Into my list").click()


def all_marks(given: dict[str, int]) -> dict[str, int]:
    return dict.fromkeys(WHOLESALER, 0) | given


def fill_the_list(cast: Cast, but: set[str]) -> None:
    """Fifteen in the list of Anna, each through the actions of Anna and her head."""
    stake = KeyInputs(attainable_gap=Decimal(GAP))
    held = Client.objects.filter(manager=cast.anna).exclude(name__in=but)
    for client in held:
        assessed(cast.anna, client)
        key = actions.propose_manager_key(cast.anna, client, inputs=stake)
        actions.confirm_manager_key(cast.head, actions.submit_manager_key(cast.anna, key))
    assert ManagerKey.objects.filter(manager=cast.anna, state="confirmed").count() == 15


@pytest.mark.req("S4-10", "S4-11", "S4-12", "S4-19", "S4-31", "S1-18")
def test_from_the_file_to_the_list(page: Page, live_server: Any, sign_in: Any, cast: Cast):
    story = Story(page, live_server.url, sign_in)

    story.imports(cast.finance, "\n".join([HEAD, *rows(), ""]).encode("cp1251"))
    story.looks_at_the_curve()

    story.head_proposes(cast.head)
    story.owner_decides(cast.owner)
    chain, late = Client.objects.get(name=CHAIN), Client.objects.get(name=LATE)
    assert chain.is_company_key

    sign_in(cast.anna)
    story.assesses(chain, all_marks(NETWORK), external=True)
    expect(page.get_by_text("10 of 100")).to_be_visible()
    expect(page.get_by_text("below 40: cannot be key")).to_be_visible()
    story.keeps_the_assessment()
    story.takes()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("Not key for you, however large. Influence is 10")
    assert InfluenceAssessment.objects.get(client=chain).position_external
    assert not ManagerKey.objects.exists()

    fill_the_list(cast, but={CHAIN, LATE})
    story.assesses(late, all_marks(WHOLESALER))
    expect(page.get_by_text("70 of 100")).to_be_visible()
    story.keeps_the_assessment()
    story.takes()
    expect(refusal).to_contain_text("This would be key client number 16; your limit is 15.")
    offered = refusal.get_by_role("link", name=re.compile("^Release "))
    expect(offered).to_have_count(3)
    released = offered.first.inner_text().removeprefix("Release ")
    expect(refusal).to_contain_text(f"the weakest are: {released}")
    assert ManagerKey.objects.count() == 15

    offered.first.click()
    expect(page.get_by_text(f"Release “{released}”?")).to_be_visible()
    page.get_by_label("Why it is released").fill("Bought up by a rival")
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text(f"“{released}” is released")).to_be_visible()
    expect(page.get_by_label("What I can really win in 12 months, ₽")).to_have_value(str(GAP))
    page.get_by_role("button", name="Into my list").click()
    expect(page.get_by_text(f"“{LATE}” is in your list and waits for the head.")).to_be_visible()
    expect(page.get_by_text("15 of 15.")).to_be_visible()

    story.open("segmentation:my-keys", who=cast.head)
    waiting = page.get_by_role("table", name="Wait for your confirmation")
    waiting.get_by_role("row", name=LATE).get_by_role("button", name="Confirm").click()
    expect(page.get_by_text(f"“{LATE}” is confirmed as key.")).to_be_visible()
    assert ManagerKey.objects.get(client=late).state == "confirmed"
    assert CompanyKey.objects.get(client=chain).state == "confirmed"
