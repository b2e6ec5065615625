"""The board of a day: what stands in it, for whom, at what cost; check-in with its undo."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.hiring.models import Application, InterviewSession, Invitation
from kamerton.web.hiring.interviews.bars import draw
from kamerton.web.hiring.interviews.people import surname
from tests.factories.hiring import an_open_vacancy

pytestmark = pytest.mark.django_db
DAY = "/hiring/interviews/"


def text(answer):
    return answer.content.decode()


def on(day):
    return f"{DAY}?day={day.isoformat()}"


def tomorrow(slot, hour=10, minute=0, **fields):
    """A slot of tomorrow at an hour."""
    day = timezone.localdate() + dt.timedelta(days=1)
    start = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
    minutes = fields.pop("minutes", 30)
    return slot(starts_at=start, ends_at=start + dt.timedelta(minutes=minutes), **fields)


def day_of(session):
    return timezone.localdate(session.starts_at)


@pytest.mark.req("S0-32")
def test_the_board_names_the_slot_that_stays_empty_and_how_many_to_invite(
    as_user, kim, slot, invited
):
    weak, strong = tomorrow(slot, 10), tomorrow(slot, 11)
    invited(weak, name="Ivan Sorokin")
    for _ in range(3):
        invited(strong)
    page = text(as_user(kim).get(on(day_of(weak))))
    assert "The 10:00 slot will rather stay empty, the risk is 58%." in page
    assert "If you invite 2 more, the risk falls from 58 to 20 %." in page
    assert "Sorokin" in page and reverse("hiring:invite", args=[weak.pk]) in page
    assert "42%" in page and "5 of 12 by the plan and 0 of 0 of our own" in page
    assert page.count('class="btn small') >= 1


def test_a_day_with_lunch_a_group_and_an_overfull_slot(as_user, kim, slot, invited):
    tomorrow(slot, 12, 30)
    group = tomorrow(slot, 14, kind="group", capacity=10, allowed=18, minutes=120)
    full = tomorrow(slot, 16, 30, allowed=4)
    for _ in range(4):
        invited(full)
    for _ in range(16):
        invited(group)
    page = text(as_user(kim).get(on(day_of(full))))
    assert "Lunch, 1 hour" in page
    assert "Group interview" in page and "fewer than 6" in page and "more than 10" in page
    assert "The group at 14:00 takes 2 more invitations." in page
    assert "4 are invited at 16:30." in page and "Spread" in page
    assert f"?to={InterviewSession.objects.order_by('starts_at').first().pk}" in page


def test_what_came_of_slots_is_told_in_words(as_user, kim, slot, invited):
    nobody, two, left = slot(-3), slot(-2), slot(-1)
    invited(nobody, "no_show")
    first, second = invited(two, "came"), invited(two, "came")
    for one, minutes in ((first, -5), (second, 10)):
        at = two.starts_at + dt.timedelta(minutes=minutes)
        Invitation.objects.filter(pk=one.pk).update(settled_at=at)
    invited(left)
    days = {day_of(one) for one in (nobody, two, left)}
    page = "".join(text(as_user(kim).get(on(day))) for day in days)
    assert "Nobody came" in page
    assert "2 of 2 came, the second waited 20 min" in page
    assert "1 is not checked in" in page
    assert "1 person is not checked in." in page


@pytest.mark.req("S0-30")
def test_the_day_costs_the_same_for_any_number(
    as_user, kim, slot, invited, django_assert_max_num_queries
):
    made = [tomorrow(slot, hour) for hour in (9, 10, 11, 12, 15)]
    client = as_user(kim)
    client.get(on(day_of(made[0])))  # looks of the first visit
    with django_assert_max_num_queries(30) as few:
        client.get(on(day_of(made[0])))
    for one in made:
        for _ in range(3):
            invited(one)
    with django_assert_max_num_queries(30) as many:
        client.get(on(day_of(made[0])))
    assert len(many) <= len(few) + 5  # vacancies, sources and people of any slot at once


def test_an_assessor_sees_only_the_sessions_that_name_him(as_user, kim, kay, slot, invited):
    mine, other = tomorrow(slot, 10), tomorrow(slot, 11)
    mine.interviewers.add(kay)
    invited(mine, name="Vera Mine")
    invited(other, name="Oleg Other")
    page = text(as_user(kay).get(on(day_of(mine))))
    assert "Vera Mine" in page and "Other" not in page
    assert "hiring:invite" not in page and reverse("hiring:invite", args=[mine.pk]) not in page
    assert "1 person is awaited." in page
    assert as_user(kay).get(f"{DAY}{other.pk}/").status_code == 404


def test_slots_of_another_vacancy_are_counted_and_shown_on_request(as_user, kim, slot):
    first = tomorrow(slot, 10)
    other = an_open_vacancy(kim, title="Engineer of sales")
    tomorrow(slot, 11, vacancy=other)
    client = as_user(kim)
    page = text(client.get(f"{on(day_of(first))}&vacancy={first.vacancy_id}"))
    assert "1 more slot of other vacancies" in page and "11:00" not in page
    every = text(client.get(f"{on(day_of(first))}&vacancy=all"))
    assert "10:00" in every and "11:00" in every


@pytest.mark.parametrize("asked", ["?day=spoilt", "?day=2026-02-31", "?vacancy=x", "?vacancy=all"])
def test_a_spoilt_address_shows_the_nearest_day(as_user, kim, slot, asked):
    tomorrow(slot, 10)
    answer = as_user(kim).get(f"{DAY}{asked}")
    assert answer.status_code == 200 and "10:00" in text(answer)


def test_a_vacancy_that_is_not_there_is_not_found(as_user, kim):
    assert as_user(kim).get(f"{DAY}?vacancy=999999").status_code == 404


def test_an_empty_day_teaches(as_user, kim, vacancy):
    page = text(as_user(kim).get(DAY))
    assert "No interviews on this day." in page and reverse("hiring:slots-new") in page


def test_htmx_gets_the_changing_part_alone(as_user, kim, slot):
    day = day_of(tomorrow(slot))
    headers = {"HX-Request": "true", "HX-Target": "day"}
    answer = as_user(kim).get(on(day), headers=headers)
    assert text(answer).lstrip().startswith('<div id="day"')


@pytest.mark.req("S0-31")
@pytest.mark.parametrize(
    ("state", "stage"), [("came", "showed"), ("late", "showed"), ("no_show", "no_show")]
)
def test_check_in_on_the_phone_and_its_undo(as_user, kim, slot, invited, state, stage):
    one = invited(slot(-0.2))
    client = as_user(kim)
    assert one.application.candidate.full_name in text(client.get(f"{DAY}check-in/"))
    answer = client.post(reverse("hiring:check", args=[one.pk]), {"state": state}, follow=True)
    one.refresh_from_db()
    assert one.state == state
    assert (one.late_minutes or 0) == (12 if state == "late" else 0)
    assert Application.objects.get().stage == stage
    undo = reverse("hiring:check-undo", args=[one.pk])
    assert undo in text(answer)
    client.post(undo)
    one.refresh_from_db()
    assert (one.state, Application.objects.get().stage) == ("sent", "invited")


def test_the_button_beside_the_board_draws_the_board_anew(as_user, kim, slot, invited):
    one = invited(slot(-0.1))
    sent = {"state": "came", "day": day_of(one.session).isoformat(), "vacancy": "all"}
    headers = {"HX-Request": "true", "HX-Target": "day"}
    answer = as_user(kim).post(reverse("hiring:check", args=[one.pk]), sent, headers=headers)
    assert '<div id="day"' in text(answer) and "here since" in text(answer)


def test_a_spoilt_check_in_changes_nothing(as_user, kim, slot, invited):
    one = invited(slot(-0.1))
    answer = as_user(kim).post(reverse("hiring:check", args=[one.pk]), {"state": "asleep"})
    assert answer.status_code == 422
    assert Invitation.objects.get().state == "sent"


def test_who_does_not_hold_the_session_does_not_check_in(as_user, kay, slot, invited):
    one = invited(slot(-0.1))
    answer = as_user(kay).post(reverse("hiring:check", args=[one.pk]), {"state": "came"})
    assert answer.status_code == 404
    assert Invitation.objects.get().state == "sent"


def test_the_picture_marks_what_is_too_few_and_too_many():
    small = draw([0.2, 0.4, 0.3, 0.1], least=1, capacity=1, few=True, many=False, group=False)
    assert [bar.css for bar in small.bars] == ["few loud", "right", "many", "many"]
    assert max(float(bar.height) for bar in small.bars) == 24.0
    large = draw([0.05] * 19, least=6, capacity=10, few=False, many=True, group=True)
    assert [n for _x, n in large.marks] == [0, 6, 10, 18]
    assert large.width <= 190
    assert sum(bar.css == "many loud" for bar in large.bars) == 8


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Одинцова Вера Петровна", "Одинцова"),
        ("Вера Петровна Одинцова", "Одинцова"),
        ("Вера Одинцова", "Одинцова"),
        ("Одинцова Ирина", "Одинцова"),
        ("Ким Марина", "Ким"),
        ("Марина Ким", "Ким"),
        ("Илья Мельник", "Илья Мельник"),
        ("Юдин Пётр", "Юдин"),
        ("John Smith", "Smith"),
        ("Мадонна", "Мадонна"),
    ],
)
def test_the_surname_whichever_way_round(name, short):
    assert surname(name) == short


def test_nobody_is_late_before_the_hour(as_user, kim, slot, invited):
    invited(slot(-0.2), name="Ann Begun")
    page = text(as_user(kim).get(f"{DAY}check-in/"))
    assert 'value="late"' in page
    InterviewSession.objects.update(
        starts_at=timezone.now() + dt.timedelta(minutes=1),
        ends_at=timezone.now() + dt.timedelta(minutes=31),
    )
    day = day_of(InterviewSession.objects.get()).isoformat()
    page = text(as_user(kim).get(f"{DAY}check-in/?day={day}"))
    assert "Ann Begun" in page and 'value="late"' not in page
