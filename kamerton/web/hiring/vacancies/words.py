"""Codes of hiring in words: lines of the funnel, routes, reasons, states."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Candidate, Vacancy
from kamerton.domain.hiring.queries import FunnelLine, InternalCandidate, WorkCounts
from kamerton.platform import formats
from kamerton.platform.access.models import User

State = Vacancy.State
LINES: dict[str, str | Promise] = {
    "sourced": pgettext_lazy("funnel", "Found"),
    "contacted": pgettext_lazy("funnel", "Contacted"),
    "form": pgettext_lazy("funnel", "Filled the form"),
    "invited": pgettext_lazy("funnel", "Invited"),
    "showed": pgettext_lazy("funnel", "Came"),
    "passed": pgettext_lazy("funnel", "Passed the interview"),
    "offer": pgettext_lazy("funnel", "Got an offer"),
    "hired": pgettext_lazy("funnel", "Accepted"),
}
MOTIVES = dict(Candidate.Motive.choices)
NOBODY = WorkCounts(0, 0, 0)
COLOURS: dict[str, str] = {State.DRAFT: "mute", State.CLOSED: "ok", State.CANCELLED: "mute"}
ROUTES: dict[str, str | Promise] = {
    "internal": gettext_lazy("From within: our own people are ready in time."),
    "external": gettext_lazy("From outside: nobody of ours is ready in time."),
    "mixed": gettext_lazy("From both: our own people do not fill all the seats."),
}
WHY_NOT: dict[str, str | Promise] = {
    "tenure": gettext_lazy("too short with us"),
    "unwilling": gettext_lazy("has not said that he wants it"),
}


@dataclass(frozen=True)
class Deadline:
    """The next day that a vacancy should keep: what, when, whether it is past."""

    what: str
    day: dt.date
    late: bool


def deadline(viewer: User, vacancy: Vacancy, today: dt.date) -> Deadline | None:
    """The nearest day still to come; if all are past, the last one, late."""
    if vacancy.is_over:
        return None
    window = queries.timeline(viewer, vacancy)
    days = [(_("interviews begin"), window.interviews_latest)] if window else []
    days += [(_("interviews end"), window.closed_latest)] if window else []
    days += [(_("needed by"), vacancy.needed_by)] if vacancy.needed_by else []
    if not days:
        return None
    ahead = [each for each in days if each[1] >= today]
    what, day = min(ahead, key=_day) if ahead else max(days, key=_day)
    return Deadline(what, day, day < today)


def colour(vacancy: Vacancy) -> str:
    """The colour of a state."""
    return COLOURS.get(vacancy.state, "info")


def sentence(vacancy: Vacancy, work: WorkCounts, lines: list[FunnelLine], lacks: list[str]) -> str:
    """What matters with this vacancy now."""
    if vacancy.is_over:
        return _ended(vacancy, work)
    if vacancy.state == State.DRAFT:
        if lacks:
            return _("Before the approval add: %(what)s.") % {"what": ", ".join(lacks)}
        return _("The draft is complete: the head of sales or the owner approves it.")
    if vacancy.state == State.PROBATION or work.on_probation:
        return _probation(vacancy, work)
    return _pace(lines) or _("The search goes in time.")


def lagging(lines: list[FunnelLine]) -> FunnelLine | None:
    """The line that will miss the most of what it needs."""
    behind = [line for line in lines if not line.on_track and line.short]
    return max(behind, key=lambda line: line.short / line.needed, default=None)


def internal_note(one: InternalCandidate) -> str:
    """Why one of ours fits or does not."""
    if one.why_not:
        return str(WHY_NOT[one.why_not])
    if not one.in_time:
        ready = one.candidate.ready_on
        return _("ready on %(day)s") % {"day": formats.day(ready)} if ready else _("not ready yet")
    return _("ready in time")


def _pace(lines: list[FunnelLine]) -> str:
    worst = lagging(lines)
    if worst is None:
        return ""
    words = {"line": LINES[worst.code], "short": formats.number(worst.short)}
    if worst.a_day is None:
        return _("“%(line)s”: the days are over, %(short)s are missing.") % words
    return _("“%(line)s”: %(short)s will be missing at this pace; %(n)s a day are needed now.") % (
        words | {"n": formats.number(worst.a_day, 0 if worst.a_day >= 10 else 1)}
    )


def _probation(vacancy: Vacancy, work: WorkCounts) -> str:
    taken = ngettext("%(n)d of %(seats)d seat is filled", "%(n)d of %(seats)d seats are filled",
                     vacancy.seats) % {"n": work.hired, "seats": vacancy.seats}  # fmt: skip
    tried = ngettext("%(n)d person is on probation", "%(n)d people are on probation",
                     work.on_probation) % {"n": work.on_probation}  # fmt: skip
    return _("%(taken)s, %(tried)s.") % {"taken": taken, "tried": tried}


def _ended(vacancy: Vacancy, work: WorkCounts) -> str:
    words = {
        "state": vacancy.get_state_display(),
        "day": formats.day(vacancy.closed_on),
        "n": work.hired,
        "seats": vacancy.seats,
    }
    told = _("%(state)s on %(day)s, %(n)d of %(seats)d seats filled.") % words
    return f"{told} {vacancy.closed_because}".strip()


def _day(each: tuple[str, dt.date]) -> dt.date:
    return each[1]
