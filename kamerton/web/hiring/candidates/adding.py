"""A candidate put down by hand, changed, brought into a vacancy."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import KnownAlready
from kamerton.domain.hiring.models import Candidate
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError
from kamerton.web.hiring.candidates.forms import ApplyForm, EditForm, NewForm, PersonForm
from kamerton.web.hiring.candidates.gate import (
    RECRUIT,
    card_of,
    dialog,
    open_vacancies,
    posted,
    worked_candidate,
)
from kamerton.web.ui.answers import go, refuse
from kamerton.web.ui.items import Crumb


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """Put a person down; whoever is in the base already is shown instead of doubled."""
    require(request.user, RECRUIT)
    form = NewForm(
        posted(request),
        vacancies=open_vacancies(request),
        sources=queries.known_sources(request.user),
        initial={"vacancy": request.GET.get("vacancy")},
    )
    if form.is_valid():
        try:
            made, address = _made(request, form)
        except BusinessError as error:
            refuse(form, error)
            return _page(request, form, error)
        messages.success(request, _("%(name)s is in the base.") % {"name": made.full_name})
        return redirect(address)
    return _page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, pk: int) -> HttpResponse:
    """Write anew who a person is and what is known of him; the view of it leaves a trace."""
    require(request.user, RECRUIT)
    candidate = actions.view_candidate(request.user, pk)
    if candidate is None or candidate.is_erased:
        raise Http404
    form = EditForm(posted(request)) if request.method == "POST" else EditForm.of(candidate)
    if form.is_valid():
        try:
            actions.change_candidate(request.user, candidate, person=form.person(), **form.known())
        except BusinessError as error:
            refuse(form, error)
        else:
            return redirect("hiring:person", pk)
    return _page(request, form, candidate=candidate)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Request, pk: int) -> HttpResponse:
    """Bring a person into a vacancy."""
    candidate = worked_candidate(request, pk)
    form = ApplyForm(posted(request), vacancies=open_vacancies(request))
    if form.is_valid():
        vacancy = form.vacancies[form.cleaned_data["vacancy"]]
        try:
            made = actions.apply_candidate(request.user, vacancy, candidate=candidate)
        except BusinessError as error:
            refuse(form, error)
        else:
            return go(request, card_of(made))
    address = reverse("hiring:candidate-apply", args=[pk])
    return dialog(request, form, _("Into a vacancy"), address, submit=_("Invite"))


def _made(request: Request, form: NewForm) -> tuple[Candidate, str]:
    """The person, and his card; in the vacancy that was chosen."""
    given = form.cleaned_data
    source = form.sources.get(given["source"])
    made = actions.add_candidate(request.user, person=form.person(), source=source)
    if vacancy := form.vacancies.get(given["vacancy"]):
        one = actions.apply_candidate(request.user, vacancy, candidate=made, source=source)
        return made, card_of(one)
    return made, reverse("hiring:person", args=[made.pk])


def _page(
    request: Request,
    form: PersonForm,
    error: BusinessError | None = None,
    *,
    candidate: Candidate | None = None,
) -> HttpResponse:
    crumbs = [Crumb(_("Candidates"), reverse("hiring:candidates"))]
    if candidate:
        crumbs.append(Crumb(candidate.full_name, reverse("hiring:person", args=[candidate.pk])))
    context = {
        "form": form,
        "candidate": candidate,
        "crumbs": [*crumbs, Crumb(_("Change") if candidate else _("New candidate"))],
        "ways_out": error.ways_out if isinstance(error, KnownAlready) else [],
    }
    status = 422 if form.errors else 200
    return render(request, "hiring/candidates/form.html", context, status=status)
