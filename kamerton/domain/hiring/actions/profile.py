"""What a vacancy asks for, and the questions it adds to the form: lawful, and not of tomorrow."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import (
    Unfit,
    locked_vacancy,
    require_lawful,
    require_not_over,
)
from kamerton.domain.hiring.models import Requirement, Vacancy, VacancyQuestion
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError


class FutureRefusesNobody(BusinessError):
    """What is not needed yet cannot refuse anybody."""


class NeverRefuses(BusinessError):
    """The law, or sense, lets this be marked but not refuse."""


@dataclass(frozen=True)
class Asked:
    """A requirement as it is wished: `code` of a competency, or `text` of one's own."""

    code: str = ""
    text: str = ""
    need: str = "must"
    horizon: str = "now"
    knockout: bool = False


@transaction.atomic
def put_requirement(actor: User, vacancy: Vacancy, *, asked: Asked) -> Requirement:
    """Add a requirement, or write anew the one with this competency.

    Raises NotAllowed, VacancyOver, Discriminates, FutureRefusesNobody, NeverRefuses, Unfit.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_not_over(vacancy)
    text = " ".join(asked.text.split())
    require_lawful([text])
    _require_sensible(asked, text)
    values = {"need": asked.need, "horizon": asked.horizon, "knockout": asked.knockout}
    if asked.code:
        made, _new = vacancy.requirements.update_or_create(
            code=asked.code, defaults={**values, "text": text}
        )
    else:
        made = vacancy.requirements.create(text=text, **values)
    record(actor, "hiring.profile_changed", vacancy, after={"asked": str(made), **values})
    return made


@transaction.atomic
def remove_requirement(actor: User, vacancy: Vacancy, *, requirement: Requirement) -> None:
    """Ask for it no more.

    Raises NotAllowed, VacancyOver.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_not_over(vacancy)
    found = vacancy.requirements.get(pk=requirement.pk)
    record(actor, "hiring.profile_changed", vacancy, before={"asked": str(found)})
    found.delete()


@transaction.atomic
def add_question(
    actor: User,
    vacancy: Vacancy,
    *,
    text: str,
    answer: str = "text",
    knockout: bool = False,
    least: float | None = None,
) -> VacancyQuestion:
    """Add a question of this vacancy to the form.

    Raises NotAllowed, VacancyOver, Discriminates, Unfit.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_not_over(vacancy)
    words = " ".join(text.split())
    require_lawful([words])
    if not words or answer not in VacancyQuestion.Answer.values:
        raise Unfit(_("A question needs words and a kind of answer."))
    if knockout and (answer == "text" or (answer == "number" and least is None)):
        raise Unfit(_("Only a number with its least, or yes and no, can refuse."))
    made = vacancy.questions.create(text=words, answer=answer, knockout=knockout, least=least)
    record(actor, "hiring.question_added", vacancy, after={"text": words, "knockout": knockout})
    return made


@transaction.atomic
def remove_question(actor: User, vacancy: Vacancy, *, question: VacancyQuestion) -> None:
    """Ask it no more; forms sent already keep it.

    Raises NotAllowed, VacancyOver.
    """
    vacancy = locked_vacancy(actor, vacancy)
    require_not_over(vacancy)
    found = vacancy.questions.get(pk=question.pk)
    record(actor, "hiring.question_removed", vacancy, before={"text": found.text})
    found.delete()


def _require_sensible(asked: Asked, text: str) -> None:
    known = {one.code: one for one in methodology.current().competencies}
    if asked.code and asked.code not in known:
        raise Unfit(_("There is no such competency."))
    if not (asked.code or text):
        raise Unfit(_("Choose a competency or write a requirement."))
    if asked.need not in Requirement.Need.values or asked.horizon not in Requirement.Horizon.values:
        raise Unfit(_("A requirement is a must or nice to have, now or later."))
    if not asked.knockout:
        return
    if asked.horizon == Requirement.Horizon.FUTURE:
        raise FutureRefusesNobody(
            _(
                "This is needed later: it cannot refuse anybody today. Hire for tasks that exist;"
                " keep it as a wish, or make it needed now."
            )
        )
    if asked.code and not known[asked.code].may_refuse:
        raise NeverRefuses(
            _("“%(title)s” is marked at the interview; nobody is refused for it.")
            % {"title": known[asked.code].title}
        )
    if asked.need != Requirement.Need.MUST:
        raise Unfit(_("Only a must-have can refuse."))
