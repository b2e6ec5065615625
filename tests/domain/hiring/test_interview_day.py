"""The interview day: outlook of slots, advice, places moved, check-ins undone, the last place."""

import datetime as dt
import threading

import pytest
from django.db import connection, connections
from django.utils import timezone

from kamerton.calc.show_rate import SeatCosts
from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import (
    GivenMark,
    LinkDead,
    SessionText,
    SlotFull,
    SlotGone,
    WrongState,
)
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation
from kamerton.domain.hiring.queries import SlotPlan
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.hiring import an_application, an_open_vacancy

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2100, 11, 22)


def slots_of(kim, vacancy, kind="stream", capacity=1, **fields):
    plan = SlotPlan(MONDAY, MONDAY, **fields)
    return actions.make_sessions(kim, vacancy, plan=plan, like=SessionText(kind, capacity, (kim,)))


def passed(vacancy, **fields):
    return an_application(vacancy, stage="passed", **fields)


def invited(kim, vacancy, slot, people):
    return [actions.invite(kim, passed(vacancy), session=slot)[0] for _ in range(people)]


def begun(*slots, hours=2):
    """Slots that are over."""
    start = timezone.now() - dt.timedelta(hours=hours)
    for slot in slots:
        InterviewSession.objects.filter(pk=slot.pk).update(
            starts_at=start, ends_at=start + dt.timedelta(minutes=30)
        )


def look(kim, vacancy, day=MONDAY):
    return queries.outlooks(kim, queries.interview_day(kim, day, vacancy))


@pytest.mark.req("S0-32")
def test_a_slot_with_one_person_lacks_two_and_says_what_they_bring(kim, vacancy):
    slots = slots_of(kim, vacancy)
    for slot, people in zip(slots, (3, 2, 1), strict=False):
        invited(kim, vacancy, slot, people)
    full, two, one, bare = look(kim, vacancy)[:4]
    assert (full.more, two.more, one.more, bare.more) == (0, 1, 2, 3)
    assert [round(x.few, 3) for x in (full, two, one, bare)] == [0.198, 0.340, 0.583, 1.0]
    assert round(one.few_after, 3) == round(two.few_after, 3) == 0.198
    assert (full.at_risk_of_few, two.at_risk_of_few, full.at_risk_of_many) == (False, True, False)
    actions.change_allowed(kim, slots[0], allowed=4)
    invited(kim, vacancy, slots[0], 1)
    four = look(kim, vacancy)[0]
    assert four.at_risk_of_many and round(four.slot.overfull, 2) == 0.55


@pytest.mark.req("S0-31", "S0-29")
def test_a_group_of_ten_with_sixteen_takes_two_more(kim, vacancy):
    (slot,) = slots_of(kim, vacancy, "group", 10, minutes=540, breaks=())
    invited(kim, vacancy, slot, 16)
    (found,) = look(kim, vacancy)
    assert (found.least, found.more, found.is_group) == (6, 2, True)
    assert 0.2 < found.few < 0.4 and found.full_after <= 0.10


def test_the_day_names_what_to_do_most_pressing_first(kim, vacancy):
    slots = slots_of(kim, vacancy)
    invited(kim, vacancy, slots[0], 1)
    actions.change_allowed(kim, slots[1], allowed=4)
    invited(kim, vacancy, slots[1], 4)
    found = queries.day_advice(kim, look(kim, vacancy))
    assert [one.kind for one in found] == ["few", "full", "empty"]
    few, full, empty = found
    assert (few.slot.session, few.count) == (slots[0], 2)
    assert (round(few.before, 2), round(few.after, 2)) == (0.58, 0.20)
    assert full.people[0].session == slots[1] and full.target.free
    assert empty.count == 14
    assert queries.day_advice(UserFactory(), look(kim, vacancy)) == []


def test_after_a_slot_nobody_came_to_and_one_not_marked(kim, vacancy):
    slots = slots_of(kim, vacancy)
    gone, silent = invited(kim, vacancy, slots[0], 1)[0], invited(kim, vacancy, slots[1], 1)[0]
    begun(slots[0], slots[1])
    actions.check_in(kim, gone, state="no_show")
    today = timezone.localdate(timezone.now() - dt.timedelta(hours=2))
    found = queries.day_advice(kim, look(kim, vacancy, today))
    assert [(one.kind, one.count) for one in found] == [("nobody", 1), ("unmarked", 1)]
    assert silent.is_live
    actions.invite_again(kim, gone.application, session=slots[5])
    found = queries.day_advice(kim, look(kim, vacancy, today))
    assert [one.kind for one in found] == ["unmarked"]


