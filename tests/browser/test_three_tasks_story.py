"""Three tasks with one key client: a dossier, nine people, a plan agreed; the index follows."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from kamerton.calc.three_tasks import three_task_index
from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier import queries as dossier
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans import queries as plans
from kamerton.domain.plans.actions import approve_plan
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access.models import User
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.buying_centre import nine_people
from tests.factories.dossier import answered
from tests.factories.plans import region_armatura

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PRODUCT = "What they sell, to whom, market share"
TYPED = {"number": "7", "money": "900000", "percent": "12", "date": "01.03.2026"}


class Story:
    """The client's pages, as one person or another."""

    def __init__(self, page: Page, url: str, sign_in: Any) -> None:
        self.page, self.url, self.sign_in = page, url, sign_in

    def open(self, name: str, client: Client, who: User | None = None) -> Page:
        if who:
            self.sign_in(who)
        self.page.goto(self.url + reverse(name, args=[client.pk]))
        return self.page

    def answers_in_place(self, client: Client, who: User) -> None:
        page = self.open("dossier:dossier", client, who)
        page.get_by_role("link", name="Client's business").first.click()
        page.get_by_role("button", name=f"Answer: {PRODUCT}").click()
        question = page.locator("article.editing")
        question.get_by_label("Answer").fill("Valves to water utilities, 12 % of the region")
        question.get_by_label("Known from").select_option("client_said")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("button", name=f"Change: {PRODUCT}")).to_be_visible()
        expect(page.get_by_text("Valves to water utilities")).to_be_visible()

    def sees_the_map(self, client: Client) -> None:
        page = self.open("buying_centre:centre", client)
        expect(page.locator("kamerton-centre[data-ready]")).to_be_visible()
        people = page.locator("#centre-people")
        expect(people.get_by_role("link")).to_have_count(9)
        expect(people.get_by_text("no one: Coach")).to_be_visible()

    def submits(self, client: Client, who: User) -> None:
        page = self.open("plans:plan", client, who)
        page.get_by_role("button", name="Submit").click()
        page.get_by_role("dialog").get_by_role("button", name="Submit").click()
        expect(page.get_by_role("button", name="Submit")).to_have_count(0)
        expect(page.get_by_role("button", name="Approve")).to_have_count(0)  # his own plan

    def sends_back(self, client: Client, who: User, why: str) -> None:
        page = self.open("plans:plan", client, who)
        page.get_by_role("button", name="Send back").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Why").fill(why)
        dialog.get_by_role("button", name="Send back").click()
        expect(page.get_by_text(why)).to_be_visible()

    def approves(self, client: Client, who: User) -> None:
        page = self.open("plans:plan", client, who)
        page.get_by_role("button", name="Approve").click()
        page.get_by_role("dialog").get_by_role("button", name="Approve").click()
        expect(page.get_by_role("button", name="Approve")).to_have_count(0)

    def index(self, client: Client) -> str:
        page = self.open("desk:client", client)
        shown = page.locator("#three-tasks b").first
        expect(shown).to_be_visible()
        return shown.inner_text()


def fill_the_dossier(client: Client, *, until: float) -> float:
    """Answer question after question until the quality is there; return it."""
    method = methodology.current()
    questions = [
        one for group in method.dossier_groups if not group.pack for one in group.questions
    ]
    quality = 0.0
    for one in questions:
        if one.computed or one.kind in ("file", "person"):
            continue
        value = one.choices[0].ru if one.choices else TYPED.get(one.kind, "Known from their buyer")
        answered(client, one.code, value)
        quality = dossier.quality_of([client.pk])[client.pk].quality or 0.0
        if quality >= until:
            break
    return quality


@pytest.mark.req("S4-24", "S4-26", "S4-32", "S4-41", "S4-42", "S4-49", "S4-52")
def test_dossier_centre_and_plan_move_the_index(
    page: Page, live_server: Any, sign_in: Any, company: Any
) -> None:
    head = UserFactory(full_name="Henry Stone", roles=["head_of_sales"])
    anna = UserFactory(full_name="Anna White", supervisor=head)
    plan = region_armatura(anna, starts_on=localdate().replace(day=1))
    client, story = plan.client, Story(page, live_server.url, sign_in)

    story.answers_in_place(client, anna)
    quality = fill_the_dossier(client, until=0.5)
    assert 0.5 <= quality < 0.75  # amber
    nine_people(client)
    story.sees_the_map(client)

    before = plans.three_tasks(anna, [client.pk])[client.pk]
    assert story.index(client) == f"{before.index:.1f}"
    assert not before.plan

    story.submits(client, anna)
    plan.refresh_from_db()
    with pytest.raises(NotAllowed):
        approve_plan(anna, plan)
    story.sends_back(client, head, "Name a second contact in purchasing")
    story.submits(client, anna)
    story.approves(client, head)
    plan.refresh_from_db()
    assert plan.state == PerspectivePlan.State.APPROVED

    after = plans.three_tasks(anna, [client.pk])[client.pk]
    scores = ([after.info or 0], [after.communication or 0], [after.plan or 0])
    expected = three_task_index(*scores)[0]
    assert after.index == pytest.approx(expected)
    assert after.index - before.index == pytest.approx(0.30 * after.plan)
    story.sign_in(anna)
    assert story.index(client) == f"{after.index:.1f}"
