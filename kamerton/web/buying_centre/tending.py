"""What is done about a person: his next step, his line of work, his leaving."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.activities import actions as activities
from kamerton.domain.buying_centre import actions, queries
from kamerton.domain.buying_centre.models import Member
from kamerton.flows.check_member import check_member
from kamerton.flows.propose_line_of_work import plan_line_of_work
from kamerton.flows.seat_people import move_person
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.buying_centre.forms import MoveForm, StepForm
from kamerton.web.buying_centre.gate import EDIT, changed, dialog, in_place, member_or_404, posted
from kamerton.web.buying_centre.people import KINDS, person_panel
from kamerton.web.ui.answers import refuse


@require_POST
def step(request: Request, pk: int, member: int) -> HttpResponse:
    """Plan the next step with a person."""
    found = member_or_404(request, pk, member)
    require(request.user, EDIT)
    client, form = found.centre.client, StepForm(request.POST, kinds=KINDS)
    if form.is_valid():
        given = form.cleaned_data
        try:
            activities.plan_activity(request.user, client, people=[found.contact], **given)
        except BusinessError as error:
            refuse(form, error)
        else:
            return _panel(request, found)
    answer = dialog(request, "step_form.html", form, {"client": client, "member": found})
    return in_place(answer)


@require_POST
def tasks(request: Request, pk: int, member: int) -> HttpResponse:
    """Plan the tasks that were ticked of those that a role proposes."""
    found = member_or_404(request, pk, member)
    require(request.user, EDIT)
    planned = plan_line_of_work(request.user, found, chosen=request.POST.getlist("task"))
    if request.POST.get("in") == "dialog":
        messages.success(request, _("%(n)d tasks are planned.") % {"n": len(planned)})
        return changed()
    return _panel(request, found)


@require_POST
def check(request: Request, pk: int, member: int, field: str) -> HttpResponse:
    """Turn an assumption into a task."""
    found = member_or_404(request, pk, member)
    require(request.user, EDIT)
    check_member(request.user, found, field=field)
    return _panel(request, found)


@require_POST
def left(request: Request, pk: int, member: int) -> HttpResponse:
    """Note that somebody left."""
    found = member_or_404(request, pk, member)
    actions.mark_left(request.user, found)
    return _panel(request, found)


@require_POST
def returned(request: Request, pk: int, member: int) -> HttpResponse:
    """Take somebody back."""
    found = member_or_404(request, pk, member)
    actions.mark_returned(request.user, found)
    return _panel(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Request, pk: int, member: int) -> HttpResponse:
    """Say where somebody works now; he stays the same person there."""
    found = member_or_404(request, pk, member)
    require(request.user, EDIT)
    clients = accounts.clients(request.user, accounts.Filters()).editable_by(request.user)
    form = MoveForm(posted(request), clients=clients.exclude(pk=pk))
    if form.is_valid():
        to = form.cleaned_data["to"]
        into = queries.centre(request.user, to) if form.cleaned_data["join"] else None
        position = form.cleaned_data["position"]
        try:
            move_person(request.user, found, to=to, position=position, into=into)
        except BusinessError as error:
            refuse(form, error)
        else:
            return changed()
    context = {"client": found.centre.client, "member": found}
    return dialog(request, "move_form.html", form, context)


def _panel(request: Request, member: Member) -> HttpResponse:
    """The panel as it is now; the rest of the page draws itself anew."""
    fresh = queries.member(request.user, member.centre.client, member.pk) or member
    return changed(person_panel(request, fresh), closes=False)
