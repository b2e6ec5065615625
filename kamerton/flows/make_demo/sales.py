"""Three years of sales of the demo company as a file, as its accounting would give it.

The last closed year comes out at the figures of `clients` to the kopeck; everything else is drawn
from a seeded generator, so that the same day gives the same company.
"""

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from kamerton.calc.period import Month
from kamerton.flows.make_demo.clients import DemoClient, everybody
from kamerton.flows.make_demo.hiring import training

SEED = 20_260_101
MONTHS = 36
HEAD = (
    *("Дата", "Документ", "Вид", "Контрагент", "ИНН", "Код", "Номенклатура", "Категория"),
    *("Количество", "Сумма", "Себестоимость", "Менеджер"),
)
#: Spring and autumn are the season of pipes and valves; January sleeps.
SEASON = (0.72, 0.82, 0.98, 1.08, 1.14, 1.1, 1.0, 1.06, 1.16, 1.12, 1.0, 0.82)
GOODS = {
    "Фланцы": (("F-050", "Фланец DN 50 PN 16", 780), ("F-100", "Фланец DN 100 PN 16", 1450)),
    "Задвижки": (("Z-080", "Задвижка DN 80", 9200), ("Z-150", "Задвижка DN 150", 18_600)),
    "Клапаны": (("K-025", "Клапан обратный DN 25", 2100), ("K-050", "Клапан DN 50", 5400)),
    "Отводы": (("O-089", "Отвод 90° 89×6", 420), ("O-159", "Отвод 90° 159×8", 1350)),
    "Краны": (("R-020", "Кран шаровой DN 20", 560), ("R-050", "Кран шаровой DN 50", 2350)),
    "Крепёж": (("B-016", "Болт М16×70, кг", 190), ("B-020", "Шпилька М20, кг", 240)),
}
NO_CLIENT_MONTHS = 7  # every so many months a sale for cash without a client


@dataclass(frozen=True)
class Sale:
    """One line of the file; money in kopecks, signed."""

    day: dt.date
    document: str
    kind: str
    client: str
    inn: str
    goods: tuple[str, str, str]  # code, name, category
    quantity: int
    amount: int
    cost: int | None
    manager: str


def write(path: Path, *, today: dt.date, managers: Mapping[str, str]) -> int:
    """Write the file; `managers` names the people as the accounting does. Returns its lines."""
    sales = sorted(_everything(today, managers), key=lambda sale: (sale.day, sale.document))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEAD)
        writer.writerows(_row(sale) for sale in sales)
    return len(sales)


def _row(sale: Sale) -> tuple[str, ...]:
    cost = "" if sale.cost is None else _rub(sale.cost)
    return (
        *(f"{sale.day:%d.%m.%Y}", sale.document, sale.kind, sale.client, sale.inn, *sale.goods),
        *(str(sale.quantity), _rub(sale.amount), cost, sale.manager),
    )


def _rub(kopecks: int) -> str:
    sign, whole = ("-", -kopecks) if kopecks < 0 else ("", kopecks)
    return f"{sign}{whole // 100},{whole % 100:02}"


def _everything(today: dt.date, managers: Mapping[str, str]) -> Iterator[Sale]:
    last = Month.of(today)
    for place, client in enumerate(everybody()):
        draw = Random(SEED + place)
        for month in (last + step for step in range(-MONTHS, 1)):
            if not client.gone <= last - month <= client.came:
                continue
            yield from _month(client, place, month, managers[client.manager], today, draw)
    yield from _without_client(last)
    yield from _trained(managers, today)


def _month(
    client: DemoClient, place: int, month: Month, manager: str, today: dt.date, draw: Random
) -> Iterator[Sale]:
    """One client's month: shipments that sum to the month's share, a return at times, cash."""
    total = _month_total(client, month, Month.of(today))
    count = max(1, round(client.rhythm + draw.uniform(-0.7, 0.7)))
    shares = [draw.uniform(0.6, 1.4) for _ in range(count)]
    days = sorted(draw.randint(1, month.last_day.day) for _ in range(count))
    returned = round(total * 0.03) if draw.random() < 0.08 else 0
    left, weights = total + returned, sum(shares)
    for number, (day, share) in enumerate(zip(days, shares, strict=True), 1):
        amount = left if number == count else round((total + returned) * share / weights)
        left -= amount
        made = dt.date(month.year, month.month, day)
        document = f"{month.year % 100:02}{month.month:02}-{place:02}{number:02}"
        if made < today and not training.is_written(client.name, made, today):
            yield from _shipment(client, document, made, amount, manager, draw)
            yield from _payment(client, document, made, amount, manager, today)
    trained = training.is_written(client.name, month.last_day, today)
    if returned and month.last_day < today and not trained:
        yield _returned(client, month, place, returned, manager)


