"""Scorecards kept blind, marks compared and agreed on, tasks, the five years, the panel."""

import pytest
from django.urls import reverse

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import Application, Calibration, Scorecard, TaskResult
from tests.factories import UserFactory
from tests.factories.hiring import an_application, marked

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def one(kim, kay, bob, vacancy):
    """A candidate who came, with two assessors."""
    application = an_application(vacancy, stage="showed")
    actions.assign_assessors(kim, application, assessors=[kay, bob])
    return application


def address(name, application, *more):
    return reverse(f"hiring:{name}", args=[application.pk, *more])


def given(vacancy, mark=4, words="Reckoned the client's profit"):
    sent = {}
    for code in queries.scorecard_codes(vacancy):
        sent |= {f"mark_{code}": str(mark), f"evidence_{code}": words}
    return sent | {"conclusion": "Strong"}


@pytest.mark.req("S3-54", "S1-47")
def test_the_form_shows_anchors_and_keeps_a_draft_that_only_its_author_sees(
    as_user, kim, kay, bob, one
):
    client = as_user(kay)
    page = text(client.get(address("scorecard", one)))
    assert "Speaks only of the product" in page and 'name="mark_C01"' in page
    sent = {"mark_C01": "4", "evidence_C01": "Named the margin", "do": "save"}
    client.post(address("scorecard", one), sent)
    assert "Named the margin" in text(client.get(address("scorecard", one)))
    for other in (bob, kim):
        seen = text(as_user(other).get(address("scorecard", one)))
        seen += text(as_user(other).get(address("calibration", one)))
        seen += text(as_user(other).get(address("candidate-marks", one)))
        assert "Named the margin" not in seen


def test_a_draft_is_kept_by_itself(as_user, kay, one):
    answer = as_user(kay).post(address("scorecard", one), {"mark_C01": "5", "do": "draft"})
    assert "Draft saved at" in text(answer) and "<html" not in text(answer)
    assert Scorecard.objects.get(assessor=kay).marks.get().mark == 5


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"mark_C01": ""}, "Something is written where no mark is given."),
        ({"mark_C01": "9"}, "Marks are 1 to 5"),
        ({"mark_C01": "", "evidence_C01": ""}, "Not marked yet: C01."),
        ({"mark_C01": "5", "evidence_C01": ""}, "needs what was seen: C01"),
    ],
)
def test_a_spoilt_scorecard_comes_back_with_all_that_was_written(
    as_user, kay, vacancy, one, spoilt, said
):
    sent = given(vacancy) | spoilt | {"do": "submit"}
    answer = as_user(kay).post(address("scorecard", one), sent)
    assert answer.status_code == 422 and said in text(answer)
    assert text(answer).count("Reckoned the client") >= 8 and "Strong" in text(answer)
    assert Scorecard.objects.get(assessor=kay).submitted_at is None


def test_who_is_not_named_gives_no_marks(as_user, kim, one, vacancy):
    answer = as_user(kim).post(address("scorecard", one), given(vacancy) | {"do": "submit"})
    assert answer.status_code == 403
    assert not any(card.marks.exists() for card in Scorecard.objects.all())


def test_marks_open_when_all_are_in_and_the_wide_line_is_talked_over(
    as_user, kim, kay, bob, vacancy, one
):
    as_user(kay).post(address("scorecard", one), given(vacancy) | {"do": "submit"})
    closed = text(as_user(kim).get(address("calibration", one)))
    assert "1 of 2 handed in." in closed and "Reckoned" not in closed
    wide = given(vacancy) | {"mark_C01": "1", "evidence_C01": "Guessed"}
    as_user(bob).post(address("scorecard", one), wide | {"do": "submit"})
    page = text(as_user(kim).get(address("calibration", one)))
    assert "1 line is to be talked over." in page
    assert "Guessed" in page and 'class="wide"' in page
    sent = {"code": "C01", "mark": "3", "note": "The example holds"}
    as_user(kim).post(address("calibration", one), sent)
    after = text(as_user(kim).get(address("calibration", one)))
    assert "The assessors agree." in after and "The example holds" in after
    late = as_user(kay).post(address("scorecard", one), given(vacancy, 2) | {"do": "save"})
    assert late.status_code == 422


