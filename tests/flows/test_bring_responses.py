"""Who answered at the job site comes in once; what the site refuses leaves nothing half done."""

import pytest

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.actions import VacancyOver
from kamerton.domain.hiring.models import Application, Candidate, Source, Vacancy
from kamerton.flows.bring_responses import bring_responses
from kamerton.flows.order_responses import NoNumber, order_responses
from kamerton.platform.errors import NotAllowed
from kamerton.platform.headhunter import NotConnected, SiteHasNone, headhunter
from kamerton.platform.jobs import worker
from kamerton.platform.jobs.models import Job
from tests.factories import UserFactory
from tests.factories.hiring import a_candidate, an_open_vacancy
from tests.platform.headhunter.stand_in import VACANCY, Site, served

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings):
    with served(Site(people=4)) as running:
        settings.HEADHUNTER = {
            "url": running.url,
            "user_agent": "Kamerton/1.0 (it@example.com)",
            "access_token": "access-1",
            "refresh_token": "refresh-1",
        }
        yield running


@pytest.fixture
def kim(company):
    return UserFactory(roles=["recruiter"])


@pytest.fixture
def vacancy(kim):
    return an_open_vacancy(kim)


def bring(kim, vacancy):
    return bring_responses(kim, vacancy, number=VACANCY, site=headhunter(pause=lambda _s: None))


@pytest.mark.req("S0-22")
def test_who_answered_is_a_candidate_with_contacts_and_the_source(site, kim, vacancy):
    brought = bring(kim, vacancy)
    assert (brought.answers, brought.made, brought.known, brought.left) == (3, 3, 0, 0)
    person = Candidate.objects.get(phone="+79160000001")
    assert (person.email, person.employer, person.region) == (
        *("fm1@example.com", "Эпоха", "Москва"),
    )
    assert person.pay_wanted == 150_000_00
    assert {one.source.name for one in Application.objects.all()} == {"hh.ru"}
    assert Source.objects.get().kind == "response"
    assert queries.site_vacancy(kim, vacancy) == VACANCY


@pytest.mark.req("S0-22")
def test_a_second_time_nobody_comes_twice_and_no_resume_is_opened_again(site, kim, vacancy):
    bring(kim, vacancy)
    viewed = len(site.views)
    again = bring(kim, vacancy)
    assert (again.answers, again.made) == (0, 0)
    assert len(site.views) == viewed == 3
    assert Candidate.objects.count() == 3


@pytest.mark.req("S0-22")
def test_who_is_known_by_phone_is_found_again(site, kim, vacancy):
    known = a_candidate(phone="+79160000002", email="", full_name="F. Dostoevsky")
    brought = bring(kim, vacancy)
    assert (brought.made, brought.known) == (2, 1)
    assert Application.objects.filter(candidate=known).exists()
    known.refresh_from_db()
    assert (known.full_name, known.email) == ("F. Dostoevsky", "fm2@example.com")


def test_at_the_daily_limit_what_was_read_comes_in_and_the_rest_waits(site, kim, vacancy):
    site.view_limit = 2
    brought = bring(kim, vacancy)
    assert (brought.answers, brought.made, brought.left) == (3, 2, 1)
    site.view_limit = None
    later = bring(kim, vacancy)
    assert (later.answers, later.made, later.left) == (1, 1, 0)


def test_an_unknown_vacancy_brings_nobody(site, kim, vacancy):
    with pytest.raises(SiteHasNone):
        bring_responses(kim, vacancy, number="1", site=headhunter())
    assert not Candidate.objects.exists()


def test_only_who_recruits_brings_and_only_into_an_open_vacancy(site, kim, vacancy):
    with pytest.raises(NotAllowed):
        bring(UserFactory(), vacancy)
    assert site.asked == []
    Vacancy.objects.filter(pk=vacancy.pk).update(state="closed")
    with pytest.raises(VacancyOver):
        bring(kim, vacancy)
    assert not Candidate.objects.exists()


def test_the_work_runs_in_the_background_once_a_vacancy(site, kim, vacancy):
    job = order_responses(kim, vacancy, named=f"https://hh.ru/vacancy/{VACANCY}?from=x")
    assert order_responses(kim, vacancy, named=VACANCY) == job
    assert worker.drain() == 1
    job.refresh_from_db()
    assert (job.status, job.result) == ("done", 3)
    assert order_responses(kim, vacancy, named=VACANCY) != job


def test_it_is_not_ordered_without_access_or_number(site, kim, vacancy, settings):
    with pytest.raises(NoNumber):
        order_responses(kim, vacancy, named="our vacancy")
    settings.HEADHUNTER = dict.fromkeys(settings.HEADHUNTER, "")
    with pytest.raises(NotConnected):
        order_responses(kim, vacancy, named=VACANCY)
    assert not Job.objects.exists()
