"""What every change of a dossier passes: whose client it is, what is asked, who saw what."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier.models import Dossier, DossierAnswer
from kamerton.domain.dossier.queries import asked
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.errors import BusinessError, NotAllowed, Stale


class ToolOff(BusinessError):
    """The company works without dossiers."""


class UnknownQuestion(BusinessError):
    """The client is not asked this."""


class NothingWritten(BusinessError):
    """A text that is needed is empty."""


class AnsweredMeanwhile(Stale):
    """Somebody else answered the question: `theirs` is his answer, None if he withdrew one."""

    def __init__(self, theirs: DossierAnswer | None) -> None:
        self.theirs = theirs
        if theirs is None:
            said = _("The answer that you saw was withdrawn meanwhile.")
        else:
            said = _("%(name)s answered this while you were writing: “%(text)s”.") % {
                "name": theirs.author.short_name,
                "text": theirs.text[:200],
            }
        hint = _("Nothing was saved and nothing of yours is lost: compare and save again.")
        super().__init__(f"{said} {hint}")


def lock_client(actor: User, client: Client, permission: str = "dossier.edit") -> Client:
    """Read a client anew, locked, and only if the actor works on it and dossiers are in use.

    Raises NotAllowed, ToolOff.
    """
    require(actor, permission)
    require_tool()
    found = Client.objects.locked_for(actor, client)
    if found is None:
        raise NotAllowed(
            _("“%(name)s” is not your client: you may read its dossier, not write in it.")
            % {"name": client.name}
        )
    return found


def require_tool() -> None:
    """Refuse while the method has dossiers switched off.

    Raises ToolOff.
    """
    if not methodology.current().tools.dossier:
        raise ToolOff(
            _("The company works without dossiers. The methodologist can switch them on."),
            ways_out=ways_to(_("Open the method"), "methodology:home"),
        )


def dossier_for(actor: User, client: Client) -> Dossier:
    """Return the dossier of a locked client; the first change begins it by the present method."""
    found = asked.dossier_of(client)
    if found is None:
        version = methodology.current().version
        found = Dossier.objects.create(client=client, version=version, created_by=actor)
    return found


def asked_question(dossier: Dossier, code: str) -> tuple[DossierGroup, DossierQuestion]:
    """Return the question with its group.

    Raises UnknownQuestion.
    """
    found = asked.question_in(asked.groups_of(dossier), code)
    if found is None:
        raise UnknownQuestion(_("This dossier does not ask “%(code)s”.") % {"code": code})
    return found


def refuse_stale(dossier: Dossier, code: str, expected: int | None) -> DossierAnswer | None:
    """Return the answer that counts, if it is the one that the actor saw (0: he saw none).

    Raises AnsweredMeanwhile.
    """
    current = dossier.answers.current().select_related("author").filter(question=code).first()
    seen = current.pk if current else 0
    if expected is not None and expected != seen:
        raise AnsweredMeanwhile(current)
    return current


def written(text: str, refusal: str) -> str:
    """Return the text tidied.

    Raises NothingWritten.
    """
    tidy = text.replace("\x00", "").strip()
    if not tidy:
        raise NothingWritten(refusal)
    return tidy


def months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last day of a shorter month.

    >>> months_later(dt.date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    month = Month.of(day) + months
    return month.first_day.replace(day=min(day.day, month.last_day.day))


def require_past(day: dt.date) -> None:
    """Refuse a source of a later day.

    Raises SourceToCome.
    """
    if day > timezone.localdate():
        raise SourceToCome(_("An answer cannot be true from a day to come: choose today."))


class SourceToCome(BusinessError):
    """The source is of a day that is still to come."""
