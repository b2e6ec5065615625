"""The profile and the letter: the law refuses, the future refuses nobody, the letter is whole."""

import pytest

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Vacancy
from tests.factories.hiring import a_vacancy, an_application

pytestmark = pytest.mark.django_db
MUST = {"text": "Tenders won", "need": "must", "horizon": "now"}


def at(vacancy, path):
    return f"/hiring/vacancies/{vacancy.pk}/{path}"


def text(answer):
    return answer.content.decode()


@pytest.mark.req("S3-26")
def test_what_is_needed_later_refuses_nobody(as_user, kim, vacancy):
    browser = as_user(kim)
    given = MUST | {"horizon": "future", "knockout": "on"}
    answer = browser.post(at(vacancy, "profile/asked/add/"), given)
    assert answer.status_code == 422
    assert "cannot refuse anybody today" in text(answer)
    assert "Tenders won" in text(answer)
    assert not vacancy.requirements.filter(text="Tenders won").exists()
    browser.post(at(vacancy, "profile/asked/add/"), MUST | {"horizon": "future"})
    assert vacancy.requirements.get(text="Tenders won").horizon == "future"


@pytest.mark.req("S1-26")
def test_the_law_refuses_with_its_reason(as_user, kim, vacancy):
    browser = as_user(kim)
    for path, field in (
        ("profile/asked/add/", MUST),
        ("profile/questions/add/", {"answer": "text"}),
    ):
        answer = browser.post(at(vacancy, path), field | {"text": "Women under 30 only"})
        assert answer.status_code == 422
        assert "Labour Code of Russia" in text(answer)
        assert "Women under 30 only" in text(answer)
    assert not vacancy.requirements.filter(code="").exists()
    assert not vacancy.questions.exists()
    given = {"code": "C08", "need": "must", "horizon": "now", "knockout": "on"}
    answer = browser.post(at(vacancy, "profile/asked/add/"), given)
    assert answer.status_code == 422
    assert "nobody is refused for it" in text(answer)
    assert not vacancy.requirements.filter(code="C08").exists()


@pytest.mark.req("S3-14")
def test_seven_must_haves_warn(as_user, kim, vacancy):
    browser = as_user(kim)
    assert "too narrow" not in text(browser.get(at(vacancy, "profile/")))
    for n in range(2):
        browser.post(at(vacancy, "profile/asked/add/"), MUST | {"text": f"Equipment {n}"})
    page = text(browser.get(at(vacancy, "profile/")))
    assert "The profile is too narrow." in page
    assert "More than five must-haves" in text(browser.get(at(vacancy, "")))


def test_a_requirement_is_changed_removed_and_put_back(as_user, kim, vacancy):
    browser = as_user(kim)
    browser.post(at(vacancy, "profile/asked/add/"), MUST)
    one = vacancy.requirements.get(text="Tenders won")
    path = at(vacancy, f"profile/asked/{one.pk}/")
    assert "Tenders won" in text(browser.get(path))
    browser.post(path, MUST | {"text": "Ten tenders won", "need": "nice"})
    changed = vacancy.requirements.get(code="")
    assert (changed.text, changed.need) == ("Ten tenders won", "nice")
    answer = browser.post(at(vacancy, f"profile/asked/{changed.pk}/remove/"), follow=True)
    assert not vacancy.requirements.filter(code="").exists()
    undo = at(vacancy, "profile/asked/back/")
    assert f"{undo}?text=Ten+tenders+won" in text(answer)
    browser.post(f"{undo}?text=Ten+tenders+won&need=nice&horizon=now")
    assert vacancy.requirements.get(code="").text == "Ten tenders won"
    assert browser.get(at(vacancy, "profile/asked/999999/")).status_code == 404


@pytest.mark.req("S2-35", "S3-08", "S3-10")
def test_the_industry_pack_adds_its_competencies(as_user, kim):
    draft = a_vacancy(kim)
    given = {"title": "KAM", "role": "kam", "reason": "growth", "seats": "1", "full_service": "on"}
    as_user(kim).post(at(draft, "edit/about/"), given | {"pack": "engineering"})
    assert {"C14", "C15"} <= {each.code for each in draft.requirements.all()}
    page = text(as_user(kim).get(at(draft, "profile/")))
    assert "Engineering sales" in page
    assert "processes are a must" in page


def test_an_own_question_is_added_removed_and_put_back(as_user, kim, vacancy):
    browser = as_user(kim)
    path = at(vacancy, "profile/questions/add/")
    refused = browser.post(path, {"text": "Tenders?", "answer": "number", "knockout": "on"})
    assert refused.status_code == 422
    assert "can refuse" in text(refused)
    browser.post(path, {"text": "Tenders?", "answer": "number", "knockout": "on", "least": "3"})
    one = vacancy.questions.get()
    assert "below 3" in text(browser.get(at(vacancy, "profile/")))
    answer = browser.post(at(vacancy, f"profile/questions/{one.pk}/remove/"), follow=True)
    assert not vacancy.questions.exists()
    assert "questions/back/?text=Tenders" in text(answer)
    query = "text=Tenders%3F&answer=number&knockout=True&least=3.0"
    browser.post(at(vacancy, f"profile/questions/back/?{query}"))
    again = vacancy.questions.get()
    assert (again.text, again.least, again.knockout) == ("Tenders?", 3, True)


@pytest.mark.req("S0-23", "S1-52")
def test_the_letter_names_what_is_missing_and_takes_the_competencies(as_user, kim):
    draft = a_vacancy(kim, languages=[{"code": "en", "cefr": "B2", "knockout": False}])
    browser = as_user(kim)
    page = text(browser.get(at(draft, "letter/")))
    assert "required blocks are not written" in page
    assert "Business acumen" in page
    assert "English, B2" in page
    browser.post(at(draft, "letter/pay/"), {"text": "120 000 a month"})
    assert Vacancy.objects.get().letter == {"pay": "120 000 a month"}
    refused = browser.post(at(draft, "letter/about/"), {"text": "We want young girls"})
    assert refused.status_code == 422
    assert "We want young girls" in text(refused)
    assert Vacancy.objects.get().letter == {"pay": "120 000 a month"}
    assert browser.get(at(draft, "letter/nothing/")).status_code == 404


def test_the_log_counts_what_was_sent(as_user, kim, vacancy, mailoutbox):
    browser = as_user(kim)
    assert "The letter is ready." in text(browser.get(at(vacancy, "letter/")))
    actions.send_letter(kim, an_application(vacancy, stage="contacted"), link="https://x/{token}")
    page = text(browser.get(at(vacancy, "letter/")))
    assert "Last letters" in page
    assert "Ivan Petrov" in page


def test_a_closed_vacancy_is_only_read(as_user, kim, vacancy):
    actions.close_vacancy(kim, vacancy, note="Enough")
    browser = as_user(kim)
    for path in ("profile/asked/add/", "profile/questions/add/", "letter/pay/"):
        assert browser.post(at(vacancy, path), MUST).status_code == 404
    assert "profile/asked/add/" not in text(browser.get(at(vacancy, "profile/")))
