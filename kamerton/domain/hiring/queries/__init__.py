"""What is read of hiring."""

from kamerton.domain.hiring.queries.calendar import (
    invitation_ics,
)
from kamerton.domain.hiring.queries.calls import (
    CallCounts,
    call_counts,
    call_queue,
)
from kamerton.domain.hiring.queries.candidates import (
    BoardColumn,
    application,
    applications,
    board,
    calls_of,
    candidates,
    history,
    letters,
    talent_pool,
)
from kamerton.domain.hiring.queries.form_rules import (
    asked_questions,
)
from kamerton.domain.hiring.queries.forms import (
    FormAnswer,
    MarketPicture,
    answers_of,
    form_by_token,
    form_of,
    market_picture,
    questions_of,
)
from kamerton.domain.hiring.queries.imported import (
    BadRow,
    ImportRow,
    ReadRows,
    read_rows,
)
from kamerton.domain.hiring.queries.letters import (
    RenderedBlock,
    RenderedLetter,
    rendered_letter,
)
from kamerton.domain.hiring.queries.people import (
    NobodyNamed,
    Person,
    tidied,
)
from kamerton.domain.hiring.queries.planning import (
    FunnelLine,
    InternalCandidate,
    PayAgainstMarket,
    funnel,
    internal_reserve,
    pay_against_market,
    planned_funnel,
    planned_hires,
    route_advice,
    timeline,
    vacancy_breadth,
)
from kamerton.domain.hiring.queries.sessions import (
    SlotPlan,
    SlotState,
    channel_of,
    cheapest_invitations,
    free_sessions,
    group_plan,
    interview_day,
    invitation_by_token,
    reminders_due,
    sessions,
    stream_plan,
)
from kamerton.domain.hiring.queries.show import (
    likely,
    show_rates,
)
from kamerton.domain.hiring.queries.tiers import (
    stop_entry,
)
from kamerton.domain.hiring.queries.vacancies import (
    VacancyCost,
    WorkCounts,
    in_work,
    vacancies,
    vacancy,
    vacancy_cost,
)

__all__ = [
    "BadRow",
    "BoardColumn",
    "CallCounts",
    "FormAnswer",
    "FunnelLine",
    "ImportRow",
    "InternalCandidate",
    "MarketPicture",
    "NobodyNamed",
    "PayAgainstMarket",
    "Person",
    "ReadRows",
    "RenderedBlock",
    "RenderedLetter",
    "SlotPlan",
    "SlotState",
    "VacancyCost",
    "WorkCounts",
    "answers_of",
    "application",
    "applications",
    "asked_questions",
    "board",
    "call_counts",
    "call_queue",
    "calls_of",
    "candidates",
    "channel_of",
    "cheapest_invitations",
    "form_by_token",
    "form_of",
    "free_sessions",
    "funnel",
    "group_plan",
    "history",
    "in_work",
    "internal_reserve",
    "interview_day",
    "invitation_by_token",
    "invitation_ics",
    "letters",
    "likely",
    "market_picture",
    "pay_against_market",
    "planned_funnel",
    "planned_hires",
    "questions_of",
    "read_rows",
    "reminders_due",
    "rendered_letter",
    "route_advice",
    "sessions",
    "show_rates",
    "stop_entry",
    "stream_plan",
    "talent_pool",
    "tidied",
    "timeline",
    "vacancies",
    "vacancy",
    "vacancy_breadth",
    "vacancy_cost",
]
