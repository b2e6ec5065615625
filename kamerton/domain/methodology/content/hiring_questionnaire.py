"""Plain: the candidate's form as shipped; nothing that the law forbids is asked."""

from kamerton.domain.methodology.content.dossier import either
from kamerton.domain.methodology.content.hiring import INFO, KNOCKOUT, SCORED, FormQuestion
from kamerton.domain.methodology.content.texts import Text

_LEVELS = either(
    ("Специалист отдела снабжения", "Specialist of purchasing"),
    ("Руководитель отдела", "Head of a department"),
    ("Директор по направлению", "Director of a function"),
    ("Генеральный директор или собственник", "General director or owner"),
)
_EDUCATION = either(
    ("Высшее: бизнес, экономика, управление", "Degree in business, economics, management"),
    ("Высшее: другое", "Degree in something else"),
    ("Нет высшего", "No degree"),
)
_PAPERS = either(
    ("Готовлю сам и проверяю", "I prepare and check them myself"),
    ("Готовлю по шаблону", "I prepare them by a template"),
    ("Этим занимается кто-то другой", "Somebody else does it"),
)
_MOTIVES = either(
    ("Деньги", "Money"),
    ("Рост", "Growth"),
    ("Продукт", "Product"),
    ("Статус", "Status"),
    ("Команда", "Team"),
)
MOTIVES = ("money", "growth", "product", "status", "team")

QUESTIONNAIRE = (
    FormQuestion(
        "consent",
        Text("Согласие на обработку персональных данных", "Consent to processing personal data"),
        KNOCKOUT,
        "yes_no",
    ),
    FormQuestion(
        "experience",
        Text("Опыт B2B-продаж, лет", "Experience in B2B sales, years"),
        KNOCKOUT,
        "number",
        rule="years",
        weight=15,
        full=5,
    ),
    FormQuestion(
        "largest_deal",
        Text("Крупнейшая сделка, ₽", "Largest deal, ₽"),
        SCORED,
        "money",
        weight=15,
        full=5_000_000,
    ),
    FormQuestion(
        "deal_role", Text("Ваша роль в этой сделке", "Your part in this deal"), SCORED, weight=10
    ),
    FormQuestion(
        "buyer_level",
        Text("Кто был покупателем, какого уровня", "Who was the buyer, of what level"),
        SCORED,
        "choice",
        weight=10,
        choices=_LEVELS,
        marks=(0.25, 0.5, 0.75, 1.0),
    ),
    FormQuestion(
        "known_clients",
        Text(
            "Три клиента, с которыми работали, и отрасль; тайну прежних работодателей не "
            "раскрывайте",
            "Three clients you worked with and their industry; do not disclose secrets of former "
            "employers",
        ),
        INFO,
        "names",
    ),
    FormQuestion(
        "employer",
        Text("Последний работодатель", "Last employer"),
        KNOCKOUT,
        rule="employer",
    ),
    FormQuestion("pay_now", Text("Доход сейчас, ₽", "Income now, ₽"), INFO, "money"),
    FormQuestion(
        "pay_wanted", Text("Доход желаемый, ₽", "Income wanted, ₽"), KNOCKOUT, "money", rule="pay"
    ),
    FormQuestion(
        "notice_days",
        Text("Через сколько дней готовы выйти", "In how many days can you start"),
        KNOCKOUT,
        "number",
        rule="notice",
    ),
    FormQuestion(
        "trip_days",
        Text("Сколько дней в месяц готовы ездить", "Days a month you are ready to travel"),
        KNOCKOUT,
        "number",
        rule="trips",
    ),
    FormQuestion(
        "language",
        Text("Уровень языка по CEFR", "Level of the language by CEFR"),
        KNOCKOUT,
        "language",
        rule="language",
        required=False,
    ),
    FormQuestion(
        "education",
        Text("Образование", "Education"),
        SCORED,
        "choice",
        weight=5,
        choices=_EDUCATION,
        marks=(1.0, 0.6, 0.0),
    ),
    FormQuestion(
        "papers",
        Text("Как вы работаете с документами", "How you work with documents"),
        SCORED,
        "choice",
        weight=10,
        choices=_PAPERS,
        marks=(1.0, 0.6, 0.0),
    ),
    FormQuestion("leaving", Text("Почему уходите", "Why you are leaving"), INFO),
    FormQuestion(
        "motive",
        Text("Что для вас главное в новой работе", "What matters most to you in the new job"),
        INFO,
        "choice",
        choices=_MOTIVES,
    ),
    FormQuestion(
        "blunder", Text("Самый дорогой промах", "Your most expensive mistake"), SCORED, weight=10
    ),
    FormQuestion(
        "five_years",
        Text("Кем видите себя через пять лет", "Where do you see yourself in five years"),
        INFO,
    ),
    FormQuestion(
        "case",
        Text(
            "Клиент получил лучшее предложение. Ваши пять шагов (10 минут)",
            "The client has got a better offer. Your five steps (10 minutes)",
        ),
        SCORED,
        weight=25,
    ),
    FormQuestion(
        "references",
        Text("Кто может вас рекомендовать", "Who can recommend you"),
        INFO,
        required=False,
    ),
    FormQuestion(
        "systems",
        Text(
            "С какими инженерными системами работали и на каких стадиях проекта",
            "Which engineering systems you worked with, at which stages of a project",
        ),
        SCORED,
        weight=10,
        pack="engineering",
    ),
)
