"""Pages of the day's work."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.activities.models import Activity, ClientNeed, MeetingBrief
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.domain.dossier.models import DossierAnswer
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import (
    ActivityFactory,
    ClientNeedFactory,
    MeetingBriefFactory,
    contact,
)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def today(days=0):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def kam():
    head = UserFactory(roles=["head_of_sales"])
    return UserFactory(full_name="Kay Kam", supervisor=head)


@pytest.fixture
def page(as_user, kam):
    return as_user(kam)


@pytest.fixture
def client_(kam):
    return ClientFactory(manager=kam, name="Valves", manager_keys=1)


@pytest.fixture
def person(client_):
    return ContactPersonFactory(client=client_, full_name="Olga Orlova")


def at(name, *args):
    return reverse(f"activities:{name}", args=args)


def text(response):
    return " ".join(response.content.decode().split())


def test_the_list_groups_what_is_to_be_done(page, kam, client_):
    for days, title in ((-2, "Call back"), (0, "Send papers"), (30, "Visit the plant")):
        ActivityFactory(client=client_, due_on=today(days), title=title)
    ActivityFactory(client=client_, owner=UserFactory(), title="Of somebody else")
    shown = text(page.get(at("actions")))
    assert "1 action is late." in shown
    assert "2 days late" in shown
    assert shown.index("Call back") < shown.index("Send papers") < shown.index("Visit the plant")
    assert "Of somebody else" not in shown
    assert "Of somebody else" in text(page.get(at("actions"), {"owner": "all"}))


def test_the_list_answers_filters_with_a_fragment(page, client_):
    ActivityFactory(client=client_, title="Call back")
    ActivityFactory(client=client_, title="Meet", kind="meeting")
    answer = page.get(at("actions"), {"kind": "meeting"}, headers=HTMX)
    assert "Meet" in text(answer)
    assert "Call back" not in text(answer)
    assert "<html" not in text(answer)


def test_an_empty_list_teaches(page):
    assert "the only proof of progress" in text(page.get(at("actions")))


@pytest.mark.parametrize("number", [1, 9])
def test_the_list_costs_the_same_for_any_number(page, client_, person, number, assert_queries):
    for _ in range(number):
        ActivityFactory(client=client_, people=[person])
    assert_queries(lambda: page.get(at("actions")), most=24)


@pytest.fixture
def assert_queries():
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def check(call, most):
        call()  # what a process looks up once
        with CaptureQueriesContext(connection) as found:
            assert call().status_code == 200
        assert len(found) <= most, [one["sql"][:90] for one in found]

    return check


@pytest.mark.req("S4-52")
def test_it_is_done_in_place_and_taken_back(page, client_):
    made = ActivityFactory(client=client_, title="Call back")
    form = page.get(at("done", made.pk), headers=HTMX)
    assert "What came of it" in text(form)
    given = {"outcome": "Wants a price", "next_title": "Send the price", "next_on": today(2)}
    saved = page.post(at("done", made.pk), given, headers=HTMX)
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("done", "Wants a price")
    assert made.next_steps.get().title == "Send the price"
    assert at("reopen", made.pk) in text(saved)
    page.post(at("reopen", made.pk))
    made.refresh_from_db()
    assert (made.state, made.next_steps.get().state) == ("planned", "cancelled")


def test_without_an_outcome_it_is_not_done_in_place(page, client_):
    made = ActivityFactory(client=client_)
    refused = page.post(at("done", made.pk), {"next_title": "Later"}, headers=HTMX)
    assert refused.status_code == 422
    assert "A next step without a day is a wish" in text(refused)
    assert "Later" in text(refused)
    made.refresh_from_db()
    assert made.state == "planned"


def test_what_is_marked_moves_and_the_message_undoes_it(page, client_):
    rows = ActivityFactory.create_batch(3, client=client_)
    given = {"activity": [one.pk for one in rows[:2]], "due_on": today(7).isoformat()}
    shown = text(page.post(at("reschedule"), given, follow=True))
    assert "2 actions moved" in shown
    undo = next(part for part in shown.split('"') if "/undo/" in part)
    assert set(Activity.objects.values_list("due_on", flat=True)) == {today(), today(7)}
    page.post(undo)
    assert set(Activity.objects.values_list("due_on", flat=True)) == {today()}
    assert page.post(undo).status_code == 404


@pytest.mark.parametrize("given", [{}, {"due_on": "soon"}, {"day": "2026-02-31"}])
def test_without_a_day_nothing_moves(page, client_, given):
    made = ActivityFactory(client=client_)
    refused = page.post(at("reschedule"), {"activity": made.pk, **given})
    assert refused.status_code == 422
    assert "Choose the day" in text(refused)


def test_with_whom_is_asked_first(page, kam, client_):
    ClientFactory(name="Foreign")
    shown = text(page.get(at("create"), {"kind": "meeting"}))
    assert f"?client={client_.pk}&amp;kind=meeting" in shown
    assert "Foreign" not in shown
    assert "No such client" in text(page.get(at("log"), {"search": "zzz"}, headers=HTMX))


def test_an_action_is_planned(page, kam, client_, person):
    address = f"{at('create')}?client={client_.pk}"
    assert "Olga Orlova" in text(page.get(f"{address}&person={person.pk}"))
    given = {"kind": "meeting", "title": "Meet", "due_on": today(3), "at": "11:30"}
    given |= {"people": [person.pk], "origin": "member:1", "goal": "A list"}
    assert page.post(address, given).status_code == 302
    made = Activity.objects.get()
    assert timezone.localtime(made.starts_at).hour == 11
    assert (made.people.get(), made.owner, made.origin) == (person, kam, "member:1")
    again = page.post(address, given)
    assert again.status_code == 422
    assert "This is planned already: “Meet”" in text(again)
    assert "A list" in text(again)


def test_a_contact_is_logged(page, client_, person):
    address = f"{at('log')}?client={client_.pk}&kind=call"
    assert page.get(address).status_code == 200
    given = {"kind": "call", "title": "He called", "outcome": "Asks", "done_on": today(1)}
    refused = page.post(address, given)
    assert refused.status_code == 422
    assert "still to come" in text(refused)
    page.post(address, given | {"done_on": today(), "people": [person.pk]})
    made = Activity.objects.get()
    assert (made.state, made.people.get()) == ("done", person)


def test_two_change_one_action_and_the_second_loses_nothing(page, client_):
    made = ActivityFactory(client=client_, title="Old")
    address = at("change", made.pk)
    seen = made.updated_at.isoformat()
    given = {"kind": "call", "due_on": today(), "updated_at": seen}
    assert page.post(address, given | {"title": "Theirs"}).status_code == 302
    second = page.post(address, given | {"title": "Mine"})
    shown = text(second)
    assert second.status_code == 422
    assert "nothing of yours is lost" in shown
    assert "Now it says: Theirs" in shown
    assert 'value="Mine"' in shown
    made.refresh_from_db()
    assert made.title == "Theirs"
    form = second.context["form"]
    page.post(address, given | {"title": "Mine", "updated_at": form["updated_at"].value()})
    made.refresh_from_db()
    assert made.title == "Mine"


def test_the_outcome_of_one_who_was_second_stays_in_the_form(page, client_):
    made = ActivityFactory(client=client_)
    given = {"outcome": "My words", "done_on": today(), "updated_at": "2026-01-01T00:00:00+00:00"}
    refused = page.post(at("activity", made.pk), given)
    assert refused.status_code == 422
    assert "My words" in text(refused)
    assert f"Now it says: “{made.title}”" in text(refused)


def test_it_is_called_off_missed_and_opened_again(page, client_):
    made = ActivityFactory(client=client_)
    page.post(at("cancel", made.pk))
    page.post(at("resume", made.pk))
    assert "Why" in text(page.get(at("miss", made.pk), headers=HTMX))
    assert page.post(at("miss", made.pk), {"reason": ""}, headers=HTMX).status_code == 422
    page.post(at("miss", made.pk), {"reason": "He fell ill"})
    made.refresh_from_db()
    assert (made.state, made.outcome) == ("missed", "He fell ill")
    assert "He fell ill" in text(page.get(at("activity", made.pk)))


def test_today_its_author_puts_it_right(page, client_):
    made = ActivityFactory(client=client_)
    page.post(at("activity", made.pk), {"outcome": "Yes", "done_on": today()})
    assert "Put right what I wrote today" in text(page.get(at("activity", made.pk)))
    page.post(at("activity", made.pk), {"outcome": "No", "done_on": today()})
    made.refresh_from_db()
    assert made.outcome == "No"
    Activity.objects.update(done_at=timezone.now() - dt.timedelta(days=2))
    assert "Put right what I wrote today" not in text(page.get(at("activity", made.pk)))
    refused = page.post(at("activity", made.pk), {"outcome": "Maybe", "done_on": today()})
    assert refused.status_code == 422


def test_the_client_s_page_has_what_came_of_it(page, client_, person):
    done = contact([person], today(-3), title="Met the director", outcome="Wants a stock")
    ClientNeedFactory(client=client_, heard_at=done, text="A stock in the region")
    ActivityFactory(client=client_, title="Send the offer", follows=done, due_on=today(4))
    shown = text(page.get(at("client", client_.pk)))
    for words in ("Met the director", "Wants a stock", "A stock in the region", "Send the offer"):
        assert words in shown
    assert "aria-current" in shown


def test_the_panel_shows_the_next_step(page, client_, person):
    assert "Nothing is planned" in text(page.get(at("panel", client_.pk)))
    contact([person], today(-3))
    ActivityFactory(client=client_, title="Send the offer", due_on=today(4))
    shown = text(page.get(at("panel", client_.pk)))
    assert "Send the offer" in shown
    assert "Last contact" in shown


def test_needs_are_added_and_closed(page, client_, person):
    page.post(at("add-need", client_.pk), {"text": "A stock", "heard_from": person.pk})
    need = ClientNeed.objects.get()
    assert (need.text, need.heard_from) == ("A stock", person)
    assert page.post(at("add-need", client_.pk), {"text": ""}, headers=HTMX).status_code == 422
    page.post(at("close-need", need.pk), {"state": "dropped"})
    need.refresh_from_db()
    assert need.state == "dropped"


@pytest.mark.req("S1-13", "S4-27")
def test_a_key_meeting_without_a_brief_is_flagged_everywhere(page, client_):
    made = ActivityFactory(client=client_, kind="meeting", title="Meet", due_on=today())
    day = reverse("desk:home")
    for address in (at("actions"), at("client", client_.pk), at("panel", client_.pk)):
        assert "no brief" in text(page.get(address)).lower(), address
    assert "Meeting without a brief" in text(page.get(day))
    MeetingBriefFactory(activity=made)
    for address in (at("actions"), at("client", client_.pk), at("panel", client_.pk), day):
        shown = text(page.get(address)).lower()
        assert "no brief" not in shown
        assert "meeting without a brief" not in shown


@pytest.mark.req("S4-27")
def test_a_flow_client_asks_for_no_brief(page, kam):
    flow = ClientFactory(manager=kam)
    ActivityFactory(client=flow, kind="meeting", due_on=today())
    assert "no brief" not in text(page.get(at("actions"))).lower()
    assert "Meeting without a brief" not in text(page.get(reverse("desk:home")))


def test_my_day_and_the_figures_beside_the_menu(page, client_):
    ActivityFactory(client=client_, title="Call back", due_on=today(-1))
    ActivityFactory(client=client_, title="Send papers")
    ActivityFactory(client=client_, title="Far away", due_on=today(20))
    shown = text(page.get(reverse("desk:home")))
    assert "1 day late" in shown
    assert "Send papers" in shown
    assert "Far away" not in shown
    found = page.get(reverse("desk:counts")).json()
    assert found == {"actions": {"n": 2, "hot": True}}


# The brief, and what is learned


@pytest.fixture
def meeting(kam, client_, person):
    """A key meeting with the decider."""
    centre = BuyingCentre.objects.create(client=client_, method=1, created_by=kam)
    Member.objects.create(
        centre=centre, contact=person, roles=["decider"], influence=5, created_by=kam
    )
    return ActivityFactory(client=client_, kind="meeting", title="Meet", people=[person])


@pytest.mark.req("S1-13")
def test_a_brief_is_prepared_kept_and_prepared_anew(page, client_, meeting):
    ClientNeedFactory(client=client_, text="A stock in the region")
    ActivityFactory(client=client_, title="Send the certificates", due_on=today(-4))
    shown = text(page.get(at("brief", meeting.pk)))
    for words in ("Olga Orlova", "influence 5 of 5", "A stock in the region", "certificates"):
        assert words in shown
    codes = page.get(at("brief", meeting.pk)).context["form"].initial["questions"]
    assert codes
    given = {"goal": "A trial lot", "expected": "The order", "questions": codes[:2]}
    page.post(at("brief", meeting.pk), given)
    brief = MeetingBrief.objects.get()
    assert [one["code"] for one in brief.questions] == codes[:2]
    kept = text(page.get(at("brief", meeting.pk)))
    assert "A trial lot" in kept
    assert "A stock in the region" in kept
    ClientNeed.objects.update(text="Something newer")
    assert "A stock in the region" in text(page.get(at("brief", meeting.pk)))
    assert "Something newer" in text(page.get(at("brief", meeting.pk), {"anew": 1}))
    assert page.post(at("brief", meeting.pk), {"goal": ""}).status_code == 422


def test_a_task_has_no_brief(page, client_):
    task = ActivityFactory(client=client_, kind="task")
    assert page.get(at("brief", task.pk)).status_code == 404


@pytest.fixture
def briefed(meeting):
    questions = [{"code": "2.1", "text": "?"}, {"code": "4.1", "text": "?"}]
    MeetingBriefFactory(activity=meeting, questions=questions)
    return meeting


def test_what_was_learned_goes_into_the_dossier_with_the_outcome(page, briefed, person):
    assert 'name="answer-4.1"' in text(page.get(at("activity", briefed.pk)))
    given = {"outcome": "Agreed", "done_on": today(), "answer-4.1": "Steel", "seen-4.1": "0"}
    page.post(at("activity", briefed.pk), given)
    briefed.refresh_from_db()
    answer = DossierAnswer.objects.get()
    assert (briefed.state, answer.question, answer.text) == ("done", "4.1", "Steel")
    assert (answer.source, answer.source_contact, answer.source_on) == (
        "client_said",
        person,
        today(),
    )


def test_one_question_is_answered_in_one_tap_afterwards(page, briefed):
    page.post(at("activity", briefed.pk), {"outcome": "Agreed", "done_on": today()})
    assert "Into the dossier" in text(page.get(at("activity", briefed.pk)))
    given = {"code": "4.1", "answer": "Steel", "seen": "0"}
    drawn = page.post(at("answer", briefed.pk), given, headers=HTMX)
    assert "in the dossier" in text(drawn)
    assert DossierAnswer.objects.get().text == "Steel"
    second = page.post(at("answer", briefed.pk), given | {"answer": "Iron"}, headers=HTMX)
    assert second.status_code == 422
    assert "nothing of yours is lost" in text(second)
    assert DossierAnswer.objects.get().text == "Steel"


def test_what_was_known_is_confirmed_in_one_tap(page, kam, briefed):
    from kamerton.domain.dossier.actions import Said, answer_question

    old = answer_question(kam, briefed.client, "4.1", said=Said("Steel", "assumption"))
    page.post(at("activity", briefed.pk), {"outcome": "Agreed", "done_on": today()})
    assert "Still so" in text(page.get(at("activity", briefed.pk)))
    given = {"code": "4.1", "answer": "Steel", "seen": old.pk}
    page.post(at("answer", briefed.pk), given, headers=HTMX)
    assert DossierAnswer.objects.get(is_current=True).source == "client_said"


@pytest.mark.parametrize("kind", ["task", "need", "answer"])
def test_what_was_said_becomes_a_task_a_need_an_answer(page, client_, person, kind):
    done = contact([person], today(), outcome="They lack a stock. Call on Friday.")
    address = at("capture", done.pk, kind)
    form = page.get(address, {"text": "Call on Friday"}, headers=HTMX)
    assert "Call on Friday" in text(form)
    given = {
        "task": {"title": "Call", "due_on": today(1)},
        "need": {"text": "A stock"},
        "answer": {"code": "4.1", "value": "Steel"},
    }[kind]
    assert page.post(address, given).status_code == 302
    found = {
        "task": Activity.objects.filter(follows=done, title="Call", people=person),
        "need": ClientNeed.objects.filter(heard_at=done, text="A stock"),
        "answer": DossierAnswer.objects.filter(text="Steel", source_contact=person),
    }[kind]
    assert found.count() == 1


def test_a_task_out_of_words_is_refused_for_a_past_day(page, person):
    done = contact([person], today())
    given = {"title": "Call", "due_on": today(-1)}
    refused = page.post(at("capture", done.pk, "task"), given, headers=HTMX)
    assert refused.status_code == 422
    assert not Activity.objects.filter(title="Call").exists()
    assert page.get(at("capture", done.pk, "poem")).status_code == 404
