"""Plain: the roles of a purchase as shipped, with our line of work, and the sets of them."""

from kamerton.domain.methodology.content.buying import BuyingRole, RoleSet
from kamerton.domain.methodology.content.dossier import either
from kamerton.domain.methodology.content.texts import Text

WEBSTER_WIND, MILLER_HEIMAN, LAMP, LOCAL = "webster_wind", "miller_heiman", "lamp", "local"

_TABLE = (
    BuyingRole(
        "initiator",
        Text("Инициатор", "Initiator"),
        WEBSTER_WIND,
        Text("Первым видит потребность.", "Sees the need first."),
        Text("Формировать потребность", "Shape the need"),
        either(
            (
                "Показать, как с такой задачей справились другие",
                "Show how others solved the problem",
            ),
            ("Посчитать вместе цену бездействия", "Work out together what doing nothing costs"),
            (
                "Узнать о потребности до спецификации",
                "Learn of the need before the specification",
            ),
        ),
    ),
    BuyingRole(
        "user",
        Text("Пользователь", "User"),
        WEBSTER_WIND,
        Text("Работает с продуктом.", "Works with the product."),
        Text("Делать удобным", "Make it convenient"),
        either(
            ("Провести обучение", "Hold a training"),
            ("Дать попробовать", "Offer a trial"),
            ("Быстро решить накопившиеся проблемы", "Solve open problems quickly"),
            ("Собрать пожелания", "Collect wishes"),
        ),
    ),
    BuyingRole(
        "influencer",
        Text("Влияющий, эксперт (ЛВР)", "Influencer, expert"),
        WEBSTER_WIND,
        Text("Формирует мнение знанием дела.", "Shapes opinion by expertise."),
        Text("Сделать соавтором", "Make a co-author"),
        either(
            ("Написать спецификацию вместе", "Write the specification together"),
            ("Свозить на объект или производство", "Take to a site or a plant"),
            ("Передать экспертные материалы", "Hand over expert materials"),
        ),
    ),
    BuyingRole(
        "technical",
        Text("Технический контролёр", "Technical buyer"),
        MILLER_HEIMAN,
        Text(
            "Может отказать по нормам: инженер, юрист, безопасность, качество.",
            "Can say no by the norms: engineer, lawyer, security, quality.",
        ),
        Text("Снять возражения заранее", "Remove objections in advance"),
        either(
            (
                "Передать документы и сертификаты до решения",
                "Hand over documents and certificates before the decision",
            ),
            ("Провести испытания", "Run tests"),
            ("Согласовать список отклонений", "Agree the list of deviations"),
        ),
    ),
    BuyingRole(
        "shaper",
        Text("Формирующий решение (ЛФР)", "Shaper"),
        LOCAL,
        Text("Готовит сравнение и короткий список.", "Prepares the comparison and the short list."),
        Text("Дать критерии и цифры", "Give criteria and figures"),
        either(
            ("Передать таблицу сравнения", "Hand over a table of comparison"),
            ("Посчитать стоимость владения", "Work out the cost of ownership"),
            (
                "Подготовить обоснование, готовое к отправке",
                "Prepare a justification ready to send",
            ),
        ),
        cadence_days=14,
    ),
    BuyingRole(
        "economic",
        Text("Экономический покупатель", "Economic buyer"),
        MILLER_HEIMAN,
        Text(
            "Держит бюджет, последнее слово о деньгах.",
            "Owns the budget, has the last word about money.",
        ),
        Text("Говорить о выгоде", "Speak of the benefit"),
        either(
            ("Показать окупаемость в деньгах клиента", "Show the return in the client's money"),
            ("Разобрать риски и как мы их снимаем", "Go through risks and how we remove them"),
            ("Дать рекомендации равных ему", "Give references of equals"),
            ("Встреча с нашим руководителем", "Meeting with our top manager"),
        ),
        cadence_days=90,
    ),
    BuyingRole(
        "decider",
        Text("Решающий (ЛПР)", "Decider"),
        WEBSTER_WIND,
        Text("Выбирает поставщика.", "Chooses the supplier."),
        Text("Вести к выбору", "Lead to the choice"),
        either(
            ("Согласовать критерии выбора", "Agree the criteria of choice"),
            ("Встреча руководителей", "Meeting of executives"),
            ("Составить карту обязательств сторон", "Draw up who commits to what"),
        ),
        cadence_days=21,
    ),
    BuyingRole(
        "approver",
        Text("Утверждающий", "Approver"),
        WEBSTER_WIND,
        Text("Подписывает, может вернуть.", "Signs, may send back."),
        Text("Упростить согласование", "Make approval simple"),
        either(
            ("Подготовить короткую записку", "Prepare a short memo"),
            ("Собрать пакет документов", "Put the documents together"),
            ("Согласовать даты подписания", "Agree the dates of signing"),
        ),
    ),
    BuyingRole(
        "buyer",
        Text("Закупщик", "Buyer"),
        WEBSTER_WIND,
        Text("Ведёт процедуру и условия.", "Runs the procedure and the terms."),
        Text("Быть удобным поставщиком", "Be a supplier easy to deal with"),
        either(
            ("Сдать полный пакет документов в срок", "Deliver full documents in time"),
            ("Объяснить, из чего складывается цена", "Explain what the price is made of"),
            ("Согласовать план поставок", "Agree the plan of deliveries"),
        ),
        cadence_days=14,
    ),
    BuyingRole(
        "gatekeeper",
        Text("Привратник", "Gatekeeper"),
        WEBSTER_WIND,
        Text("Решает, кто и что узнает.", "Controls access and information."),
        Text("Уважать и информировать", "Respect and inform"),
        either(
            ("Обратиться коротко и по делу", "Make a short useful request"),
            ("Рассказать, что сделано по его вопросу", "Tell what came of the request"),
        ),
    ),
    BuyingRole(
        "coach",
        Text("Проводник", "Coach"),
        MILLER_HEIMAN,
        Text(
            "Хочет, чтобы выбрали нас, и объясняет, как всё устроено.",
            "Wants us to win and tells how things work.",
        ),
        Text("Беречь и проверять", "Protect and verify"),
        either(
            ("Спросить совета", "Ask for advice"),
            ("Проверить факты по другому источнику", "Check the facts with another source"),
            ("Нигде не раскрывать источник", "Never expose the source"),
        ),
        cadence_days=14,
    ),
    BuyingRole(
        "champion",
        Text("Спонсор", "Champion"),
        LAMP,
        Text("Продвигает нас внутри, ему верят.", "Promotes us inside and is believed."),
        Text("Вооружать", "Arm with arguments"),
        either(
            ("Дать материалы для внутренней продажи", "Give materials for selling inside"),
            ("Показать общий успех как его успех", "Show the common success as his"),
        ),
        cadence_days=14,
    ),
    BuyingRole(
        "blocker",
        Text("Противник", "Blocker"),
        LAMP,
        Text("Работает против нас или за конкурента.", "Works against us or for a competitor."),
        Text("Понять и нейтрализовать", "Understand and neutralise"),
        either(
            ("Узнать причину", "Find the reason"),
            ("Предложить безопасный выигрыш", "Offer a safe win"),
            (
                "Уравновесить более сильной поддержкой, не нападать",
                "Balance by stronger support, never attack",
            ),
        ),
    ),
    BuyingRole(
        "external",
        Text("Внешний влияющий", "External influencer"),
        LOCAL,
        Text(
            "Проектировщик, консультант, головная компания, генподрядчик.",
            "Designer, consultant, parent company, general contractor.",
        ),
        Text("Работать с источником", "Work with the source"),
        either(
            ("Помочь с проектированием", "Support the design"),
            ("Предложить совместную программу", "Offer a joint programme"),
        ),
    ),
)

