"""Plain: the words of the method as shipped, in both languages; a company may reword them."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Text:
    """Words in two languages; reads as the reader's language."""

    ru: str
    en: str

    def __str__(self) -> str:
        return self.ru if (get_language() or "ru").startswith("ru") else self.en


@dataclass(frozen=True)
class Criterion:
    """A criterion with what it means for the company and for a manager."""

    code: str
    title: Text
    company: Text
    manager: Text


@dataclass(frozen=True)
class Item:
    """A mark, form or sign that is ticked with evidence."""

    code: str
    title: Text
    help: Text


@dataclass(frozen=True)
class Question:
    """A question with a mark 0 to 3; `choices` helps to choose the mark."""

    code: str
    title: Text
    question: Text
    choices: tuple[Text, ...]


@dataclass(frozen=True)
class Tier:
    """A level of service: hours a month, days between contacts, hours to answer."""

    code: str
    title: Text
    hours: float
    cadence_days: int
    answer_hours: int


CRITERIA = (
    Criterion(
        "large",
        Text("Крупный", "Large"),
        Text(
            "Приносит не меньше 10 % выручки или валовой прибыли, либо входит в класс A "
            "и даёт не меньше 2 %.",
            "Brings at least 10 % of revenue or gross profit, or is in class A with at least 2 %.",
        ),
        Text(
            "Большая доля в моей валовой прибыли, и я могу изменить объём, ассортимент "
            "или сроки. Без влияния не считается.",
            "A large share of my own gross profit, and I can change volume, assortment or timing. "
            "Without influence it does not count.",
        ),
    ),
    Criterion(
        "loyal",
        Text("Лояльный", "Loyal"),
        Text(
            "Покупает постоянно от двух лет, у нас не меньше половины его закупок, рекомендует.",
            "Has bought regularly for two years, gives us at least half of his purchases, "
            "recommends us.",
        ),
        Text(
            "Лояльность под угрозой и зависит от моей работы: атака конкурента, смена людей, "
            "есть куда расти.",
            "Loyalty that is at stake and depends on my work: an attack, a change of people, "
            "room to grow.",
        ),
    ),
    Criterion(
        "promising",
        Text("Перспективный", "Promising"),
        Text(
            "Незакрытая потребность не меньше наших продаж ему и не меньше 2 % выручки компании, "
            "либо большой бюджет.",
            "What he buys elsewhere is at least what he buys from us and at least 2 % of our "
            "revenue, or his budget is large.",
        ),
        Text(
            "Та часть потребности, которую я реально могу взять за 12 месяцев.",
            "The part of the gap that I can really win in 12 months.",
        ),
    ),
    Criterion(
        "status",
        Text("Статусный", "Status"),
        Text(
            "Имя привлекает других; эталонный клиент; публичная история успеха.",
            "The name attracts others; a reference customer; a public case.",
        ),
        Text(
            "Считается, только если есть действие с датой, которое превратит статус в продажи: "
            "история успеха, рекомендация, вход.",
            "Counts only if I have a dated action to convert it: a case, a referral, an entry.",
        ),
    ),
    Criterion(
        "partner",
        Text("Партнёрский", "Partner"),
        Text(
            "Совместные проекты, эксклюзив, взаимные поставки, рамочный договор.",
            "Joint projects, exclusivity, mutual supply, a framework agreement.",
        ),
        Text(
            "Не учитывается: партнёрство держат руководители компании, я только обслуживаю.",
            "Not counted: it is held by the company's leaders; I only service.",
        ),
    ),
    Criterion(
        "complex",
        Text("Сложный", "Complex"),
        Text(
            "Не меньше трёх признаков сложности из восьми: нужна координация всей компании.",
            "At least three of eight marks of complexity: the company must coordinate.",
        ),
        Text(
            "Не учитывается: сложность планируется как затраты времени.",
            "Not counted; complexity is planned as a cost in time.",
        ),
    ),
)

STATUS_MARKS = (
    Item(
        "market_leader",
        Text("Место на рынке", "Rank in the market"),
        Text(
            "0 — рядовой, 1 — заметный в городе, 2 — в десятке отрасли, 3 — лидер отрасли.",
            "0 — ordinary, 1 — known in town, 2 — among the top ten, 3 — leader of the industry.",
        ),
    ),
    Item(
        "known_name",
        Text("Имя знают наши небольшие клиенты", "Our small clients know the name"),
        Text(
            "0 — не знают, 1 — некоторые, 2 — большинство, 3 — на него равняются.",
            "0 — no, 1 — some, 2 — most, 3 — they look up to him.",
        ),
    ),
    Item(
        "reference",
        Text("Эталонный клиент", "Reference customer"),
        Text(
            "Компетентен, требует того же от партнёров, толкает нас становиться лучше. "
            "0 — нет, 3 — улучшения записаны.",
            "Competent, asks the same of partners, pushes us to improve. 0 — no, 3 — the "
            "improvements are written down.",
        ),
    ),
    Item(
        "public_case",
        Text("Разрешает публичную историю успеха", "Allows a public case"),
        Text(
            "0 — нельзя называть, 1 — логотип, 2 — отзыв, 3 — подробная история.",
            "0 — may not be named, 1 — logo, 2 — a quote, 3 — a full story.",
        ),
    ),
    Item(
        "referrals",
        Text("Привёл других клиентов", "Referrals produced"),
        Text(
            "0 — никого, 1 — одного, 2 — двух-трёх, 3 — больше.",
            "0 — none, 1 — one, 2 — two or three, 3 — more.",
        ),
    ),
)

