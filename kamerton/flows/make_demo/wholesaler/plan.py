"""The perspective plan of «Регион-Арматура», the worked example of the method."""

from typing import Any, NamedTuple

from kamerton.flows.make_demo.wholesaler.centre import ERSHOV, KRAVTSOV, LAPTEV, SOKOLOVA, YUSUPOV

MILLION = 100_000_000  # roubles in kopecks
THOUSAND = 100_000
STARTED_MONTHS_AGO = 4
TEXTS: dict[str, Any] = {
    "horizon_years": 3,
    "trajectory": "growth",
    "baseline": 6 * MILLION,
    "target": 15 * MILLION,
    "wallet": 24 * MILLION,
    "categories": "Фланцы",
    "stage": 2,
    "level": 2,
    "competitors": "Отечественный завод: документы и качество; прямой импорт: цена",
    "strengths": "Скорость ответа, ровное качество фланцев, доверие директора по закупкам",
    "vision": "Мы — главный поставщик импортной арматуры в регионе: совместная складская программа "
    "закрывает их срочные заявки, а нам даёт половину закупок.",
    "extra_profit": 4_200 * THOUSAND,
    "extra_profit_note": "Дополнительные продажи 16,2 млн ₽ × 26 % наценки",
}
VULNERABLE = ("Нет запаса в регионе, срок поставки 45 дней", "Технический директор против импорта")


class Goal(NamedTuple):
    """A goal with its target for each of the three years."""

    metric: str
    now: float
    targets: tuple[float, float, float]
    source: str
    title: str = ""
    unit: str = ""


GOALS = (
    Goal("sow", 0.25, (0.32, 0.40, 0.50), "wallet"),
    Goal("categories", 1, (2, 3, 4), "ledger"),
    Goal("stage", 2, (3, 4, 4), "session"),
    Goal("participants", 4, (6, 9, 10), "centre"),
    Goal("overdue", 0.084, (0.03, 0.03, 0.03), "finance"),
)


class Aim(NamedTuple):
    """Somebody to win and for what."""

    name: str
    role: str
    aim: str


PEOPLE = (
    Aim(KRAVTSOV, "ЛПР", "Из нейтрального сделать сторонником складской программы"),
    Aim(LAPTEV, "Технический контролёр", "Снять возражения протоколами и сертификатами"),
    Aim(SOKOLOVA, "Формирует решение", "Беречь союзника, вооружать цифрами"),
    Aim(YUSUPOV, "Пользователь", "Обучить его продавцов"),
)


class Way(NamedTuple):
    """A strategy, what it closes and whom it needs: places in the lists above."""

    text: str
    closes: tuple[int, ...]
    people: tuple[int, ...]


STRATEGIES = (
    Way("Войти в задвижки через складскую программу", (0,), (0, 2)),
    Way("Привлечь технического директора испытаниями и сертификатами", (1,), (1,)),
    Way("Стать частью предложений их продавцов: обучение и прайсы", (), (3,)),
)


class Deed(NamedTuple):
    """An action of the manager: days from today, place of its strategy; `done` days ago."""

    kind: str
    title: str
    in_days: int
    strategy: int
    trigger: str = ""
    profit: int = 0
    done: int = 0
    person: str = ""


ACTIONS = (
    Deed("prepare", "Узнать закупки по категориям", -52, 0, done=55, person=SOKOLOVA),
    Deed("prepare", "Собрать список требований техдиректора", -2, 1, done=4, person=LAPTEV),
    Deed("prepare", "Договориться о месте под консигнацию", -37, 0, done=30, person=ERSHOV),
    Deed("prepare", "Показать протоколы испытаний DN 50–200", 5, 1, person=LAPTEV),
    Deed(
        "wait_trigger",
        "Подать совместную заявку за три дня",
        120,
        0,
        trigger="объявлен тендер регионального водоканала",
        profit=780 * THOUSAND,
    ),
    Deed("act", "Пробная партия задвижек на 400 тыс. ₽", 35, 0, profit=104 * THOUSAND),
    Deed("act", "Обучить 12 продавцов", 90, 2, profit=150 * THOUSAND),
)


class Cost(NamedTuple):
    """An action of the company; cost in thousands; what the owner decided; the proof if done."""

    department: str
    title: str
    in_days: int
    cost: int
    approved: bool = False
    proof: str = ""


COMPANY = (
    Cost("Логистика", "Консигнационный склад на 1,5 млн ₽, год 1", 10, 240, approved=True),
    Cost("Качество", "Сертификаты на 14 позиций", 10, 180, approved=True),
    Cost("Маркетинг", "Совместный каталог", 75, 90),
    Cost("Финансы", "Отсрочка 45 → 60 дней после трёх месяцев без просрочки", 60, 90),
)
RISKS = (
    ("Курс рубля вырастет на 20 %", 3, 4, "Ценовой коридор в договоре", "Курс выше 105"),
    ("Уйдёт директор по закупкам", 2, 4, "Второй контакт в закупках до конца месяца", ""),
)
SCENARIOS = (
    ("worse", "Склада в регионе нет", 9 * MILLION, "К весне консигнация не согласована"),
    ("base", "Складская программа работает", 15 * MILLION, ""),
    ("better", "Тендер водоканала выигран вместе", 18 * MILLION, "Объявлен тендер"),
)
STOPS = (("Мелкие срочные партии до 20 тыс. ₽ по особой цене", "Съедают время и наценку"),)
CONTROL = ((50, "Совместная сессия квартала: пробная партия и склад"), (140, "Сессия квартала"))
SESSION = "Начинаем с пробной партии задвижек; склад — после протоколов для Лаптева."
#: Month plans, thousands: the months of year 1 that are still ahead; their sum keeps to the year.
MONTH = 730
