"""Plain: the group session, test tasks, fit and loyalty, probation and first days as shipped."""

from kamerton.domain.methodology.content.hiring import (
    BusinessTask,
    OnboardingDay,
    ProbationCriterion,
    RubricItem,
    SelectionItem,
    SessionPart,
)
from kamerton.domain.methodology.content.texts import Item, Text

HIRING_PACKS = (
    Item(
        "engineering",
        Text("Инженерные продажи", "Engineering sales"),
        Text("Проекты, проектировщики, монтаж.", "Projects, designers, installation."),
    ),
)

GROUP_PLAN = (
    SessionPart(
        "rules",
        Text("Правила и рассказ о компании", "Rules and the company's story"),
        10,
        Text("Кто пришёл вовремя.", "Who came in time."),
    ),
    SessionPart(
        "selves",
        Text(
            "Самопрезентации по 2 минуты, каждая о клиенте",
            "Two minutes each about themselves and a client",
        ),
        20,
        Text("Структура, числа, речь.", "Structure, figures, speech."),
    ),
    SessionPart(
        "case",
        Text("Групповой кейс «спасите клиента»", "Group case: save a key client"),
        25,
        Text("Слушает, ведёт, считает.", "Listens, leads, reckons."),
    ),
    SessionPart(
        "analysis",
        Text("Письменный разбор таблицы продаж", "Written analysis of a table of sales"),
        20,
        Text("Причина и действие.", "The cause and an action."),
    ),
    SessionPart(
        "pairs",
        Text("Ролевые игры в парах: блокатор и ЛПР", "Role plays in pairs: a blocker, a decider"),
        25,
        Text("Вопросы, выгода, честность.", "Questions, benefit, honesty."),
    ),
    SessionPart(
        "questions",
        Text("Вопросы участников", "Questions of those present"),
        10,
        Text("О чём спрашивают.", "What they ask about."),
    ),
    SessionPart(
        "marks",
        Text("Независимые оценки и вскрытие", "Independent marks, then the reveal"),
        10,
        Text("Каждый ставит сам, потом сверяют.", "Each marks alone, then they compare."),
    ),
)

BUSINESS_TASKS = (
    BusinessTask(
        "key_client",
        Text("Мы — ваш ключевой клиент", "We are your key client"),
        Text(
            "Досье нашей компании по открытым источникам, три вопроса к нам, план первых 30 дней.",
            "A dossier of our company from public sources, three questions to us, a plan of the "
            "first 30 days.",
        ),
        (
            RubricItem("dossier", Text("Досье: факты и источники", "Dossier: facts, sources"), 35),
            RubricItem("questions", Text("Три вопроса по делу", "Three good questions"), 25),
            RubricItem("plan", Text("План с датами и числами", "A plan with dates, figures"), 30),
            RubricItem("clarity", Text("Ясность изложения", "Clear writing"), 10),
        ),
        needed=True,
    ),
    BusinessTask(
        "documents",
        Text("Документ с ошибками", "A document with errors"),
        Text(
            "Найдите семь ошибок в приложении к договору за 15 минут.",
            "Find seven errors in a contract annex in 15 minutes.",
        ),
        (RubricItem("found", Text("Найдено ошибок", "Errors found"), 7),),
    ),
    BusinessTask(
        "sales_table",
        Text("Продажи одного клиента", "Sales of one client"),
        Text(
            "24 месяца продаж: что случилось и что делать?",
            "24 months of sales: what happened and what is to be done?",
        ),
        (
            RubricItem("cause", Text("Причина найдена", "The cause is found"), 50),
            RubricItem("action", Text("Действие с ценой", "An action with its price"), 50),
        ),
    ),
    BusinessTask(
        "engineering",
        Text("Технический тест", "Technical test"),
        Text("Десять вопросов по инженерным системам.", "Ten items on engineering systems."),
        (RubricItem("right", Text("Верных ответов", "Right answers"), 10),),
        pack="engineering",
    ),
)

SELECTION_ITEMS = (
    SelectionItem(
        "fit_pace",
        Text("Темп и порядок", "Pace and order"),
        Text("Как у вас принимали решения и как быстро?", "How were decisions made, and how fast?"),
    ),
    SelectionItem(
        "fit_rules",
        Text("Цели и правила", "Goals and rules"),
        Text(
            "Какие правила прежней компании вы бы не перенесли к нам?",
            "Which rules of your former company would you leave behind?",
        ),
    ),
    SelectionItem(
        "fit_team",
        Text("Люди рядом", "People around"),
        Text("С кем вам трудно работать?", "With whom is it hard for you to work?"),
    ),
    SelectionItem(
        "loyalty",
        Text("Лояльность", "Loyalty"),
        Text(
            "Что вас удержит и что заставит уйти?", "What would keep you, what would make you go?"
        ),
    ),
)

PROBATION_CRITERIA = (
    ProbationCriterion(
        "method",
        Text("Методика и продукт, тесты", "Method and product, tests"),
        0.60,
        0.80,
        0.90,
        15,
    ),
    ProbationCriterion(
        "portfolio",
        Text("Учебный портфель: прирост к базе", "Training clients: growth over the baseline"),
        1.0,
        0.10,
        0.30,
        30,
    ),
    ProbationCriterion(
        "dossier",
        Text("Досье учебных клиентов", "Dossiers of training clients"),
        0.30,
        0.50,
        0.70,
        15,
    ),
    ProbationCriterion(
        "centre",
        Text("Закупочный центр: людей на клиента", "Buying centre: people a client"),
        2,
        3,
        4,
        10,
        unit="count",
    ),
    ProbationCriterion("talks", Text("Переговоры", "Negotiations"), 5, 12, 25, 10, unit="count"),
    ProbationCriterion(
        "calls",
        Text("Разбор звонков, средний балл из 22", "Call reviews, mean mark of 22"),
        12,
        14,
        16,
        10,
        unit="mark",
    ),
    ProbationCriterion(
        "papers", Text("Отчёты и документы в срок", "Reports and documents in time"), 1, 1, 1, 5
    ),
    ProbationCriterion(
        "plans", Text("План по двум клиентам", "Plans for two clients"), 0, 0.5, 1, 5
    ),
)

ONBOARDING_DAYS = (
    OnboardingDay("method", Text("Методика", "The method"), 1),
    OnboardingDay("product", Text("Продукт и склад", "The product and the stock"), 2),
    OnboardingDay("client", Text("Клиенты и досье", "Clients and dossiers"), 3),
    OnboardingDay("shadow", Text("День рядом с наставником", "A day beside the mentor"), 4),
    OnboardingDay("accounts", Text("Пять учебных клиентов", "Five training clients"), 5),
)
