"""The dossier of a client: groups, questions, figures, what to ask next; and its tile."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier import queries
from kamerton.domain.dossier.queries import DossierRow, DossierSheet
from kamerton.platform import formats
from kamerton.platform.access.request import Request
from kamerton.web.client_page import client_head
from kamerton.web.dossier.gate import client_or_404, rights
from kamerton.web.dossier.shown import shown_rows
from kamerton.web.ui.items import Input, Tab, Why

ALL = "all"
SHOWS: dict[str, str | Promise] = {
    "": gettext_lazy("By group"),
    "required": gettext_lazy("Required"),
    "missing": gettext_lazy("Not known"),
    "stale": gettext_lazy("Out of date"),
    "assumed": gettext_lazy("Assumed"),
}


@dataclass(frozen=True)
class Chosen:
    """What of the dossier is looked at."""

    show: str
    search: str
    group: str

    @classmethod
    def read(cls, request: Request, sheet: DossierSheet) -> "Chosen":
        """Read the address; nonsense shows the first group."""
        given = request.GET
        show = given.get("show", "")
        codes = [part.group.code for part in sheet.parts]
        group = given.get("group", "")
        return cls(
            show=show if show in SHOWS else "",
            search=given.get("q", "").replace("\x00", "").strip()[:100],
            group=group if group in (*codes, ALL) else codes[0] if codes else ALL,
        )

    @property
    def across(self) -> bool:
        """True if rows of all groups are shown."""
        return bool(self.show or self.search) or self.group == ALL

    def rows(self, sheet: DossierSheet) -> list[DossierRow]:
        """The rows that are shown."""
        rows = queries.found_rows(sheet, self.search) if self.search else list(sheet.rows)
        if self.show:
            return [row for row in rows if is_shown(row, self.show)]
        return rows if self.across else [row for row in rows if row.group.code == self.group]


@require_safe
def dossier(request: Request, pk: int) -> HttpResponse:
    """The dossier; a fragment of it where htmx asks for one."""
    client = client_or_404(request, pk)
    across = request.GET.get("q") or request.GET.get("show")  # there records are asked row by row
    compute = [] if across else [request.GET.get("group", "g1")]
    sheet = queries.dossier_sheet(request.user, client, compute=compute)
    chosen = Chosen.read(request, sheet)
    context = _around(request, sheet, chosen)
    if request.htmx and request.GET.get("part") == "around":
        return render(request, "dossier/around.html", context)
    context |= {"rows": shown_rows(request.user, sheet, chosen.rows(sheet))}
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "dossier/rows.html", context)
    return render(
        request, "dossier/dossier.html", client_head(request.user, client, "dossier") | context
    )


@require_safe
def tile(request: Request, pk: int) -> HttpResponse:
    """The tile of the client's first page."""
    client = client_or_404(request, pk)
    sheet = queries.dossier_sheet(request.user, client)
    wanted = [row for row in sheet.rows if row.is_wanted]
    context = {
        "client": client,
        "sheet": sheet,
        "first": wanted[0].question.title if wanted else None,
        "state": sheet.figures.colour,
        "word": _word(sheet),
        "percent": _percent(sheet.figures.quality),
    }
    return render(request, "dossier/tile.html", context)


@require_safe
def next_questions(request: Request, pk: int) -> HttpResponse:
    """What to ask at the next meeting, as a list to print or to copy."""
    client = client_or_404(request, pk)
    sheet = queries.dossier_sheet(request.user, client)
    rows = shown_rows(request.user, sheet, queries.questions_to_ask(sheet))
    context = {"client": client, "rows": rows}
    return render(request, "dossier/next_dialog.html", context)


def is_shown(row: DossierRow, show: str) -> bool:
    """Tell whether a filter keeps a row."""
    match show:
        case "required":
            return row.question.required
        case "missing":
            return row.state == "missing"
        case "stale":
            return row.is_stale
        case _:
            return row.state == show


