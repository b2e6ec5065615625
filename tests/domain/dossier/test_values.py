"""Values by the kind of the question: read from text, written, read back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.domain.dossier.models.values import ValueInvalid, read_value, written_value
from kamerton.domain.methodology.content.dossier import DossierQuestion, asked, either

CHOICES = either(("Один поставщик", "One supplier"), ("Два поставщика", "Two suppliers"))


def of_kind(kind, **rest) -> DossierQuestion:
    return asked("1.1", "Вопрос", "Question", kind, **rest)


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1
).filter(str.strip)
cells = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=";"), max_size=8
)


@given(words)
def test_words_come_back(text):
    found = read_value(of_kind("text"), text)
    assert found.data == text.strip()
    assert read_value(of_kind("text"), found.text) == found


@given(st.integers(-(10**16), 10**16))
def test_money_comes_back_to_the_kopeck(kopecks):
    question = of_kind("money")
    assert read_value(question, written_value(question, kopecks)).data == kopecks


@given(st.one_of(st.integers(-(10**12), 10**12), st.floats(-1e9, 1e9, allow_nan=False)))
def test_numbers_come_back(number):
    question = of_kind("number")
    assert read_value(question, written_value(question, number)).data == pytest.approx(number)


@given(st.dates())
def test_days_come_back(day):
    found = read_value(of_kind("date"), f"{day:%d.%m.}{day.year:04}")
    assert found.data == day.isoformat()
    assert read_value(of_kind("date"), found.text) == found


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=5))
def test_tables_come_back(rows):
    question = of_kind("table")
    text = "\n".join("; ".join(row) for row in rows)
    try:
        found = read_value(question, text)
    except ValueInvalid:
        assert not text.strip()
        return
    assert read_value(question, found.text) == found


def test_a_choice_is_known_by_its_words_in_both_languages():
    question = of_kind("choice", choices=CHOICES)
    assert read_value(question, "one SUPPLIER").data == "Один поставщик"
    assert read_value(question, "Два поставщика").data == "Два поставщика"
    several = of_kind("multi", choices=CHOICES)
    assert read_value(several, ["Two suppliers", "Один поставщик"]).data == [
        "Два поставщика",
        "Один поставщик",
    ]


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [
        ("1 500 000", 150_000_000),
        ("1 500,50 ₽", 150_050),
        ("1,500.5", 150_050),
        ("−12", -1_200),
        ("0,1", 10),
    ],
)
def test_money_is_read_as_people_write_it(text, kopecks):
    assert read_value(of_kind("money"), text).data == kopecks


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("money", "much"),
        ("number", "1.2.3"),
        ("number", "NaN"),
        ("percent", "1e99"),
        ("date", "31.02.2026"),
        ("choice", "Ten suppliers"),
        ("multi", "One supplier; nobody"),
        ("text", " \n "),
        ("text", "x" * 20_001),
    ],
)
def test_what_is_no_answer_of_the_kind_is_refused_with_a_hint(kind, text):
    with pytest.raises(ValueInvalid) as refused:
        read_value(of_kind(kind, choices=CHOICES), text)
    assert str(refused.value).endswith((".", "!"))
