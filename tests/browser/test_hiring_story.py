"""Hiring as people live it: a candidate with his phone, then the choice and the first weeks."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import SessionText
from kamerton.domain.hiring.models import (
    Application,
    CandidateForm,
    Consent,
    InterviewSession,
    Invitation,
    Offer,
    ProbationPlan,
    Vacancy,
)
from kamerton.domain.hiring.queries import Marked, SlotPlan, scorecard_codes
from kamerton.platform.access.models import User
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import contact
from tests.factories.hiring import (
    ANSWERS,
    a_candidate,
    an_application,
    an_offer_text,
    an_open_vacancy,
    marked,
    task_done,
)
from tests.factories.ledger import clients_for, ledger, line

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHOICES = {
    "buyer_level": "Director of a function",
    "education": "Degree in business",
    "papers": "I prepare and check them myself",
    "motive": "Growth",
}


@pytest.fixture
def kim(company: Any) -> User:
    return UserFactory(roles=["recruiter"], full_name="Kim Recruiter")


@pytest.fixture
def head(company: Any) -> User:
    owner = UserFactory(roles=["owner"], full_name="Owen Hill")
    return UserFactory(roles=["head_of_sales"], full_name="Hugh Head", supervisor=owner)


@pytest.fixture
def phone(page: Page) -> Page:
    page.set_viewport_size({"width": 390, "height": 844})
    return page


def no_sideways_scroll(phone: Page) -> None:
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def fill_the_form(phone: Page) -> None:
    """Answer every question as a person does: words typed, choices ticked."""
    for code, value in ANSWERS.items():
        if code not in CHOICES:
            phone.locator(f"[name={code}]").fill(value)
    for words in CHOICES.values():
        phone.get_by_label(words).first.check()


def slots_of_a_day(kim: User, vacancy: Vacancy, kind: str) -> list[InterviewSession]:
    """Half hours of the next Monday, one place each."""
    today = timezone.localdate()
    day = today + dt.timedelta(days=7 - today.weekday())
    like = SessionText(kind, interviewers=(kim,), place="Office 5, Tver")
    return actions.make_sessions(kim, vacancy, plan=SlotPlan(day, day), like=like)


def consents_and_sends_the_form(phone: Page, address: str, application: Application) -> None:
    """Without consent nothing goes on and nothing is kept; with it the form goes."""
    phone.goto(address)
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Agree and begin").click()
    expect(phone.get_by_text("without it we keep nothing")).to_be_visible()
    form = CandidateForm.objects.get(application=application)
    assert (form.consented_at, form.draft, form.answers) == (None, {}, {})
    assert not Consent.objects.exists()

    phone.get_by_role("checkbox", name="I agree that").check()
    phone.get_by_role("button", name="Agree and begin").click()
    expect(phone.get_by_role("button", name="Send the form")).to_be_visible()
    fill_the_form(phone)
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Send the form").click()
    expect(phone.get_by_text("What comes next")).to_be_visible()
    form.refresh_from_db()
    application.refresh_from_db()
    assert form.submitted_at is not None
    assert Consent.objects.exists()
    assert application.stage == "passed"


def calendar_holds(phone: Page, session: InterviewSession) -> None:
    """The link gives a calendar with the time of the slot."""
    link = phone.get_by_role("link", name="Add to my calendar")
    answer = phone.request.get(phone.evaluate("link => link.href", link.element_handle()))
    assert answer.headers["content-type"].startswith("text/calendar")
    with phone.expect_download() as file:
        link.click()
    downloaded = file.value.path().read_text()
    assert downloaded.startswith("BEGIN:VCALENDAR")
    assert f"DTSTART:{session.starts_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" in downloaded


@pytest.mark.req("S0-26", "S0-28", "S0-29", "S0-31")
def test_a_candidate_with_a_phone_agrees_books_moves_and_comes(
    phone: Page, live_server: Any, sign_in: Any, kim: User
) -> None:
    vacancy = an_open_vacancy(kim)
    person = a_candidate(full_name="Ann Orlova", created_by=kim)
    application = an_application(vacancy, candidate=person)
    slots = slots_of_a_day(kim, vacancy, "individual")
    _form, token = actions.send_form(kim, application)
    link = live_server.url + reverse("candidate:form", args=[token])
    consents_and_sends_the_form(phone, link, application)

    invitation, token = actions.invite(kim, application)
    phone.goto(live_server.url + reverse("candidate:booking", args=[token]))
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="09:30").click()
    expect(phone.get_by_text("We expect you.").first).to_be_visible()
    calendar_holds(phone, slots[1])
    phone.get_by_role("button", name="10:30").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("10:30")
    calendar_holds(phone, slots[3])
    no_sideways_scroll(phone)
    invitation.refresh_from_db()
    assert (invitation.session, invitation.state, invitation.moves) == (slots[3], "confirmed", 1)

    comes_to_the_door(phone, live_server, sign_in, kim, invitation)


def comes_to_the_door(
    phone: Page, live_server: Any, sign_in: Any, kim: User, invitation: Invitation
) -> None:
    """The hour has come: the recruiter marks him on her phone with one touch."""
    began = timezone.now() - dt.timedelta(minutes=5)
    InterviewSession.objects.filter(pk=invitation.session_id).update(
        starts_at=began, ends_at=began + dt.timedelta(minutes=30)
    )
    sign_in(kim)
    day = timezone.localdate(began).isoformat()
    phone.goto(f"{live_server.url}{reverse('hiring:check-in')}?day={day}")
    no_sideways_scroll(phone)
    phone.get_by_role("button", name="Here: Ann Orlova").click()
    expect(phone.get_by_text("1 of 1 came")).to_be_visible()
    expect(phone.get_by_role("button", name="Undo: Ann Orlova")).to_be_visible()
    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.CAME
    assert Application.objects.get(pk=invitation.application_id).stage == "showed"


class Desk:
    """The pages of hiring, as one person or another."""

    def __init__(self, page: Page, url: str, sign_in: Any) -> None:
        self.page, self.url, self.sign_in = page, url, sign_in

    def open(self, name: str, *args: Any, who: User | None = None) -> Page:
        if who:
            self.sign_in(who)
        self.page.goto(self.url + reverse(name, args=args))
        return self.page

    def invites_three(self, slot: InterviewSession, who: User) -> None:
        """One place at 5 of 12: three are proposed, with both risks; they are invited."""
        page = self.open("hiring:show-rate", who=who)
        expect(page.get_by_text("5 of 12 come, and add our own: 0 of 0")).to_be_visible()
        page = self.open("hiring:invite", slot.pk)
        expect(page.get_by_text("3 more are worth inviting.")).to_be_visible()
        risks = "Then the slot stays empty with 20% and is overfull with 38%."
        expect(page.get_by_text(risks)).to_be_visible()
        row = page.locator(".iv-curve tr.selected")
        expect(row.get_by_role("rowheader")).to_contain_text("3")
        expect(row.get_by_role("cell").first).to_have_text("20")
        expect(row.get_by_role("cell").nth(1)).to_have_text("38")
        expect(page.locator("[name=people]:checked")).to_have_count(3)
        page.get_by_role("button", name="Invite those marked").click()
        expect(page.get_by_text("letter sent")).to_have_count(3)

    def marks(self, application: Application, who: User, saw: str, first: int = 4) -> None:
        """An assessor marks each line alone and hands in."""
        page = self.open("hiring:scorecard", application.pk, who=who)
        expect(page.get_by_text("You mark alone.")).to_be_visible()
        for number, code in enumerate(scorecard_codes(application.vacancy)):
            line = page.locator(f"#line-{code}")
            mark = 3 if number else first  # further off words are asked for
            line.get_by_role("radio", name=str(mark)).check()
            if not number:
                line.get_by_label("What you saw or heard").fill(saw)
        page.get_by_label("Conclusion").fill(f"{saw}, so I say")
        page.get_by_role("button", name="Hand in").click()
        expect(page).to_have_url(self.url + reverse("hiring:calibration", args=[application.pk]))

    def sees_nothing_of(self, application: Application, who: User, saw: str) -> None:
        """While his own marks are not in, no page shows him the other's."""
        page = self.open("hiring:scorecard", application.pk, who=who)
        expect(page.get_by_text("handed in", exact=True)).to_be_visible()
        expect(page.locator(".iv-scale input:checked")).to_have_count(0)
        expect(page.get_by_text(saw)).to_have_count(0)
        page = self.open("hiring:calibration", application.pk)
        expect(page.get_by_text("1 of 2 handed in.")).to_be_visible()
        expect(page.locator("#candidate-marks")).to_be_visible()
        assert saw not in page.content()

    def is_scored_blind(self, application: Application, first: User, second: User) -> None:
        """Marks open only when both are in; where they differ, it is said."""
        self.marks(application, first, "Named the margin")
        self.sees_nothing_of(application, second, "Named the margin")
        self.marks(application, second, "Guessed the margin", first=2)
        expect(self.page.get_by_text("1 line is to be talked over.")).to_be_visible()
        conclusions = self.page.get_by_role("listitem").filter(has_text="so I say")
        expect(conclusions).to_have_count(2)


