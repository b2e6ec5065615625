"""Plain: questions of industries: packs that a client's dossier takes in addition."""

from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion, asked, either
from kamerton.domain.methodology.content.texts import Item, Text

DOSSIER_PACKS = (
    Item(
        "medtech",
        Text("Медтехника", "Medical equipment"),
        Text("Больницы, клиники, лаборатории.", "Hospitals, clinics, laboratories."),
    ),
    Item(
        "engineering",
        Text("Инженерные системы", "Engineering systems"),
        Text("Проекты и стройка.", "Projects and construction."),
    ),
    Item(
        "distribution",
        Text("Дистрибуция и опт", "Distribution and wholesale"),
        Text("Клиент перепродаёт наш товар.", "The client resells our goods."),
    ),
    Item(
        "retail",
        Text("Сетевой ритейл", "Retail chains"),
        Text("Сети с товарной матрицей.", "Chains with a listed assortment."),
    ),
    Item(
        "b2g",
        Text("Государственные закупки", "Public procurement"),
        Text("Заказчики по 44-ФЗ и 223-ФЗ.", "Buyers under 44-FZ and 223-FZ."),
    ),
)

_STAGES = either(
    ("Замысел", "Idea"),
    ("Проектирование", "Design"),
    ("Тендер", "Tender"),
    ("Строительство", "Construction"),
    ("Сдача", "Handover"),
    ("Эксплуатация", "Operation"),
)
_AREAS = {
    "medtech": (
        ("Парк оборудования и износ", "Installed equipment and its wear", "table", "user"),
        ("Загрузка оборудования", "Use of the equipment's capacity", "percent", "user"),
        (
            "Ставки финансирования: ОМС, бюджет, внебюджет",
            "Funding rates: compulsory insurance, budget, own income",
            "table",
            "economic",
        ),
        ("План закупок на год", "Purchasing plan for the year", "table", "buyer"),
        ("Профильные врачи-авторитеты", "Doctors whose opinion counts", "text", "influencer"),
        ("Сервисные договоры", "Service contracts", "table", "technical"),
        ("Расходные материалы", "Consumables", "table", "user"),
    ),
    "engineering": (
        ("Проекты: объект, объём, срок", "Projects: site, volume, date", "table", "decider"),
        ("Стадии проектов", "Stages of the projects", "multi", "shaper"),
        ("Проектировщик и генподрядчик", "Designer and general contractor", "text", "external"),
        ("Спецификация и замены", "Specification and replacements", "table", "technical"),
        ("Монтаж и пусконаладка", "Installation and commissioning", "text", "technical"),
    ),
    "distribution": (
        ("Складская программа", "Stock programme", "table", "buyer"),
        ("Наша доля полки или склада", "Our share of the shelf or the stock", "percent", "buyer"),
        ("Регионы и субдилеры", "Regions and sub-dealers", "table", "decider"),
        ("Мотивация их продавцов", "How their sellers are motivated", "text", "champion"),
        ("Остатки по нашим позициям", "Stock of our items", "table", "user"),
    ),
    "retail": (
        (
            "Матрица: наши позиции и ротация",
            "Listed assortment: our items, rotation",
            "table",
            "buyer",
        ),
        ("Категорийные менеджеры", "Category managers", "person", "buyer"),
        ("Ретробонусы в рамках закона", "Retrospective bonuses within the law", "text", "buyer"),
        ("Промокалендарь", "Promotion calendar", "table", "buyer"),
        ("Штрафы: за что и сколько", "Penalties: for what and how much", "table", "approver"),
    ),
    "b2g": (
        ("План-график: даты закупок", "Purchasing schedule: dates", "date", "buyer"),
        ("ИКЗ", "Purchase identification code", "text", "buyer"),
        ("НМЦК", "Initial maximum contract price", "money", "economic"),
        ("Состав комиссии", "Members of the commission", "text", "coach"),
        ("Жалобы: чьи и чем кончились", "Complaints: whose and how they ended", "table", "coach"),
    ),
}
_UNITS = {"medtech.2": "%", "distribution.2": "%", "b2g.3": "₽"}
_CHOICES = {"engineering.2": _STAGES}


def _asked(code: str, area: tuple[str, str, str, str]) -> DossierQuestion:
    ru, en, kind, role = area
    unit, choices = _UNITS.get(code, ""), _CHOICES.get(code, ())
    return asked(code, ru, en, kind, known_by=role, unit=unit, choices=choices)


PACK_GROUPS = tuple(
    DossierGroup(
        pack.code,
        pack.title,
        tuple(
            _asked(f"{pack.code}.{at}", area) for at, area in enumerate(_AREAS[pack.code], start=1)
        ),
        pack=pack.code,
    )
    for pack in DOSSIER_PACKS
)
