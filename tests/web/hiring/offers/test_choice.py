"""The choice: the ranking opened, switched, compared; chosen, refused with a letter."""

import pytest
from django.core import mail

from kamerton.domain.hiring.models import Application, ClaimCheck
from tests.factories.hiring import a_candidate, an_application

pytestmark = pytest.mark.django_db


def at(vacancy, query=""):
    return f"/hiring/vacancies/{vacancy.pk}/choice/{query}"


def stage(application):
    return Application.objects.get(pk=application.pk).stage


@pytest.mark.req("S0-24", "S0-35", "S0-36", "S0-38", "S1-47")
def test_the_ranking_shows_parts_cautions_and_how_many_to_hire(as_user, kim, vacancy, ready):
    best = ready("Ann Best", mark=5)
    ready("Bob Fair", mark=3, known=[], five_years="owner")
    bare = an_application(vacancy, stage="showed", candidate=a_candidate(full_name="Cy Bare"))
    text = as_user(kim).get(at(vacancy)).content.decode()
    assert text.rindex("Ann Best") < text.rindex("Bob Fair")
    assert "wants a business of his own" in text
    assert "No offer without: business task, marks of two assessors" in text
    assert "so enough of them stay with a probability of 75%" in text
    assert f'name="with" value="{bare.pk}"' in text
    assert f"/hiring/candidates/{best.pk}/offer/" in text


@pytest.mark.req("S3-46")
def test_another_profile_ranks_otherwise(as_user, kim, vacancy, ready):
    ready("Old Ties", mark=2, known=["Acme", "Borey"])
    ready("Young Head", mark=5, known=["Nobody"], tier="T3")

    def first(profile):
        text = as_user(kim).get(at(vacancy, f"?profile={profile}")).content.decode()
        return min(("Old Ties", "Young Head"), key=text.index)

    assert (first("standard"), first("potential")) == ("Old Ties", "Young Head")
    assert as_user(kim).get(at(vacancy, "?profile=junk&page=junk&with=junk")).status_code == 200


@pytest.mark.req("S1-48")
def test_a_refuted_claim_holds_a_candidate(as_user, kim, vacancy, ready):
    held = ready("Held Back")
    ClaimCheck.objects.create(
        candidate=held.candidate, text="40 M deal", state="refuted", source="A call"
    )
    assert "a claim was refuted" in as_user(kim).get(at(vacancy)).content.decode()


def test_two_to_four_stand_side_by_side(as_user, kim, vacancy, ready):
    people = [ready(f"Person {number}", mark=number) for number in (3, 4, 5)]
    query = "?" + "&".join(f"with={one.pk}" for one in people)
    text = as_user(kim).get(at(vacancy, query)).content.decode()
    assert "Side by side" in text
    assert "Marks of assessors" in text
    assert "the best" in text
    alone = as_user(kim).get(at(vacancy, f"?with={people[0].pk}")).content.decode()
    assert "Side by side" not in alone


def test_more_candidates_ask_no_more_queries(
    as_user, kim, vacancy, ready, django_assert_max_num_queries
):
    ready("First")
    with django_assert_max_num_queries(32) as few:
        as_user(kim).get(at(vacancy))
    for number in range(6):
        ready(f"Next {number}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        as_user(kim).get(at(vacancy))


def test_choosing_leads_to_the_offer(as_user, kim, vacancy, ready):
    seen = ready("Ann", stage="interviewed")
    answer = as_user(kim).post(f"/hiring/candidates/{seen.pk}/choose/")
    assert (answer.status_code, answer.headers["Location"]) == (302, at(vacancy))
    assert stage(seen) == "selected"


def test_a_refusal_asks_why_and_writes_the_letter(as_user, kim, vacancy, ready):
    seen = ready("Ann", stage="interviewed")
    url = f"/hiring/candidates/{seen.pk}/turn-down/"
    assert "Thank you for the time" in as_user(kim).get(url).content.decode()
    bad = as_user(kim).post(url, {"to": "refused", "reason": "", "tell": "on", "letter": "No"})
    assert (bad.status_code, stage(seen), mail.outbox) == (422, "interviewed", [])
    spoilt = as_user(kim).post(url, {"to": "hired", "reason": "x"})
    assert (spoilt.status_code, stage(seen)) == (422, "interviewed")
    wrong = as_user(kim).post(
        url, {"to": "refused", "reason": "x", "tell": "on", "letter": "We want women only"}
    )
    assert (wrong.status_code, stage(seen)) == (422, "interviewed")
    good = as_user(kim).post(
        url, {"to": "refused", "reason": "Weak", "tell": "on", "letter": "Thanks"}
    )
    assert (good.status_code, stage(seen), len(mail.outbox)) == (302, "refused", 1)


@pytest.mark.req("S3-21")
def test_a_good_one_goes_to_the_reserve_without_a_letter(as_user, kim, ready):
    seen = ready("Ann")
    url = f"/hiring/candidates/{seen.pk}/turn-down/"
    as_user(kim).post(url, {"to": "reserve", "reason": "No seat", "tell": "on", "letter": "x"})
    assert (stage(seen), mail.outbox) == ("reserve", [])


def test_without_an_address_the_letter_is_refused_and_nothing_changes(as_user, kim, ready):
    seen = ready("Ann")
    seen.candidate.email = ""
    seen.candidate.save()
    url = f"/hiring/candidates/{seen.pk}/turn-down/"
    given = {"to": "refused", "reason": "x", "tell": "on", "letter": "Thanks"}
    answer = as_user(kim).post(url, given)
    assert (answer.status_code, stage(seen)) == (422, "selected")
    assert "no e-mail" in answer.content.decode()
