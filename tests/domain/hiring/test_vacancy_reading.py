"""What the pages of a vacancy read: the funnel by day, lists, the log of letters."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import StageChange, Vacancy
from tests.factories import UserFactory
from tests.factories.hiring import a_vacancy, an_application

pytestmark = pytest.mark.django_db


def at(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@pytest.mark.req("S0-34", "S0-38")
def test_the_funnel_by_day_counts_whoever_came_so_far(kim, vacancy, django_assert_num_queries):
    first = timezone.localdate() - dt.timedelta(days=10)
    Vacancy.objects.filter(pk=vacancy.pk).update(approved_on=first)
    vacancy.refresh_from_db()
    for days, stage in ((3, "contacted"), (5, "form_done"), (5, "sourced")):
        one = an_application(vacancy, stage=stage)
        for step in ("contacted", stage) if stage != "sourced" else ():
            StageChange.objects.create(
                application=one, after=step, by=kim, at=at(first + dt.timedelta(days=days))
            )
    with django_assert_num_queries(1):
        found = queries.funnel_days(kim, vacancy, "contacted")
    assert found.days[0] == first
    assert found.done[:7] == (0, 0, 0, 1, 1, 2, 2)
    assert found.done[10] == 2
    assert found.done[11] is None  # tomorrow
    assert (found.due[2], found.due[14]) == (0, vacancy.funnel["contacted"])
    assert found.due[8] == pytest.approx(vacancy.funnel["contacted"] / 2)
    assert queries.funnel_days(UserFactory(), vacancy, "contacted") is None
    assert queries.funnel_days(kim, a_vacancy(kim), "contacted") is None


def test_lists_are_for_those_who_hire(kim, kam):
    actions.add_donor(kim, name="Armatura LLC", note="Strong school")
    actions.stop_company(kim, name="Otkat LLC", reason="Kickbacks")
    actions.put_niche_edge(kim, one="Hunting", other="Fishing", weight=0.7)
    actions.put_source(kim, name="Agency", kind="agency", fee=100)
    for read in (queries.donors, queries.stop_list, queries.niche_edges, queries.sources):
        assert len(read(kim)) == 1
        assert len(read(kam)) == 0
    assert len(queries.sources(UserFactory(roles=["finance"]))) == 1
    assert len(queries.niche_edges(UserFactory(roles=["methodologist"]))) == 1
    assert not queries.benchmarks(kam)


def test_what_a_draft_lacks_is_named(kim):
    draft = a_vacancy(kim, mandate="", needed_by=None, pay_high=None)
    assert queries.lacking(kim, draft) == ["the mandate", "the day it is needed by", "the pay band"]
    assert queries.lacking(kim, a_vacancy(kim)) == []


def test_the_log_holds_every_letter_of_the_vacancy(kim, vacancy, mailoutbox):
    one = an_application(vacancy, stage="contacted")
    other = an_application(actions.approve_vacancy(UserFactory(roles=["owner"]), a_vacancy(kim)))
    actions.send_letter(kim, one, link="https://x/{token}")
    found = queries.letter_log(kim, vacancy)
    assert [each.application for each in found] == [one]
    assert not queries.letter_log(kim, other.vacancy)
    assert not queries.letter_log(UserFactory(), vacancy)


def test_those_who_hire_are_named_to_who_hires(kim, head, owner, kam):
    assert set(queries.hiring_people(kim)) >= {kim, head, owner}
    assert kam not in queries.hiring_people(kim)
    assert not queries.hiring_people(kam)
