"""The sixty clients of the demo company: ten that make it, three that teach, many small ones."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class DemoClient:
    """A client of the demo; `year` is what he bought in the last closed year, thousand roubles.

    `growth` is that year against the one before; `rhythm` is orders a month; `margin` the gross
    margin; `late` the part of payments that come late.
    For those who came or went within the three years `year` is what a whole year would be.
    """

    name: str
    year: int
    manager: str
    industry: str
    region: str
    growth: float = 0.06
    rhythm: float = 2.0
    margin: float = 0.26
    late: float = 0.1
    categories: tuple[str, ...] = ("Фланцы", "Задвижки")
    card: dict[str, object] = field(default_factory=dict)
    gone: int = 0  # months since he stopped buying
    came: int = 99  # months since he began


CHAIN, OUTLET, WHOLESALER = "Сеть «Домострой»", "Точка «Сантехник»", "Регион-Арматура"

#: The ten of the worked example of the method: 42.0, 21.0, 13.0 … 1.0 million, 100 in all.
TEN = (
    DemoClient(
        CHAIN,
        42_000,
        "belova",
        "Розничная сеть",
        "Москва",
        0.03,
        8,
        0.22,
        0.0,
        ("Краны", "Крепёж"),
        {"service_only": False, "position_external": True},
    ),
    DemoClient(
        "Теплосеть-Монтаж",
        21_000,
        "belova",
        "Теплоснабжение",
        "Пермский край",
        0.09,
        6,
        0.27,
        0.25,
        ("Задвижки", "Фланцы", "Отводы"),
    ),
    DemoClient(
        "Волга-Проект",
        13_000,
        "panin",
        "Строительство",
        "Самарская область",
        0.18,
        4,
        0.28,
        0.1,
        ("Клапаны", "Задвижки", "Фланцы"),
    ),
    DemoClient(
        "Водоканал Юг",
        9_000,
        "panin",
        "Водоснабжение",
        "Ростовская область",
        0.06,
        3,
        0.25,
        0.3,
        ("Задвижки", "Фланцы"),
        {"sector": "b2g", "procurement": "fz223"},
    ),
    DemoClient("Гидро-Строй", 5_000, "panin", "Строительство", "Татарстан", -0.12, 2, 0.27, 0.2),
    DemoClient(
        "Техно-Климат",
        3_000,
        "rudenko",
        "Вентиляция",
        "Москва",
        0.03,
        2,
        0.3,
        0.1,
        ("Клапаны", "Крепёж"),
    ),
    DemoClient("Север-Труба", 2_500, "rudenko", "Нефтегаз", "Коми", -0.06, 1.5, 0.26, 0.3),
    DemoClient("Спец-Деталь", 2_000, "rudenko", "Машиностроение", "Свердловская область", 0.1, 1),
    DemoClient(
        "Аква-Трейд",
        1_500,
        "gusev",
        "Опт сантехники",
        "Краснодарский край",
        0.02,
        3,
        0.24,
        0.1,
        ("Краны", "Крепёж"),
    ),
    DemoClient("Донской Газ", 1_000, "lapina", "Газоснабжение", "Ростовская область", 0.28, 1),
)
TEACHING = (
    DemoClient(
        WHOLESALER,
        6_000,
        "belova",
        "Оптовая торговля арматурой",
        "Пермский край",
        0.04,
        3,
        0.26,
        0.15,
        ("Фланцы",),
        {"inn": "5904123453", "customer_type": "Региональный оптовик"},
    ),
    DemoClient(
        OUTLET,
        480,
        "gusev",
        "Розничный магазин",
        "Пермский край",
        0.01,
        4,
        0.3,
        0.0,
        ("Краны", "Крепёж"),
        {"service_only": True, "position_external": True},
    ),
)
FLOW_MANAGERS = ("gusev", "lapina", "sedov")
#: Small today, promising: their managers work on them as on keys.
PROMISING = {
    "belova": ("ЭнергоУзел", "Кама-Флот", "Сибирь-Насос", "Норд-Вест", "Юг-Монтаж", "ПермьСнаб"),
    "panin": ("НефтеСервис", "ТрубоПлюс", "СтальКонструкция"),
    "rudenko": ("Вент-Мастер", "Инженер-Юг"),
}
_HOLDERS = {name: manager for manager, names in PROMISING.items() for name in names}
_SMALL = (
    "Альфа-Монтаж Амур-Насос Балт-Инжиниринг БурСервис Вент-Мастер Вятка-Тепло ГазКомплект "
    "Гефест-М Дельта-Сервис ДомКомфорт ЕвроТруба Енисей-Снаб ЖилСтрой-7 Завод-Ремонт "
    "Инженер-Юг Кама-Флот Карат-С КотлоМонтаж Кубань-Трейд ЛенТеплоМаш Лидер-Опт "
    "МагистральСтрой МеталлПром Мега-Кран НефтеСервис Норд-Вест Ока-Строй Онега-Тепло "
    "ПермьСнаб Пульс-Плюс РемТехно Сибирь-Насос СтальКонструкция Степь-Агро СтройРесурс "
    "ТеплоДом Терм-Альянс Техснаб-Н ТрубоПлюс Урал-Фланец УютСервис ФорумСтрой Хладон "
    "ЦентрСнаб Чистая-Вода ЭнергоУзел Юг-Монтаж Ямал-Комплект"
)
_INDUSTRIES = ("Строительство", "Теплоснабжение", "Опт сантехники", "Монтаж", "Сервис")
_REGIONS = ("Пермский край", "Москва", "Самарская область", "Татарстан", "Краснодарский край")


GONE = {"Хладон": 5, "БурСервис": 8, "Карат-С": 10, "Степь-Агро": 4, "Мега-Кран": 17}
CAME = {"Пульс-Плюс": 7, "Чистая-Вода": 11, "ФорумСтрой": 15, "Дельта-Сервис": 9}


def small() -> tuple[DemoClient, ...]:
    """The many small ones: from 40 to 620 thousand a year, held by the flow managers."""
    return tuple(_small(place, name) for place, name in enumerate(_SMALL.split()))


def _small(place: int, name: str) -> DemoClient:
    return DemoClient(
        name=name,
        year=40 + (place * 137) % 580,
        manager=_HOLDERS.get(name, FLOW_MANAGERS[place % len(FLOW_MANAGERS)]),
        industry=_INDUSTRIES[place % len(_INDUSTRIES)],
        region=_REGIONS[(place * 3) % len(_REGIONS)],
        growth=0.85 if name == "Терм-Альянс" else ((place * 29) % 50 - 22) / 100,
        rhythm=0.5 + (place % 4) * 0.4,
        margin=0.22 + (place % 7) / 70,
        late=(place % 5) / 12,
        gone=GONE.get(name, 0),
        came=CAME.get(name, 99),
        categories=(("Краны",), ("Фланцы", "Крепёж"), ("Отводы",), ("Клапаны",))[place % 4],
    )


def everybody() -> tuple[DemoClient, ...]:
    """All sixty."""
    return (*TEN, *TEACHING, *small())
