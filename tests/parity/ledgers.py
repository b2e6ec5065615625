"""Made-up ledgers: returns, unknown cost, lines without a client, merged codes, Cyrillic."""

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
FIRST_DAY = dt.date(2023, 11, 3)
SINCE, UNTIL = dt.date(2024, 3, 1), dt.date(2025, 2, 28)
NAMES = [
    "ООО «Ёлка»",
    "АО «Щит»",
    "ИП Ыкин Ю. Я.",
    "Ромашка, «Север»",
    "O'Brien & Co",
    "",
    "Точка №1",
]
CATEGORIES = ["Задвижки", "Фланцы", "Ёмкости", "Насосы", "", None]
KINDS = ["shipment"] * 8 + ["payment"] * 3 + ["return", "correction", "order", "invoice"]


@dataclass(frozen=True)
class Ledger:
    """Lines as plain rows, and the client of each code."""

    lines: list[Row]
    codes: dict[str, int]
    rows: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", len(self.lines))


def line(number: int, **given: Any) -> Row:
    """Return one line with every column; `given` replaces the defaults."""
    row: Row = {
        "line_no": number,
        "external_key": f"к-{number}",
        "date": dt.date(2024, 6, 15),
        "kind": "shipment",
        "document": f"УТ-{number:05}",
        "client_code": "А1",
        "client_name": "ООО «Ёлка»",
        "client_inn": "7707083893",
        "product_code": "Ф-50",
        "product_name": "Фланец Ду50",
        "category": "Фланцы",
        "quantity": 1000,
        "amount": 12_345,
        "cost": 10_000,
        "manager_code": "М1",
    }
    return row | given


def random_ledger(seed: int, *, clients: int = 14, lines: int = 600) -> Ledger:
    """Return a ledger in which every nasty thing happens."""
    dice = random.Random(seed)
    codes = [f"К{n:02}" for n in range(clients)]
    # every fourth code was merged into its neighbour, one code is unknown to the base
    mapped = {code: 100 + n - (n % 4 == 3) for n, code in enumerate(codes[:-1])}
    mapped[""] = 999  # nobody may become the client of lines without a client
    rows = [_random_line(dice, number, codes) for number in range(lines)]
    return Ledger(rows, mapped)


def _random_line(dice: random.Random, number: int, codes: list[str]) -> Row:
    kind = dice.choice(KINDS)
    sign = -1 if kind == "return" else dice.choice([1, -1]) if kind == "correction" else 1
    code = dice.choice([*codes, codes[0], "", None])
    # the second code sells with no cost known at all; sums must stay null there
    known = code != codes[1] and dice.random() < 0.8 and kind in {"shipment", "return"}
    day = FIRST_DAY + dt.timedelta(days=dice.randrange(0, 520, dice.choice([1, 1, 7])))
    amount = dice.choice([1, 33, 10_000, 99_999_999_999_999]) * dice.randrange(1, 9)
    return line(
        number,
        date=day,
        kind=kind,
        document=dice.choice([f"УТ-{day:%y%m}{dice.randrange(4)}", "", None]),
        client_code=code,
        client_name=dice.choice(NAMES),
        product_code=dice.choice(["Ф-50", "З-80", None]),
        category=dice.choice(CATEGORIES),
        quantity=sign * dice.randrange(0, 5000),
        amount=sign * amount,
        cost=sign * (amount - amount // 5) if known else None,
        manager_code=dice.choice(["М1", "М2", "Щ", "", None]),
    )