def _month_total(client: DemoClient, month: Month, running: Month) -> int:
    """Kopecks of a month; the twelve before the running one sum to the year exactly."""
    back = running - month  # 0 is the running month
    year = (back - 1) // 12 if back else 0
    target = client.year * 1000 * 100 / (1 + client.growth) ** max(year, 0)
    weights = [_weight(client, running + -step) for step in range(12, 0, -1)]
    if not 1 <= back <= 12:
        return round(target * _weight(client, month) / sum(weights))
    place = 12 - back
    before = [round(target * weight / sum(weights)) for weight in weights[:-1]]
    return before[place] if place < 11 else round(target) - sum(before)


def _weight(client: DemoClient, month: Month) -> float:
    """A client's month against his mean: season and his own wave, the same at each run."""
    wave = Random(f"{client.name}{month}").uniform(0.85, 1.15)
    return SEASON[month.month - 1] * wave


def _shipment(
    client: DemoClient, document: str, day: dt.date, amount: int, manager: str, draw: Random
) -> Iterator[Sale]:
    """A document of one to three lines."""
    goods = [good for name in client.categories for good in _of(name)]
    count = min(draw.randint(1, 3), len(goods))
    left = amount
    for number, (good, price) in enumerate(draw.sample(goods, count), 1):
        part = left if number == count else amount // count
        left -= part
        quantity = max(1, round(part / 100 / price))
        cost = round(part * (1 - client.margin * draw.uniform(0.9, 1.1)))
        inn = str(client.card.get("inn", ""))
        yield Sale(
            day, document, "Реализация", client.name, inn, good, quantity, part, cost, manager
        )


def _of(category: str) -> list[tuple[tuple[str, str, str], int]]:
    return [((code, name, category), price) for code, name, price in GOODS[category]]


def _payment(
    client: DemoClient, document: str, day: dt.date, amount: int, manager: str, today: dt.date
) -> Iterator[Sale]:
    """Money comes after 10 to 40 days; from those who pay late, a month later still."""
    draw = Random(f"{client.name}{document}")
    wait = draw.randint(10, 40) + (draw.randint(20, 45) if draw.random() < client.late else 0)
    paid = day + dt.timedelta(days=wait)
    if paid < today:
        inn = str(client.card.get("inn", ""))
        number, goods = f"П-{document}", ("", "", "")
        yield Sale(paid, number, "Оплата", client.name, inn, goods, 0, amount, None, manager)


def _returned(client: DemoClient, month: Month, place: int, amount: int, manager: str) -> Sale:
    good, price = _of(client.categories[0])[0]
    cost = round(amount * (1 - client.margin))
    quantity = -max(1, round(amount / 100 / price))
    number = f"В-{month.year % 100:02}{month.month:02}-{place:02}"
    inn, name = str(client.card.get("inn", "")), client.name
    day = month.last_day
    return Sale(day, number, "Возврат", name, inn, good, quantity, -amount, -cost, manager)


def _trained(managers: Mapping[str, str], today: dt.date) -> Iterator[Sale]:
    """Sales to the clients that newcomers learn on, while they do."""
    known = {client.name: client for client in everybody()}
    for name, day, amount in training.shipments(today):
        client = known[name]
        good, price = _of(client.categories[0])[0]
        quantity, cost = max(1, round(amount / 100 / price)), round(amount * (1 - client.margin))
        document = f"У-{day:%y%m%d}-{name[:3]}"
        sold = ("Реализация", name, "", good, quantity, amount, cost, managers[client.manager])
        yield Sale(day, document, *sold)
        yield from _payment(client, document, day, amount, managers[client.manager], today)


def _without_client(last: Month) -> Iterator[Sale]:
    """Small sales for cash that the accounting ties to nobody."""
    good, _ = _of("Крепёж")[0]
    for step in range(-MONTHS, 0, NO_CLIENT_MONTHS):
        month = last + step
        day = dt.date(month.year, month.month, 17)
        number = f"Р-{month.year % 100:02}{month.month:02}"
        yield Sale(day, number, "Реализация", "", "", good, 40, 760_000, 590_000, "")
