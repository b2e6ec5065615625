"""What every change of hiring passes: rights, locks, lawful words, reasons."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kamerton.domain.hiring.models import Application, Candidate, Vacancy
from kamerton.domain.methodology.content.hiring_law import REASON, forbidden
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.errors import BusinessError, NotAllowed

RECRUIT, APPROVE, EXCEED = "hiring.recruit", "hiring.approve", "hiring.exceed"
ASSESS = "hiring.assess"


class Discriminates(BusinessError):
    """The words ask about what the law forbids to choose by."""


class ReasonMissing(BusinessError):
    """A step out of the ordinary comes with a reason."""


class Unfit(BusinessError):
    """A value cannot be."""


class VacancyOver(BusinessError):
    """The vacancy is closed, or not open yet."""


class WrongState(BusinessError):
    """The record is in another state than this needs."""


class PersonErased(BusinessError):
    """The person's data were erased."""


def require_lawful(texts: Iterable[str], *, criterion: bool = True) -> None:
    """Refuse words on sex, age, family, children, looks, health, religion.

    Raises Discriminates.
    """
    for text in texts:
        if found := forbidden(text, criterion=criterion):
            topic, words = found
            raise Discriminates(
                _(
                    "“%(words)s” speaks of: %(topic)s. %(reason)s Write what the work needs:"
                    " experience, skills, results."
                )
                % {"words": words, "topic": topic.title, "reason": REASON}
            )


def require_reason(reason: str, sentence: str = "") -> str:
    """Return the reason without spaces around it.

    Raises ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing(sentence or _("Write why."))
    return reason.strip()


def locked_vacancy(actor: User, vacancy: Vacancy, permission: str = RECRUIT) -> Vacancy:
    """Read a vacancy anew, locked, for who may change it.

    Raises NotAllowed.
    """
    require(actor, permission)
    found = Vacancy.objects.visible_to(actor).filter(pk=vacancy.pk)
    locked = found.select_for_update(of=("self",)).first()
    if locked is None:
        raise NotAllowed(_("You have no part in this vacancy."))
    return locked


def require_not_over(vacancy: Vacancy) -> None:
    """Refuse changes of what was closed or cancelled.

    Raises VacancyOver.
    """
    if vacancy.is_over:
        raise VacancyOver(_("This vacancy is closed. Open a new one for a new search."))


def require_open(vacancy: Vacancy) -> None:
    """Refuse work with people before the vacancy is approved and after it is closed.

    Raises VacancyOver.
    """
    require_not_over(vacancy)
    if not vacancy.is_open:
        raise VacancyOver(
            _("This vacancy is not approved yet: people are looked for after that."),
            ways_out=ways_to(_("Open the vacancy"), "hiring:vacancy", vacancy.pk),
        )


def locked_application(
    actor: User, application: Application, permission: str = RECRUIT
) -> Application:
    """Read an application anew, locked, with person and vacancy, for who may change it.

    Raises NotAllowed, PersonErased.
    """
    require(actor, permission)
    seen = Application.objects.visible_to(actor).filter(pk=application.pk)
    locked = seen.select_for_update(of=("self",)).select_related(
        "candidate", "vacancy", "source", "candidate__source"
    )
    found = locked.first()
    if found is None:
        raise NotAllowed(_("You have no part in choosing this candidate."))
    require_present(found.candidate)
    return found


def require_present(candidate: Candidate) -> None:
    """Refuse to work with a person whose data were erased.

    Raises PersonErased.
    """
    if candidate.is_erased:
        raise PersonErased(_("The data of this person were erased; only figures are left."))


def require_range(value: float | None, low: float, high: float, sentence: str) -> None:
    """Refuse a number out of its range; none at all is let through.

    Raises Unfit.
    """
    if value is not None and not low <= value <= high:
        raise Unfit(sentence)