def test_a_place_moved_asks_anew_by_a_new_link(kim, vacancy):
    slots = slots_of(kim, vacancy)
    application = passed(vacancy)
    invitation, old = actions.invite(kim, application, session=slots[0])
    actions.confirm_place(old)
    moved, token = actions.move_place(kim, invitation, session=slots[1])
    assert (moved.session, moved.state, moved.moves) == (slots[1], "sent", 1)
    assert Application.objects.get(pk=application.pk).stage == "invited"
    with pytest.raises(LinkDead):
        actions.confirm_place(old)
    assert actions.confirm_place(token).state == "confirmed"
    with pytest.raises(WrongState):
        actions.move_place(kim, moved, session=slots[1])


def test_nobody_is_moved_into_a_full_slot_or_another_vacancy(kim, kam, vacancy):
    slots = slots_of(kim, vacancy)
    invited(kim, vacancy, slots[0], 3)
    (one,) = invited(kim, vacancy, slots[1], 1)
    with pytest.raises(SlotFull):
        actions.move_place(kim, one, session=slots[0])
    with pytest.raises(SlotGone):
        actions.move_place(kim, one, session=slots_of(kim, an_open_vacancy(kim))[0])
    with pytest.raises(NotAllowed):
        actions.move_place(kam, one, session=slots[2])
    one.refresh_from_db()
    assert (one.session, one.moves) == (slots[1], 0)


def test_only_who_did_not_come_is_invited_again(kim, vacancy):
    slots = slots_of(kim, vacancy)
    (one,) = invited(kim, vacancy, slots[0], 1)
    with pytest.raises(WrongState):
        actions.invite_again(kim, one.application)
    actions.check_in(kim, one, state="no_show")
    again, token = actions.invite_again(kim, one.application, session=slots[3])
    assert again.pk != one.pk and actions.confirm_place(token).session == slots[3]
    assert Invitation.objects.get(pk=one.pk).state == "no_show"  # the fact stays


def test_a_link_that_was_lost_is_made_anew(kim, kam, vacancy):
    slots = slots_of(kim, vacancy)
    invitation, old = actions.invite(kim, passed(vacancy), session=slots[0])
    with pytest.raises(NotAllowed):
        actions.renew_link(kam, invitation)
    token = actions.renew_link(kim, invitation)
    with pytest.raises(LinkDead):
        actions.confirm_place(old)
    assert actions.confirm_place(token).pk == invitation.pk
    actions.check_in(kim, invitation, state="came")
    with pytest.raises(WrongState):
        actions.renew_link(kim, invitation)


def test_a_check_in_is_taken_back_with_what_followed(kim, kam, vacancy):
    slots = slots_of(kim, vacancy)
    application = passed(vacancy)
    invitation, token = actions.invite(kim, application, session=slots[0])
    actions.confirm_place(token)
    with pytest.raises(WrongState):
        actions.take_back_check_in(kim, invitation)
    for state, late in (("came", 0), ("late", 5), ("no_show", 0)):
        actions.check_in(kim, invitation, state=state, late_minutes=late)
        with pytest.raises(NotAllowed):
            actions.take_back_check_in(kam, invitation)
        back = actions.take_back_check_in(kim, invitation)
        assert (back.state, back.settled_at, back.late_minutes) == ("confirmed", None, None)
        now = Application.objects.get(pk=application.pk)
        assert (now.stage, now.reached) == ("confirmed", 6)


def test_a_check_in_is_not_taken_back_once_the_candidate_went_on(kim, vacancy):
    (one,) = invited(kim, vacancy, slots_of(kim, vacancy)[0], 1)
    actions.check_in(kim, one, state="came")
    actions.move_application(kim, one.application, to="interviewed")
    with pytest.raises(WrongState):
        actions.take_back_check_in(kim, one)
    assert Invitation.objects.get(pk=one.pk).state == "came"