def three_who_passed(kim: User, vacancy: Vacancy) -> list[Application]:
    """Three people whose forms passed; they know clients that the vacancy is after."""
    known = {"known_clients": ["ACME"], "created_by": kim}
    names = ("Ann Orlova", "Boris Petrov", "Vera Sorokina")
    people = [a_candidate(full_name=name, **known) for name in names]
    fields = {"stage": "passed", "form_score": 90.0, "tier": "T1"}
    return [an_application(vacancy, candidate=one, **fields) for one in people]


def all_come(kim: User, slot: InterviewSession, assessors: list[User]) -> None:
    """The day: who was invited came, did the task and has assessors."""
    for invitation in slot.invitations.select_related("application"):
        actions.check_in(kim, invitation, state="came")
        actions.assign_assessors(kim, invitation.application, assessors=assessors)
        task_done(kim, invitation.application)


@pytest.mark.req("S0-32", "S1-47", "S3-54")
def test_three_are_invited_for_one_place_and_scored_blind(
    page: Page, live_server: Any, sign_in: Any, kim: User, head: User
) -> None:
    vacancy = actions.change_vacancy(kim, an_open_vacancy(kim), targets=["Acme", "Borey"])
    group = three_who_passed(kim, vacancy)
    slot = slots_of_a_day(kim, vacancy, "stream")[0]
    desk = Desk(page, live_server.url, sign_in)
    assert slot.capacity == 1
    desk.invites_three(slot, kim)
    assert slot.invitations.count() == 3

    kay, bob = (UserFactory(full_name=name, supervisor=head) for name in ("Kay Kam", "Bob Kam"))
    all_come(kim, slot, [kay, bob])
    for one in group:
        desk.is_scored_blind(one, kay, bob)
        assert one.scorecards.filter(submitted_at__isnull=False).count() == 2


