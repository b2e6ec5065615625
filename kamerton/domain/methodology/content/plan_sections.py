"""Plain: the sections of a perspective plan as shipped."""

from kamerton.domain.methodology.content.planning import PlanSection
from kamerton.domain.methodology.content.texts import Text

_SECTIONS = (
    (
        ("Клиент и горизонт", "Client and horizon"),
        ("С кем и на сколько лет строим план.", "With whom and for how many years we plan."),
    ),
    (
        ("Текущее состояние", "Present state"),
        (
            "Продажи, доля, категории, стадия отношений, конкуренты, сильные стороны и уязвимость.",
            "Sales, share, categories, stage, competitors, strengths and vulnerability.",
        ),
    ),
    (
        ("Видение", "Vision"),
        (
            "Один абзац: где мы будем, что получит клиент и что получим мы.",
            "One paragraph: where we will be, what the client gets and what we get.",
        ),
    ),
    (
        ("Цели по годам", "Goals by year"),
        (
            "Показатель, исходное значение, цель на каждый год и откуда берём факт.",
            "A measure, its start, a target for each year and where the fact comes from.",
        ),
    ),
    (
        ("Стратегии", "Strategies"),
        (
            "За счёт чего: какую уязвимость закрываем и с кем из участников.",
            "How: which vulnerability is closed and with which people.",
        ),
    ),
    (
        ("Действия менеджера", "Manager's actions"),
        (
            "Подготовить, ждать события, действовать вовремя.",
            "Prepare, wait for the event, act in time.",
        ),
    ),
    (
        ("Действия компании и бюджет", "Company's actions and budget"),
        (
            "Отдел, ответственный, срок, цена; бюджет против ожидаемой валовой прибыли.",
            "Department, owner, date, cost; the budget against expected gross profit.",
        ),
    ),
    (
        ("Люди", "People"),
        ("Кого завоевать и в каких ролях.", "Whom to win and in which roles."),
    ),
    (
        ("Риски и сценарии", "Risks and scenarios"),
        (
            "Что может помешать и что делаем; худший, базовый и лучший сценарии.",
            "What may go wrong and what we do; the worse, base and better scenarios.",
        ),
    ),
    (
        ("От чего отказываемся", "What we give up"),
        (
            "Что перестаём делать, чтобы хватило сил.",
            "What we stop doing so that there is strength for the rest.",
        ),
    ),
    (
        ("Контрольные точки", "Control points"),
        ("Когда смотрим на план и что решаем.", "When we look at the plan and what we decide."),
    ),
    (
        ("Согласование", "Approval"),
        (
            "Совместная сессия с руководителем и решение.",
            "The joint session with the supervisor and the decision.",
        ),
    ),
    (
        ("Связь с планами месяца, квартала, года", "Link to plans of month, quarter, year"),
        (
            "Сумма планов периодов против траектории.",
            "The sum of period plans against the trajectory.",
        ),
    ),
)

PLAN_SECTIONS = tuple(
    PlanSection(f"s{at}", Text(*title), Text(*help_text))
    for at, (title, help_text) in enumerate(_SECTIONS, start=1)
)
