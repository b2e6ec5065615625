"""The call queue: one in hand, outcomes, promises, one's own calls, the figure beside the menu."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, CallAttempt
from kamerton.platform.audit.models import AuditEntry
from tests.factories.hiring import a_candidate, an_application, an_open_vacancy

pytestmark = pytest.mark.django_db
PAGE = "/hiring/calls/"


def text(response):
    return response.content.decode()


def waiting(vacancy, name="Anna Orlova", **fields):
    return an_application(vacancy, candidate=a_candidate(full_name=name), **fields)


def called(browse, application, **given):
    return browse.post(reverse("hiring:call", args=[application.pk]), given)


@pytest.mark.req("S0-25")
def test_one_person_is_in_hand_and_his_phone_is_logged(browse, vacancy):
    first = waiting(vacancy, tier="T1", call_rank=1)
    waiting(vacancy, "Boris Sokolov")
    page = text(browse.get(PAGE))
    assert f"tel:{first.candidate.phone}" in page
    assert page.count("tel:") == 1, "of the others only the names"
    assert "Boris Sokolov" in page
    viewed = AuditEntry.objects.filter(action="hiring.candidate_viewed")
    assert viewed.count() == 1


@pytest.mark.req("S0-25")
def test_an_outcome_leads_to_the_next_person_and_is_counted(browse, kim, vacancy):
    first = waiting(vacancy, call_rank=1)
    waiting(vacancy, "Boris Sokolov")
    answer = called(browse, first, outcome="interested", note="Asks of the pay")
    page = text(browse.get(answer["Location"]))
    assert "You made 1 today." in page
    assert "1 call waits." in page
    made = CallAttempt.objects.get()
    assert (made.outcome, made.note, made.by) == ("interested", "Asks of the pay", kim)


@pytest.mark.parametrize(
    ("again", "hours"), [("hour", 1), ("tomorrow", 48), ("week", 192), ("evening", 48)]
)
def test_a_promised_call_comes_at_its_time(browse, vacancy, again, hours):
    one = waiting(vacancy)
    called(browse, one, outcome="busy", again=again)
    one.refresh_from_db()
    assert timezone.now() < one.call_due_at <= timezone.now() + dt.timedelta(hours=hours)
    assert one.call_rank == 0
    assert "All called" in text(browse.get(PAGE))


def test_a_time_of_ones_own_is_taken(browse, vacancy):
    one = waiting(vacancy)
    then = timezone.localtime() + dt.timedelta(days=3)
    called(browse, one, outcome="busy", again="at", at=then.strftime("%Y-%m-%dT%H:%M"))
    one.refresh_from_db()
    assert one.call_due_at == then.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"outcome": "nonsense"},
        {"outcome": "busy", "again": "at", "at": "2001-01-01T10:00"},
    ],
)
def test_a_spoilt_outcome_is_refused(browse, vacancy, given):
    one = waiting(vacancy)
    assert called(browse, one, **given).status_code == 422
    assert not CallAttempt.objects.exists()
    assert Application.objects.get().calls == 0


def test_nonsense_for_a_time_leaves_it_to_the_rule(browse, vacancy):
    one = waiting(vacancy)
    assert called(browse, one, outcome="no_answer", again="at", at="soon").status_code == 302
    one.refresh_from_db()
    assert one.call_due_at > timezone.now()


def test_calls_are_taken_and_then_only_mine(browse, as_user, kim, head, vacancy):
    for one in range(12):
        waiting(vacancy, f"Person {one}")
    browse.post(reverse("hiring:calls-take"), {"vacancy": vacancy.pk, "n": "10"})
    assert Application.objects.filter(recruiter=kim).count() == 10
    assert "2 calls wait." in text(as_user(head).get(PAGE))
    assert "12 calls wait." in text(as_user(head).get(PAGE, {"every": "1"}))
    browse.post(reverse("hiring:calls-take"), {"vacancy": vacancy.pk, "n": "x"})
    assert Application.objects.filter(recruiter=kim).count() == 10
    lost = browse.post(reverse("hiring:calls-take"), {"vacancy": "0", "n": "10"})
    assert lost.status_code == 404


def test_one_out_of_turn_is_shown_and_one_of_another_vacancy_is_not(browse, kim, vacancy):
    waiting(vacancy)
    later = waiting(vacancy, "Boris Sokolov", call_rank=9)
    assert later.candidate.phone in text(browse.get(PAGE, {"vacancy": vacancy.pk, "at": later.pk}))
    other = waiting(an_open_vacancy(kim), "Clara")
    assert browse.get(PAGE, {"vacancy": vacancy.pk, "at": other.pk}).status_code == 404


def test_the_owner_sees_figures_but_no_phone(browse, as_user, owner_of, vacancy):
    one = waiting(vacancy)
    called(browse, waiting(vacancy, "Boris"), outcome="no_answer")
    page = text(as_user(owner_of).get(PAGE))
    assert one.candidate.phone not in page
    assert "Phones are shown to those who call." in page
    figures = text(as_user(owner_of).get(PAGE, {"part": "figures"}))
    assert "Kim Recruiter" in figures


def test_without_a_vacancy_the_page_says_what_to_do(browse):
    assert "Nobody is to be called" in text(browse.get(PAGE))


def test_the_menu_tells_how_many_calls_wait(browse, as_user, kam, kim, vacancy):
    waiting(vacancy)
    actions.take_calls(kim, [waiting(vacancy, "Boris").pk])
    assert browse.get(reverse("desk:counts")).json()["calls"] == 2
    assert "calls" not in as_user(kam).get(reverse("desk:counts")).json()


@pytest.mark.req("S0-25")
def test_the_figures_of_each_recruiter_come_after_the_page(browse, as_user, head, vacancy):
    for one in range(3):
        called(browse, waiting(vacancy, f"Person {one}"), outcome="no_answer")
    called(as_user(head), waiting(vacancy, "Clara"), outcome="interested")
    figures = text(browse.get(PAGE, {"vacancy": vacancy.pk, "part": "figures"}))
    assert "Kim Recruiter" in figures
    assert "Hugh Head" in figures
    assert "part=figures" in text(browse.get(PAGE))
