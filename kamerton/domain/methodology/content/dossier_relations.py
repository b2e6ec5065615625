"""Plain: the dossier as shipped, groups 7 to 13: history, terms, rivals, people, insights.

Private life, health, family and politics are neither asked nor stored.
"""

from kamerton.domain.methodology.content.dossier import DossierGroup, asked, either
from kamerton.domain.methodology.content.texts import Text

_STAGES = either(
    ("Стадия: знакомство", "Stage: exploratory"),
    ("Стадия: базовая", "Stage: basic"),
    ("Стадия: сотрудничество", "Stage: cooperative"),
    ("Стадия: взаимная зависимость", "Stage: interdependent"),
    ("Стадия: интеграция", "Stage: integrated"),
    ("Ступень 1: один из поставщиков", "Level 1: one of the suppliers"),
    ("Ступень 2: поставщик хорошего товара", "Level 2: supplier of good products"),
    ("Ступень 3: хороший товар и сервис", "Level 3: good products and service"),
    ("Ступень 4: вклад в дела клиента", "Level 4: contributes to the client's business"),
    ("Ступень 5: вклад в развитие компании", "Level 5: contributes to the whole organisation"),
)
_REFERENCE = either(
    ("Не готов", "Not ready"),
    ("Разрешает назвать имя", "May be named"),
    ("Даст отзыв", "Will give a quote"),
    ("Готов к подробной истории", "Ready for a full story"),
)

