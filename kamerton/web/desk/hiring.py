"""My day, hiring: offers, verdicts, weekly looks, marks, calls after sixty days."""

import datetime as dt
from collections.abc import Iterator
from typing import TypedDict, Unpack

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Application, Offer, ProbationPlan
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.web.desk.tasks import Task
from kamerton.web.ui.items import State

SHOWN = 10  # of one kind
AHEAD, WEEK = dt.timedelta(days=3), dt.timedelta(days=7)


def hiring_tasks(viewer: User) -> Iterator[Task]:
    """What hiring asks of the viewer today (≤ 6 queries)."""
    if not (viewer.may("hiring.view") or viewer.may("hiring.assess")):
        return
    for offer in queries.offers_to_approve(viewer)[:SHOWN]:
        yield _approve(offer)
    for plan in queries.surplus_waiting(viewer)[:SHOWN]:
        yield _surplus(plan)
    yield from _probations(viewer)
    for card in queries.scorecards_to_fill(viewer)[:SHOWN]:
        yield _mark(card.application)
    for application, day in queries.retention_checks(viewer)[:SHOWN]:
        yield _ask(application, day)


def _probations(viewer: User) -> Iterator[Task]:
    """Verdicts for who decides, weekly looks for who teaches, the own term for who learns.

    1 query for all three.
    """
    today, decides = localdate(), viewer.may("hiring.approve")
    for plan in queries.probation_rows(viewer, ProbationPlan.RUNNING):
        teaches = viewer.pk == plan.mentor_id or (decides and not plan.mentor_id)
        seen = getattr(plan, "last_on") or plan.starts_on  # noqa: B009
        if plan.user_id == viewer.pk:
            yield _own(plan)
        elif decides and plan.verdict_on - today <= AHEAD:
            yield _verdict(plan)
        elif teaches and today - seen >= WEEK:
            yield _look(plan)


def _approve(offer: Offer) -> Task:
    detail = _("%(vacancy)s: %(pay)s a month.") % {
        "vacancy": offer.application.vacancy.title,
        "pay": formats.money(offer.pay),
    }
    if offer.beyond:
        beyond = _("The pay lies outside the band.")
        detail = f"{detail} {beyond}"
    return Task(
        title=offer.application.candidate.full_name,
        word=_("Offer to approve"),
        state="warn",
        icon="doc-text",
        detail=detail,
        href=reverse("hiring:offer", args=[offer.pk]),
        button=_("Look at the offer"),
    )


def _surplus(plan: ProbationPlan) -> Task:
    return _of(
        plan,
        word=_("Beyond the seats"),
        state="warn",
        icon="scales",
        detail=_("Passed, but all seats are taken. Keep him if the payroll allows it."),
        button=_("Decide"),
    )


def _verdict(plan: ProbationPlan) -> Task:
    left = (plan.verdict_on - localdate()).days
    word = _("Verdict overdue")
    if left == 0:
        word = _("Verdict today")
    elif left > 0:
        word = ngettext("Verdict in %(n)d day", "Verdict in %(n)d days", left) % {"n": left}
    return _of(
        plan,
        word=word,
        state="bad" if left <= 0 else "warn",
        icon="target",
        detail=_("A refusal is handed over in writing three days before the end."),
        button=_("Look at the evidence"),
    )


def _look(plan: ProbationPlan) -> Task:
    return _of(
        plan,
        word=_("Weekly look"),
        state="warn",
        icon="eye",
        detail=_("Nobody has looked for a week: tests, calls, papers, what was agreed."),
        button=_("Look"),
    )


def _own(plan: ProbationPlan) -> Task:
    left = max((plan.verdict_on - localdate()).days, 0)
    return Task(
        title=_("Your probation"),
        word=ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left},
        state="info",
        icon="target",
        detail=_("What is asked, how much of it is there, and what the mentor noted."),
        href=reverse("hiring:probation-plan", args=[plan.pk]),
        button=_("See how I stand"),
    )


def _mark(application: Application) -> Task:
    return Task(
        title=application.candidate.full_name,
        word=_("Marks to hand in"),
        state="warn",
        icon="edit",
        detail=_("%(vacancy)s: nobody sees the marks of others before all are in.")
        % {"vacancy": application.vacancy.title},
        href=_address("hiring:scorecard", application.pk),
        button=_("Mark"),
    )


def _ask(application: Application, day: int) -> Task:
    return Task(
        title=application.candidate.full_name,
        word=ngettext("Day %(n)d with us", "Day %(n)d with us", day) % {"n": day},
        state="info",
        icon="phone",
        detail=_("Ask whether all is well: who leaves early leaves about now."),
        href=_address("hiring:candidate", application.pk),
        button=_("Open"),
    )


class _Words(TypedDict):
    word: str
    state: State
    icon: str
    detail: str
    button: str


def _of(plan: ProbationPlan, **words: Unpack[_Words]) -> Task:
    """A task about a newcomer."""
    title = plan.application.candidate.full_name
    return Task(title=title, href=reverse("hiring:probation-plan", args=[plan.pk]), **words)


def _address(page: str, pk: int) -> str:
    try:
        return reverse(page, args=[pk])
    except NoReverseMatch:
        return reverse("hiring:probation")
