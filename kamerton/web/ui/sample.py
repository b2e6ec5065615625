"""One small made-up company for the page that shows the components; touches no database."""

import datetime as dt
from dataclasses import dataclass
from itertools import accumulate

from django import forms

from kamerton.web.ui.items import Crumb, Input, Progress, Step, Tab, Why

TODAY = dt.date(2026, 11, 21)


@dataclass(frozen=True)
class Row:
    """A client of the sample."""

    place: int
    name: str
    letter: str
    profit: int
    share: float
    change: float
    manager: str


NAMES = (
    "Домострой", "Теплосеть-Монтаж", "Аква-Трейд", "Водоканал Юг", "Гидро-Строй", "Волга-Проект",
    "Техно-Климат", "Север-Труба", "Регион-Арматура", "Спец-Деталь", "Донской Газ", "Кама-Флот",
)  # fmt: skip
HEAD = [37.0, 18.5, 11.4, 7.9, 4.4, 2.7, 2.2, 1.8, 1.4, 0.9, 0.8, 0.7]


def shares(count: int = 60) -> list[float]:
    """Shares of profit, %, falling; together 100."""
    rest = 100 - sum(HEAD)
    weights = [0.94**place for place in range(count - len(HEAD))]
    return HEAD + [rest * weight / sum(weights) for weight in weights]


def pareto() -> dict[str, object]:
    """The sample as a Pareto chart."""
    values = shares()
    cumulative = [round(value, 3) for value in accumulate(values)]
    until = [sum(value < level for value in cumulative) + 1 for level in (80, 95)]
    ends = [*until, len(values)]
    starts = [0, *until]
    zones = [
        {
            "letter": letter,
            "until": end,
            "count": end - start,
            "share": round(sum(values[start:end]), 1),
        }
        for letter, start, end in zip("ABC", starts, ends, strict=True)
    ]
    return {
        "values": [round(value, 3) for value in values],
        "cumulative": cumulative,
        "count": len(values),
        "zones": zones,
        "selected": [4, 11],
    }


def rows() -> list[Row]:
    """The head of the sample as rows of a table."""
    managers = ("Белова", "Орлов", "Гусев")
    changes = (0.062, -0.118, 0.183, 0.027, -0.064, 0.091, 0.012, 0.275)
    return [
        Row(place, name, "A" if place <= 6 else "B", int(share * 114_000), share,
            changes[place % len(changes)], managers[place % len(managers)])
        for place, (name, share) in enumerate(zip(NAMES, HEAD, strict=True), start=1)
    ]  # fmt: skip


MONTHS = ["дек", "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя"]
FACT = [410, 455, 430, 490, 530, 470, 492, 545, 520, 508, 590, 612]
PLAN = [440, 455, 470, 485, 500, 515, 530, 540, 550, 560, 570, 580]


def line() -> dict[str, object]:
    """Revenue against its trajectory."""
    return {
        "labels": MONTHS,
        "unit": "тыс. ₽",
        "area": True,
        "series": [
            {"name": "Факт", "values": FACT, "role": "fact"},
            {"name": "Траектория", "values": PLAN, "role": "plan"},
        ],
    }


def stack() -> dict[str, object]:
    """Money by age of the debt."""
    return {
        "labels": ["Белова", "Орлов", "Гусев", "Ким"],
        "unit": "тыс. ₽",
        "series": [
            {"name": "В срок", "values": [740, 610, 420, 505], "role": "ok"},
            {"name": "До 30 дней", "values": [68, 120, 44, 90], "role": "warn"},
            {"name": "Старше", "values": [0, 45, 12, 60], "role": "bad"},
        ],
    }


def bars() -> dict[str, object]:
    """Load of the managers with its limit."""
    return {
        "labels": ["Белова", "Орлов", "Гусев", "Ким"],
        "unit": "ч",
        "horizontal": True,
        "series": [{"name": "Загрузка", "values": [126, 152, 98, 140], "role": "mid"}],
        "marks": [{"value": 140, "label": "140"}],
    }


def heatmap() -> dict[str, object]:
    """Cohorts: share of clients who came back."""
    cohorts = ["I кв. 2025", "II кв. 2025", "III кв. 2025", "IV кв. 2025"]
    values = [
        [x, y, None if x + y > 5 else round(100 * 0.82**x - 3 * y)]
        for y in range(4)
        for x in range(6)
    ]
    x = ["0", "1", "2", "3", "4", "5"]
    return {"x": x, "y": cohorts, "values": values, "unit": " %", "y_name": "Когорта"}


def scatter() -> dict[str, object]:
    """Potential against share in the client's purchases."""
    points = [
        {"x": round(5 + 7 * i % 60, 1), "y": round(3 + i * 1.7, 1), "size": 12 - i, "name": name,
         "state": "warn" if i % 4 == 1 else "fact"}
        for i, name in enumerate(NAMES)
    ]  # fmt: skip
    return {"points": points, "x_name": "Доля в закупках, %", "y_name": "Потенциал, млн ₽"}


class SampleForm(forms.Form):
    """Every kind of field."""

    name = forms.CharField(label="Название", help_text="Как в договоре", initial="Регион-Арматура")
    inn = forms.CharField(label="ИНН")
    limit = forms.IntegerField(label="Кредитный лимит", required=False, initial=500000)
    tier = forms.ChoiceField(
        label="Уровень", choices=[("key", "Ключевой"), ("flow", "Потоковый"), ("new", "Новый")]
    )
    since = forms.DateField(
        label="Клиент с", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    attitude = forms.ChoiceField(
        label="Отношение",
        widget=forms.RadioSelect,
        choices=[("for", "За"), ("neutral", "Нейтрален"), ("against", "Против")],
    )
    note = forms.CharField(label="Заметка", widget=forms.Textarea(attrs={"rows": 2}))
    training = forms.BooleanField(label="Учебный клиент", required=False)


def form() -> SampleForm:
    """A form in which one answer was refused."""
    sent = {
        "name": "Регион-Арматура",
        "inn": "",
        "limit": "500000",
        "tier": "key",
        "since": "2023-03-01",
        "attitude": "neutral",
        "note": "Берут только фланцы",
    }
    return SampleForm(sent)


WHY = Why(
    formula="Сумма квадратов долей клиентов в валовой прибыли, в процентах.",
    inputs=(Input("Клиентов с прибылью", "60"), Input("Доля первого", "37,0 %")),
    on=TODAY,
    method="1.2",
    n=60,
    confidence="высокая",
    records="#clients",
)
TABS = [
    Tab("Выручка", "#revenue"),
    Tab("Валовая прибыль", "#profit", current=True),
    Tab("Деньги", "#cash"),
]
VIEWS = [Tab("Все", "#all", current=True, count=9), Tab("Горит", "#hot", count=3)]
STEPS = [
    Step("Файл", "done", "#file"),
    Step("Столбцы", "current"),
    Step("Проверка"),
    Step("Закрыто", "blocked"),
]
CRUMBS = [Crumb("Мои ключевые", "#my"), Crumb("Регион-Арматура")]
PROGRESS = Progress(
    "Проверяем строки", share=0.42, done=420_000, total=1_000_000, rate=61_200, seconds_left=95
)
