"""What hiring does by the clock: reminders to those invited, letters about probations that wait."""

import datetime as dt
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import ProbationPlan
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError

ANY_TOKEN = "0token0"  # noqa: S105 - stands where the secret will
WEEK = 7
AHEAD = 3  # days before a verdict


def remind_invited(actor: User) -> int:
    """Remind by e-mail who is to come soon, each once; how many it were.

    Links need the installation's address (`KAMERTON_URL`); without it, without an e-mail, the
    recruiter sees who is to be reminded.
    """
    link = booking_link()
    if not link:
        return 0
    count = 0
    for invitation in list(queries.reminders_due(actor)):
        try:
            actions.remind(actor, invitation, link=link)
        except BusinessError:  # no e-mail, or somebody was quicker: the others are reminded still
            continue
        count += 1
    return count


def tell_probations(actor: User, *, on: dt.date | None = None) -> int:
    """Write to mentors whose weekly look is due and to those whose verdict is; letters sent.

    Once a week and once three days ahead, so that nobody learns to look away.
    """
    day = on or timezone.localdate()
    sent = 0
    for plan in queries.checkpoints_due(actor, on=day):
        since = getattr(plan, "last", None) or plan.starts_on
        if (day - since).days % WEEK == 0:
            sent += _tell(plan.mentor or plan.created_by, plan, is_verdict=False)
    for plan in queries.verdicts_due(actor, within=AHEAD, on=day):
        if (plan.verdict_on - day).days == AHEAD:
            sent += _tell(plan.created_by, plan, is_verdict=True)
    return sent


def booking_link() -> str:
    """The address where a candidate chooses his time, with {token} for his secret; "" unknown."""
    if not settings.PUBLIC_URL:
        return ""
    try:
        address = reverse("candidate:booking", args=[ANY_TOKEN])
    except NoReverseMatch:
        return ""
    return f"{settings.PUBLIC_URL}{address.replace(ANY_TOKEN, '{token}')}"


def _tell(reader: User, plan: ProbationPlan, *, is_verdict: bool) -> int:
    """Write one letter to one of ours; 1 if it went out."""
    if not reader.is_active:
        return 0
    with override(reader.language or settings.LANGUAGE_CODE):
        words = {"name": plan.application.candidate.full_name, "day": formats.day(plan.verdict_on)}
        subject = (
            _("Verdict on %(day)s: %(name)s") if is_verdict else _("Weekly look: %(name)s")
        ) % words
        body = (
            _("The probation of %(name)s ends on %(day)s. Look at the evidence and decide.")
            if is_verdict
            else _("%(name)s was not looked at for a week. The verdict is on %(day)s.")
        ) % words
    try:
        return send_mail(subject, f"{body}\n\n{_address(plan)}".strip(), None, [reader.email])
    except (OSError, SMTPException):
        return 0


def _address(plan: ProbationPlan) -> str:
    if not settings.PUBLIC_URL:
        return ""
    return f"{settings.PUBLIC_URL}{reverse('hiring:probation-plan', args=[plan.pk])}"
