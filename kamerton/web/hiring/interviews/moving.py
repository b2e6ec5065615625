"""Invited people: moved to another time, reminded, given a new link."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.models import InterviewSession
from kamerton.platform import formats
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.interviews.gate import (
    RECRUIT,
    asked_day,
    booking_link,
    seen_invitation,
)
from kamerton.web.hiring.interviews.inviting import Sent, sent_to
from kamerton.web.hiring.interviews.rows import clock
from kamerton.web.ui import asked
from kamerton.web.ui.answers import go, refuse


class WhenForm(forms.Form):
    """Another time for somebody."""

    session = forms.TypedChoiceField(
        label=gettext_lazy("Time"), coerce=int, widget=forms.RadioSelect
    )

    def __init__(self, free: list[InterviewSession], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.free = {one.pk: one for one in free}
        choices: forms.ChoiceField = self.fields["session"]  # type: ignore[assignment]
        choices.choices = [(one.pk, when(one)) for one in free]

    def chosen(self) -> InterviewSession:
        """Return the session chosen."""
        return self.free[self.cleaned_data["session"]]


def when(session: InterviewSession) -> str:
    """Write a session for a choice: Thu 26 Nov, 12:30, 2 of 3 invited."""
    day = f"{formats.weekday(session.starts_at)} {formats.day_short(session.starts_at)}"
    taken: int = getattr(session, "taken", 0)
    left = _("%(n)d of %(most)d invited") % {"n": taken, "most": session.allowed}
    return f"{day}, {clock(session.starts_at)} · {left}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Offer an invited candidate another time: the link by letter and to copy."""
    require(request.user, RECRUIT)
    invitation = seen_invitation(request, pk)
    coming = queries.coming_sessions(request.user, invitation.application.vacancy)
    free = [
        one
        for one in coming
        if getattr(one, "taken") < one.allowed  # noqa: B009
        and one.pk != invitation.session_id
    ]
    to = asked.record_id(request.GET.get("to"))
    data = request.POST if request.method == "POST" else None
    form = WhenForm(free, data, initial={"session": to})
    context = {"invitation": invitation, "form": form}
    if form.is_valid():
        try:
            moved, token = actions.move_place(request.user, invitation, session=form.chosen())
        except BusinessError as error:
            refuse(form, error, "session")
        else:
            sent = [sent_to(request, moved, token)]
            context = {"sent": sent, "vacancy": moved.application.vacancy, "session": moved.session}
            return render(request, "hiring/interviews/sent.html", context)
    status = 422 if form.errors else 200
    return render(request, "hiring/interviews/move.html", context, status=status)


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Send one reminder."""
    require(request.user, RECRUIT)
    invitation = seen_invitation(request, pk)
    if invitation.session is None:
        raise Http404
    actions.remind(request.user, invitation, link=booking_link(request))
    name = invitation.application.candidate.full_name
    messages.success(request, _("%(name)s was reminded.") % {"name": name})
    return go(request, asked.back_to(request, reverse("hiring:interviews")))


@require_POST
def remind_all(request: Request) -> HttpResponse:
    """Remind everybody whose interview is near and who can be written to."""
    require(request.user, RECRUIT)
    day = asked_day(request.POST.get("day"))
    due = queries.reminders_due(request.user)
    found = due.filter(session__starts_at__date=day) if day else due
    done = failed = 0
    for one in found:
        try:
            letter = actions.remind(request.user, one, link=booking_link(request))
        except BusinessError:
            failed += 1
        else:
            failed += bool(letter.error)
            done += not letter.error
    said = ngettext("%(n)d was reminded.", "%(n)d were reminded.", done) % {"n": done}
    if failed:
        left = ngettext(
            "%(n)d could not be written to: call.", "%(n)d could not be written to: call.", failed
        )
        said = f"{said} {left % {'n': failed}}"
    (messages.warning if failed else messages.success)(request, said)
    return go(request, asked.back_to(request, reverse("hiring:interviews")))


@never_cache
@require_POST
def link(request: Request, pk: int) -> HttpResponse:
    """Make a new personal link, to be copied; the one sent before stops working."""
    require(request.user, RECRUIT)
    invitation = seen_invitation(request, pk)
    token = actions.renew_link(request.user, invitation)
    address = booking_link(request).replace("{token}", token)
    one = Sent(invitation, address, mailed=False, error="")
    context = {
        "sent": [one],
        "renewed": True,
        "vacancy": invitation.application.vacancy,
        "session": invitation.session,
    }
    return render(request, "hiring/interviews/sent.html", context)
