"""Plain: competencies C10 to C18 as shipped."""

from kamerton.domain.methodology.content.dossier import either
from kamerton.domain.methodology.content.hiring import (
    EXPERIENCE,
    KNOWLEDGE,
    QUALITY,
    Competency,
)
from kamerton.domain.methodology.content.texts import Text

LAST_COMPETENCIES = (
    Competency(
        "C10",
        Text("Знание отрасли", "Industry knowledge"),
        KNOWLEDGE,
        either(("Предвидит спрос", "Predicts demand"), ("Называет игроков", "Names the players")),
        either(
            ("Общие слова", "Clichés"),
            ("Знает игроков и цены", "Knows players and prices"),
            ("Предвидит изменения и готовит клиента", "Foresees changes and prepares the client"),
        ),
        Text(
            "Что изменится на рынке за год и что делать клиенту?",
            "What will change in the market in a year, and what should the client do?",
        ),
        Text("Общие слова", "Clichés"),
    ),
    Competency(
        "C11",
        Text("Психология продаж", "Sales psychology"),
        EXPERIENCE,
        either(
            ("Подстраивается под людей", "Adapts to people"),
            ("Сначала выясняет потребность", "Finds the need first"),
        ),
        either(
            ("Давит", "Presses"),
            ("Слышит и отвечает на возражения", "Hears and answers objections"),
            ("Ведёт разных людей к общему решению", "Leads different people to one decision"),
        ),
        Text(
            "Ролевая игра: секретарь, который не пускает, и технический контролёр",
            "Role play: a gatekeeper and a technical buyer",
        ),
        Text("Давление на собеседника", "Pressure on the other side"),
    ),
    Competency(
        "C12",
        Text("Системное мышление", "Systems thinking"),
        QUALITY,
        either(
            ("Видит последствия второго порядка", "Sees second-order effects"),
            ("Строит сценарии", "Builds scenarios"),
        ),
        either(
            ("Один ход", "A single move"),
            ("Два хода и риск каждого", "Two moves and the risk of each"),
            ("Сценарии со стоимостью и условиями выхода", "Scenarios with cost and ways out"),
        ),
        Text(
            "Клиент просит эксклюзив. Просчитайте на два хода.",
            "The client wants exclusivity. Think two moves ahead.",
        ),
        Text("Просчитал один ход", "Thought of a single move"),
        must=True,
    ),
    Competency(
        "C13",
        Text("Планирование и лидерство", "Planning and leading"),
        EXPERIENCE,
        either(
            ("Ведёт план на год", "Keeps a plan for a year"),
            ("Поручает", "Delegates"),
            ("Учит", "Teaches"),
        ),
        either(
            ("Плана нет", "No plan"),
            ("План с датами и фактом", "A plan with dates and facts"),
            ("План меняет вместе с командой и клиентом", "Changes the plan with team and client"),
        ),
        Text(
            "Покажите план по клиенту и как его меняли", "Show a client plan and how you changed it"
        ),
        Text("Плана нет", "No plan"),
    ),
    Competency(
        "C14",
        Text("Инженерная экспертиза", "Engineering expertise"),
        KNOWLEDGE,
        either(
            ("Читает проект", "Reads projects"),
            ("Говорит с проектировщиком на равных", "Talks with designers as an equal"),
        ),
        either(
            ("Меньше шести верных ответов из десяти", "Fewer than six right of ten"),
            ("Семь или восемь из десяти", "Seven or eight of ten"),
            ("Все десять и объясняет замены", "All ten, and explains replacements"),
        ),
        Text("Технический тест, 10 вопросов", "Technical test, 10 items"),
        Text("Меньше шести верных ответов", "Fewer than six right"),
        pack="engineering",
    ),
    Competency(
        "C15",
        Text("Процессы заказчика", "Buyer's processes"),
        EXPERIENCE,
        either(
            (
                "Знает порядок поставки, монтажа и пусконаладки",
                "Knows how supply, installation and commissioning go",
            ),
            ("Участвовал в тендерах", "Took part in tenders"),
        ),
        either(
            ("Не знает этапов", "Does not know the stages"),
            ("Описывает путь проекта без пропусков", "Describes the way of a project without gaps"),
            (
                "Сам менял порядок работы с заказчиком",
                "Changed the way of work with a buyer himself",
            ),
        ),
        Text(
            "Путь вашего проекта от заявки до акта",
            "The way of your project from request to acceptance",
        ),
        Text("Пропуски в этапах", "Gaps in the stages"),
        pack="engineering",
    ),
    Competency(
        "C16",
        Text("Лояльность и этика", "Loyalty and ethics"),
        QUALITY,
        either(
            ("Уходил чисто", "Left cleanly"),
            ("Хранит тайну", "Keeps secrets"),
            ("Отказывается от откатов", "Refuses kickbacks"),
        ),
        either(
            ("Забрал базу или оправдывает откат", "Took the base, or excuses kickbacks"),
            ("Передал клиентов и отказал в откате", "Handed clients over, refused a kickback"),
            ("Сам предупредил о конфликте интересов", "Told of a conflict of interest himself"),
        ),
        Text(
            "Как вы передавали клиентов при уходе? Клиент просит откат: ваши действия?",
            "How did you hand clients over on leaving? A client wants a kickback: what do you do?",
        ),
        Text("Унёс базу клиентов", "Took the base of clients"),
        must=True,
    ),
    Competency(
        "C17",
        Text(
            "Ответственность, активность, внимание, доброжелательность",
            "Responsibility, initiative, care, goodwill",
        ),
        QUALITY,
        either(
            ("Отвечает за итог", "Owns the result"),
            ("Действует первым", "Acts first"),
            ("Замечает мелочи", "Notices details"),
            ("Доброжелателен", "Shows goodwill"),
        ),
        either(
            ("«Не моя работа»", "“Not my job”"),
            ("Берётся и доводит до конца", "Takes it on and finishes it"),
            (
                "Решил чужую проблему клиента и изменил порядок",
                "Solved a client's problem beyond his duties and changed the routine",
            ),
        ),
        Text(
            "Проблема клиента вне ваших обязанностей: пример",
            "A client's problem beyond your duties: an example",
        ),
        Text("«Не моя работа»", "“Not my job”"),
    ),
    Competency(
        "C18",
        Text("Обучаемость", "Learnability"),
        QUALITY,
        either(("Быстро учится", "Learns fast"), ("Применяет на деле", "Applies what he learned")),
        either(
            ("Скопировал текст", "Copied the text"),
            ("Разобрался и изложил своими словами", "Understood it and put it in his own words"),
            ("Сделал вывод, полезный нам", "Drew a conclusion that is of use to us"),
        ),
        Text(
            "Задание на дом: страница о нашем рынке за 24 часа",
            "Homework: one page on our market in 24 hours",
        ),
        Text("Скопированный текст", "Copied text"),
    ),
)
