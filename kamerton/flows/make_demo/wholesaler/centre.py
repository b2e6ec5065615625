"""The buying centre of «Регион-Арматура»: nine people, what we did with them, who meets whom."""

from dataclasses import dataclass
from typing import NamedTuple

KRAVTSOV, VETROVA, LAPTEV = (
    "Кравцов Сергей Викторович",
    "Ветрова Ольга Петровна",
    "Лаптев Андрей Юрьевич",
)
SOKOLOVA, YUSUPOV, TARASOV = (
    "Соколова Ирина Николаевна",
    "Юсупов Алексей Романович",
    "Тарасов Никита Евгеньевич",
)
PAKHOMOV, ERSHOV, ZAKHAROVA = (
    "Пахомов Павел Михайлович",
    "Ершов Дмитрий Константинович",
    "Захарова Марина Львовна",
)
OUTSIDE = "Водоканалпроект"


@dataclass(frozen=True)
class Person:
    """A participant; `attitude` −2…+2, `closeness` to the competitor 0–3."""

    name: str
    position: str
    level: str
    roles: tuple[str, ...]
    influence: int
    attitude: int
    mode: str
    business: str  # what matters for the business
    win: str  # what is a win for himself
    reports_to: str = ""
    closeness: int = 0
    assumed: tuple[str, ...] = ()
    organisation: str = ""


PEOPLE = (
    Person(
        KRAVTSOV,
        "Генеральный директор",
        "owner",
        ("decider",),
        5,
        0,
        "growth",
        "Стать первым оптовиком края",
        "Признание отрасли: доклад на конференции",
    ),
    Person(
        VETROVA,
        "Финансовый директор",
        "top",
        ("economic",),
        4,
        1,
        "even_keel",
        "Оборот без кассовых разрывов",
        "Отсрочка, которую видно в отчёте",
        KRAVTSOV,
    ),
    Person(
        LAPTEV,
        "Технический директор",
        "top",
        ("technical",),
        5,
        -1,
        "trouble",
        "Нет аварий и претензий водоканала",
        "Не отвечать за непроверенный импорт",
        KRAVTSOV,
        3,
        ("win",),
    ),
    Person(
        SOKOLOVA,
        "Директор по закупкам",
        "top",
        ("shaper",),
        4,
        2,
        "trouble",
        "Наличие под срочные заявки",
        "Меньше авралов с поставщиками",
        KRAVTSOV,
    ),
    Person(
        YUSUPOV,
        "Начальник отдела продаж",
        "middle",
        ("user",),
        3,
        1,
        "growth",
        "Предложение за день, а не за неделю",
        "Премия за задвижки",
        KRAVTSOV,
    ),
    Person(
        TARASOV,
        "Инженер ПТО",
        "user",
        ("blocker",),
        2,
        -2,
        "overconfident",
        "Знакомые чертежи и марки",
        "Не переучиваться",
        LAPTEV,
        3,
        ("win",),
    ),
    Person(
        PAKHOMOV,
        "Ведущий закупщик",
        "middle",
        ("buyer",),
        3,
        1,
        "even_keel",
        "Понятные цены и документы",
        "Закрывать заявки без звонков",
        SOKOLOVA,
    ),
    Person(
        ERSHOV,
        "Заведующий складом",
        "middle",
        ("user",),
        2,
        0,
        "even_keel",
        "Приёмка без замечаний",
        "Машина в обещанный день",
        SOKOLOVA,
    ),
    Person(
        ZAKHAROVA,
        "Главный специалист",
        "middle",
        ("technical",),
        3,
        0,
        "even_keel",
        "Спецификация без замен",
        "Спокойная экспертиза проекта",
        organisation=OUTSIDE,
    ),
)


class Tie(NamedTuple):
    """A line of influence or conflict."""

    source: str
    target: str
    kind: str
    note: str = ""


TIES = (
    Tie(VETROVA, KRAVTSOV, "influence"),
    Tie(SOKOLOVA, KRAVTSOV, "influence"),
    Tie(TARASOV, LAPTEV, "influence"),
    Tie(ZAKHAROVA, LAPTEV, "influence"),
    Tie(LAPTEV, SOKOLOVA, "conflict", "бумаги или цена"),
)


class Contact(NamedTuple):
    """Something done: who of ours, with whom, how, how many days ago, what came of it."""

    ours: str
    people: tuple[str, ...]
    kind: str
    days_ago: int
    title: str
    outcome: str


