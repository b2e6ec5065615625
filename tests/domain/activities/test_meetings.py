"""Briefs for meetings, needs that were heard."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.activities import actions
from kamerton.domain.activities.models import BriefRow, BriefSection, ClientNeed, MeetingBrief
from kamerton.domain.activities.queries import needs, unprepared
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.domain.activities.conftest import TODAY
from tests.domain.activities.test_plan_activity import plan
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.activities import ActivityFactory, ClientNeedFactory, MeetingBriefFactory

pytestmark = pytest.mark.django_db
SECTION = BriefSection("Money", (BriefRow("Sales", "6.0 m", "of 24 m", "warn"),))


def test_a_brief_keeps_what_was_known(kam, client_):
    meeting = plan(kam, client_, kind="meeting")
    brief = actions.keep_brief(
        kam,
        meeting,
        goal=" The list of items ",
        questions=[{"code": "4.1", "text": "Who decides?", "more": "dropped"}],
        expected="A trial lot",
        snapshot={"sections": [SECTION.as_plain()]},
    )
    brief.refresh_from_db()
    assert (brief.goal, brief.expected) == ("The list of items", "A trial lot")
    assert brief.questions == [{"code": "4.1", "text": "Who decides?"}]
    assert brief.sections == [SECTION]
    assert (brief.prepared_by, meeting.brief) == (kam, brief)
    again = actions.keep_brief(kam, meeting, goal="Another")
    assert (again.pk, again.goal, again.sections) == (brief.pk, "Another", [])
    events = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(events)[1:] == ["activities.brief_kept", "activities.brief_changed"]


def test_a_brief_needs_a_goal_people_to_meet_and_a_right(kam, peer, client_):
    meeting = plan(kam, client_, kind="meeting")
    task = plan(kam, client_, kind="task")
    for error, actor, activity, goal in (
        (actions.NothingWritten, kam, meeting, " "),
        (actions.NobodyToMeet, kam, task, "x"),
        (NotAllowed, peer, meeting, "x"),
    ):
        with pytest.raises(error):
            actions.keep_brief(actor, activity, goal=goal)
    actions.complete_activity(kam, meeting, outcome="Met", done_on=TODAY)
    with pytest.raises(actions.NotOpen):
        actions.keep_brief(kam, meeting, goal="Too late")
    assert not MeetingBrief.objects.exists()


@pytest.fixture
def noon(monkeypatch):
    moment = timezone.make_aware(dt.datetime(2026, 7, 10, 12, 0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    return moment


@pytest.mark.req("S1-13", "S4-27")
@pytest.mark.parametrize(
    ("client", "meeting", "flagged"),
    [
        ({"manager_keys": 1}, {}, True),
        ({"company_key_since": TODAY}, {}, True),
        ({}, {}, False),  # a flow client asks for no preparation
        ({"manager_keys": 1}, {"kind": "call"}, False),
        ({"manager_keys": 1}, {"kind": "task"}, False),
        ({"manager_keys": 1}, {"due_on": TODAY + dt.timedelta(1)}, True),
        ({"manager_keys": 1}, {"due_on": TODAY + dt.timedelta(2)}, False),
        ({"manager_keys": 1}, {"hour": (11, 11, 59)}, True),
        ({"manager_keys": 1}, {"hour": (11, 12, 1)}, False),
        ({"manager_keys": 1}, {"state": "cancelled"}, False),
        ({"manager_keys": 1}, {"briefed": True}, False),
    ],
)
def test_a_key_meeting_a_day_ahead_without_a_brief_is_flagged(noon, kam, client, meeting, flagged):
    client = ClientFactory(manager=kam, **client)
    fields = {"kind": "meeting", "due_on": TODAY, **meeting}
    briefed = fields.pop("briefed", False)
    if hour := fields.pop("hour", None):
        at = timezone.make_aware(dt.datetime(2026, 7, *hour))
        fields |= {"starts_at": at, "due_on": at.date()}
    made = ActivityFactory(client=client, **fields)
    if briefed:
        MeetingBriefFactory(activity=made)
    assert list(unprepared(kam)) == ([made] if flagged else [])
    assert made.is_unprepared is flagged
    assert list(unprepared(kam, client=ClientFactory(manager=kam))) == []


def test_a_need_is_heard_and_met(kam, client_, person):
    meeting = ActivityFactory(client=client_, due_on=dt.date(2026, 7, 8))
    need = actions.add_need(
        kam, client_, text=" A stock in the region ", heard_from=person, heard_at=meeting
    )
    need.refresh_from_db()
    assert (need.text, need.heard_on) == ("A stock in the region", dt.date(2026, 7, 8))
    assert list(needs(kam, client_, state="open")) == [need]
    met = actions.close_need(kam, need, note="Opened in May")
    assert (met.state, met.closing_note) == ("met", "Opened in May")
    with pytest.raises(actions.ClosedAlready):
        actions.close_need(kam, need, state="dropped")
    events = AuditEntry.objects.order_by("pk").values_list("action", "subject_id")
    assert list(events) == [
        ("activities.need_added", client_.pk),
        ("activities.need_closed", client_.pk),
    ]


def test_a_need_of_nobody_or_nothing_is_refused(kam, peer, client_):
    meeting = ActivityFactory(client=ClientFactory(manager=kam))
    for error, actor, fields in (
        (actions.NothingWritten, kam, {"text": " "}),
        (NotAllowed, peer, {"text": "x"}),
        (actions.NotTheirPerson, kam, {"text": "x", "heard_from": ContactPersonFactory()}),
        (actions.WrongMeeting, kam, {"text": "x", "heard_at": meeting}),
    ):
        with pytest.raises(error):
            actions.add_need(actor, client_, **fields)
    assert not ClientNeed.objects.exists()
    need = ClientNeedFactory(client=client_)
    with pytest.raises(NotAllowed):
        actions.close_need(peer, need)
    assert ClientNeed.objects.get().state == "open"


def test_needs_are_seen_with_the_client(kam, client_):
    need = ClientNeedFactory(client=client_)
    ClientNeedFactory()
    assert list(needs(kam)) == [need]
    assert list(needs(UserFactory(roles=["finance"]))) == []
