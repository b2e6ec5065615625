"""The fields of a sales line, and the words by which files call them."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Field:
    """One field of a line; `shape` is text, number or date; `loose` lets part of a title match."""

    code: str
    title: "_StrPromise"
    required: bool
    aliases: tuple[str, ...]
    shape: str = "text"
    loose: bool = True


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


FIELDS: tuple[Field, ...] = (
    Field(
        "date",
        _("Date"),
        True,
        _words(
            "дата, дата документа, дата отгрузки, дата реализации, дата продажи, дата операции,"
            " дата платежа, день, период, date, order date, invoice date, document date, doc date,"
            " ship date, posting date, transaction date, sale date, day"
        ),
        "date",
    ),
    Field(
        "amount",
        _("Amount"),
        True,
        _words(
            "сумма, сумма продажи, сумма продаж, сумма документа, сумма реализации, сумма оплаты,"
            " сумма с ндс, сумма без ндс, стоимость, стоимость продажи, стоимость продаж, выручка,"
            " выручка с ндс, выручка без ндс, оборот, продажи, итого, всего, amount, sales amount,"
            " line amount, net amount, line total, total amount, total, revenue, sales, sum, value,"
            " turnover"
        ),
        "number",
    ),
    Field(
        "client_code",
        _("Client code"),
        False,
        _words(
            "код клиента, код контрагента, код покупателя, код партнера, ид клиента, id клиента,"
            " client code, client id, client key, client no, customer code, customer id,"
            " customer key, customer no, customer number, reseller key, reseller id,"
            " account number, account id, account no, partner id, buyer id"
        ),
    ),
    Field(
        "client_name",
        _("Client"),
        False,
        _words(
            "клиент, контрагент, покупатель, заказчик, партнер, грузополучатель, плательщик,"
            " наименование клиента, наименование контрагента, клиент покупатель, организация,"
            " client, client name, customer, customer name, company, company name, buyer, account,"
            " account name, reseller, reseller name, partner"
        ),
    ),
    Field(
        "client_inn",
        _("Client’s INN (tax number)"),
        False,
        _words("инн, инн клиента, инн контрагента, инн покупателя, inn, tin, tax id, tax number"),
    ),
    Field(
        "document",
        _("Document"),
        False,
        _words(
            "документ, номер документа, номер, регистратор, накладная, номер накладной,"
            " документ продажи, документ реализации, реализация, счет фактура, номер заказа,"
            " ссылка, document, document no, document number, doc no, invoice, invoice no,"
            " invoice number, order number, order no, order id, sales order number, sales order,"
            " receipt, number"
        ),
    ),
    Field(
        "kind",
        _("Kind of operation"),
        False,
        _words(
            "вид, вид операции, тип операции, вид документа, тип документа, хозоперация, операция,"
            " тип, kind, type, document type, transaction type, operation, entry type"
        ),
        loose=False,
    ),
    Field(
        "product_code",
        _("Product code"),
        False,
        _words(
            "артикул, код товара, код номенклатуры, код продукции, sku, stock code, product code,"
            " product id, product key, product no, item code, item no, item number, part number"
        ),
    ),
    Field(
        "product_name",
        _("Product"),
        False,
        _words(
            "товар, номенклатура, наименование, наименование товара, наименование номенклатуры,"
            " продукция, услуга, товары работы услуги, описание, product, product name, item,"
            " item name, description, goods, item description"
        ),
    ),
    Field(
        "category",
        _("Category"),
        False,
        _words(
            "категория, товарная категория, группа, товарная группа, группа товаров,"
            " номенклатурная группа, группа номенклатуры, вид номенклатуры, category,"
            " product category, product group, group, item group"
        ),
        loose=False,
    ),
    Field(
        "quantity",
        _("Quantity"),
        False,
        _words(
            "количество, кол во, колво, кол, количество товара, quantity, qty, order quantity,"
            " units, pieces, count"
        ),
        "number",
    ),
    Field(
        "price",
        _("Price"),
        False,
        _words(
            "цена, цена за единицу, цена за ед, цена продажи, цена реализации, price, unit price,"
            " sale price, item price"
        ),
        "number",
    ),
    Field(
        "cost",
        _("Cost of the line"),
        False,
        _words(
            "себестоимость, сумма себестоимости, себестоимость продаж, себестоимость продажи,"
            " себестоимость руб, cost, line cost, total cost, total product cost, cogs,"
            " cost amount, cost of goods sold"
        ),
        "number",
    ),
    Field(
        "unit_cost",
        _("Cost of one unit"),
        False,
        _words(
            "себестоимость единицы, себестоимость за единицу, себестоимость за ед,"
            " себестоимость ед, цена закупки, закупочная цена, учетная цена, unit cost,"
            " product standard cost, standard cost, purchase price, cost price"
        ),
        "number",
    ),
    Field(
        "manager",
        _("Manager"),
        False,
        _words(
            "менеджер, ответственный, ответственный менеджер, основной менеджер, продавец, manager,"
            " manager code, salesperson, sales person, sales rep, employee, employee key,"
            " employee id, seller, account manager"
        ),
    ),
    Field(
        "external_key",
        _("Key of the line"),
        False,
        _words(
            "ключ, ключ строки, идентификатор строки, ид строки, id строки, guid, uuid, уид,"
            " external key, external id, line key, line id, row id"
        ),
        loose=False,
    ),
    Field(
        "currency",
        _("Currency"),
        False,
        _words("валюта, валюта документа, currency, currency code"),
        loose=False,
    ),
)
BY_CODE = {field.code: field for field in FIELDS}
LEVEL_FIELDS = ("client_name", "client_code", "document", "product_name", "category", "manager")

# Sums that are not the sum of the sale, whatever else their title says.
_NOT_MONEY = re.compile(
    r"скид|налог|наценк|прибыл|рентаб|остат|долг|задолж|оплачен|вес|процент|доля|"
    r"\btax|discount|freight|margin|profit|balance|percent|\bpct|weight|\bvat\b|"
    r"(?<!с )(?<!без )\bндс"
)
# Titles that speak of a client without being its name.
_NOT_NAME = re.compile(
    r"\b(number|no|id|key|code|po|type|group|address|phone|e ?mail|city|country|region|since)\b|"
    r"код|номер|адрес|телефон|регион|тип|вид|город|\bинн\b|\bкпп\b|менеджер|групп|сегмент"
)
_CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])|(?<=[A-Z])(?=[A-Z][a-z])")


def plain_title(title: str) -> str:
    """Return a column's title as it is compared: words apart, no case, no marks.

    Examples
    --------
    >>> plain_title("SalesOrderNumber"), plain_title("Сумма с НДС, руб.")
    ('sales order number', 'сумма с ндс руб')
    """
    apart = _CAMEL.sub(" ", title.replace("№", " номер ")).casefold().replace("ё", "е")
    return " ".join(re.sub(r"[\W_]+", " ", apart).split())


def title_score(field: Field, title: str) -> int:
    """Return how surely a column called `title` holds `field`: 3 the very words … 0 not at all."""
    plain = plain_title(title)
    if not plain or (field.shape == "number" and _NOT_MONEY.search(plain)):
        return 0
    if plain in field.aliases:
        return 3
    if not field.loose or _means_another(field, plain):
        return 0
    if any(plain.startswith(alias + " ") for alias in field.aliases if len(alias) > 3):
        return 2
    padded = f" {plain} "
    return int(any(f" {alias} " in padded for alias in field.aliases if len(alias) > 3))


def _means_another(field: Field, plain: str) -> bool:
    if field.code == "client_name":
        return _NOT_NAME.search(plain) is not None
    return field.code == "amount" and "себестоим" in plain


def matched_fields(titles: list[str]) -> int:
    """Return how many different fields are named among the titles by their very words or nearly."""
    return sum(any(title_score(field, t) >= 2 for t in titles) for field in FIELDS)
