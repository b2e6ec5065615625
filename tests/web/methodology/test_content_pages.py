"""The dossier, the roles and the plan of the method on pages."""

import re

import pytest
from django.test import Client

from kamerton.domain.methodology import queries
from kamerton.domain.methodology.actions import change_methodology
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]

LATER = "/method/questions/g1/1.3/"


@pytest.fixture
def methodologist():
    return UserFactory(roles=["methodologist"])


@pytest.fixture
def keeper(methodologist):
    client = Client()
    client.force_login(methodologist)
    return client


@pytest.fixture
def reader():
    client = Client()
    client.force_login(UserFactory(roles=["kam"]))
    return client


def sent(answer, **changed):
    """What a person would send back: the form as drawn, with a few fields typed over."""
    form = answer.context["form"]
    drawn = {name: form[name].value() for name in form.fields}
    given = {**drawn, "note": "we ask differently", **changed}
    return {name: value for name, value in given.items() if value not in (None, False)}


@pytest.mark.req("S4-53")
def test_a_question_is_reworded_and_the_version_tells_what_changed(keeper):
    drawn = keeper.get(LATER)
    answer = keeper.post(LATER, sent(drawn, title_en="How old?", weight=3, ttl_months=24))
    assert answer.status_code == 302
    question = queries.current().dossier_question("1.3")
    assert (question.title.en, question.weight, question.ttl_months) == ("How old?", 3, 24)
    assert queries.version(1).dossier_question("1.3").weight == 2
    page = keeper.get("/method/versions/2/").content.decode()
    assert "How old?" in page
    assert "Founded when" in page
    assert "Wishes told to us" not in page


@pytest.mark.req("S4-34")
def test_the_company_asks_a_question_of_its_own(keeper):
    drawn = keeper.get("/method/questions/g12/new/")
    words = {"title_ru": "Чем увлечён?", "title_en": "What is his hobby?"}
    pairs = {"kind": "choice", "choices_ru": "рыбалка\nтеатр", "choices_en": "fishing\ntheatre"}
    keeper.post("/method/questions/g12/new/", sent(drawn, **words, **pairs, place=1))
    group = next(group for group in queries.current().dossier_groups if group.code == "g12")
    assert group.questions[0].code == "own.1"
    assert [choice.en for choice in group.questions[0].choices] == ["fishing", "theatre"]
    again = keeper.get("/method/questions/g12/new/")
    keeper.post("/method/questions/g12/new/", sent(again, **words, kind="text"))
    assert queries.current().dossier_question("own.2").kind == "text"


def test_choices_go_in_pairs_of_languages(keeper):
    drawn = keeper.get("/method/questions/g12/new/")
    words = {"title_ru": "Чем увлечён?", "title_en": "What is his hobby?"}
    pairs = {"kind": "choice", "choices_ru": "рыбалка\nтеатр", "choices_en": "fishing"}
    answer = keeper.post("/method/questions/g12/new/", sent(drawn, **words, **pairs))
    assert answer.status_code == 422
    assert "same number of lines" in answer.content.decode()
    assert queries.current().version == 1


def test_a_question_is_switched_off_and_on_again(keeper):
    keeper.post(LATER, sent(keeper.get(LATER), asked=False))
    group = queries.current().dossier_groups[0]
    assert "1.3" not in [question.code for question in group.questions]
    assert [question.code for question in group.unasked] == ["1.3"]
    page = keeper.get("/method/questions/g1/").content.decode()
    assert "Switched off" in page
    keeper.post(LATER, sent(keeper.get(LATER), asked="on", place=3))
    group = queries.current().dossier_groups[0]
    assert [question.code for question in group.questions][:4] == ["1.1", "1.2", "1.3", "1.4"]
    assert group.unasked == ()


