"""Pages of the design system itself."""

from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kamerton.web.ui import sample

ICONS = Path(__file__).resolve().parents[3] / "frontend" / "src" / "icons"


def icon_names() -> list[str]:
    """Return the names of all icons; only a checkout has their files."""
    return sorted(file.stem for file in ICONS.glob("*.svg"))


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component in every state."""
    rows = sample.rows()
    shown = {
        "rows": rows,
        "page": Paginator(rows, 8).get_page(request.GET.get("page")),
        "form": sample.form(),
        "why": sample.WHY,
        "tabs": sample.TABS,
        "views": sample.VIEWS,
        "steps": sample.STEPS,
        "crumbs": sample.CRUMBS,
        "progress": sample.PROGRESS,
        "today": sample.TODAY,
        "months": sample.FACT,
        "trajectory": sample.PLAN,
        "pareto": sample.pareto(),
        "line": sample.line(),
        "stack": sample.stack(),
        "bars": sample.bars(),
        "heatmap": sample.heatmap(),
        "scatter": sample.scatter(),
        "nothing": {"labels": [], "series": []},
        "icons": icon_names(),
    }
    return render(request, "ui/styleguide.html", shown)


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say that the server does not answer."""
    return render(request, "offline.html")
