"""The contact matrix: a cell edited where it stands."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from kamerton.domain.buying_centre import actions, queries
from kamerton.domain.buying_centre.models import Member
from kamerton.domain.buying_centre.queries import Cell
from kamerton.platform.access import queries as access
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.buying_centre.forms import CellForm
from kamerton.web.buying_centre.gate import EDIT, changed, member_or_404, posted, seen_again


@require_http_methods(["GET", "HEAD", "POST"])
def cell(request: Request, pk: int, member: int, user: int) -> HttpResponse:
    """One of us × one of them: goal, role, obligations, plan, channel, frequency."""
    found = member_or_404(request, pk, member)
    shown = _cell(request, found, user)
    if request.GET.get("read"):
        return _drawn(request, shown)
    require(request.user, EDIT)
    written = shown.written
    start = {"revision": written.revision if written else 0}
    form = CellForm(posted(request), instance=written, initial=start)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            seen = given.pop("revision")
            actions.write_cell(request.user, found, colleague=shown.user, expected=seen, **given)
        except BusinessError as error:
            now = _cell(request, found, user).written
            seen_again(form, error, now.revision if now else 0)
        else:
            return changed(_drawn(request, _cell(request, found, user)), closes=False)
    context = {"client": found.centre.client, "cell": _cell(request, found, user), "form": form}
    status = 422 if form.errors else 200
    return render(request, "buying_centre/cell_form.html", context, status=status)


@require_POST
def erase(request: Request, pk: int, member: int, user: int) -> HttpResponse:
    """Empty a cell."""
    found = member_or_404(request, pk, member)
    require(request.user, EDIT)
    shown = _cell(request, found, user)
    if shown.written:
        actions.erase_cell(request.user, shown.written)
    return changed(_drawn(request, _cell(request, found, user)), closes=False)


def _cell(request: Request, member: Member, user: int) -> Cell:
    person = access.person(request.user, user)
    shown = queries.picture(request.user, member.centre)
    person = person or next((each for each in shown.ours if each.pk == user), None)
    seat = next((each for each in shown.seats if each.member.pk == member.pk), None)
    if person is None or seat is None:
        raise Http404
    pair = (person.pk, member.pk)
    written = next((c for c in shown.cells if (c.user_id, c.member_id) == pair), None)
    return queries.cell_of(person, seat, written, shown.on)


def _drawn(request: Request, shown: Cell) -> HttpResponse:
    client = shown.member.centre.client
    context = {
        "cell": shown,
        "client": client,
        "may_edit": queries.may_change(request.user, client),
    }
    return render(request, "buying_centre/cell.html", context)
