"""The first visit, the demo company, the invitation: pages before sign-in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kamerton.platform.access import actions, queries
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError
from kamerton.platform.jobs.models import Job
from kamerton.web.account import demo
from kamerton.web.account.adapter import enter
from kamerton.web.account.forms import AcceptForm, FoundingForm
from kamerton.web.ui.items import Progress


class NoDemo(BusinessError):
    """This installation cannot make a demo company, or has a company already."""


@login_not_required
@never_cache
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Offer the demo company or one's own; who comes later is led on."""
    if queries.company():
        return redirect("account:sign-in")
    offered = demo.maker() is not None
    if not offered:
        return redirect("account:found")
    return render(request, "account/welcome.html", {"making": demo.making()})


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponseBase:
    """Make the company and its owner, who is signed in at once."""
    if request.method == "GET" and queries.company():
        return redirect("account:sign-in")
    form = FoundingForm(request.POST or None)
    if form.is_valid():
        return enter(request, actions.found_company(**form.cleaned_data))
    page = {"form": form, "has_demo": demo.maker() is not None}
    return render(request, "account/found.html", page, status=422 if form.errors else 200)


@login_not_required
@require_POST
def order_demo(request: HttpRequest) -> HttpResponse:
    """Have the demo company made in the background."""
    task = demo.maker()
    if task is None or queries.company():
        raise NoDemo(_("A demo company cannot be made here: there is a company already."))
    demo.order(task)
    return redirect("account:welcome-making")


@login_not_required
@never_cache
@require_safe
def making(request: HttpRequest) -> HttpResponse:
    """Show how far the demo company is; once it is there, lead to the sign-in page."""
    job = demo.making()
    if job is None:
        return redirect("account:welcome")
    if job.status == Job.Status.DONE:
        return done(request)
    page = {"job": job, "progress": progress_of(job), "failed": job.is_ended}
    whole = "account/making.html"
    return render(
        request, f"{whole}#progress" if request.headers.get("HX-Request") else whole, page
    )


def done(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, from a fragment too."""
    response = redirect("account:sign-in")
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": response.url})
    return response


def progress_of(job: Job) -> Progress:
    """Return a job's progress as the component draws it."""
    return Progress(
        stage=job.stage_name or _("Waiting for its turn"),
        share=job.share,
        done=job.done if job.total else None,
        total=job.total,
        rate=job.rate,
        seconds_left=job.seconds_left,
    )


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign in as one of the people of a demo company; a real company has no such door."""
    person = next((one for one in queries.demo_people() if one.pk == pk), None)
    if person is None:
        raise Http404
    return enter(request, person)


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Let an invited person choose a password; he is signed in at once."""
    found = queries.open_invitation(token)
    if found is None:
        return render(request, "account/invitation_dead.html", status=410)
    person = User(email=found.email, full_name=found.full_name)
    form = AcceptForm(person, request.POST or None)
    if form.is_valid():
        return enter(request, actions.accept_invitation(token, **form.cleaned_data))
    page = {"invitation": found, "form": form, "company": queries.company()}
    return render(request, "account/invitation.html", page, status=422 if form.errors else 200)
