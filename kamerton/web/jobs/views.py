"""Background work: the list of jobs, and the progress of one on any page."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kamerton.platform.access.request import Request
from kamerton.platform.jobs import actions, queries
from kamerton.platform.jobs.models import Job
from kamerton.web.ui.items import Crumb, Progress, Tab

ON_A_PAGE = 50


@require_safe
def job_list(request: Request) -> HttpResponse:
    """All jobs that the viewer may see, newest first, by state."""
    status = request.GET.get("status", "")
    found = queries.jobs(request.user, status=status)
    counts = queries.counts(request.user)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "tabs": tabs(counts, status),
        "failed": counts.get(Job.Status.DEAD, 0),
        "waiting": counts.get(Job.Status.QUEUED, 0) + counts.get(Job.Status.RUNNING, 0),
    }
    return render(request, "jobs/list.html", context)


def tabs(counts: dict[str, int], current: str) -> list[Tab]:
    """The states as filters, each with its number."""
    whole = Tab(_("All"), "?", current not in Job.Status.values, sum(counts.values()))
    return [whole] + [
        Tab(str(status.label), f"?status={status}", status == current, counts.get(status, 0))
        for status in Job.Status
    ]


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """One job: how far it is, or how it ended and why."""
    job = get_object_or_404(queries.jobs(request.user), pk=pk)
    crumbs = [Crumb(_("Jobs"), ".."), Crumb(job.name)]
    return render(request, "jobs/detail.html", {"job": job, "crumbs": crumbs})


@require_safe
def progress(request: Request, pk: int) -> HttpResponse:
    """How far a job is: with ?frame the whole of it, without what is asked for each second."""
    job = get_object_or_404(queries.jobs(request.user), pk=pk)
    if "frame" in request.GET:  # a page that shows an ended job must not be told that it ends
        return render(request, "jobs/progress_frame.html", shown(job))
    return told_if_ended(job, render(request, "jobs/progress_now.html", shown(job)))


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """End a waiting job, ask a running one to end."""
    job = get_object_or_404(queries.jobs(request.user), pk=pk)
    job = actions.cancel(request.user, job)
    if request.htmx:
        return told_if_ended(job, render(request, "jobs/progress_frame.html", shown(job)))
    messages.success(request, _("“%(job)s” is being stopped.") % {"job": job})
    return redirect("jobs:list")


@require_POST
def retry(request: Request, pk: int) -> HttpResponse:
    """Put a failed job into the queue again."""
    job = get_object_or_404(queries.jobs(request.user), pk=pk)
    actions.retry(request.user, job)
    messages.success(request, _("“%(job)s” is in the queue again.") % {"job": job})
    return redirect("jobs:list")


def shown(job: Job) -> dict[str, object]:
    """What the progress of a job is drawn from."""
    progress = Progress(
        stage=job.stage_name or str(job.get_status_display()),
        share=job.share,
        done=job.done if job.stage_at and job.done else None,
        total=job.total,
        rate=job.rate,
        seconds_left=job.seconds_left,
    )
    return {"job": job, "progress": progress}


def told_if_ended(job: Job, response: HttpResponse) -> HttpResponse:
    """Send the event `job-finished` with the answer after which nobody asks again."""
    if job.is_ended:
        told = {"job-finished": {"job": job.pk, "status": job.status}}
        response["HX-Trigger"] = json.dumps(told)
    return response