@pytest.mark.parametrize(
    "spoilt", [{"note": ""}, {"mark": "7"}, {"code": "X1"}, {"code": ""}, {"mark": "x"}]
)
def test_a_spoilt_agreement_is_refused(as_user, kim, kay, bob, one, spoilt):
    marked(one, kay, bob)
    sent = {"code": "C01", "mark": "3", "note": "So"} | spoilt
    assert as_user(kim).post(address("calibration", one), sent).status_code == 422
    assert not Calibration.objects.exists()


def test_an_assessor_does_not_agree_for_all(as_user, kay, bob, one):
    marked(one, kay, bob)
    sent = {"code": "C01", "mark": "3", "note": "So"}
    assert as_user(kay).post(address("calibration", one), sent).status_code == 403
    assert not Calibration.objects.exists()


def test_assessors_are_named_and_taken_off_before_they_begin(as_user, kim, kay, bob, one, head):
    client = as_user(kim)
    page = text(client.get(address("assessors", one)))
    assert "Kay Kam" in page and "Hugh Head" in page
    client.post(address("assessors", one), {"assessors": [kay.pk, head.pk]})
    named = {person.pk for person, _ready in queries.assessors(kim, one)}
    assert named == {kay.pk, head.pk}
    assert client.post(address("assessors", one), {"assessors": []}).status_code == 422
    assert as_user(kay).get(address("assessors", one)).status_code == 403


@pytest.mark.req("S0-35")
def test_a_task_is_marked_by_its_rubric(as_user, kay, one):
    client = as_user(kay)
    points = {"p_dossier": "35", "p_questions": "25", "p_plan": "15", "p_clarity": "0"}
    client.post(address("task-result", one, "key_client"), points | {"note": "No dates"})
    assert TaskResult.objects.get().score == 75
    assert Application.objects.get(pk=one.pk).stage == "tested"
    assert 'value="35' in text(client.get(address("task-result", one, "key_client")))


@pytest.mark.parametrize(
    "spoilt", [{"p_dossier": "36"}, {"p_dossier": "-1"}, {"p_dossier": "nan"}, {"p_dossier": ""}]
)
def test_spoilt_points_are_refused(as_user, kay, one, spoilt):
    points = {"p_dossier": "35", "p_questions": "25", "p_plan": "15", "p_clarity": "0"}
    answer = as_user(kay).post(address("task-result", one, "key_client"), points | spoilt)
    assert answer.status_code == 422 and not TaskResult.objects.exists()
    assert as_user(kay).get(address("task-result", one, "engineering")).status_code == 404


@pytest.mark.req("S1-47")
def test_the_answer_about_five_years_is_tagged(as_user, kay, one):
    client = as_user(kay)
    client.post(address("five-years", one), {"tag": "owner", "words": "My own firm"})
    there = Application.objects.get(pk=one.pk)
    assert (there.five_years, there.five_years_words) == ("owner", "My own firm")
    assert client.post(address("five-years", one), {"tag": "king"}).status_code == 422
    assert "My own firm" in text(client.get(address("candidate-marks", one)))


def test_the_panel_tells_the_state_of_the_choice(
    as_user, kim, kay, bob, one, django_assert_max_num_queries
):
    marked(one, kay, bob, mark=4)
    client = as_user(kim)
    client.get(address("candidate-marks", one))
    with django_assert_max_num_queries(24):
        page = text(client.get(address("candidate-marks", one)))
    assert "Mean mark <b>4.0</b> of 5." in page
    assert "needed for an offer" in page and "<html" not in page


def test_a_stranger_finds_no_candidate(as_user, head, one):
    stranger = UserFactory(supervisor=head)
    for name in ("scorecard", "calibration", "five-years", "candidate-marks"):
        assert as_user(stranger).get(address(name, one)).status_code == 404
