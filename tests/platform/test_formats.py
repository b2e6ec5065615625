"""Numbers, money and dates are written as each language writes them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from kamerton.platform import formats


@pytest.fixture
def russian():
    with translation.override("ru"):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def spaced(text: str) -> str:
    """Show the special spaces as plain ones."""
    return text.replace("\u00a0", " ")


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize(
    ("value", "written"),
    [
        (123_456_700, "1 234 567 ₽"),  # an int is kopecks
        (Decimal("1234567.50"), "1 234 568 ₽"),
        (-50_000, "−500 ₽"),
        (0, "0 ₽"),
    ],
)
def test_money_in_russian_has_spaces_and_the_sign_behind(value, written):
    assert spaced(formats.money(value)) == written


@pytest.mark.usefixtures("russian")
def test_thousands_are_parted_by_a_space_that_does_not_break():
    assert formats.number(1234567) == "1\u00a0234\u00a0567"


@pytest.mark.usefixtures("english")
def test_money_in_english_has_commas_and_the_sign_before():
    assert formats.money(123_456_789, 2) == "₽1,234,567.89"
    assert formats.money(Decimal("-12.5"), 2, "USD") == "−$12.50"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal(6_240_000), "₽6.24M"),
        (Decimal(62_400_000), "₽62.4M"),
        (Decimal(999_600), "₽1M"),  # never 1000K
        (Decimal(290_000), "₽290K"),
        (Decimal(999), "₽999"),
        (Decimal(-1_500_000_000), "−₽1.50B"),
    ],
)
def test_short_money_keeps_three_digits(value, written):
    assert formats.money_short(value) == written


@pytest.mark.usefixtures("russian")
def test_a_share_is_a_percentage_with_a_space_before_the_sign():
    assert formats.percent(0.634) == "63\u00a0%"
    assert formats.percent(Decimal("0.0845"), 1) == "8,5\u00a0%"
    assert formats.percent(0.04, plus=True) == "+4\u00a0%"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("empty", [None, "", float("nan")])
@pytest.mark.parametrize(
    "write", [formats.number, formats.money, formats.money_short, formats.percent, formats.short]
)
def test_what_is_missing_is_named_and_never_a_zero(write, empty):
    assert write(empty) == "no data"


@pytest.mark.usefixtures("english")
def test_half_rounds_up_as_people_do():
    assert formats.number(Decimal("2.5"), 0) == "3"
    assert formats.number(Decimal("0.125"), 2) == "0.13"
    assert formats.number(0.1 + 0.2) == "0.3"


@pytest.mark.parametrize(("language", "written"), [("ru", "21.11.2026"), ("en", "21 Nov 2026")])
def test_a_day_is_written_by_language(language, written):
    with translation.override(language):
        assert formats.day(dt.date(2026, 11, 21)) == written


@pytest.mark.usefixtures("russian")
def test_a_month_is_named_in_its_plain_form():
    assert formats.month(dt.date(2026, 10, 1)) == "октябрь 2026"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "today"), (1, "yesterday"), (-1, "tomorrow"), (5, "5 days ago"), (365, "12 months ago"),
     (1100, "3 years ago")],
)  # fmt: skip
def test_how_long_ago_is_said_in_words(days, said):
    assert formats.ago(timezone.localdate() - dt.timedelta(days=days)) == said


@pytest.mark.usefixtures("english")
def test_a_moment_late_in_the_evening_belongs_to_the_local_day():
    moment = dt.datetime(2026, 11, 20, 22, 30, tzinfo=dt.UTC)  # 01:30 in Moscow
    assert formats.day(moment) == "21 Nov 2026"


@pytest.mark.parametrize(
    ("name", "letters"), [("Анна Белова", "АБ"), ("Тёрнер", "Т"), ("", ""), ("a b c", "AB")]
)
def test_initials_are_two_letters_at_most(name, letters):
    assert formats.initials(name) == letters
