"""Stages in words: how they look, in which part of the way they are, what comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import phonenumbers
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kamerton.domain.hiring.models import Application
from kamerton.web.hiring.candidates.gate import where
from kamerton.web.ui.items import Step

Stage = Application.Stage
STATES: Final[dict[str, str]] = {
    Stage.SOURCED: "mute",
    Stage.FORM_DONE: "warn",
    Stage.SELECTED: "ok",
    Stage.ACCEPTED: "ok",
    Stage.PROBATION: "ok",
    Stage.HIRED: "ok",
    Stage.KNOCKED_OUT: "bad",
    Stage.STOP_LISTED: "bad",
    Stage.NO_SHOW: "bad",
    Stage.REFUSED: "mute",
    Stage.WITHDRAWN: "mute",
    Stage.RESERVE: "mute",
}
PHASES: Final[tuple[tuple[str | Promise, tuple[str, ...]], ...]] = (
    (pgettext_lazy("hiring", "Found"), (Stage.SOURCED,)),
    (gettext_lazy("Contacted"), (Stage.CONTACTED,)),
    (gettext_lazy("Form"), (Stage.FORM_SENT, Stage.FORM_DONE, Stage.PASSED)),
    (
        gettext_lazy("Interview"),
        (Stage.INVITED, Stage.CONFIRMED, Stage.SHOWED, Stage.TESTED, Stage.INTERVIEWED),
    ),
    (gettext_lazy("Offer"), (Stage.SELECTED, Stage.OFFER, Stage.ACCEPTED)),
    (gettext_lazy("Probation"), (Stage.PROBATION,)),
    (gettext_lazy("Hired"), (Stage.HIRED,)),
)
#: Moves said as what the recruiter does, not as where it leads.
MOVES: Final[dict[str, str | Promise]] = {
    Stage.CONTACTED: gettext_lazy("To “Contacted”"),
    Stage.PASSED: gettext_lazy("Let pass to the interviews"),
    Stage.INTERVIEWED: gettext_lazy("The interview is over"),
    Stage.SELECTED: gettext_lazy("Choose for an offer"),
    Stage.RESERVE: gettext_lazy("Into the reserve"),
    Stage.REFUSED: gettext_lazy("Refuse"),
    Stage.WITHDRAWN: gettext_lazy("He does not want to"),
    Stage.STOP_LISTED: gettext_lazy("Stop by the stop list"),
}


@dataclass(frozen=True)
class NextStep:
    """What comes next: a sentence, and the button that does it; `fragment`: opens a dialog."""

    title: str
    text: str = ""
    label: str = ""
    href: str = ""
    fragment: bool = False


def state_of(stage: str) -> str:
    """The colour of a stage."""
    return STATES.get(stage, "info")


def shown_phone(phone: str) -> str:
    """A phone as people read it: +7 916 123-45-67; what is no phone as it is."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    written: str = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written


def phases(application: Application) -> list[Step]:
    """The way in seven steps, the present one marked; who is out stands where he came to."""
    reached = Application.WAY[application.reached]
    stage = reached if application.has_left else application.stage
    at = next(n for n, (_title, stages) in enumerate(PHASES) if stage in stages)
    found = []
    for n, (title, _stages) in enumerate(PHASES):
        if n == at and not application.has_left and stage != Stage.HIRED:
            found.append(Step(str(title), "current"))
        elif n <= at:
            found.append(Step(str(title), "done"))
        else:
            found.append(Step(str(title)))
    return found


def next_step(application: Application, *, link_dead: bool = False) -> NextStep:
    """What whoever hires does next with a candidate."""
    say = NEXT.get(application.stage)
    if application.stage == Stage.FORM_SENT and link_dead:
        return _dialog(
            application,
            "form",
            (_("The link to the form is too old."), ""),
            _("Make a new link"),
        )
    return say(application) if say else NextStep(_("Nothing waits here."))


def _send(one: Application) -> NextStep:
    if one.call_due_at:
        return NextStep(
            _("Call him."),
            _("Then send the form: its answers choose who is invited."),
            _("To the call"),
            where("hiring:calls", query=f"vacancy={one.vacancy_id}&at={one.pk}"),
        )
    if one.candidate.email:
        words = (
            _("Send the vacancy letter."),
            _("It goes by e-mail with his own link to the form."),
        )
        return _dialog(one, "letter", words, _("Send the letter"))
    words = (_("Send the form."), _("There is no e-mail: send him the link by messenger."))
    return _dialog(one, "form", words, _("Make the link"))