def test_came_put_right_to_did_not_come_leaves_the_funnel_too(kim, vacancy):
    (one,) = invited(kim, vacancy, slots_of(kim, vacancy)[0], 1)
    actions.check_in(kim, one, state="came")
    assert Application.objects.get(pk=one.application_id).reached == 7
    actions.check_in(kim, one, state="no_show")
    now = Application.objects.get(pk=one.application_id)
    assert (now.stage, now.reached) == ("no_show", 5)


@pytest.mark.req("S0-31")
def test_rates_foreseen_are_held_against_who_came(kim, kam, vacancy):
    for number, (rate, state) in enumerate(((0.25, "no_show"), (0.25, "came"), (0.75, "late"))):
        Invitation.objects.create(
            application=passed(vacancy),
            digest=str(number),
            rate=rate,
            state=state,
            sent_at=timezone.now(),
        )
    found = queries.show_check(kim)
    assert [(one.predicted, one.observed, one.n) for one in found.bins] == [
        (0.25, 0.5, 2),
        (0.75, 1.0, 1),
    ]
    assert found.brier == pytest.approx((0.0625 + 0.5625 + 0.0625) / 3)
    assert found.constant == pytest.approx(2 / 9)
    assert queries.show_check(kam).n == 0


@pytest.mark.req("S0-32")
def test_costs_and_risks_of_one_place(kim, vacancy):
    found = queries.invitation_costs(kim, capacity=1, costs=SeatCosts(3, 1), most=6)
    assert (found.invitations, round(found.costs[3], 3)) == (3, 1.044)
    risks = queries.invitation_risks(kim, capacity=1, most=3)
    assert [(round(a, 3), round(b, 3)) for a, b in risks][3] == (0.198, 0.376)


def test_an_assessor_sees_the_sessions_and_people_that_name_him(kim, kam, vacancy):
    slots = slots_of(kim, vacancy)
    (one,) = invited(kim, vacancy, slots[0], 1)
    assert queries.slot_state(kam, slots[0].pk) is None
    assert queries.invitation(kam, one.pk) is None
    slots[0].interviewers.add(kam)
    state = queries.slot_state(kam, slots[0].pk)
    assert [person.pk for person in state.invited] == [one.pk]
    assert queries.invitation(kam, one.pk) == one
    assert queries.session_days(kam, since=MONDAY, until=MONDAY) == [MONDAY]
    assert list(queries.people_who_assess(kam)) == []
    assert {kim, kam} <= set(queries.people_who_assess(kim))


def test_scorecards_to_fill_are_ones_own_and_open(kim, kam, vacancy):
    application = passed(vacancy)
    other = UserFactory(supervisor=kam.supervisor)
    actions.assign_assessors(kim, application, assessors=[kam, other])
    assert [one.application for one in queries.scorecards_to_fill(kam)] == [application]
    marks = {code: GivenMark(3) for code in queries.scorecard_codes(vacancy)}
    actions.save_marks(kam, application, marks=marks)
    actions.submit_scorecard(kam, application)
    assert not queries.scorecards_to_fill(kam).exists()


def last_place(kim, vacancy):
    """A slot with one place left, and two links."""
    slot = slots_of(kim, vacancy)[0]
    invited(kim, vacancy, slot, 2)
    return slot, [actions.invite(kim, passed(vacancy))[1] for _ in range(2)]


@pytest.mark.req("S0-32")
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one transaction write at a time"
)
@pytest.mark.django_db(transaction=True)
def test_two_at_once_cannot_book_the_last_place():
    kim = UserFactory(roles=["recruiter"])
    slot, tokens = last_place(kim, an_open_vacancy(kim))
    together, outcome = threading.Barrier(2), []

    def book(token):
        together.wait()
        try:
            actions.book_place(token, session=slot)
            outcome.append("booked")
        except SlotFull:
            outcome.append("refused")
        except Exception as error:
            outcome.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=book, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome) == ["booked", "refused"]
    assert slot.invitations.filter(state__in=Invitation.TAKES_A_SEAT).count() == 3


@pytest.mark.req("S0-32")
def test_the_last_place_goes_to_one_and_the_other_keeps_his_choice(kim, vacancy):
    slot, tokens = last_place(kim, vacancy)
    actions.book_place(tokens[0], session=slot)
    with pytest.raises(SlotFull):
        actions.book_place(tokens[1], session=slot)
    left = queries.invitation_by_token(tokens[1])
    assert (left.session, left.state) == (None, "sent")
    assert slot.invitations.count() == 3
