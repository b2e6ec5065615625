"""Plain: blocks of the vacancy letter and sections of the offer as shipped."""

from kamerton.domain.methodology.content.hiring import LetterBlock, OfferSection
from kamerton.domain.methodology.content.texts import Text

LETTER_BLOCKS = (
    LetterBlock(
        "about",
        Text("Кто мы и почему нас выбирают", "Who we are and why we are chosen"),
        Text(
            "Десять лет поставляем арматуру заводам. Клиенты остаются из-за сроков и честности.",
            "For ten years we have supplied valves to plants. Clients stay for our dates and "
            "honesty.",
        ),
    ),
    LetterBlock(
        "task",
        Text("Задача", "The task"),
        Text("Развить пятнадцать ключевых клиентов.", "Develop fifteen key clients."),
    ),
    LetterBlock(
        "manages",
        Text("Чем вы управляете", "What you manage"),
        Text(
            "Портфель, цены в коридоре, команда клиента.",
            "A portfolio, prices within a corridor, the client's team.",
        ),
    ),
    LetterBlock(
        "pay",
        Text("Сколько и за что платим", "What we pay and for what"),
        Text(
            "40 % оклад, 10 % за цели сезона, 50 % с продаж. Пример: 120 000 ₽ в месяц.",
            "40 % fixed, 10 % for goals of the season, 50 % of sales. Example: 120,000 ₽ a month.",
        ),
    ),
    LetterBlock(
        "year",
        Text("Что будет через год", "What comes in a year"),
        Text("Свой портфель и ученик.", "A portfolio of your own and somebody to teach."),
        required=False,
    ),
    LetterBlock(
        "requirements",
        Text("Требования", "Requirements"),
        Text("Собираются из профиля вакансии.", "Taken from the vacancy's profile."),
    ),
    LetterBlock(
        "contest",
        Text("Как проходит конкурс", "How the contest goes"),
        Text(
            "Анкета, групповое собеседование, задание. Две недели.",
            "A form, a group interview, a task. Two weeks.",
        ),
    ),
    LetterBlock(
        "call",
        Text("Призыв и ссылка на анкету", "The call and the link to the form"),
        Text("Заполните анкету, это 20 минут.", "Fill in the form, it takes 20 minutes."),
    ),
)

OFFER_SECTIONS = (
    OfferSection(
        "role",
        Text("Роль и мандат", "Role and mandate"),
        Text("Что вы делаете и что решаете сами.", "What you do and what you decide yourself."),
    ),
    OfferSection(
        "portfolio",
        Text("Первый и целевой портфель", "First and target portfolio"),
        Text("С чего начинаете и куда приходите.", "Where you start and where you arrive."),
    ),
    OfferSection(
        "now",
        Text("Условия сейчас", "Terms now"),
        Text("Оклад, цели, процент, график.", "Salary, goals, commission, hours."),
    ),
    OfferSection(
        "probation",
        Text("Испытательные цели", "Goals of the probation"),
        Text("Критерии и день решения.", "The criteria and the day of the verdict."),
    ),
    OfferSection(
        "prospect",
        Text("Перспектива", "Prospect"),
        Text(
            "По вертикали или по горизонтали, на каких условиях.",
            "Up or in breadth, and on what conditions.",
        ),
    ),
    OfferSection(
        "advantages",
        Text("Почему мы", "Why us"),
        Text(
            "Репутация, качество, место на рынке, участие в решениях.",
            "Reputation, quality, place in the market, a say in decisions.",
        ),
    ),
    OfferSection(
        "mentor", Text("Наставник", "Mentor"), Text("Кто и сколько часов.", "Who, how many hours.")
    ),
    OfferSection(
        "secrecy",
        Text("Тайна и этика", "Secrecy and ethics"),
        Text("Что хранить и чего не делать.", "What to keep and what not to do."),
    ),
)
