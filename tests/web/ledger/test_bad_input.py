"""Bad files through the wizard: a sentence with place and remedy, and nothing changed."""

from typing import Any

import pytest

from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger.models import LedgerImport, Segment
from tests.flows.bad_input import GOOD, HEAD, REFUSED, WRONG, text
from tests.web.ledger.conftest import Wizard

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def nothing_happened() -> bool:
    return not Client.objects.exists() and not Segment.objects.exists()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_sentence(wizard: Wizard, name: str):
    make, sentence = REFUSED[name]
    answer = wizard.send(make())
    if answer.status_code == 302:  # it has titles: the check finds that there is nothing below
        found = LedgerImport.objects.get()
        answer = wizard.choose(found)
        wizard.post("check", found)
        assert found.state in ("uploaded", "failed")
        assert found.failure or answer.status_code == 422
    else:
        assert answer.status_code == 422
        assert sentence in text_of(answer)
        assert not LedgerImport.objects.exists()
    assert nothing_happened()


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_cell_is_named_with_place_and_remedy(wizard: Wizard, name: str):
    content, column, sentence = WRONG[name]
    found = wizard.checked(content)
    (error,) = found.report["errors"]
    assert (error["row"], error["column"]) == (30, column)
    assert sentence in error["sentence"]
    assert "row 30" in error["sentence"].casefold()
    assert wizard.post("publish", found).status_code == 422
    assert nothing_happened()


def test_a_wrong_encoding_names_the_byte_and_another_one(wizard: Wizard):
    found = wizard.sent((HEAD + GOOD.replace("Acme", "Лютик")).encode("cp1251"))
    answer = wizard.choose(found, encoding="utf-8")
    assert answer.status_code == 422
    assert "is not utf-8. Try the encoding cp1251." in text_of(answer)
    assert nothing_happened()


def test_two_rows_of_titles_are_one_head(wizard: Wizard):
    head = "Sales;;;;;\n" + HEAD
    found = wizard.checked(text("", head=head))
    assert (found.error_count, found.lines) == (0, 28)


def test_two_hundred_columns_are_shown(wizard: Wizard):
    wide = ";".join(["Date", "Client", "Amount", *(f"c{n}" for n in range(197))])
    rows = "".join(f"0{n}.10.2026;A;{n}{';x' * 197}\n" for n in range(1, 9))
    found = wizard.checked(f"{wide}\n{rows}".encode())
    assert (found.error_count, found.lines) == (0, 8)
