"""Interviews: slots, invitations by show rate, self-booking, check-in, reminders, calendar."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from kamerton.calc.show_rate import SeatCosts
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import (
    InterviewersNeeded,
    LinkDead,
    SeatsNeeded,
    SessionText,
    SlotFull,
    SlotGone,
    Unfit,
    WrongState,
)
from kamerton.domain.hiring.models import (
    Application,
    InterviewSession,
    Invitation,
    Source,
    Vacancy,
)
from kamerton.domain.hiring.queries import SlotPlan
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.hiring import an_application, an_open_vacancy

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2100, 11, 22)
LINK = "https://example.com/visit/{token}/"


def one_day(**fields):
    return SlotPlan(MONDAY, MONDAY, **fields)


def stream(kim, vacancy, **fields):
    return actions.make_sessions(
        kim, vacancy, plan=one_day(**fields), like=SessionText("stream", 1, (kim,), "Room 5")
    )


def passed(vacancy, **fields):
    return an_application(vacancy, stage="passed", **fields)


def stage_of(application):
    return Application.objects.get(pk=application.pk).stage


@pytest.mark.req("S0-30")
def test_a_day_of_half_hours_with_a_lunch_has_sixteen_slots(kim, vacancy):
    made = stream(kim, vacancy)
    assert len(made) == 16
    local = [timezone.localtime(one.starts_at).strftime("%H:%M") for one in made]
    assert (local[0], local[7], local[8], local[-1]) == ("09:00", "12:30", "14:00", "17:30")
    assert {one.place for one in made} == {"Room 5"}
    week = SlotPlan(MONDAY, MONDAY + dt.timedelta(days=6), minutes=45)
    assert len(list(week.slots())) == 5 * 10  # no weekend; 45 minutes: 5 before and 5 after lunch


@pytest.mark.req("S0-29")
def test_a_group_asks_for_seats_a_stream_for_interviewers(kim, vacancy):
    with pytest.raises(SeatsNeeded):
        actions.make_sessions(kim, vacancy, plan=one_day(), like=SessionText("group"))
    with pytest.raises(InterviewersNeeded):
        actions.make_sessions(kim, vacancy, plan=one_day(), like=SessionText("stream", 1))
    with pytest.raises(Unfit):
        stream(kim, vacancy, closes=dt.time(9, 10))
    assert not InterviewSession.objects.exists()


@pytest.mark.req("S0-32", "S0-31")
def test_three_are_invited_for_one_place_and_eighteen_for_a_group_of_ten(kim, vacancy):
    (slot, *_rest) = stream(kim, vacancy)
    assert slot.allowed == 3
    group = SessionText("group", 10)
    (made,) = actions.make_sessions(kim, vacancy, plan=one_day(minutes=540, breaks=()), like=group)
    assert made.allowed == 18
    plan = queries.stream_plan(kim)
    assert (round(plan.nobody, 3), round(plan.overfull, 3)) == (0.198, 0.376)


@pytest.mark.req("S0-31")
def test_nine_of_twenty_raise_the_rate_to_44_percent(kim, vacancy):
    settled(vacancy, came=9, gone=11)
    assert queries.show_rates(kim).overall == pytest.approx(0.4375)


def settled(vacancy, *, came, gone, channel="", lead=2):
    for number in range(came + gone):
        Invitation.objects.create(
            application=passed(vacancy),
            digest=f"{channel}{lead}{number}",
            channel=channel,
            lead_days=lead,
            state="came" if number < came else "no_show",
            sent_at=timezone.now(),
        )


@pytest.mark.req("S0-31")
def test_channels_are_told_apart_from_thirty_on(kim, vacancy, django_assert_num_queries):
    settled(vacancy, came=2, gone=12, channel="calls")
    settled(vacancy, came=13, gone=2, channel="site")
    assert not queries.show_rates(kim).parted
    settled(vacancy, came=1, gone=0, channel="fair")
    with django_assert_num_queries(1):
        rates = queries.likely(kim, ["calls", "site"], [2, 2])
    assert rates[0] < 0.35 < 0.6 < rates[1]


def test_cancelled_in_time_is_no_fact_of_the_show_rate(kim, vacancy):
    settled(vacancy, came=1, gone=1)
    before = queries.show_rates(kim).n
    Invitation.objects.filter(state="no_show").update(state="cancelled")
    assert (before, queries.show_rates(kim).n) == (2, 1)


def test_nobody_is_invited_beyond_what_is_allowed(kim, vacancy):
    slot = stream(kim, vacancy)[0]
    for _ in range(3):
        actions.invite(kim, passed(vacancy), session=slot)
    fourth = passed(vacancy)
    with pytest.raises(SlotFull):
        actions.invite(kim, fourth, session=slot)
    assert (stage_of(fourth), slot.invitations.count()) == ("passed", 3)
    with pytest.raises(Unfit):
        actions.change_allowed(kim, slot, allowed=2)
    actions.change_allowed(kim, slot, allowed=4)
    invitation, _token = actions.invite(kim, fourth, session=slot)
    assert (stage_of(fourth), invitation.rate) == ("invited", pytest.approx(5 / 12))
    with pytest.raises(WrongState):
        actions.invite(kim, fourth, session=stream(kim, vacancy)[5])


def test_a_candidate_books_moves_and_is_confirmed(kim, vacancy):
    slots = stream(kim, vacancy)
    application = passed(vacancy)
    invitation, token = actions.invite(kim, application)
    with pytest.raises(SlotGone, match="Choose a time"):
        actions.confirm_place(token)
    actions.book_place(token, session=slots[0])
    assert stage_of(application) == "confirmed"
    moved = actions.book_place(token, session=slots[3])
    assert (moved.session, moved.moves, moved.state) == (slots[3], 1, "confirmed")
    assert slots[0].invitations.count() == 0
    assert invitation.pk == moved.pk


def test_booking_never_overbooks_beyond_the_allowed(kim, vacancy):
    slots = stream(kim, vacancy)
    tokens = [actions.invite(kim, passed(vacancy))[1] for _ in range(4)]
    for token in tokens[:3]:
        actions.book_place(token, session=slots[0])
    with pytest.raises(SlotFull) as caught:
        actions.book_place(tokens[3], session=slots[0])
    assert caught.value.status == 409
    assert slots[0].invitations.count() == 3
    there = queries.invitation_by_token(tokens[3])
    assert there.session is None
    assert slots[0] not in queries.free_sessions(there)
    assert queries.free_sessions(there).count() == 15
    actions.book_place(tokens[0], session=slots[0])  # his own place stays his


def test_a_slot_of_another_vacancy_or_of_yesterday_is_not_booked(kim, vacancy):
    other = stream(kim, an_open_vacancy(kim))[0]
    _invitation, token = actions.invite(kim, passed(vacancy))
    old = stream(kim, vacancy)[0]
    InterviewSession.objects.filter(pk=old.pk).update(
        starts_at=timezone.now() - dt.timedelta(hours=1), ends_at=timezone.now()
    )
    for slot in (other, old):
        with pytest.raises(SlotGone):
            actions.book_place(token, session=slot)
    assert Invitation.objects.get().session is None


def test_a_guessed_link_and_one_of_a_settled_invitation_are_dead(kim, vacancy):
    slot = stream(kim, vacancy)[0]
    invitation, token = actions.invite(kim, passed(vacancy), session=slot)
    with pytest.raises(LinkDead):
        actions.confirm_place("guess")
    actions.check_in(kim, invitation, state="came")
    with pytest.raises(LinkDead):
        actions.book_place(token, session=slot)
    assert Invitation.objects.get().state == "came"


@pytest.mark.parametrize(
    ("state", "late", "stage"),
    [("came", 0, "showed"), ("late", 12, "showed"), ("no_show", 0, "no_show")],
)
def test_check_in(kim, vacancy, state, late, stage):
    slot = stream(kim, vacancy)[0]
    application = passed(vacancy)
    invitation, token = actions.invite(kim, application, session=slot)
    actions.confirm_place(token)
    done = actions.check_in(kim, invitation, state=state, late_minutes=late)
    assert (done.state, done.late_minutes or 0, stage_of(application)) == (state, late, stage)


def test_a_wrong_check_in_is_put_right(kim, vacancy):
    application = passed(vacancy)
    invitation, _token = actions.invite(kim, application, session=stream(kim, vacancy)[0])
    actions.check_in(kim, invitation, state="no_show")
    with pytest.raises(Unfit):
        actions.check_in(kim, invitation, state="late")
    actions.check_in(kim, invitation, state="came")
    assert stage_of(application) == "showed"


def test_who_holds_the_session_checks_in_and_nobody_else(kim, kam, vacancy):
    slot = stream(kim, vacancy)[0]
    invitation, _token = actions.invite(kim, passed(vacancy), session=slot)
    with pytest.raises(NotAllowed):
        actions.check_in(kam, invitation, state="came")
    assert Invitation.objects.get().state == "sent"
    slot.interviewers.add(kam)
    assert actions.check_in(kam, invitation, state="came").state == "came"
    day = queries.interview_day(kam, MONDAY)
    assert [one.session for one in day] == [slot]


def test_calling_off_in_time_frees_the_seat_late_is_a_no_show(kim, vacancy):
    slot = stream(kim, vacancy)[0]
    early, late = passed(vacancy), passed(vacancy)
    first, second = (actions.invite(kim, one, session=slot)[1] for one in (early, late))
    assert actions.decline_place(first).state == "cancelled"
    assert stage_of(early) == "passed"
    soon = timezone.now() + dt.timedelta(hours=1)
    InterviewSession.objects.filter(pk=slot.pk).update(
        starts_at=soon, ends_at=soon + dt.timedelta(hours=1)
    )
    assert actions.decline_place(second).state == "no_show"
    assert stage_of(late) == "no_show"
    assert actions.invite(kim, early)[0].is_live


def test_a_cancelled_session_sets_its_people_free(kim, vacancy):
    slots = stream(kim, vacancy)
    application = passed(vacancy)
    _invitation, token = actions.invite(kim, application, session=slots[0])
    actions.confirm_place(token)
    (told,) = actions.cancel_session(kim, slots[0])
    assert (told.session, stage_of(application)) == (None, "invited")
    assert slots[0] not in queries.free_sessions(told)
    actions.book_place(token, session=slots[1])
    with pytest.raises(WrongState):
        actions.cancel_session(kim, slots[0])


def test_the_day_shows_risks_at_the_same_cost_for_any_number(
    kim, vacancy, django_assert_num_queries
):
    slots = stream(kim, vacancy)
    for slot in slots[:3]:
        for _ in range(3):
            actions.invite(kim, passed(vacancy), session=slot)
    with django_assert_num_queries(4):
        day = queries.interview_day(kim, MONDAY, vacancy)
    assert len(day) == 16
    first, empty = day[0], day[-1]
    assert (len(first.invited), first.free) == (3, 0)
    assert first.expected == pytest.approx(1.25)
    assert (round(first.nobody, 3), round(first.overfull, 3)) == (0.198, 0.376)
    assert first.quantiles == (0, 1, 2)
    assert sum(first.distribution) == pytest.approx(1)
    assert (empty.expected, empty.nobody, empty.free) == (0, 1, 3)
    invitation = first.invited[0]
    actions.check_in(kim, invitation, state="came")
    assert queries.interview_day(kim, MONDAY, vacancy)[0].nobody == 0
    assert queries.interview_day(UserFactory(), MONDAY) == []


def test_the_cheapest_number_follows_the_costs(kim, vacancy):
    slot = stream(kim, vacancy)[0]
    pool = [passed(vacancy) for _ in range(6)]
    found = queries.cheapest_invitations(kim, slot, pool, costs=SeatCosts(empty=3, overfull=1))
    assert found.invitations == 3


def test_an_invitation_and_one_reminder_go_by_mail(kim, vacancy):
    slot = stream(kim, vacancy)[0]
    application = passed(vacancy)
    invitation, token = actions.invite(kim, application, session=slot)
    actions.send_invitation(kim, invitation, token=token, link=LINK)
    assert token in mail.outbox[0].body and "Room 5" in mail.outbox[0].body
    near = slot.starts_at - dt.timedelta(hours=23)
    assert list(queries.reminders_due(kim, now=near)) == [invitation]
    assert not queries.reminders_due(kim, now=near - dt.timedelta(hours=2)).exists()
    actions.remind(kim, invitation, link=LINK)
    assert not queries.reminders_due(kim, now=near).exists()
    with pytest.raises(WrongState):
        actions.remind(kim, invitation, link=LINK)
    assert len(mail.outbox) == 2
    newer = mail.outbox[1].body.rsplit("/visit/", 1)[1].strip("/")
    assert actions.confirm_place(newer).state == "confirmed"


def test_the_calendar_file_follows_the_rules(kim, vacancy):
    Vacancy.objects.filter(pk=vacancy.pk).update(title="Менеджер, ключевые клиенты; арматура " * 3)
    slot = stream(kim, vacancy)[0]
    invitation, token = actions.invite(kim, passed(vacancy), session=slot)
    text = queries.invitation_ics(queries.invitation_by_token(token))
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert f"DTSTART:{slot.starts_at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" in lines
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = text.replace("\r\n ", "")
    assert r"Менеджер\, ключевые клиенты\; арматура" in unfolded
    assert "STATUS:CONFIRMED" in lines
    actions.cancel_session(kim, slot)
    invitation.refresh_from_db()
    assert queries.invitation_ics(invitation) == ""


def test_sources_are_the_channels(kim, vacancy):
    source = actions.put_source(kim, name="hh.ru", kind=Source.Kind.JOB_SITE)
    invitation, _token = actions.invite(kim, passed(vacancy, source=source))
    assert invitation.channel == "hh.ru"