_INFO_SYSTEMS = (
    BuyingRole(
        "chief_accountant",
        Text("Главный бухгалтер", "Chief accountant"),
        LOCAL,
        Text(
            "Отвечает за учёт и отчётность, нуждается в верных ответах.",
            "Answers for the accounts and needs correct answers.",
        ),
        Text("Беречь время и снимать риск", "Save time and remove risk"),
        either(
            ("Показать ответ на вопрос из практики", "Show the answer to a real question"),
            ("Предупредить об изменениях в законах", "Warn of changes in the law"),
        ),
    ),
    BuyingRole(
        "lawyer",
        Text("Юрист", "Lawyer"),
        LOCAL,
        Text(
            "Ищет нормы и судебную практику каждый день.",
            "Looks up rules and court practice every day.",
        ),
        Text("Дать опору в споре", "Give support in a dispute"),
        either(
            ("Подобрать практику под его дело", "Find court practice for a case"),
            ("Провести обучение поиску", "Train in searching"),
        ),
    ),
    BuyingRole(
        "it_specialist",
        Text("ИТ-специалист", "IT specialist"),
        LOCAL,
        Text(
            "Ставит и обновляет систему, проверяет безопасность.",
            "Installs and updates the system, checks security.",
        ),
        Text("Не добавлять работы", "Add no work"),
        either(
            ("Согласовать порядок установки", "Agree how it is installed"),
            ("Ответить на требования безопасности", "Answer the security requirements"),
        ),
    ),
    BuyingRole(
        "active_user",
        Text("Пользователь-активист", "Active user"),
        LOCAL,
        Text("Пользуется охотно и учит других.", "Uses it gladly and teaches others."),
        Text("Сделать проводником", "Make a coach"),
        either(
            ("Показать новые возможности первым", "Show new features first"),
            ("Попросить рассказать коллегам", "Ask to tell colleagues"),
        ),
        cadence_days=14,
    ),
)

BUYING_ROLES = (*_TABLE, *_INFO_SYSTEMS)

ROLE_SETS = (
    RoleSet(
        "minimum3",
        Text("Минимум — 3 роли", "Minimum, 3 roles"),
        ("decider", "influencer", "user"),
        ("decider", "user"),
    ),
    RoleSet(
        "classic6",
        Text("Классика — 6 ролей", "Classic, 6 roles"),
        ("initiator", "user", "influencer", "decider", "buyer", "gatekeeper"),
        ("user", "influencer", "decider", "buyer"),
    ),
    RoleSet(
        "sales8",
        Text("Продажи — 8 ролей", "Sales, 8 roles"),
        ("decider", "economic", "technical", "shaper", "user", "buyer", "coach", "blocker"),
        ("decider", "economic", "technical", "user", "buyer", "coach"),
    ),
    RoleSet(
        "full14",
        Text("Полный — 14 ролей", "Full, 14 roles"),
        tuple(role.code for role in _TABLE),
        ("decider", "economic", "technical", "user", "buyer", "coach"),
    ),
    RoleSet(
        "info_systems",
        Text("Информационные системы — 7 ролей", "Information systems, 7 roles"),
        (
            *("decider", "chief_accountant", "lawyer", "it_specialist"),
            *("active_user", "buyer", "blocker"),
        ),
        ("decider", "chief_accountant", "lawyer", "active_user", "buyer"),
    ),
)
