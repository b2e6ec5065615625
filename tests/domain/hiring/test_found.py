"""The base of people: narrowed, paged, walked through; what may follow what by hand."""

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Source
from kamerton.domain.hiring.queries import CandidateFilter
from kamerton.platform.errors import NotAllowed
from tests.factories.hiring import a_candidate, an_application, an_open_vacancy

pytestmark = pytest.mark.django_db


def names(viewer, **asked):
    return [one.full_name for one in queries.found_candidates(viewer, CandidateFilter(**asked))]


def test_people_are_found_by_words_vacancy_stage_tier_and_source(kim, vacancy):
    site = Source.objects.create(name="hh.ru", kind="job_site")
    other = an_open_vacancy(kim)
    anna, boris = (a_candidate(full_name=name) for name in ("Anna Orlova", "Boris Sokolov"))
    a_candidate(full_name="Clara Nobody")
    an_application(vacancy, candidate=anna, tier="T1", source=site)
    an_application(other, candidate=boris, stage="refused", tier="T3")
    assert names(kim) == ["Clara Nobody", "Boris Sokolov", "Anna Orlova"]
    assert names(kim, sort="name") == ["Anna Orlova", "Boris Sokolov", "Clara Nobody"]
    assert names(kim, search="orl ann") == ["Anna Orlova"]
    assert names(kim, vacancy=vacancy.pk) == ["Anna Orlova"]
    assert names(kim, vacancy=vacancy.pk, stage="refused") == []
    assert names(kim, stage="open") == ["Anna Orlova"]
    assert names(kim, tier="T3") == ["Boris Sokolov"]
    assert names(kim, source=site.pk) == ["Anna Orlova"]


def test_the_row_shows_the_open_vacancy_rather_than_the_one_he_left(kim, vacancy):
    person = a_candidate(employer="Kickback LLC")
    alive = an_application(vacancy, candidate=person)
    left = an_application(an_open_vacancy(kim), candidate=person, stage="refused")
    actions.stop_company(kim, name="Kickback LLC", reason="Lives on kickbacks")
    (row,) = queries.candidate_rows(kim, [person])
    assert (row.application, row.stop_listed) == (alive, True)
    (row,) = queries.candidate_rows(kim, [person], CandidateFilter(vacancy=left.vacancy_id))
    assert row.application == left
    assert queries.applications_of(kim, person) == [alive, left]


@pytest.mark.parametrize("sort", ["new", "name", "-name"])
def test_a_list_is_walked_through_in_its_own_order(kim, sort):
    for name in ("Boris", "Anna", "Anna", "Clara"):
        a_candidate(full_name=name)
    wanted = CandidateFilter(sort=sort)
    people = list(queries.found_candidates(kim, wanted))
    pks = [None, *(one.pk for one in people), None]
    for at, person in enumerate(people, 1):
        assert queries.neighbours(kim, person, wanted) == (pks[at - 1], pks[at + 1])


def test_who_may_not_hire_finds_nobody(kam, vacancy):
    an_application(vacancy)
    assert names(kam) == []
    assert not queries.known_sources(kam).exists()
    assert not queries.candidate_imports(kam).exists()
    assert not queries.possible_internals(kam).exists()
    assert queries.calls_waiting(kam) == 0


def test_calls_of_others_and_of_closed_vacancies_do_not_wait_for_me(kim, head, vacancy):
    an_application(vacancy)
    an_application(vacancy, recruiter=kim)
    an_application(vacancy, recruiter=head)
    an_application(vacancy, call_due_at=timezone.now() + timezone.timedelta(hours=1))
    assert queries.calls_waiting(kim) == 2
    assert queries.calls_waiting(head) == 2
    type(vacancy).objects.filter(pk=vacancy.pk).update(state="closed")
    assert queries.calls_waiting(kim) == 0


def test_a_borderline_form_is_passed_by_the_head_alone(kim, head, kam, vacancy):
    doubtful = an_application(vacancy, stage="form_done", cautions=["years"])
    assert "passed" not in actions.moves_by_hand(kim, doubtful)
    assert "passed" in actions.moves_by_hand(head, doubtful)
    assert actions.moves_by_hand(kam, doubtful) == ()
    with pytest.raises(NotAllowed):
        actions.move_application(kim, doubtful, to="passed")