CONTACTS = (
    Contact(
        "belova",
        (SOKOLOVA,),
        "meeting",
        9,
        "Перечень пробной партии",
        "Согласован перечень пробной партии на 400 тыс. ₽, решение до конца месяца.",
    ),
    Contact(
        "belova",
        (LAPTEV,),
        "call",
        4,
        "Требования к задвижкам",
        "«Без протоколов испытаний задвижки не пущу». Прислал список требований.",
    ),
    Contact(
        "belova",
        (SOKOLOVA, PAKHOMOV),
        "call",
        20,
        "Поставка ноября",
        "Подтвердили машину на вторник, просят срочный DN 100.",
    ),
    Contact(
        "belova",
        (PAKHOMOV,),
        "messenger",
        6,
        "Счёт и отгрузка",
        "Счёт принят, отгрузка по графику.",
    ),
    Contact(
        "belova",
        (SOKOLOVA, PAKHOMOV),
        "meeting",
        48,
        "Складская программа",
        "Интересно, если запас будет наш; нужны цифры для Ветровой.",
    ),
    Contact(
        "belova",
        (SOKOLOVA,),
        "call",
        75,
        "Итоги квартала",
        "Довольны фланцами, задвижки берут у завода.",
    ),
    Contact("belova", (PAKHOMOV,), "call", 34, "Документы на партию", "Паспорта в порядке."),
    Contact(
        "orlov",
        (VETROVA,),
        "meeting",
        40,
        "Отсрочка 60 дней",
        "Готова поддержать после трёх месяцев без просрочки.",
    ),
    Contact(
        "orlov",
        (VETROVA, KRAVTSOV),
        "online_meeting",
        85,
        "Планы на три года",
        "Хотят стать первыми в крае; просят показать, чем мы поможем.",
    ),
    Contact(
        "belova",
        (YUSUPOV,),
        "call",
        31,
        "Обучение продавцов",
        "Двенадцать человек, удобнее в январе.",
    ),
    Contact(
        "belova",
        (YUSUPOV, ERSHOV),
        "site_visit",
        58,
        "Склад и продажи",
        "Смотрели склад и стол заказов.",
    ),
    Contact(
        "belova",
        (ERSHOV,),
        "call",
        16,
        "Претензия по фланцам",
        "24 фланца DN 100 с раковинами, ждёт замену.",
    ),
)


class Step(NamedTuple):
    """Something to do: who of ours, with whom, in how many days."""

    ours: str
    people: tuple[str, ...]
    kind: str
    in_days: int
    title: str
    goal: str = ""


STEPS = (
    Step("belova", (VETROVA,), "call", 1, "Подтвердить оплату 68 400 ₽"),
    Step(
        "belova",
        (KRAVTSOV,),
        "call",
        3,
        "Позвонить Кравцову",
        "Договориться о встрече с нашим директором",
    ),
    Step(
        "belova",
        (LAPTEV,),
        "meeting",
        5,
        "Лаптев: протоколы испытаний",
        "Снять возражения до решения о пробной партии",
    ),
    Step("belova", (PAKHOMOV,), "letter", 7, "График поставок на квартал"),
    Step("belova", (SOKOLOVA,), "meeting", 9, "Решение по пробной партии", "Заказ на 400 тыс. ₽"),
)


class Cell(NamedTuple):
    """A cell of the contact matrix: our person × theirs, by GROW."""

    ours: str
    theirs: str
    goal: str
    role: str
    duties: str
    work: str
    channel: str
    every_days: int


CELLS = (
    Cell(
        "belova",
        SOKOLOVA,
        "Складская программа в договоре",
        "Ведёт переговоры",
        "Ответ в день запроса",
        "Звонок раз в неделю, встреча раз в месяц",
        "phone",
        14,
    ),
    Cell(
        "belova",
        LAPTEV,
        "Допуск задвижек",
        "Снимает возражения",
        "Протоколы на каждую партию",
        "Список требований, протоколы, визит на испытания",
        "meeting",
        30,
    ),
    Cell(
        "orlov",
        KRAVTSOV,
        "Совместный план на три года",
        "Встреча руководителей",
        "Решения за неделю",
        "Встреча раз в квартал",
        "meeting",
        90,
    ),
    Cell(
        "orlov",
        VETROVA,
        "Отсрочка 60 дней",
        "Условия и деньги",
        "Сверка без расхождений",
        "Разбор раз в квартал",
        "meeting",
        90,
    ),
    Cell(
        "gusev",
        ERSHOV,
        "Ни одного замечания при приёмке",
        "Одно окно по поставкам",
        "Ответ за 2 часа",
        "Звонок раз в неделю, аудит раз в квартал",
        "phone",
        7,
    ),
)