PARTNER_FORMS = tuple(
    Item(code, Text(ru, en), Text("Приложите документ.", "Attach the document."))
    for code, ru, en in (
        ("joint_project", "Совместный проект", "Joint project"),
        ("exclusivity", "Эксклюзив", "Exclusivity"),
        ("co_development", "Совместная разработка", "Co-development"),
        ("framework", "Рамочный договор от двух лет", "Framework agreement of two years or more"),
        ("cross_supply", "Взаимные поставки", "Mutual supply"),
        ("shared_systems", "Общие информационные системы", "Shared systems"),
        ("ownership", "Связь собственников", "Ownership tie"),
    )
)

COMPLEX_MARKS = tuple(
    Item(code, Text(ru, en), Text("Назовите источник.", "Name the source."))
    for code, ru, en in (
        ("tender", "Тендер или закупка по 44-ФЗ, 223-ФЗ", "Tender or public procurement"),
        ("points", "Больше трёх точек поставки", "More than three delivery points"),
        ("specification", "Индивидуальная спецификация", "Individual specification"),
        ("participants", "Больше пяти участников закупки", "More than five people decide"),
        ("deferral", "Отсрочка на 30 дней больше обычной", "Deferral 30 days above standard"),
        ("departments", "Заняты больше трёх наших отделов", "More than three of our departments"),
        ("claims", "Рекламаций вдвое больше среднего", "Twice the usual number of claims"),
        ("cost", "Обслуживание дороже среднего в 1,5 раза", "Costs 1.5 times the usual to serve"),
    )
)


def _question(
    code: str, ru: tuple[str, str], en: tuple[str, str], marks: tuple[tuple[str, str], ...]
) -> Question:
    title, question = Text(ru[0], en[0]), Text(ru[1], en[1])
    return Question(code, title, question, tuple(Text(*mark) for mark in marks))


INFLUENCE_QUESTIONS = (
    _question(
        "volume",
        ("Объём", "Может ли ваша работа изменить, сколько клиент покупает?"),
        ("Volume", "Can your work change how much the client buys?"),
        (
            ("Нет: объём задан извне", "No: the volume is set from outside"),
            ("Немного, отдельные заказы", "A little, single orders"),
            ("Заметно: до четверти объёма", "Noticeably: up to a quarter"),
            ("Решающе: больше четверти", "Decisively: more than a quarter"),
        ),
    ),
    _question(
        "assortment",
        ("Ассортимент и спецификация", "Можете ли вы ввести новые позиции или заменить их?"),
        ("Assortment and specification", "Can you bring in new items or replace some?"),
        (
            ("Нет: жёсткая матрица", "No: the assortment is fixed"),
            ("Одну-две позиции в год", "One or two items a year"),
            ("Целую группу, если доказать пользу", "A whole group, if the use is shown"),
            ("Спецификацию пишем вместе", "We write the specification together"),
        ),
    ),
    _question(
        "timing",
        ("Сроки и ритм заказов", "Зависит ли от вас, когда и как часто он заказывает?"),
        ("Timing and rhythm", "Does it depend on you when and how often he orders?"),
        (
            ("Нет: график сверху", "No: a schedule from above"),
            ("Иногда можно сдвинуть", "Now and then a date can move"),
            ("Договариваемся о графике", "We agree the schedule"),
            ("Ведём запас и заказы за него", "We keep his stock and orders for him"),
        ),
    ),
    _question(
        "price",
        ("Цена и условия", "Можете ли вы влиять на цену, отсрочку, условия?"),
        ("Price and terms", "Can you influence price, deferral, terms?"),
        (
            ("Нет: условия диктуют", "No: terms are dictated"),
            ("В мелочах", "In small things"),
            ("Договариваемся по многим пунктам", "Many points are negotiated"),
            ("Условия строим вместе", "We build the terms together"),
        ),
    ),
    _question(
        "choice",
        ("Выбор поставщика", "Можете ли вы изменить нашу долю против конкурентов?"),
        ("Choice of supplier", "Can you change our share against competitors?"),
        (
            ("Нет: доли распределены не здесь", "No: shares are split elsewhere"),
            ("Только если ошибётся конкурент", "Only when a competitor slips"),
            ("Да, в части категорий", "Yes, in some categories"),
            ("Да, доля зависит от нас", "Yes, the share depends on us"),
        ),
    ),
    _question(
        "access",
        ("Доступ к тем, кто решает", "С кем из решающих вы говорите сами?"),
        ("Access to deciders", "Which of the deciders do you speak with yourself?"),
        (
            ("Ни с кем", "None"),
            ("Со снабженцем", "The buyer"),
            ("С тем, кто влияет на решение", "Somebody who shapes the decision"),
            ("С тем, кто решает", "The one who decides"),
        ),
    ),
    _question(
        "effect",
        ("Доказанный результат", "Менялись ли продажи после ваших действий?"),
        ("Proven effect", "Did sales move after what you did?"),
        (
            ("Нет или не проверяли", "No, or never looked"),
            ("Один раз", "Once"),
            ("Несколько раз", "Several times"),
            ("Есть цифры до и после", "There are figures before and after"),
        ),
    ),
)

TIERS = (
    Tier("strategic", Text("Стратегический", "Strategic"), 12.0, 7, 4),
    Tier("key", Text("Ключевой", "Key"), 8.0, 14, 8),
    Tier("maintain", Text("Поддержание", "Maintain"), 2.0, 30, 8),
    Tier("flow", Text("Поток", "Flow"), 0.5, 90, 24),
)
