"""Plain: competencies C01 to C09 as shipped."""

from kamerton.domain.methodology.content.dossier import either
from kamerton.domain.methodology.content.hiring import (
    EXPERIENCE,
    KNOWLEDGE,
    QUALITY,
    Competency,
)
from kamerton.domain.methodology.content.texts import Text

FIRST_COMPETENCIES = (
    Competency(
        "C01",
        Text("Понимание бизнеса", "Business acumen"),
        KNOWLEDGE,
        either(
            (
                "Объясняет, на чём клиент зарабатывает и теряет",
                "Explains what the client earns and loses on",
            ),
            ("Оценивает риск в деньгах", "Prices a risk"),
            ("Связывает предложение с прибылью клиента", "Links the offer to the client's profit"),
        ),
        either(
            ("Говорит только о товаре", "Speaks only of the product"),
            ("Считает выгоду клиента на примере", "Works out a client's benefit by an example"),
            (
                "Разбирает отчёт о прибыли клиента и видит, что изменить",
                "Reads a client's profit and loss and sees what to change",
            ),
        ),
        Text(
            "Как зарабатывал ваш крупнейший клиент и на чём терял?",
            "How did your largest client earn money, and on what did he lose it?",
        ),
        Text("Говорит только о товаре", "Speaks only of the product"),
        must=True,
    ),
    Competency(
        "C02",
        Text("Эрудиция", "Erudition"),
        KNOWLEDGE,
        either(
            ("Поддерживает разговор на разные темы", "Keeps up a talk on varied subjects"),
            ("Изучает дело клиента", "Learns the client's field"),
        ),
        either(
            ("Ничего не читает и не узнаёт", "Reads and learns nothing"),
            ("Следит за своей отраслью", "Follows his own industry"),
            (
                "Приносит клиенту идеи из других областей",
                "Brings the client ideas from other fields",
            ),
        ),
        Text(
            "Что нового узнали за месяц вне работы и как пригодилось?",
            "What did you learn outside work this month, and what was it good for?",
        ),
        Text("Не может назвать ничего", "Can name nothing"),
    ),
    Competency(
        "C03",
        Text("Переговоры и аргументация", "Negotiation"),
        EXPERIENCE,
        either(
            ("Готовит запасной вариант", "Prepares an alternative"),
            ("Уступает только в обмен", "Gives only to get"),
            ("Говорит числами", "Argues with numbers"),
        ),
        either(
            ("Уступает в цене сразу", "Cuts the price at once"),
            ("Знает цель и предел, обменивает уступки", "Knows goal and limit, trades concessions"),
            (
                "Меняет состав сделки так, что выигрывают обе стороны",
                "Recasts the deal so that both sides win",
            ),
        ),
        Text(
            "Самые трудные переговоры: цели, уступки, итог в рублях",
            "Your hardest negotiation: goals, concessions, the result in money",
        ),
        Text("Только снижал цену", "Only cut the price"),
        must=True,
    ),
    Competency(
        "C04",
        Text("Стрессоустойчивость", "Resilience"),
        QUALITY,
        either(
            ("Спокоен в конфликте", "Is calm in a conflict"),
            ("Быстро восстанавливается", "Recovers quickly"),
            ("Не опаздывает", "Is on time"),
        ),
        either(
            ("Срывается или обвиняет", "Loses temper or blames"),
            ("Держится и находит выход", "Holds on and finds a way out"),
            ("Успокаивает других и делает выводы", "Calms others and learns from it"),
        ),
        Text("Когда всё пошло не так из-за вас?", "When did everything go wrong because of you?"),
        Text("Винит других", "Blames others"),
    ),
    Competency(
        "C05",
        Text("Построение отношений", "Relationship building"),
        EXPERIENCE,
        either(
            ("Знает людей на разных уровнях", "Knows people at several levels"),
            ("Честен с клиентом", "Is honest with the client"),
            ("Держит обещания", "Keeps promises"),
        ),
        either(
            ("Один знакомый у клиента", "One acquaintance at the client"),
            (
                "Знает решающего, пользователей и противников",
                "Knows the decider, users and opponents",
            ),
            (
                "Сам построил связи нескольких людей с обеих сторон",
                "Built ties of several people on both sides",
            ),
        ),
        Text(
            "Сколько людей у клиента вы знали, кто был против вас?",
            "How many people at the client did you know, and who was against you?",
        ),
        Text("Держался на одном знакомом", "Depended on one friend"),
        must=True,
    ),
    Competency(
        "C06",
        Text("Скрупулёзность", "Accuracy"),
        QUALITY,
        either(
            ("Документы не возвращают", "Documents are not returned"),
            ("Проверяет факты", "Checks facts"),
        ),
        either(
            ("Пропускает больше трёх ошибок из семи", "Misses more than three errors of seven"),
            ("Находит пять из семи", "Finds five of seven"),
            ("Находит все и предлагает, как их избежать", "Finds all and says how to avoid them"),
        ),
        Text(
            "Практика: найдите семь ошибок в приложении к договору",
            "Practice: find seven errors in a contract annex",
        ),
        Text("Пропустил больше трёх ошибок", "Missed more than three"),
    ),
    Competency(
        "C07",
        Text("Целеустремлённость и настойчивость", "Drive and persistence"),
        QUALITY,
        either(
            ("Ставит себе цели сам", "Sets goals for himself"),
            ("Поднимает размер сделки", "Raises the size of deals"),
            ("Возвращается после отказа", "Comes back after a refusal"),
        ),
        either(
            ("Ждёт заданий", "Waits to be told"),
            ("Есть своя цель и план к ней", "Has a goal of his own and a plan"),
            (
                "Дорастил клиента в разы и знает как",
                "Grew a client several times over and knows how",
            ),
        ),
        Text("Кем вы видите себя через пять лет?", "Where do you see yourself in five years?"),
        Text(
            "Отвечает «владельцем бизнеса»: нужна осторожность",
            "Answers “owner of a business”: be careful",
        ),
    ),
    Competency(
        "C08",
        Text("Презентация, деловая подача и речь", "Presentation, business manner and speech"),
        QUALITY,
        either(
            ("Строит рассказ", "Gives a talk a structure"),
            ("Говорит языком клиента", "Speaks the client's language"),
            ("Владеет голосом", "Uses his voice well"),
        ),
        either(
            ("Читает слайды", "Reads the slides"),
            ("Понятно и по делу", "Clear and to the point"),
            (
                "Слушатели задают вопросы и соглашаются на следующий шаг",
                "Listeners ask and agree to a next step",
            ),
        ),
        Text(
            "Пять минут: представьте нашу компанию ключевому клиенту",
            "Five minutes: present our company to a key client",
        ),
        Text("Читает слайды", "Reads the slides"),
        may_refuse=False,
    ),
    Competency(
        "C09",
        Text("Анализ данных", "Analysis"),
        KNOWLEDGE,
        either(
            ("Находит причину в таблице", "Finds the cause in a table"),
            ("Предлагает действие", "Proposes an action"),
        ),
        either(
            ("Не видит чисел", "Sees no figures"),
            ("Находит спад и его причину", "Finds the fall and its cause"),
            (
                "Считает последствия и предлагает действие с ценой",
                "Works out what follows and proposes an action with its price",
            ),
        ),
        Text(
            "Кейс: продажи одному клиенту за 24 месяца. Что случилось и что делать?",
            "Case: 24 months of sales to one client. What happened, what to do?",
        ),
        Text("Ответ без чисел", "An answer without figures"),
    ),
)