def _around(request: Request, sheet: DossierSheet, chosen: Chosen) -> dict[str, Any]:
    """What stands around the questions and changes with each answer."""
    client, may = sheet.client, rights(request.user, sheet.client)
    asked = queries.questions_to_ask(sheet)
    return {
        "client": client,
        "sheet": sheet,
        "chosen": chosen,
        "all_code": ALL,
        "percent": _percent(sheet.figures.completeness),
        "shows": _tabs(sheet, chosen),
        "why": _why(sheet),
        "word": _word(sheet),
        "lead": _lead(sheet),
        "ask": shown_rows(request.user, sheet, asked[:6]),
        "ask_more": max(0, len(asked) - 6),
        "insights": queries.insights(request.user, client),
        "may_edit": may.edit,
        "may_attach": may.attach,
        "here": _here(client, chosen),
        "packs": _packs(sheet),
    }


def _tabs(sheet: DossierSheet, chosen: Chosen) -> list[Tab]:
    address = reverse("dossier:dossier", args=[sheet.client.pk])
    tabs = []
    for code, title in SHOWS.items():
        count = sum(is_shown(row, code) for row in sheet.rows) if code else None
        asked = {"show": code, "q": chosen.search}
        query = urlencode({name: value for name, value in asked.items() if value})
        href = f"{address}?{query}" if query else address
        tabs.append(Tab(str(title), href, code == chosen.show, count))
    return tabs


def _here(client: Client, chosen: Chosen) -> str:
    """The address of what is shown, for drawing the surroundings anew."""
    query = {"part": "around", "group": chosen.group, "show": chosen.show, "q": chosen.search}
    return f"{reverse('dossier:dossier', args=[client.pk])}?{urlencode(query)}"


def _packs(sheet: DossierSheet) -> list[tuple[str, str, str, bool]]:
    chosen = sheet.dossier.packs if sheet.dossier else []
    return [
        (pack.code, str(pack.title), str(pack.help), pack.code in chosen)
        for pack in sheet.method.dossier_packs
    ]


def _percent(share: float | None) -> int:
    return round(100 * (share or 0.0))


def _word(sheet: DossierSheet) -> str:
    """The state of the dossier in a word."""
    figures = sheet.figures
    if figures.state in ("none", "draft"):
        return _("empty")
    if figures.colour == "ok":
        return _("reliable")
    if figures.stale:
        return _("ages")
    return _("gaps") if figures.completeness and figures.completeness < 1 else _("weak sources")


def _lead(sheet: DossierSheet) -> tuple[str, str]:
    """The sentence that says what matters, and what else."""
    figures = sheet.figures
    if figures.state in ("none", "draft"):
        first = _("Nothing is known yet beyond the card.")
        return first, _("Begin with what is required: each answer says where it is known from.")
    parts = []
    if figures.stale:
        text = ngettext(
            "%(n)d answer is out of date", "%(n)d answers are out of date", figures.stale
        )
        parts.append(text % {"n": figures.stale})
    if figures.assumed:
        text = ngettext("%(n)d is assumed", "%(n)d are assumed", figures.assumed)
        parts.append(text % {"n": figures.assumed})
    rest = f"{', '.join(parts)}." if parts else ""
    if not figures.missing_required:
        return _("All required questions are answered."), rest
    text = ngettext(
        "%(n)d required answer is missing.",
        "%(n)d required answers are missing.",
        figures.missing_required,
    )
    return text % {"n": figures.missing_required}, rest


def _why(sheet: DossierSheet) -> dict[str, Why]:
    figures, method = sheet.figures, _("method, version %(n)d") % {"n": sheet.method.version}
    counted = (
        Input(_("Questions that apply"), formats.number(figures.asked)),
        Input(_("Answered"), formats.number(figures.answered)),
    )
    colours = sheet.method.dossier
    return {
        "full": Why(
            formula=_("Weights of answered questions against the weights of all that apply."),
            inputs=counted,
            on=sheet.on,
            method=method,
        ),
        "good": Why(
            formula=_(
                "Weight × freshness × trust in the source, against the weights of all that apply."
            ),
            inputs=(
                *counted,
                Input(_("Out of date"), formats.number(figures.stale)),
                Input(_("Assumed"), formats.number(figures.assumed)),
                Input(_("Green from"), formats.percent(colours.green)),
                Input(_("Amber from"), formats.percent(colours.amber)),
            ),
            on=sheet.on,
            method=method,
        ),
        "fresh": Why(
            formula=_(
                "An answer holds in full for its life, then less and less, until twice its life."
            ),
            inputs=(Input(_("Out of date"), formats.number(figures.stale)),),
            on=sheet.on,
            method=method,
        ),
    }
