"""A file of people goes in whole, and comes out as far as nobody touched it."""

import io

import pytest
from django.conf import settings

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import ReasonMissing, WrongState
from kamerton.domain.hiring.models import Application, Candidate, CandidateImport
from kamerton.domain.hiring.queries import ImportRow, tidied
from kamerton.platform.errors import NotAllowed
from kamerton.platform.files.store import keep
from tests.factories.hiring import a_candidate, a_person

pytestmark = pytest.mark.django_db


def rows(*numbers):
    return [ImportRow(tidied(a_person(number))) for number in numbers]


@pytest.fixture
def brought(kim, vacancy, django_capture_on_commit_callbacks):
    """A file of three people, one of them known before, all of them in."""
    a_candidate(full_name="Anna Orlova 1", phone="+79160000001", email="")
    kept = keep(io.BytesIO(b"name;phone\n"), "candidate-imports", name="hh.csv")
    found = actions.start_import(kim, vacancy, kept)
    actions.record_check(kim, found, columns={}, report={"rows": 3})
    with django_capture_on_commit_callbacks(execute=True):
        actions.bring_in(kim, actions.begin_import(kim, found), rows=rows(1, 2, 3))
    found.refresh_from_db()
    return found


@pytest.mark.req("S0-22")
def test_a_file_goes_in_once_and_is_deleted(kim, brought):
    assert brought.state == "done"
    assert brought.report["done"] == {"made": 2, "known": 1, "applied": 3}
    assert not (settings.FILES / brought.file).exists()
    with pytest.raises(WrongState):
        actions.bring_in(kim, brought, rows=rows(4))
    assert Candidate.objects.count() == 3


def test_undo_takes_out_whom_nobody_touched(kim, brought):
    called = Application.objects.get(candidate__phone="+79160000002")
    actions.record_call(kim, called, outcome="interested")
    with pytest.raises(ReasonMissing):
        actions.undo_import(kim, brought, reason=" ")
    assert Application.objects.count() == 3
    assert actions.undo_import(kim, brought, reason="Wrong vacancy") == 2
    assert Application.objects.get() == called
    phones = set(Candidate.objects.values_list("phone", flat=True))
    assert phones == {"+79160000001", "+79160000002"}, "known before, and called since"
    brought.refresh_from_db()
    assert (brought.state, brought.brought) == ("undone", {})


def test_who_is_meant_by_a_row_is_told_before_anything_is_written(kim):
    there = a_candidate(full_name="Anna Orlova 1", phone="+79160000001")
    assert actions.known_among(kim, rows(1, 2, 2)) == [there.pk, None, 0]
    assert Candidate.objects.count() == 1


def test_a_file_left_alone_is_given_up_after_two_weeks(kim, kam, vacancy):
    kept = keep(io.BytesIO(b"name;phone\n"), "candidate-imports", name="old.csv")
    old = actions.start_import(kim, vacancy, kept)
    CandidateImport.objects.update(created_at=old.created_at - actions.intake.LEFT_ALONE * 2)
    fresh = actions.start_import(kim, vacancy, kept)
    with pytest.raises(NotAllowed):
        actions.forget_left_imports(kam)
    assert actions.forget_left_imports(kim) == 1
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, fresh.state) == ("cancelled", "checking")
    assert (settings.FILES / fresh.file).exists(), "the same content, needed still"


def test_a_stranger_brings_nobody_in(kam, vacancy):
    kept = keep(io.BytesIO(b"name;phone\n"), "candidate-imports", name="x.csv")
    with pytest.raises(NotAllowed):
        actions.start_import(kam, vacancy, kept)
    assert not CandidateImport.objects.exists()
    assert not queries.candidate_imports(kam).exists()
