"""Hiring in the method: read by everybody, changed by its keeper, within the law."""

import pytest
from django.test import Client

from kamerton.domain.methodology import queries
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]
PARTS = "/method/hiring-content/"
WORDS = {
    "kind": "quality",
    "title_ru": "Английский на слух",
    "title_en": "Spoken English",
    "indicators_ru": "Говорит",
    "indicators_en": "Speaks",
    "anchors_ru": "Нет\nСправляется\nСвободно",
    "anchors_en": "Not at all\nCopes\nFreely",
    "question_ru": "Расскажите о клиенте",
    "question_en": "Tell about a client",
    "red_flag_ru": "Молчит",
    "red_flag_en": "Silent",
}


@pytest.fixture
def keeper():
    client = Client()
    client.force_login(UserFactory(roles=["methodologist"]))
    return client


def text(answer):
    return answer.content.decode()


def sent(drawn_page, **changed):
    """What a person would send back: the form as drawn, with a few fields typed over."""
    form = drawn_page.context["form"]
    drawn = {name: form[name].value() for name in form.fields}
    given = {**drawn, "note": "we hire differently", **changed}
    return {
        name: value for name, value in given.items() if value is not None and value is not False
    }


@pytest.mark.req("S1-23", "S1-24", "S3-27", "S3-54")
def test_everybody_reads_what_we_hire_by():
    client = Client()
    client.force_login(UserFactory(roles=["recruiter"]))
    said = {
        "competencies": "Business acumen",
        "form": "refuses",
        "letter": "What we pay and for what",
        "probation": "30 %",
        "limits": "part of those hired who do not stay",
    }
    for part, words in said.items():
        assert words in text(client.get(f"{PARTS}{part}/")).replace("Part of", "part of")
    assert client.get(f"{PARTS}nothing/").status_code == 404
    assert "/method/competencies/" not in text(client.get(f"{PARTS}competencies/"))


@pytest.mark.req("S3-54")
def test_a_competency_is_reworded_and_one_is_added(keeper):
    path = "/method/competencies/C02/"
    keeper.post(path, sent(keeper.get(path), title_en="Curiosity", must="on"))
    found = queries.current().competency("C02")
    assert (found.title.en, found.must) == ("Curiosity", True)
    page = text(keeper.get("/method/versions/2/"))
    assert "Curiosity" in page
    assert "Erudition" in page
    drawn = keeper.get("/method/competencies/new/")
    assert keeper.post("/method/competencies/new/", sent(drawn, **WORDS)).status_code == 302
    made = queries.current().competency("added_1")
    assert [str(each.en) for each in made.anchors] == ["Not at all", "Copes", "Freely"]


def test_a_competency_needs_three_anchors_in_both_languages(keeper):
    drawn = keeper.get("/method/competencies/new/")
    wrong = sent(drawn, **WORDS | {"anchors_ru": "Нет", "anchors_en": "No"})
    answer = keeper.post("/method/competencies/new/", wrong)
    assert answer.status_code == 422
    assert "Three lines are needed" in text(answer)
    assert "Spoken English" in text(answer)
    assert queries.current().version == 1


def test_the_law_holds_in_the_method_too(keeper):
    for path, field in (
        ("/method/competencies/C02/", "question_en"),
        ("/method/form-questions/leaving/", "title_en"),
    ):
        answer = keeper.post(path, sent(keeper.get(path), **{field: "Are you married?"}))
        assert answer.status_code == 422
        assert "Labour Code of Russia" in text(answer)
    assert queries.current().version == 1


@pytest.mark.req("S2-26")
def test_a_question_of_the_form_is_weighed_anew_and_one_is_added(keeper):
    path = "/method/form-questions/education/"
    drawn = keeper.get(path)
    assert "kind" not in drawn.context["form"].fields
    keeper.post(path, sent(drawn, marks="1 0,5 0", weight="2"))
    found = next(each for each in queries.current().questionnaire if each.code == "education")
    assert (found.marks, found.weight) == ((1.0, 0.5, 0.0), 2)
    refused = keeper.post(path, sent(keeper.get(path), marks="1 0"))
    assert refused.status_code == 422
    for wrong in ("two", "1 7 0"):
        assert keeper.post(path, sent(keeper.get(path), marks=wrong)).status_code == 422
    new = "/method/form-questions/new/"
    words = {"title_ru": "Сколько тендеров?", "title_en": "How many tenders?"}
    keeper.post(new, sent(keeper.get(new), **words, kind="scored", answer="number", full="5"))
    made = queries.current().questionnaire[-1]
    assert (made.code, made.kind, made.full) == ("added_1", "scored", 5)


@pytest.mark.req("S0-23")
def test_the_block_on_pay_stays_required(keeper):
    path = "/method/letter-blocks/pay/"
    answer = keeper.post(path, sent(keeper.get(path), required=False))
    assert answer.status_code == 422
    assert "The letter keeps its block on pay." in text(answer)
    path = "/method/letter-blocks/year/"
    keeper.post(path, sent(keeper.get(path), required="on", sample_en="A pupil"))
    block = next(each for each in queries.current().letter_blocks if each.code == "year")
    assert (block.required, block.sample.en) == (True, "A pupil")


def test_probation_points_add_up_to_a_hundred(keeper):
    path = "/method/probation-targets/"
    answer = keeper.post(path, sent(keeper.get(path), portfolio_points="40"))
    assert answer.status_code == 422
    assert "add up to 100" in text(answer)
    changed = {"portfolio_points": "40", "method_points": "5", "portfolio_week_4": "25"}
    keeper.post(path, sent(keeper.get(path), **changed))
    found = {each.code: each for each in queries.current().probation_criteria}
    assert (found["portfolio"].points, found["method"].points) == (40, 5)
    assert found["portfolio"].week_4 == 0.25
    assert found["talks"].week_4 == 25
    assert queries.version(1).probation_criteria[1].points == 30


def test_the_limits_are_a_section_like_the_others(keeper):
    path = "/method/hiring/"
    keeper.post(path, sent(keeper.get(path), turnover="60"))
    assert queries.current().hiring.turnover == 0.6
