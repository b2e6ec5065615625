"""Slots made, people invited by links, moved, reminded, called off."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation

pytestmark = pytest.mark.django_db
NEW = "/hiring/interviews/slots/new/"


def text(answer):
    return answer.content.decode()


def slots_form(kim, **fields):
    day = dt.date(2100, 11, 22).isoformat()
    values = {
        "kind": "stream",
        "since": day,
        "until": day,
        "opens": "09:00",
        "closes": "18:00",
        "minutes": "30",
        "lunch_from": "13:00",
        "lunch_to": "14:00",
        "capacity": "1",
        "interviewers": [str(kim.pk)],
        "place": "Room 5",
    }
    return values | fields


def token_in(page):
    return re.search(r"/c/interview/([\w-]{40,})/", page)[1]


@pytest.mark.req("S0-30", "S0-32")
def test_a_day_of_slots_is_made_with_three_invitations_each(as_user, kim, vacancy):
    client = as_user(kim)
    page = text(client.get(f"{NEW}?vacancy={vacancy.pk}"))
    assert "<b>Invite 3:</b> empty 20 %, overfull 38 %." in page
    answer = client.post(f"{NEW}?vacancy={vacancy.pk}", slots_form(kim))
    assert answer.status_code == 302 and "day=2100-11-22" in answer["Location"]
    assert InterviewSession.objects.count() == 16
    assert set(InterviewSession.objects.values_list("allowed", flat=True)) == {3}


@pytest.mark.req("S0-29")
@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"kind": "group", "capacity": "1"}, "Say how many seats"),
        ({"interviewers": []}, "Say who holds the interviews"),
        ({"lunch_to": ""}, "or neither"),
        ({"until": "2100-11-01"}, "before the first"),
        ({"closes": "09:05"}, "No slot fits"),
        ({"minutes": "no"}, "whole number"),
        ({"since": "31.31.31"}, "valid date"),
        ({"interviewers": ["999999"]}, "Select a valid choice"),
    ],
)
def test_a_spoilt_form_of_slots_comes_back_with_the_reason(as_user, kim, vacancy, spoilt, said):
    answer = as_user(kim).post(f"{NEW}?vacancy={vacancy.pk}", slots_form(kim, **spoilt))
    assert answer.status_code == 422 and said in text(answer)
    assert "Room 5" in text(answer)
    assert not InterviewSession.objects.exists()


@pytest.mark.req("S0-32")
def test_the_explanation_follows_kind_seats_and_costs(as_user, kim, vacancy):
    client = as_user(kim)
    headers = {"HX-Request": "true", "HX-Target": "expectation"}
    group = text(client.get(f"{NEW}?kind=group&capacity=10", headers=headers))
    assert "<b>18 for 10 seats.</b>" in group
    dear = text(client.get(f"{NEW}?empty=20&overfull=1", headers=headers))
    assert "the cheapest is to invite 6 more" in dear
    bad = client.get(f"{NEW}?empty=-1&overfull=nan&capacity=zz", headers=headers)
    assert bad.status_code == 200 and "the cheapest is to invite 3 more" in text(bad)


@pytest.mark.req("S0-32")
def test_the_proposed_people_are_marked_and_invited_each_by_his_link(
    as_user, kim, slot, passed, invited
):
    where = slot(30)
    best = passed("Best Form", form_score=95.0)
    second = passed("Second Form", form_score=80.0, person={"email": ""})
    last = passed("Last Form", form_score=10.0)
    invited(where)
    address = reverse("hiring:invite", args=[where.pk])
    client = as_user(kim)
    page = text(client.get(address))
    assert "2 more are worth inviting." in page
    for one, marked in ((best, True), (second, True), (last, False)):
        assert (f'value="{one.pk}" checked' in page) is marked
    answer = client.post(address, {"people": [best.pk, second.pk]})
    told = text(answer)
    assert "letter sent" in told and "no e-mail: send the link yourself" in told
    assert len(mail.outbox) == 1 and "Room 5" in mail.outbox[0].body
    link = token_in(mail.outbox[0].body)
    assert link in told  # the same link is shown to be copied
    assert queries.invitation_by_token(link).application == best
    assert where.invitations.count() == 3


def test_whoever_is_too_many_is_told_and_the_others_are_invited(as_user, kim, slot, passed):
    where = slot(30, allowed=1)
    people = [passed(f"Person Number{n}") for n in range(2)]
    sent = {"people": [one.pk for one in people]}
    page = text(as_user(kim).post(reverse("hiring:invite", args=[where.pk]), sent))
    assert "Not invited" in page and "No place is left at this time" in page
    assert where.invitations.count() == 1
    assert Application.objects.filter(stage="passed").count() == 1


def test_nobody_marked_invites_nobody(as_user, kim, slot, passed):
    where = slot(30)
    passed()
    answer = as_user(kim).post(reverse("hiring:invite", args=[where.pk]), {})
    assert answer.status_code == 422 and "Mark whom to invite." in text(answer)
    stranger = as_user(kim).post(reverse("hiring:invite", args=[where.pk]), {"people": ["77777"]})
    assert stranger.status_code == 422
    assert not Invitation.objects.exists()


def test_a_slot_that_lacks_room_offers_to_allow_more(as_user, kim, slot, invited):
    where = slot(30, allowed=1)
    invited(where)
    client = as_user(kim)
    page = text(client.get(reverse("hiring:invite", args=[where.pk])))
    assert "No more than 1 may be invited to this slot." in page
    client.post(reverse("hiring:allowed", args=[where.pk]), {"allowed": "3"})
    assert InterviewSession.objects.get().allowed == 3
    refused = client.post(reverse("hiring:allowed", args=[where.pk]), {"allowed": "0"})
    assert refused.status_code == 422
    assert InterviewSession.objects.get().allowed == 3


def test_people_are_searched_among_those_who_passed(as_user, kim, slot, passed):
    where = slot(30)
    passed("Vera Odintsova")
    passed("Ivan Petrov")
    address = reverse("hiring:invite", args=[where.pk])
    page = text(as_user(kim).get(f"{address}?search=odints"))
    assert "Vera Odintsova" in page and "Ivan Petrov" not in page
    none = text(as_user(kim).get(f"{address}?stage=interviewed"))
    assert "Nobody stands at this stage" in none


def test_the_pool_is_paged_and_costs_the_same(
    as_user, kim, slot, passed, django_assert_max_num_queries
):
    where = slot(30)
    for n in range(60):
        passed(f"Person Number{n}")
    client = as_user(kim)
    client.get(reverse("hiring:invite", args=[where.pk]))
    with django_assert_max_num_queries(30):
        page = text(client.get(reverse("hiring:invite", args=[where.pk])))
    assert page.count('name="people"') == 50


def test_a_link_to_choose_a_time_is_sent_without_a_slot(as_user, kim, vacancy, slot, passed):
    slot(30)
    one = passed()
    address = reverse("hiring:invite-open", args=[vacancy.pk])
    client = as_user(kim)
    assert "3 places are free ahead" in text(client.get(f"{address}?application={one.pk}"))
    page = text(client.post(address, {"people": [one.pk]}))
    there = queries.invitation_by_token(token_in(page))
    assert (there.application, there.session) == (one, None)


def test_who_did_not_come_is_invited_again(as_user, kim, slot, invited):
    where = slot(-2)
    gone, came = invited(where, "no_show"), invited(where, "came")
    address = reverse("hiring:invite-again", args=[where.pk])
    client = as_user(kim)
    page = text(client.get(address))
    assert gone.application.candidate.full_name in page
    assert came.application.candidate.full_name not in page
    assert "No free slot is ahead" in page
    refused = client.post(address, {"people": [came.application_id]})
    assert refused.status_code == 422
    client.post(address, {"people": [gone.application_id]})
    assert gone.application.invitations.count() == 2
    assert Application.objects.get(pk=gone.application_id).stage == "invited"


def test_one_is_moved_to_another_slot_by_a_new_link(as_user, kim, slot, invited):
    one, target, full = invited(slot(30)), slot(31), slot(32, allowed=1)
    invited(full)
    address = reverse("hiring:place-move", args=[one.pk])
    client = as_user(kim)
    page = text(client.get(f"{address}?to={target.pk}"))
    assert f'value="{target.pk}"' in page and f'value="{full.pk}"' not in page
    assert client.post(address, {"session": full.pk}).status_code == 422
    answer = text(client.post(address, {"session": target.pk}))
    one.refresh_from_db()
    assert (one.session, one.moves) == (target, 1)
    assert queries.invitation_by_token(token_in(answer)).pk == one.pk


def test_reminders_go_to_those_who_can_be_written_to(as_user, kim, slot, invited):
    where = slot(3)
    written, silent = invited(where), invited(where)
    type(silent.application.candidate).objects.filter(pk=silent.application.candidate_id).update(
        email=""
    )
    client = as_user(kim)
    day = timezone.localdate(where.starts_at).isoformat()
    page = text(client.post(reverse("hiring:remind-all"), {"day": day}, follow=True))
    assert "1 was reminded." in page and "1 could not be written to: call." in page
    assert len(mail.outbox) == 1
    written.refresh_from_db()
    assert written.reminded_at
    again = client.post(reverse("hiring:remind", args=[written.pk]))
    assert again.status_code == 422 and len(mail.outbox) == 1


def test_a_new_link_replaces_the_old_one(as_user, kim, slot, passed):
    invitation, old = actions.invite(kim, passed(), session=slot(30))
    address = reverse("hiring:invitation-link", args=[invitation.pk])
    page = text(as_user(kim).post(address))
    assert queries.invitation_by_token(old) is None
    assert queries.invitation_by_token(token_in(page)).pk == invitation.pk
    assert "no-store" in as_user(kim).post(address)["Cache-Control"]


def test_a_session_is_called_off_after_a_question(as_user, kim, slot, invited):
    one = invited(slot(30))
    client = as_user(kim)
    sheet = text(client.get(reverse("hiring:session", args=[one.session_id])))
    assert "Call the session off?" in sheet and "cannot be undone" in sheet
    answer = client.post(reverse("hiring:session-cancel", args=[one.session_id]), follow=True)
    assert "Tell 1 person" in text(answer)
    one.refresh_from_db()
    assert one.session is None and one.is_live
    twice = client.post(reverse("hiring:session-cancel", args=[InterviewSession.objects.get().pk]))
    assert twice.status_code == 422


def test_the_sheet_of_a_group_has_its_plan_of_120_minutes(as_user, kim, kay, slot, invited):
    start = timezone.make_aware(dt.datetime(2100, 11, 22, 14))
    group = slot(
        kind="group",
        capacity=10,
        allowed=18,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
    )
    group.interviewers.add(kay)
    invited(group, name="Vera Odintsova")
    page = text(as_user(kim).get(reverse("hiring:session", args=[group.pk])))
    for words in ("14:00–14:10", "14:30–14:55", "15:50–16:00", "Kay Kam", "Vera Odintsova"):
        assert words in page
    assert "Group case: save a key client" in page and "data-print" in page


def test_the_show_rate_page_tells_where_the_figure_comes_from(as_user, kim, slot, invited):
    for state in ["came"] * 2 + ["no_show"] * 3:
        invited(slot(-5), state)
    page = text(as_user(kim).get(reverse("hiring:show-rate")))
    assert "(5 + 2) / (12 + 5)" in page
    assert "From 30 facts on" in page
    assert "By 5 invitations" in page