RELATION_GROUPS = (
    DossierGroup(
        "g7",
        Text("История отношений", "Relationship history"),
        (
            asked(
                "7.1",
                "Первая сделка, кто привёл",
                "First deal, who brought the client",
                required=True,
                known_by="coach",
            ),
            asked(
                "7.2",
                "Продажи по годам и категориям",
                "Sales by year and category",
                "table",
                required=True,
                computed=True,
            ),
            asked(
                "7.3",
                "Крупные сделки, победы и поражения",
                "Big deals, wins and losses",
                "table",
                known_by="buyer",
            ),
            asked(
                "7.4",
                "Рекламации и конфликты, чем кончились",
                "Claims and conflicts, how they ended",
                computed=True,
            ),
            asked(
                "7.5",
                "Обещания, данные сторонами",
                "Promises made by both sides",
                ttl_months=3,
                known_by="buyer",
            ),
            asked("7.6", "Смены наших менеджеров", "Changes of our managers", computed=True),
            asked(
                "7.7",
                "Что клиент ценит в нас и что раздражает",
                "What they value and what annoys them",
                weight=3,
                ttl_months=6,
                required=True,
                known_by="champion",
            ),
            asked(
                "7.8",
                "Рекомендации, которые дал клиент",
                "Referrals the client has given",
                known_by="champion",
            ),
        ),
    ),
    DossierGroup(
        "g8",
        Text("Условия и деньги", "Terms and money"),
        (
            asked(
                "8.1",
                "Цены, скидки, бонусы",
                "Prices, discounts, bonuses",
                required=True,
                computed=True,
            ),
            asked(
                "8.2",
                "Отсрочка, лимит, платёжная дисциплина",
                "Deferral, limit, payment discipline",
                required=True,
                computed=True,
            ),
            asked(
                "8.3",
                "Особые условия и их цена для нас",
                "Special terms and what they cost us",
                weight=3,
                known_by="buyer",
            ),
            asked(
                "8.4",
                "Прибыльность клиента",
                "Profit of the client",
                "money",
                computed=True,
                unit="₽",
            ),
            asked(
                "8.5",
                "Финансовое состояние, суды, долги",
                "Financial state, lawsuits, debts",
                ttl_months=6,
                known_by="economic",
            ),
            asked(
                "8.6",
                "Требования к документам, ЭДО",
                "Requirements for documents, electronic exchange",
                known_by="approver",
            ),
            asked(
                "8.7",
                "Дополнительные затраты: логистика, хранение, сервис",
                "Additional costs: logistics, storage, service",
                known_by="buyer",
            ),
        ),
    ),
    DossierGroup(
        "g9",
        Text("Логистика и исполнение", "Logistics and delivery"),
        (
            asked(
                "9.1", "График и способ поставки", "Schedule and mode of delivery", known_by="buyer"
            ),
            asked(
                "9.2",
                "Склад, остатки, страховой запас",
                "Warehouse, stock, safety stock",
                known_by="user",
            ),
            asked(
                "9.3",
                "Приёмка: кто, как, частые замечания",
                "Acceptance: who, how, usual remarks",
                known_by="user",
            ),
            asked(
                "9.4",
                "Монтаж, пусконаладка, сервис",
                "Installation, commissioning, service",
                known_by="technical",
            ),
            asked("9.5", "Наши срывы и причины", "Our slips and their causes", computed=True),
            asked(
                "9.6",
                "Контакты для срочных случаев",
                "Contacts for emergencies",
                "person",
                ttl_months=6,
                required=True,
                known_by="gatekeeper",
            ),
        ),
    ),
    DossierGroup(
        "g10",
        Text("Конкуренты у клиента", "Competitors at the client"),
        (
            asked(
                "10.1",
                "Кто, какая доля по категориям",
                "Who they are, share by category",
                "table",
                weight=3,
                ttl_months=6,
                required=True,
                known_by="coach",
            ),
            asked(
                "10.2",
                "Их условия и предложения",
                "Their terms and offers",
                ttl_months=3,
                known_by="coach",
            ),
            asked(
                "10.3",
                "Сильные и слабые стороны глазами клиента",
                "Strengths and weaknesses as the client sees them",
                weight=3,
                ttl_months=6,
                known_by="user",
            ),
            asked(
                "10.4", "С кем они дружат", "Whom they are close to", ttl_months=6, known_by="coach"
            ),
            asked(
                "10.5",
                "Что удержит клиента от перехода к ним",
                "What would keep the client from switching",
                weight=3,
                known_by="champion",
            ),
            asked("10.6", "Чем можем потеснить", "How we can displace them", known_by="champion"),
        ),
    ),
    DossierGroup(
        "g11",
        Text("Отношение к нам", "Attitude to us"),
        (
            asked(
                "11.1",
                "Стадия отношений и ступень иерархии продаж 1–5",
                "Stage of the relationship and buy-sell level 1–5",
                "multi",
                ttl_months=6,
                required=True,
                known_by="decider",
                choices=_STAGES,
            ),
            asked("11.2", "NPS, CSAT, отзывы", "NPS, CSAT, reviews", ttl_months=6, computed=True),
            asked(
                "11.3",
                "Кто в компании за нас и против",
                "Who in the company is for and against us",
                ttl_months=3,
                required=True,
                known_by="coach",
            ),
            asked(
                "11.4",
                "Доверие: случаи, когда выручили мы и когда подвели",
                "Trust: when we helped out and when we let them down",
                known_by="user",
            ),
            asked(
                "11.5",
                "Готовность быть референсом",
                "Readiness to be a reference",
                "choice",
                known_by="champion",
                choices=_REFERENCE,
            ),
            asked("11.6", "Признаки ухода", "Signs of leaving", ttl_months=3, known_by="coach"),
        ),
    ),
    DossierGroup(
        "g12",
        Text("Люди и стиль", "People and style"),
        (
            asked(
                "12.1",
                "Интересы и увлечения руководителей (с их слов)",
                "Managers' interests and hobbies (as told by themselves)",
                known_by="coach",
            ),
            asked(
                "12.2",
                "Стиль общения, табу, предпочтения",
                "Style of communication, taboos, preferences",
                known_by="gatekeeper",
            ),
            asked(
                "12.3",
                "Важные даты, традиции компании",
                "Important dates, traditions of the company",
                known_by="gatekeeper",
            ),
            asked(
                "12.4",
                "Политика подарков и гостеприимства клиента",
                "The client's policy on gifts and hospitality",
                required=True,
                known_by="approver",
            ),
            asked(
                "12.5",
                "Связи с другими нашими клиентами",
                "Ties with our other clients",
                known_by="coach",
            ),
            asked(
                "12.6",
                "Кто из наших с кем знаком лично",
                "Who of ours knows whom personally",
                known_by="coach",
            ),
        ),
    ),
    DossierGroup(
        "g13",
        Text("Выводы и возможности", "Insights and opportunities"),
        (
            asked(
                "13.1",
                "Три главные возможности роста",
                "Top three growth opportunities",
                weight=3,
                ttl_months=3,
                required=True,
                known_by="champion",
            ),
            asked(
                "13.2",
                "Три главных риска",
                "Top three risks",
                weight=3,
                ttl_months=3,
                required=True,
                known_by="coach",
            ),
            asked(
                "13.3",
                "На что мы реально влияем",
                "What we can really influence",
                weight=3,
                ttl_months=6,
                required=True,
                known_by="coach",
            ),
            asked(
                "13.4",
                "Чего мы не знаем и у кого узнать",
                "What we do not know and whom to ask",
                weight=3,
                ttl_months=3,
                required=True,
                known_by="coach",
            ),
            asked(
                "13.5",
                "Ценность для клиента в рублях",
                "Value for the client in money",
                "money",
                weight=3,
                known_by="economic",
                unit="₽",
            ),
            asked(
                "13.6",
                "Что должна сделать наша компания",
                "What our company must do",
                known_by="champion",
            ),
        ),
    ),
)
