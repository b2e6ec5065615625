"""The clients that newcomers learn on, and what they bought before and during the probation.

Their sales of these weeks stand in the file of the accounting as written here, so that the growth
that a verdict rests on is the ledger's own. Shares are of the baseline of four weeks.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from kamerton.flows.make_demo.hiring.clock import monday

TERM = 28  # days of a probation, and of its baseline
UNIT = 300_000  # kopecks
#: What the five clients of a newcomer bought in four weeks before him, and their parts after.
BEFORE, PARTS = (8, 6, 5, 7, 4), (10, 5, 6, 5, 4)
BASELINE_DAYS, TERM_DAYS = (24, 10), (2, 6, 10, 14, 18, 22, 26)
LATER_DAYS = (30, 34, 38)  # of a probation that was extended


@dataclass(frozen=True)
class Training:
    """Five clients of one newcomer: begun some weeks ago; what each shipment is of the baseline."""

    clients: tuple[str, ...]
    began: int  # days before the demo's day, at most six more: it begins on a Monday
    share: float
    later: float = 0.0

    def starts_on(self, today: dt.date) -> dt.date:
        """Return the first day."""
        return monday(today - dt.timedelta(days=self.began))

    def bought(self, today: dt.date) -> Iterator[tuple[str, dt.date, int]]:
        """Yield the shipments: client, day, kopecks."""
        first = self.starts_on(today)
        days = [*((day, self.share) for day in TERM_DAYS)]
        days += [(day, self.later) for day in LATER_DAYS if self.later]
        for place, client in enumerate(self.clients):
            for ago in BASELINE_DAYS:
                amount = BEFORE[place] * UNIT // len(BASELINE_DAYS)
                yield client, first - dt.timedelta(days=ago), amount
            for day, share in days:
                amount = round(sum(BEFORE) * UNIT * share * PARTS[place] / sum(PARTS))
                yield client, first + dt.timedelta(days=day), amount

    def covers(self, day: dt.date, today: dt.date) -> bool:
        """Tell whether a day's sales of these clients are those written here."""
        first = self.starts_on(today)
        last = max((*TERM_DAYS, *(LATER_DAYS if self.later else ())), default=0) + 3
        return first - dt.timedelta(days=TERM) <= day <= first + dt.timedelta(days=last)


#: By newcomer: passed with +31.4 %, passed beyond the seats with +30.2 %, failed, extended, on
#: the way; then those of a year ago, who had the same clients.
TRAINING = {
    "makarov": Training(
        ("Альфа-Монтаж", "Амур-Насос", "Балт-Инжиниринг", "Вятка-Тепло", "ГазКомплект"),
        49,
        1.314 / 7,
    ),
    "sokolnik": Training(
        ("Гефест-М", "ДомКомфорт", "ЕвроТруба", "Енисей-Снаб", "ЖилСтрой-7"), 33, 1.302 / 7
    ),
    "tarasov": Training(
        ("Завод-Ремонт", "КотлоМонтаж", "Кубань-Трейд", "ЛенТеплоМаш", "Лидер-Опт"), 49, 0.96 / 7
    ),
    "filina": Training(
        ("МагистральСтрой", "МеталлПром", "Ока-Строй", "Онега-Тепло", "РемТехно"),
        35,
        1.16 / 7,
        later=0.2,
    ),
    "chaykin": Training(
        ("СтройРесурс", "ТеплоДом", "Техснаб-Н", "Урал-Фланец", "УютСервис"), 14, 0.175
    ),
}
TRAINING |= {
    "dyakov": Training(TRAINING["tarasov"].clients, 375, 1.33 / 7),
    "rybin": Training(TRAINING["filina"].clients, 375, 1.36 / 7),
    "gromov": Training(TRAINING["chaykin"].clients, 368, 0.9 / 7),
}


def shipments(today: dt.date) -> Iterator[tuple[str, dt.date, int]]:
    """Yield all shipments of training clients before `today`: client, day, kopecks."""
    for training in TRAINING.values():
        yield from (sale for sale in training.bought(today) if sale[1] < today)


def is_written(client: str, day: dt.date, today: dt.date) -> bool:
    """Tell whether a client's sales of a day are those written here, not drawn."""
    return any(
        client in training.clients and training.covers(day, today) for training in TRAINING.values()
    )
