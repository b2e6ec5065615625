"""A layout is kept as JSON, and columns are guessed by their titles and values."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.domain.ledger.reader import FIELDS, Mapping, preview
from kamerton.domain.ledger.reader.fields import BY_CODE, title_score

from .files import csv_file

MAPPINGS = st.builds(
    Mapping,
    columns=st.dictionaries(st.sampled_from(sorted(BY_CODE)), st.integers(0, 200), max_size=9),
    sheet=st.text(max_size=9),
    header_row=st.integers(0, 90),
    levels=st.lists(st.sampled_from(["client_name", "document", ""]), max_size=3).map(tuple),
    with_vat=st.sampled_from([None, True, False]),
    kind_words=st.dictionaries(st.text(max_size=4), st.just("order"), max_size=2),
)


@given(mapping=MAPPINGS)
def test_a_layout_survives_json(mapping: Mapping) -> None:
    assert Mapping.from_json(json.loads(json.dumps(mapping.to_json()))) == mapping


def test_a_layout_of_another_version_is_still_read() -> None:
    assert Mapping.from_json({"columns": {"date": 1}, "colour": "red"}) == Mapping({"date": 1})


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("date", "Дата отгрузки"),
        ("amount", "Сумма с НДС, руб."),
        ("amount", "Выручка без НДС"),
        ("cost", "Себестоимость, руб."),
        ("unit_cost", "Себестоимость ед."),
        ("client_code", "Customer ID"),
        ("client_name", "Контрагент.Наименование"),
        ("client_inn", "ИНН контрагента"),
        ("document", "№ документа"),
        ("document", "SalesOrderNumber"),
        ("product_code", "StockCode"),
        ("product_name", "Номенклатура"),
        ("quantity", "Кол-во, шт."),
        ("price", "unit_price"),
        ("manager", "Основной менеджер"),
        ("currency", "Валюта"),
    ],
)
def test_titles_people_use(code: str, title: str) -> None:
    scores = {field.code: title_score(field, title) for field in FIELDS}
    assert scores[code] == max(scores.values()) >= 2


@pytest.mark.parametrize(
    "title",
    ["Сумма НДС", "Сумма скидки", "Рентабельность", "TaxAmt", "DiscountAmount", "Сумма долга"],
)
def test_sums_that_are_not_the_sale(title: str) -> None:
    assert title_score(BY_CODE["amount"], title) == 0


def test_values_must_fit_the_title(tmp_path: Path) -> None:
    rows = [
        ("Дата", "Клиент", "Сумма", "Стоимость", "Комментарий"),
        ("05.10.2026", "А", "прописью", "10", "x"),
    ]
    looked = preview(csv_file(tmp_path / "a.csv", rows), name="a.csv")
    assert looked.mapping.columns == {"date": 0, "amount": 3, "client_name": 1}
    assert [c.title for c in looked.unmapped] == ["Сумма", "Комментарий"]


def test_vat_is_learned_from_the_title(tmp_path: Path) -> None:
    rows = [("Дата", "Клиент", "Сумма без НДС"), ("05.10.2026", "А", "10")]
    looked = preview(csv_file(tmp_path / "a.csv", rows), name="a.csv")
    assert looked.mapping.with_vat is False
    assert "Amounts are without VAT." in looked.notes


def test_every_field_has_a_title_and_words() -> None:
    for field in FIELDS:
        assert str(field.title)
        assert field.aliases
        assert all(alias == " ".join(alias.split()) for alias in field.aliases)
