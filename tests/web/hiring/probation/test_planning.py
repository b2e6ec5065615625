"""Before the first day: the term, the clients to learn on, coming to work."""

import re

import pytest
from django.test import Client as Browser
from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring.models import Application, ProbationPlan
from kamerton.platform.access.models import User
from tests.factories import UserFactory
from tests.factories.hiring import a_term

pytestmark = pytest.mark.django_db


def term(**changed):
    made = a_term()
    names = ("starts_on", "verdict_on", "contractual_until", "cycle_days")
    return {name: f"{getattr(made, name)}" for name in names} | changed


@pytest.mark.req("S0-39")
def test_a_probation_is_planned_and_planned_anew(as_user, head, mentor, application):
    url = f"/hiring/candidates/{application.pk}/probation/"
    page = as_user(head).get(url).content.decode()
    assert "What will be asked" in page
    answer = as_user(head).post(url, term(mentor=mentor.pk, monthly_cost="190 000"))
    plan = ProbationPlan.objects.get()
    assert answer.headers["Location"] == f"/hiring/probation/{plan.pk}/"
    assert (plan.mentor, plan.monthly_cost, plan.term_days) == (mentor, 190_000_00, 28)
    as_user(head).post(url, term(mentor=""))
    assert ProbationPlan.objects.get().mentor is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"verdict_on": "2099-01-01"}, "7 to 28 days"),
        ({"starts_on": "tomorrow"}, "valid date"),
        ({"cycle_days": "0"}, "greater than or equal to 1"),
        ({"mentor": "999"}, "valid choice"),
        ({"monthly_cost": "-5"}, "greater than or equal to 0"),
        ({"contractual_until": ""}, "required"),
    ],
)
def test_a_spoilt_term_is_refused_in_the_form(as_user, head, application, changed, words):
    answer = as_user(head).post(f"/hiring/candidates/{application.pk}/probation/", term(**changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ProbationPlan.objects.exists()


@pytest.mark.req("S0-42")
def test_clients_are_proposed_chosen_taken_off_and_put_back(as_user, head, plan, clients):
    browser, page = as_user(head), f"/hiring/probation/{plan.pk}/"
    add = f"{page}accounts/{clients[0].pk}/add/"
    text = browser.get(page).content.decode()
    assert "Fit to learn on" in text
    assert add in text
    browser.post(add)
    account = plan.accounts.get()
    assert (account.client, account.untouched) == (clients[0], True)
    browser.post(f"{page}accounts/{account.pk}/remove/")
    assert not plan.accounts.exists()
    told = browser.get(page).content.decode()
    assert f"{page}accounts/{clients[0].pk}/add/" in told  # the message undoes it
    assert browser.post(f"{page}accounts/999/remove/").status_code == 404


@pytest.mark.req("S0-41")
def test_a_key_client_is_refused_to_learn_on(as_user, head, plan, clients):
    Client.objects.filter(pk=clients[0].pk).update(manager_keys=1)
    answer = as_user(head).post(f"/hiring/probation/{plan.pk}/accounts/{clients[0].pk}/add/")
    assert (answer.status_code, plan.accounts.count()) == (422, 0)
    assert "is a key client" in answer.content.decode()


def person(head, chosen, **changed):
    given = {"full_name": "Nick New", "email": "nick@x.example", "role": "kam"}
    return given | {"supervisor": head.pk, "clients": [one.pk for one in chosen]} | changed


@pytest.mark.req("S0-41", "S0-42")
def test_taking_on_makes_a_newcomer_who_gets_in_by_his_link(as_user, head, plan, clients):
    url = f"/hiring/probation/{plan.pk}/take-on/"
    form = as_user(head).get(url).content.decode()
    assert form.count('name="clients"') == 5
    answer = as_user(head).post(url, person(head, clients))
    link = re.findall(r"http://testserver(/[^\"]+/)\"", answer.content.decode())[0]
    newcomer = User.objects.get(email="nick@x.example")
    assert (newcomer.status, newcomer.roles) == ("onboarding", ["kam"])
    assert ProbationPlan.objects.get().state == "active"
    visitor = Browser()
    entered = visitor.post(link, {"password": "three-tall-birches"})
    assert entered.status_code == 302
    assert visitor.get(f"/hiring/probation/{plan.pk}/").status_code == 200
    day = visitor.get("/").content.decode()
    assert "Your probation" in day


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": ""}, "required"),
        ({"email": "nobody"}, "valid email"),
        ({"supervisor": ""}, "required"),
        ({"role": "owner"}, "valid choice"),
        ({"clients": []}, "Choose 5 more clients"),
        ({"clients": ["999"]}, "valid choice"),
        ({"clients": ["junk"]}, "valid choice"),
    ],
)
def test_a_spoilt_form_takes_nobody_on(as_user, head, plan, clients, changed, words):
    url = f"/hiring/probation/{plan.pk}/take-on/"
    answer = as_user(head).post(url, person(head, clients, **changed))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.filter(email="nick@x.example").exists()
    assert Application.objects.get(pk=plan.application_id).stage == "accepted"


def test_one_of_ours_needs_no_address(as_user, head, plan, clients):
    ours = UserFactory(roles=["account_manager"], supervisor=head)
    url = f"/hiring/probation/{plan.pk}/take-on/"
    given = {"person": ours.pk, "clients": [one.pk for one in clients]}
    answer = as_user(head).post(url, given)
    assert answer.headers["Location"] == f"/hiring/probation/{plan.pk}/"
    assert User.objects.get(pk=ours.pk).status == "onboarding"


def test_a_lost_link_is_made_anew_while_there_is_no_password(as_user, head, begun, nick):
    url = f"/hiring/probation/{begun.pk}/link/"
    nick.set_password("three-tall-birches")
    nick.save()
    refused = as_user(head).post(url)
    assert refused.status_code == 422
    nick.set_unusable_password()
    nick.save()
    assert "Make a new link" in as_user(head).get(f"/hiring/probation/{begun.pk}/").content.decode()
    assert "http://testserver/" in as_user(head).post(url).content.decode()
    assert begun.starts_on < timezone.localdate()
