"""Forms by their links, and what the answers of a vacancy say of the market."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np

from kamerton.domain.hiring.models import Application, CandidateForm, Vacancy
from kamerton.domain.hiring.queries.form_rules import asked_questions
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.hiring import FormQuestion
from kamerton.platform.access.models import User, token_digest


@dataclass(frozen=True)
class FormAnswer:
    """A question with its answer as a person reads it, and the mark given by hand."""

    question: FormQuestion
    value: Any
    shown: str
    mark: float | None


@dataclass(frozen=True)
class MarketPicture:
    """What those who answered want; money a month in minor units, None without data."""

    n: int
    pay_p25: float | None
    pay_p50: float | None
    pay_p75: float | None
    above_ceiling: float | None  # share that wants more than the end of our band
    gap: float | None  # median wish over the end of our band
    motives: dict[str, int]
    notice_p50: float | None  # days


def form_by_token(token: str) -> CandidateForm | None:
    """The form behind a personal link, whatever its state (1 query)."""
    found = CandidateForm.objects.filter(digest=token_digest(token))
    joined = found.select_related("application__vacancy", "application__candidate", "methodology")
    return joined.defer("methodology__content").first()


def questions_of(form: CandidateForm) -> tuple[FormQuestion, ...]:
    """What the form asks, by the version of the method it was sent with (2 queries)."""
    method = methodology.version(form.methodology.number)
    vacancy = form.application.vacancy
    return asked_questions(method, vacancy, list(vacancy.questions.all()))


def form_of(viewer: User, application: Application) -> CandidateForm | None:
    """The form of an application, for who may see it (1 query)."""
    seen = Application.objects.visible_to(viewer)
    found = CandidateForm.objects.filter(application=application, application__in=seen)
    joined = found.select_related("methodology", "application__vacancy")
    return joined.defer("methodology__content").first()


def answers_of(viewer: User, form: CandidateForm) -> list[FormAnswer]:
    """The answers in the order of the questions (2 queries)."""
    del viewer  # the form was given by a query
    return [
        FormAnswer(
            one, form.answers.get(one.code), _shown(one, form.answers), form.marks.get(one.code)
        )
        for one in questions_of(form)
    ]


def market_picture(viewer: User, vacancy: Vacancy) -> MarketPicture:
    """Pay, motives and notice of those who filled the form (1 query)."""
    rows = Application.objects.visible_to(viewer).filter(
        vacancy=vacancy, form__submitted_at__isnull=False
    )
    told = list(
        rows.order_by().values_list(
            "candidate__pay_wanted", "candidate__motive", "candidate__notice_days"
        )
    )
    pay = np.array([row[0] for row in told if row[0] is not None], dtype=np.float64)
    notice = np.array([row[2] for row in told if row[2] is not None], dtype=np.float64)
    quarters = [float(q) for q in np.quantile(pay, [0.25, 0.5, 0.75])] if pay.size else [None] * 3
    top = vacancy.pay_high
    above = float((pay > top).mean()) if pay.size and top is not None else None
    return MarketPicture(
        n=len(told),
        pay_p25=quarters[0],
        pay_p50=quarters[1],
        pay_p75=quarters[2],
        above_ceiling=above,
        gap=quarters[1] - top if quarters[1] is not None and top is not None else None,
        motives=dict(Counter(row[1] for row in told if row[1]).most_common()),
        notice_p50=float(np.median(notice)) if notice.size else None,
    )


def _shown(question: FormQuestion, answers: dict[str, Any]) -> str:
    value = answers.get(question.code)
    if value is None:
        return ""
    if question.answer == "choice":
        return str(question.choices[value])
    if question.answer == "names":
        return ", ".join(value)
    return f"{value // 100}" if question.answer == "money" else str(value)