class Choice(Desk):
    """From the ranking to the first day, and from there to the verdict."""

    def writes_an_offer(self, application: Application, kim: User) -> Offer:
        name = application.candidate.full_name
        page = self.open("hiring:choice", application.vacancy_id, who=kim)
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name))
        row.get_by_role("button", name="Choose").click()
        row.get_by_role("link", name="Write an offer").click()
        text = an_offer_text()
        page.locator("[name=pay]").fill("120000")
        page.locator("[name=motive]").select_option(text.motive)
        page.locator("[name=track]").select_option(text.track)
        page.locator("[name=adaptation_risk]").fill(text.adaptation_risk)
        for code, words in text.sections.items():
            page.locator(f"[name=section_{code}]").fill(words)
        page.get_by_role("button", name="Save the draft").click()
        expect(page.get_by_text("Waits for the head's approval.")).to_be_visible()
        return Offer.objects.get(application=application)

    def approves_and_plans(self, offer: Offer, head: User) -> ProbationPlan:
        """The head approves; without a planned probation nothing is sent."""
        page = self.open("hiring:offer", offer.pk, who=head)
        page.get_by_role("button", name="Approve").click()
        expect(page.get_by_text("Approved. Plan the probation, then send it.")).to_be_visible()
        page.get_by_role("link", name="Plan the probation").first.click()
        today = timezone.localdate()
        for name, days in (("starts_on", 0), ("verdict_on", 28), ("contractual_until", 85)):
            page.locator(f"[name={name}]").fill(f"{today + dt.timedelta(days=days)}")
        page.locator("[name=cycle_days]").fill("14")
        page.get_by_role("button", name="Plan").click()
        expect(page.get_by_text("5 clients to learn on are still to be chosen.")).to_be_visible()
        return ProbationPlan.objects.get(application=offer.application)

    def hears_yes(self, offer: Offer, kim: User) -> None:
        page = self.open("hiring:offer", offer.pk, who=kim)
        page.get_by_role("button", name="Send").click()
        page.get_by_role("dialog").get_by_role("button", name="Send by e-mail").click()
        expect(page.get_by_text("We wait for the answer until").first).to_be_visible()
        page.get_by_role("link", name="Note the answer").click()
        page.get_by_role("dialog").get_by_label("Accepted").check()
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(page.get_by_text("Accepted.", exact=True)).to_be_visible()

    def takes_on(self, offer: Offer, plan: ProbationPlan, head: User) -> User:
        page = self.open("hiring:offer", offer.pk, who=head)
        page.get_by_role("link", name="To the probation").click()
        page.get_by_role("link", name="Take on").click()
        expect(page.locator("[name=clients]:checked")).to_have_count(5)
        email = f"newcomer{plan.pk}@example.com"
        page.get_by_label("Work e-mail").fill(email)
        page.get_by_role("button", name="Take on").click()
        expect(page.get_by_text("no key client comes to him until he has passed")).to_be_visible()
        return User.objects.get(email=email)

    def hires(self, application: Application, kim: User, head: User) -> ProbationPlan:
        offer = self.writes_an_offer(application, kim)
        plan = self.approves_and_plans(offer, head)
        self.hears_yes(offer, kim)
        newcomer = self.takes_on(offer, plan, head)
        plan.refresh_from_db()
        assert (plan.state, plan.user, newcomer.status) == ("active", newcomer, "onboarding")
        return plan

    def gives(self, client: Client, newcomer: User, head: User) -> None:
        """Ask for the key client to be his."""
        page = self.open("desk:client", client.pk, who=head)
        page.get_by_role("button", name="Change the manager").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Manager").select_option(str(newcomer.pk))
        dialog.get_by_role("button", name="Assign").click()

    def passes(self, plan: ProbationPlan, head: User) -> None:
        page = self.open("hiring:probation-plan", plan.pk, who=head)
        growth = page.get_by_role("row").filter(has_text="growth over the baseline")
        expect(growth.get_by_role("cell", name="40%")).to_be_visible()
        expect(growth.get_by_role("cell", name="30 of 30")).to_be_visible()
        page.get_by_role("link", name="Passed").click()
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(page.get_by_text("key clients may come to him now").first).to_be_visible()


