"""Sources, the market's picture, the reports."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Candidate, DonorCompany, NicheEdge, StopListCompany
from tests.factories.hiring import (
    ROUBLES,
    a_candidate,
    a_form,
    a_vacancy,
    an_application,
    an_open_vacancy,
)

pytestmark = pytest.mark.django_db
SOURCES = "/hiring/vacancies/sources/"
REPORTS = "/hiring/vacancies/reports/"


def text(answer):
    return answer.content.decode()


@pytest.mark.req("S0-18")
def test_a_donor_makes_his_people_tier_one_and_back(as_user, kim, vacancy):
    one = an_application(vacancy, candidate=a_candidate(employer="Acme LLC"))
    browser = as_user(kim)
    browser.post(f"{SOURCES}donors/add/", {"name": "Acme LLC", "note": "Strong school"})
    one.refresh_from_db()
    assert one.tier == "T1"
    donor = DonorCompany.objects.get()
    answer = browser.post(f"{SOURCES}donors/{donor.pk}/remove/", follow=True)
    one.refresh_from_db()
    assert one.tier == "T3"
    undo = f"{SOURCES}donors/back/?name=Acme+LLC&amp;note=Strong+school"
    assert undo in text(answer)
    browser.post(undo.replace("&amp;", "&"))
    one.refresh_from_db()
    assert one.tier == "T1"
    assert DonorCompany.objects.get().note == "Strong school"


@pytest.mark.req("S0-19")
def test_the_stop_list_has_reasons_and_only_who_decides_opens_it(as_user, kim, head):
    browser = as_user(kim)
    assert browser.post(f"{SOURCES}stop/add/", {"name": "Otkat"}).status_code == 422
    assert not StopListCompany.objects.exists()
    browser.post(f"{SOURCES}stop/add/", {"name": "Otkat", "reason": "Kickbacks"})
    found = StopListCompany.objects.get()
    assert "Kickbacks" in text(browser.get(SOURCES))
    path = f"{SOURCES}stop/{found.pk}/remove/"
    assert browser.post(path, {"reason": "I like them"}).status_code == 403
    assert as_user(head).post(path, {"reason": " "}).status_code == 422
    assert StopListCompany.objects.exists()
    as_user(head).post(path, {"reason": "New owner"})
    assert not StopListCompany.objects.exists()


@pytest.mark.req("S0-20")
def test_niches_are_drawn_and_changed(as_user, kim):
    browser = as_user(kim)
    given = {"one": "Hunting", "other": "Fishing", "weight": "0.7"}
    browser.post(f"{SOURCES}niches/add/", given)
    page = text(browser.get(SOURCES))
    assert "hunting" in page
    assert "70" in page
    refused = browser.post(f"{SOURCES}niches/add/", given | {"other": "hunting"})
    assert refused.status_code == 422
    for weight in ("2", "-1", "NaN", "near"):
        wrong = browser.post(f"{SOURCES}niches/add/", given | {"weight": weight})
        assert wrong.status_code == 422
    assert NicheEdge.objects.get().weight == 0.7


@pytest.mark.req("S0-52")
def test_an_agency_has_its_fee_and_the_market_its_quartiles(as_user, kim):
    browser = as_user(kim)
    browser.post(f"{SOURCES}ways/add/", {"name": "Staff", "kind": "agency", "fee": "90 000"})
    assert "90,000" in text(browser.get(SOURCES))
    given = {"role": "kam", "source": "Survey", "on": "2026-01-01", "p25": "1", "p50": "3"}
    refused = browser.post(f"{SOURCES}market/add/", given | {"p75": "2"})
    assert refused.status_code == 422
    assert "Quartiles rise" in text(refused)
    browser.post(f"{SOURCES}market/add/", given | {"p75": "4"})
    assert "Survey" in text(browser.get(SOURCES))
    assert browser.get(f"{SOURCES}nothing/add/").status_code == 404


def test_companies_leave_as_a_file_without_formulas(as_user, kim):
    actions.add_donor(kim, name="Acme", note="=1+1")
    answer = as_user(kim).get(f"{SOURCES}table/?format=csv")
    assert "'=1+1" in b"".join(answer.streaming_content).decode()


@pytest.mark.req("S0-33")
def test_the_market_answers_in_the_forms(as_user, kim, vacancy):
    browser, path = as_user(kim), f"/hiring/vacancies/{vacancy.pk}/market/"
    assert "Nobody has filled the form yet." in text(browser.get(path))
    for wish in ("120000", "150000", "160000"):
        a_form(kim, an_application(vacancy, stage="contacted"), pay_wanted=wish)
    page = text(browser.get(path))
    assert "67%" in page.replace(" ", "").replace("\u00a0", "")
    assert "20,000 more than the end of our band" in page
    assert "Only 3 answers" in page


@pytest.mark.req("S3-57", "S0-17")
def test_reports_tell_supply_speed_and_who_stays(
    as_user, kim, owner, django_assert_max_num_queries
):
    browser = as_user(kim)
    assert "Nobody has come to work" in text(browser.get(REPORTS))
    site = actions.put_source(kim, name="Site", kind="job_site")
    start = timezone.localdate() - dt.timedelta(days=200)
    approved = start - dt.timedelta(days=25)
    vacancy = actions.approve_vacancy(owner, a_vacancy(kim), on=approved)
    for left in (30, None):
        gone = start + dt.timedelta(days=left) if left else None
        an_application(vacancy, stage="hired", hired_on=start, left_on=gone, source=site)
    with django_assert_max_num_queries(32):
        page = text(browser.get(REPORTS))
    assert "4 days over" in page
    assert "usual" in page
    assert ">50%" in page.replace("\u00a0", "").replace(" ", "")
    assert "Site" in page
    for what in ("yield", "stages", "sources", "survival", "speed"):
        assert browser.get(f"{REPORTS}{what}/table/").status_code == 200
    assert browser.get(f"{REPORTS}nothing/table/").status_code == 404
    assert browser.get(f"{REPORTS}?vacancy={vacancy.pk}").status_code == 200
    assert browser.get(f"{REPORTS}?vacancy=999999").status_code == 404
    assert browser.get(f"{REPORTS}?vacancy=%27").status_code == 200


def test_reports_say_whom_to_ask_and_whose_data_to_erase(as_user, kim, vacancy):
    day = timezone.localdate() - dt.timedelta(days=62)
    person = a_candidate(full_name="Ann Newcomer")
    an_application(vacancy, stage="hired", hired_on=day, candidate=person)
    Candidate.objects.filter(pk=a_candidate().pk).update(
        keep_until=timezone.localdate() + dt.timedelta(days=3)
    )
    page = text(as_user(kim).get(REPORTS))
    assert "Ask 1 person this week" in page
    assert "Ann Newcomer" in page
    assert "the time of keeping ends within 14 days" in page


def test_money_of_sources_is_for_who_may_see_it(as_user, kim, head):
    site = actions.put_source(kim, name="Site", kind="agency", fee=50_000 * ROUBLES)
    an_application(an_open_vacancy(kim), stage="hired", source=site, hired_on=timezone.localdate())
    for viewer in (kim, head):
        assert "50,000" in text(as_user(viewer).get(REPORTS))
