"""The brief of a meeting: what is gathered, what is asked, what is kept."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.activities import actions as activities
from kamerton.domain.activities.models import MeetingBrief
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.domain.dossier.actions import Said, add_insight, answer_question
from kamerton.domain.dossier.models import Citation
from kamerton.domain.methodology import queries as methodology
from kamerton.flows.prepare_meeting import keep_preparation, prepare_meeting
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import ActivityFactory, ClientNeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def kam():
    return UserFactory(full_name="Kay Kam", supervisor=UserFactory(roles=["head_of_sales"]))


@pytest.fixture
def client_(kam):
    return ClientFactory(manager=kam, manager_keys=1)


def member(kam, client, name, role, **fields):
    centre, _made = BuyingCentre.objects.get_or_create(
        client=client, defaults={"method": 1, "created_by": kam}
    )
    contact = ContactPersonFactory(client=client, full_name=name)
    given = {"influence": 4, "attitude": 0, **fields}
    Member.objects.create(centre=centre, contact=contact, roles=[role], created_by=kam, **given)
    return contact


def knows(code):
    return methodology.current().dossier_question(code).known_by


def titles(found):
    return {part.title: part.rows for part in found.sections}


@pytest.mark.req("S1-13")
def test_it_is_gathered_from_dossier_centre_and_open_items(kam, client_):
    comes = member(kam, client_, "Anna Tech", "technical", attitude=-1, wins="no refusals")
    member(kam, client_, "Boris Boss", "decider", influence=5, attitude=1)
    member(kam, client_, "Clara Clerk", "user", influence=1)
    answer_question(kam, client_, "4.1", said=Said("Steel", "client_said"))
    ClientNeedFactory(client=client_, text="A stock in the region", author=kam)
    late = timezone.localdate() - dt.timedelta(days=3)
    ActivityFactory(client=client_, title="Send papers", due_on=late)
    meeting = ActivityFactory(client=client_, kind="meeting", people=[comes])
    parts = titles(prepare_meeting(kam, meeting))
    assert [(row.label, row.state) for row in parts["Who comes"]] == [("Anna Tech", "bad")]
    assert "no refusals" in parts["Who comes"][0].note
    assert parts["Who else decides"][0].label == "Boris Boss"
    assert "Clara Clerk" not in [row.label for row in parts["Who else decides"]]
    assert [(row.label, row.state) for row in parts["Open between us"]] == [("Send papers", "bad")]
    assert [row.label for row in parts["What the client needs"]] == ["A stock in the region"]
    assert "Steel" in [row.value for row in parts["What we know"]]


@pytest.mark.req("S1-13")
def test_asked_is_what_those_present_may_know(kam, client_):
    comes = member(kam, client_, "Anna Tech", "technical")
    meeting = ActivityFactory(client=client_, kind="meeting", people=[comes])
    found = prepare_meeting(kam, meeting).questions
    assert found
    assert {knows(one.code) for one in found} <= {"technical", ""}
    assert found[0].asked_of == ("Anna Tech",)
    old = timezone.localdate() - dt.timedelta(days=2000)
    first, second = found[0].code, found[1].code
    answer_question(kam, client_, first, said=Said("12", "client_said", old))
    answer_question(kam, client_, second, said=Said("12", "assumption"))
    states = {one.code: one.state for one in prepare_meeting(kam, meeting).questions}
    assert (states[first], states[second]) == ("stale", "assumed")
    answer_question(kam, client_, first, said=Said("12", "document"))
    assert first not in {one.code for one in prepare_meeting(kam, meeting).questions}


def test_without_a_centre_what_weighs_most_is_asked(kam, client_):
    meeting = ActivityFactory(client=client_, kind="meeting")
    found = prepare_meeting(kam, meeting)
    required = [
        methodology.current().dossier_question(one.code).required for one in found.questions
    ]
    assert required
    assert all(required)
    assert found.sections == ()


def test_what_was_used_is_cited_and_the_snapshot_stays(kam, client_):
    answer_question(kam, client_, "4.1", said=Said("Steel", "client_said"))
    add_insight(kam, client_, text="They lack a stock", based_on=["4.1"])
    meeting = ActivityFactory(client=client_, kind="meeting", title="Meet")
    brief = keep_preparation(kam, meeting, goal="A lot", expected="The order", codes=["1.1"])
    cited = Citation.objects.filter(place="brief", ref=f"activity:{meeting.pk}")
    assert {str(one.answer.question) for one in cited.exclude(answer=None)} == {"4.1"}
    assert cited.exclude(insight=None).count() == 1
    answer_question(kam, client_, "4.1", said=Said("Copper", "client_said"))
    brief.refresh_from_db()
    values = [row.value for part in brief.sections for row in part.rows]
    assert "Steel" in values
    assert "Copper" not in values
    keep_preparation(kam, meeting, goal="Another")
    assert MeetingBrief.objects.get().goal == "Another"
    assert cited.exclude(answer=None).count() == 1


def test_a_stranger_keeps_nothing_and_a_task_has_no_brief(kam, client_):
    meeting = ActivityFactory(client=client_, kind="meeting")
    for actor, activity, error in (
        (UserFactory(), meeting, NotAllowed),
        (kam, ActivityFactory(client=client_, kind="task"), activities.NobodyToMeet),
        (kam, ActivityFactory(client=client_, state="cancelled"), activities.NotOpen),
    ):
        with pytest.raises(error):
            keep_preparation(actor, activity, goal="A lot")
    assert not MeetingBrief.objects.exists()
    assert not Citation.objects.exists()


@pytest.mark.parametrize("people", [1, 6])
def test_it_costs_the_same_for_any_number(kam, client_, people, django_assert_max_num_queries):
    coming = [member(kam, client_, f"P{n}", "user") for n in range(people)]
    for n in range(people):
        ClientNeedFactory(client=client_, text=f"Need {n}", author=kam)
        ActivityFactory(client=client_)
    answer_question(kam, client_, "4.1", said=Said("Steel", "client_said"))
    meeting = ActivityFactory(client=client_, kind="meeting", people=coming)
    with django_assert_max_num_queries(62):
        prepare_meeting(kam, meeting)
