"""The reserve: who agreed to be asked again, our own, whose time of keeping ends."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.hiring.models import Candidate
from tests.factories import UserFactory
from tests.factories.hiring import a_candidate, an_application

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def shown(browse):
    return browse.get(reverse("hiring:reserve")).content.decode()


def kept(vacancy, name, *, agreed, **fields):
    person = a_candidate(full_name=name, **fields)
    an_application(vacancy, candidate=person, stage="reserve", exit_reason="Next spring")
    if agreed:
        person.consents.create(
            purpose="reserve",
            policy_version="1",
            given_at=timezone.now(),
            until=timezone.localdate(),
        )
    return person


def test_only_who_agreed_may_be_asked_again(browse, vacancy):
    anna = kept(vacancy, "Anna Orlova", agreed=True)
    kept(vacancy, "Boris Sokolov", agreed=False)
    page = shown(browse)
    assert "Anna Orlova" in page
    assert "Next spring" in page
    assert reverse("hiring:candidate-apply", args=[anna.pk]) in page
    assert "Boris Sokolov" not in page


def test_whose_time_ends_is_told_in_time(browse, vacancy):
    today = timezone.localdate()
    a_candidate(full_name="Late Person", keep_until=today - dt.timedelta(days=1))
    a_candidate(full_name="Soon Person", keep_until=today + dt.timedelta(days=20))
    a_candidate(full_name="Other Person", keep_until=today + dt.timedelta(days=200))
    page = shown(browse)
    assert "Late Person" in page
    assert "is erased next" in page
    assert "Soon Person" in page
    assert "Other Person" not in page


@pytest.mark.req("S0-08", "S0-09")
def test_our_own_stand_first_with_what_holds_them_back(browse, vacancy):
    today = timezone.localdate()
    old = UserFactory(full_name="Old Hand", hired_on=today - dt.timedelta(days=1200))
    new = UserFactory(full_name="New Hand", hired_on=today - dt.timedelta(days=500))
    address = reverse("hiring:reserve-own")
    for user in (old, new):
        given = {"user": user.pk, "willing": "on", "ready_on": today.isoformat()}
        assert browse.post(address, given, headers=HTMX)["HX-Redirect"] == reverse("hiring:reserve")
    page = shown(browse)
    assert "1 of our own is ready." in page
    assert "fits well" in page
    assert "too short with us" in page


@pytest.mark.parametrize("given", [{}, {"user": "0"}, {"user": "x", "ready_on": "soon"}])
def test_nobody_of_ours_is_put_down_by_mistake(browse, given):
    assert browse.post(reverse("hiring:reserve-own"), given, headers=HTMX).status_code == 422
    assert not Candidate.objects.exists()


def test_an_empty_reserve_says_why_it_pays(browse):
    page = shown(browse)
    assert "Who of ours could grow?" in page
    assert "Nobody may be asked again yet" in page