def test_questions_and_groups_are_put_in_order(keeper):
    keeper.post(LATER, sent(keeper.get(LATER), place=1))
    first = queries.current().dossier_groups[0]
    assert [question.code for question in first.questions][:3] == ["1.3", "1.1", "1.2"]
    edit = "/method/questions/g13/edit/"
    keeper.post(edit, sent(keeper.get(edit), place=1, title_en="Insights first"))
    assert [group.code for group in queries.current().dossier_groups][:2] == ["g13", "g1"]
    assert queries.current().dossier_groups[0].title.en == "Insights first"


@pytest.mark.req("S4-42")
def test_a_set_of_three_roles_is_composed_and_one_of_two_is_refused(keeper):
    drawn = keeper.get("/method/roles/sets/new/")
    words = {"title_ru": "Свои", "title_en": "Own"}
    two = sent(drawn, **words, roles=["coach", "user"], mandatory=["user"], in_force="on")
    refused = keeper.post("/method/roles/sets/new/", two)
    assert refused.status_code == 422
    assert "3 to 15 roles, now 2" in refused.content.decode()
    assert 'value="Own"' in refused.content.decode()
    assert queries.current().version == 1
    three = {**two, "roles": ["coach", "user", "buyer"]}
    assert keeper.post("/method/roles/sets/new/", three).status_code == 302
    assert queries.current().role_set == "own_1"
    assert queries.current().set_in_force().mandatory == ("user",)


def test_a_set_keeps_the_order_of_its_roles(keeper):
    edit = "/method/roles/sets/sales8/"
    drawn = keeper.get(edit)
    roles = [*drawn.context["form"]["roles"].value(), "initiator"]
    keeper.post(edit, sent(drawn, roles=sorted(roles)))
    assert queries.current().set_in_force().roles == (
        *("decider", "economic", "technical", "shaper", "user", "buyer", "coach", "blocker"),
        "initiator",
    )


@pytest.mark.req("S4-43")
def test_the_line_of_work_with_a_role_is_the_companys(keeper):
    edit = "/method/roles/coach/"
    changed = {"work_en": "Ask and check", "actions_ru": "Позвонить", "actions_en": "Call"}
    keeper.post(edit, sent(keeper.get(edit), **changed, cadence_days=7))
    coach = queries.current().buying_role("coach")
    assert (coach.line_of_work.en, coach.cadence_days, coach.model) == (
        *("Ask and check", 7, "miller_heiman"),
    )
    assert [action.en for action in coach.actions] == ["Call"]


def test_a_section_of_the_plan_is_left_out(keeper):
    edit = "/method/plan-sections/s10/"
    keeper.post(edit, sent(keeper.get(edit), shown=False))
    assert [part.code for part in queries.current().plan_sections if not part.shown] == ["s10"]


def test_two_change_the_method_and_the_second_loses_nothing(keeper, methodologist):
    drawn = keeper.get(LATER)
    change_methodology(methodologist, note="the board", plan={"submit_days": 45})
    answer = keeper.post(LATER, sent(drawn, title_en="How old?"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "How old?" in page
    assert "45 days" in page
    assert "30 days" in page
    assert queries.current().version == 2
    assert keeper.post(LATER, sent(answer)).status_code == 302
    assert queries.current().dossier_question("1.3").title.en == "How old?"
    assert queries.current().plan.submit_days == 45


@pytest.mark.parametrize(
    "path",
    [
        "/method/",
        "/method/questions/",
        "/method/questions/medtech/",
        "/method/roles/",
        "/method/plan-sections/",
        "/method/versions/",
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_everybody_reads_the_method_and_only_the_keeper_has_buttons(reader, path, language):
    reader.cookies["django_language"] = language
    answer = reader.get(path)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert re.findall(r'href="(/method/[^"]*(?:edit|new)/)"', page) == []
    assert re.findall(r'href="/method/(?:roles|plan-sections|questions/\w+)/[\w.]+/"', page) == []
    assert "/method/abc/" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/method/questions/g99/",
        "/method/questions/g1/9.9/",
        "/method/roles/friend/",
        "/method/roles/sets/none/",
        "/method/plan-sections/s99/",
        "/method/nothing/",
    ],
)
def test_what_is_not_there_is_not_found(keeper, path):
    assert keeper.get(path).status_code == 404
