"""Hiring in the method: shipped whole in both languages, lawful, checked when it is changed."""

import dataclasses

import numpy as np
import pytest

from kamerton.calc.ramp import PROBATION_TARGETS
from kamerton.domain.methodology import queries
from kamerton.domain.methodology.actions import UnsoundMethod, change_methodology
from kamerton.domain.methodology.content import Text, as_json, from_json, shipped
from kamerton.domain.methodology.content.hiring_law import forbidden
from kamerton.domain.methodology.models import MethodologyVersion
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
HIRING = (
    *("competencies", "questionnaire", "letter_blocks", "group_plan", "business_tasks"),
    *("selection_items", "probation_criteria", "offer_sections", "onboarding_days"),
)


def texts(value):
    """All words of the content."""
    if isinstance(value, Text):
        yield value
    elif dataclasses.is_dataclass(value):
        for part in dataclasses.fields(value):
            yield from texts(getattr(value, part.name))
    elif isinstance(value, tuple):
        for each in value:
            yield from texts(each)


@pytest.mark.req("S3-54", "S3-27", "S3-28", "S3-35", "S3-55", "S1-23", "S1-24", "S2-28", "S2-29")
@pytest.mark.req("S1-25", "S1-28", "S1-29", "S2-31", "S1-42")
def test_eighteen_competencies_with_anchors_questions_and_red_flags():
    method = queries.current()
    assert [one.code for one in method.competencies] == [f"C{at:02}" for at in range(1, 19)]
    assert {one.kind for one in method.competencies} == {"knowledge", "experience", "quality"}
    musts = [one.code for one in method.competencies if one.must]
    assert musts == ["C01", "C03", "C05", "C12", "C16"]  # five: the breadth check passes
    assert all(len(one.anchors) == 3 and one.indicators for one in method.competencies)
    assert method.competency("C07").question.ru == "Кем вы видите себя через пять лет?"


@pytest.mark.req("S3-08", "S2-35", "S3-10")
def test_the_engineering_pack_brings_c14_c15_a_test_and_a_question():
    method = queries.current()
    assert [one.code for one in method.competencies if one.pack] == ["C14", "C15"]
    test = method.business_task("engineering")
    assert (test.pack, test.most) == ("engineering", 10)
    assert [one.code for one in method.questionnaire if one.pack] == ["systems"]


@pytest.mark.req("S1-26")
def test_business_manner_is_marked_but_refuses_nobody():
    assert [one.code for one in shipped().competencies if not one.may_refuse] == ["C08"]


def test_every_word_stands_in_both_languages():
    method = shipped()
    for name in HIRING:
        for text in texts(getattr(method, name)):
            assert text.ru.strip() and text.en.strip(), text
            assert text.ru != text.en, text


def test_the_group_session_takes_two_hours_and_seven_parts():
    parts = shipped().group_plan
    assert [part.minutes for part in parts] == [10, 20, 25, 20, 25, 10, 10]
    assert sum(part.minutes for part in parts) == 120


def test_probation_targets_are_those_of_the_calculation():
    given = {one.code: (one.week_1, one.week_2, one.week_4) for one in shipped().probation_criteria}
    expected = {code: tuple(np.nan_to_num(row)) for code, row in PROBATION_TARGETS.items()}
    assert given == expected
    assert sum(one.points for one in shipped().probation_criteria) == 100


def test_the_method_with_hiring_survives_json():
    assert from_json(as_json(shipped())) == shipped()
    assert shipped().problems() == []


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Мужчина от 30", "sex"),
        ("Ищем девушку-администратора", "sex"),
        ("Men only", "sex"),
        ("Ваш возраст", "age"),
        ("Не старше 45 лет", "age"),
        ("under 35", "age"),
        ("Семейное положение", "family"),
        ("Вы замужем?", "family"),
        ("Есть ли у вас дети?", "children"),
        ("Планируете ли декрет", "children"),
        ("Приятная внешность", "looks"),
        ("good-looking", "looks"),
        ("Состояние здоровья", "health"),
        ("Any disability?", "health"),
        ("Ваше вероисповедание", "religion"),
        ("Your religion", "religion"),
    ],
)
def test_what_the_law_forbids_is_found(text, topic):
    assert forbidden(text)[0].code == topic


@pytest.mark.parametrize(
    "text",
    [
        "Опыт B2B-продаж от 3 лет",
        "Найдите семь ошибок",
        "Управление полным циклом сделки",
        "Деловая подача и речь",
        "Experience in management of 5 years",
        "Полный рабочий день",
        "Рост продаж",
    ],
)
def test_words_of_work_are_let_through(text):
    assert forbidden(text) is None


def test_a_letter_may_speak_of_trade_where_a_criterion_may_not():
    assert forbidden("Мы продаём товары для детей", criterion=False) is None
    assert forbidden("Мы продаём товары для детей")[0].code == "children"
    assert forbidden("Без детей", criterion=False)[0].code == "children"


def refused(**changes):
    actor = UserFactory(roles=["methodologist"])
    queries.current()
    with pytest.raises(UnsoundMethod) as caught:
        change_methodology(actor, note="x", **changes)
    assert MethodologyVersion.objects.count() == 1
    return str(caught.value)


def test_a_question_on_age_is_refused_with_the_reason():
    form = as_json(shipped())["questionnaire"]
    form[3]["title"] = {"ru": "Ваш возраст", "en": "Years in trade"}
    assert "age" in refused(questionnaire=form)
    form[3]["title"] = {"ru": "Стаж", "en": "Are you married?"}
    message = refused(questionnaire=form)
    assert "Are you married?" in message and "Labour Code" in message


def test_the_pay_block_and_two_hours_stay():
    blocks = as_json(shipped())["letter_blocks"]
    blocks[3]["required"] = False
    assert "pay" in refused(letter_blocks=blocks)
    plan = as_json(shipped())["group_plan"]
    plan[0]["minutes"] = 30
    assert "120" in refused(group_plan=plan)


def test_a_shipped_question_is_not_dropped():
    form = as_json(shipped())["questionnaire"]
    assert "questionnaire" in refused(questionnaire=form[1:])