def _dialog(one: Application, what: str, words: tuple[str, str], label: str) -> NextStep:
    return NextStep(*words, label, where("hiring:send", one.pk, what), fragment=True)


def _waits(one: Application) -> NextStep:
    words = _("Not filled yet? Call, or make a new link: the one before stops working.")
    return _dialog(one, "form", (_("The form is with the candidate."), words), _("Make a new link"))


def _decide(one: Application) -> NextStep:
    words = _("The form is filled and waits for a decision: something in it is borderline.")
    address = where("hiring:move", one.pk)
    return NextStep(_("Decide."), words, _("Decide"), address, fragment=True)


def _page(
    title: Promise,
    label: Promise,
    name: str,
    key: Callable[[Application], int] | None,
    query: bool = False,
) -> Callable[[Application], NextStep]:
    """A step that is done on a page of its own."""

    def say(one: Application) -> NextStep:
        args = (key(one),) if key else ()
        asked = f"vacancy={one.vacancy_id}" if query else ""
        address = where(name, *args, query=asked)
        return NextStep(str(title), "", str(label) if address else "", address)

    return say


def _back(one: Application) -> NextStep:
    address = where("hiring:application-do", one.pk, "back")
    words = _("Knocked out by the form. The head may take the decision on himself.")
    return NextStep(_("Out of the contest."), words, _("Bring back"), address, fragment=True)


def _again(one: Application) -> NextStep:
    address = where("hiring:move", one.pk)
    said = one.exit_reason or _("No reason was written.")
    return NextStep(_("Out of the contest."), said, _("Bring back"), address, fragment=True)


def _own(one: Application) -> int:
    return one.pk


def _of_vacancy(one: Application) -> int:
    return one.vacancy_id


_INTERVIEWS = "hiring:interviews"
NEXT: Final[dict[str, Callable[[Application], NextStep]]] = {
    Stage.SOURCED: _send,
    Stage.CONTACTED: _send,
    Stage.FORM_SENT: _waits,
    Stage.FORM_DONE: _decide,
    Stage.PASSED: _page(
        gettext_lazy("Invite to an interview."),
        gettext_lazy("To the interviews"),
        _INTERVIEWS,
        None,
        True,
    ),
    Stage.INVITED: _page(
        gettext_lazy("The answer to the invitation."),
        gettext_lazy("To the interviews"),
        _INTERVIEWS,
        None,
        True,
    ),
    Stage.CONFIRMED: _page(
        gettext_lazy("The interview."), gettext_lazy("To the interviews"), _INTERVIEWS, None, True
    ),
    Stage.SHOWED: _page(
        gettext_lazy("Mark what was seen."), gettext_lazy("Scorecard"), "hiring:scorecard", _own
    ),
    Stage.TESTED: _page(
        gettext_lazy("Mark what was seen."), gettext_lazy("Scorecard"), "hiring:scorecard", _own
    ),
    Stage.INTERVIEWED: _page(
        gettext_lazy("Choose among the best."),
        gettext_lazy("To the choice"),
        "hiring:choice",
        _of_vacancy,
    ),
    Stage.SELECTED: _page(
        gettext_lazy("Make an offer."), gettext_lazy("Offer"), "hiring:offer-new", _own
    ),
    Stage.OFFER: lambda _one: NextStep(_("The offer is with the candidate.")),
    Stage.ACCEPTED: _page(
        gettext_lazy("Plan the probation."), gettext_lazy("Probation"), "hiring:probation-new", _own
    ),
    Stage.PROBATION: _page(
        gettext_lazy("Probation goes on."), gettext_lazy("Probation"), "hiring:probation", None
    ),
    Stage.HIRED: lambda _one: NextStep(_("He works with us.")),
    Stage.KNOCKED_OUT: _back,
    Stage.STOP_LISTED: _again,
    Stage.NO_SHOW: _again,
    Stage.REFUSED: _again,
    Stage.WITHDRAWN: _again,
    Stage.RESERVE: _again,
}
