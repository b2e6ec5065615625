"""The candidates of the demo: those of the interview day by name, all the others drawn.

Nobody here is a real person: names are put together, phones are of a code that nobody has,
addresses are of a domain that does not exist.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from kamerton.domain.hiring.queries import ImportRow, Person, tidied

SEED = 1042
OURS = "Трубопроводная арматура"
#: What the niche of the vacancy borders on, and how near it is by its clients.
NEAR = {"Инженерная сантехника": 0.8, "Насосы": 0.7, "КИПиА": 0.6, "Металлопрокат": 0.5}
FAR = ("Стройматериалы", "Электротехника", "Логистика", "Упаковка", "Спецодежда", "Автозапчасти")
DONORS = ("ООО «Арматурный дом»", "АО «Трубная линия»", "ООО «ТехноКлапан»")
STOPPED = "ООО «Схема-Трейд»"
EMPLOYERS = (
    *("ООО «Стройбаза 21»", "АО «Волгаметиз»", "ООО «ПромСнабСервис»", "ООО «Гидротехника-М»"),
    *("ООО «Насосный двор»", "АО «Прибор-Урал»", "ООО «Сантехкомплект-П»", "ООО «Кабель-Опт»"),
    *("ООО «Логист-Экспресс»", "ООО «Упаковка Плюс»", "ООО «СпецФорма»", "АО «МеталлДом»"),
)
REGIONS = ("Пермский край", "Свердловская область", "Татарстан", "Самарская область", "Башкирия")
POSITIONS = (
    *("Менеджер по продажам", "Менеджер по работе с клиентами"),
    *("Ведущий менеджер B2B", "Руководитель группы продаж"),
)
_MEN = "Алексей Андрей Антон Артур Вадим Виталий Глеб Денис Егор Иван Кирилл Максим Никита Олег"
_WOMEN = "Алёна Алла Валерия Вероника Дарья Диана Евгения Инна Карина Ксения Лилия Полина Юлия Яна"
_SURNAMES = (
    "Авдеев Агапов Алёхин Артемьев Баженов Батурин Безруков Бирюков Бочаров Булгаков Ваганов "
    "Веденеев Верещагин Воронцов Гладков Голубев Горшков Гришин Данилин Дорофеев Дружинин Дьячков "
    "Евсеев Еремеев Ермилов Жилин Завьялов Зимин Зотов Игнатов Калачёв Карпухин Кириллов Колосов "
    "Корнеев Кудрявцев Лазарев Лебедев Логинов Лукьянов Малахов Маслов Меркулов Мишин Моисеев "
    "Нечаев Никонов Окулов Осипов Павлов Пахомов Плотников Поздняков Прохоров Рассказов Рожков "
    "Савин Селезнёв Синицын Спирин Суханов Терентьев Трофимов Ушаков Федотов Харитонов Чистяков "
    "Шаров Шестаков Щукин Юрьев Яшин"
)

#: The interview day: hour, who is invited. "+" came, a number: came so many minutes late, "-" did
#: not, "!" said yes, "?" is silent, "x" called off.
SLOTS: tuple[tuple[float, tuple[tuple[str, str], ...]], ...] = (
    (9.0, (("Ольга Соколова", "+"), ("Тимур Ребров", "-"), ("Артём Юдин", "-"))),
    (9.5, (("Рустам Галимов", "+"), ("Нина Ершова", "+"), ("Сергей Панин", "-"))),
    (10.0, (("Павел Тихонов", "-"), ("Анна Рыкова", "-"), ("Юрий Белов", "-"))),
    (10.5, (("Жанна Карасёва", "7"), ("Лев Фомин", "-"), ("Степан Лыков", "-"))),
    (11.0, (("Андрей Журавлёв", "+"), ("Ирина Мельник", "-"), ("Остап Ковтун", "+"))),
    (11.5, (("Вера Одинцова", "+"), ("Илья Шилов", "?"), ("Марк Дёмин", "-"))),
    (12.0, (("Роман Власов", "!"), ("Марина Ким", "!"), ("Тамара Рощина", "?"))),
    (12.5, (("Борис Егоров", "!"), ("Лейла Сафина", "?"), ("Денис Лунин", "x"))),
    (16.0, (("Наум Наумов", "!"), ("Эльвира Гордеева", "?"), ("Герман Титов", "?"))),
    (
        16.5,
        (("Майя Орлова", "!"), ("Ярослав Зуев", "!"), ("Фёдор Чернов", "!"), ("Ян Блинов", "?")),
    ),
    (17.0, (("Виктор Сорокин", "?"), ("Оксана Петренко", "x"), ("Давид Уваров", "x"))),
    (17.5, (("Зоя Макеева", "!"), ("Тарас Жданов", "?"), ("Матвей Рогов", "?"))),
)
GROUP_HOUR = 14.0
#: Who came on the two days before: the first five were chosen, the others come to the group.
CAME = (
    *("Лариса Гущина", "Константин Разумов", "Эмма Штерн", "Арсен Мкртчян", "Вадим Калугин"),
    *("Регина Ахметова", "Пётр Слепнёв", "Наталья Воробьёва", "Игнат Крылов", "Римма Зайцева"),
    *("Филипп Аносов", "Софья Ларина", "Григорий Дубов", "Елизавета Рябова", "Захар Миронов"),
    *("Ульяна Седых", "Родион Басов", "Клара Иванникова"),
)
NEW_IN_GROUP = ("Семён Кочетов", "Агата Лисова", "Эдуард Пяткин", "Влада Серова", "Борислав Гай")
NEVER_CAME = ("Аркадий Снегов", "Милана Рудая", "Прохор Чижов")
#: Who missed the first date and is invited again for today.
MISSED_ONCE = (
    *("Тимур Ребров", "Сергей Панин", "Анна Рыкова", "Степан Лыков", "Илья Шилов"),
    *("Тамара Рощина", "Лейла Сафина", "Герман Титов", "Ян Блинов", "Матвей Рогов"),
)


@dataclass(frozen=True)
class Applicant:
    """A candidate of the file: who he is and what he wants, roubles a month."""

    number: int
    name: str
    employer: str
    niche: str
    region: str
    position: str
    wants: int
    phone: bool = True

    def row(self) -> ImportRow:
        """Return him as a row of an import."""
        person = Person(
            self.name,
            phone=f"+7 555 {self.number:07}" if self.phone else "",
            email=f"candidate{self.number}@mail.example",
            employer=self.employer,
            position=self.position,
            niche=self.niche,
            region=self.region,
        )
        return ImportRow(tidied(person), self.wants * 100)


def invited() -> tuple[str, ...]:
    """The sixty-three people of the vacancy who were ever invited, mixed over the sources."""
    today = tuple(name for _hour, people in SLOTS for name, _state in people)
    everybody = [*CAME, *today, *NEW_IN_GROUP, *NEVER_CAME]
    Random(SEED).shuffle(everybody)
    return tuple(everybody)


def names(count: int, draw: Random) -> Iterator[str]:
    """Yield so many names, none twice."""
    surnames = _SURNAMES.split()
    pairs = [(first, one) for first in _MEN.split() for one in surnames]
    pairs += [(first, _of_woman(one)) for first in _WOMEN.split() for one in surnames]
    yield from (f"{first} {surname}" for first, surname in draw.sample(pairs, count))


def applicant(number: int, name: str, draw: Random, *, phone: bool = True) -> Applicant:
    """Draw where one comes from."""
    niche = draw.choice((OURS, *NEAR, *NEAR, *FAR, *FAR))
    donor = niche == OURS and draw.random() < 0.6
    return Applicant(
        number,
        name,
        draw.choice(DONORS if donor else EMPLOYERS),
        niche,
        draw.choice(REGIONS),
        draw.choice(POSITIONS),
        wants=draw.randrange(90, 190, 5) * 1000,
        phone=phone,
    )


def _of_woman(surname: str) -> str:
    return f"{surname}а"