def three_weeks_on(plan: ProbationPlan, head: User) -> None:
    """The verdict is due: his clients bought 40 % more, talks and looks are on record."""
    today = timezone.localdate()
    began = today - dt.timedelta(days=20)
    plans = ProbationPlan.objects.filter(pk=plan.pk)
    plans.update(starts_on=began, verdict_on=today, planned_verdict_on=today)
    clients = [one.client for one in plan.accounts.select_related("client")]
    day = today - dt.timedelta(days=2)
    ledger([line(day, one.name, 200) for one in clients])
    for number in range(25):
        people = [ContactPersonFactory(client=clients[number % 5])]
        contact(people, day, kind="meeting", owner=plan.user)
    plan.refresh_from_db()
    good = Marked(method=0.9, calls=16, papers=1.0)
    actions.write_checkpoint(head, plan, on=today, marked=good)


@pytest.mark.req("S0-39", "S0-41", "S0-42", "S3-40")
def test_two_are_hired_and_the_one_who_passes_gets_the_key_client(
    page: Page, live_server: Any, sign_in: Any, kim: User, head: User
) -> None:
    lesser = clients_for([f"T{number}" for number in range(1, 11)], manager=head)
    before = timezone.localdate() - dt.timedelta(days=25)
    ledger([line(before, code, 200) for code in lesser])
    kay, bob = (UserFactory(full_name=name, supervisor=head) for name in ("Kay Kam", "Bob Kam"))
    key = ClientFactory(name="Big Plant", manager=kay, company_key_since=before)
    vacancy = actions.change_vacancy(kim, an_open_vacancy(kim), targets=["Acme", "Borey"])
    chosen = three_who_passed(kim, vacancy)[:2]
    for one in chosen:
        Application.objects.filter(pk=one.pk).update(stage="showed")
        one.refresh_from_db()
        marked(one, kay, bob, mark=4)
        task_done(kim, one)

    story = Choice(page, live_server.url, sign_in)
    ann, boris = (story.hires(one, kim, head) for one in chosen)
    assert not set(ann.accounts.values_list("client")) & set(boris.accounts.values_list("client"))

    story.gives(key, ann.user, head)
    expect(page.get_by_role("dialog")).to_contain_text("is still being onboarded")
    key.refresh_from_db()
    assert key.manager == kay

    three_weeks_on(ann, head)
    story.passes(ann, head)
    story.gives(key, ann.user, head)
    expect(page.locator("#team-panel")).to_contain_text("Orlova")
    for one in (key, ann, boris):
        one.refresh_from_db()
    assert (key.manager, ann.state, boris.state) == (ann.user, "passed", "active")
