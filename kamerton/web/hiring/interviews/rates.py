"""«Явка»: the show rate used, what it was learned from, and how true it came."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from kamerton.calc.arrays import Floats
from kamerton.calc.show_rate import ShowRates
from kamerton.domain.hiring import queries
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.hiring.interviews.figures import rate_in_use
from kamerton.web.hiring.interviews.gate import SEE

FEW = 10  # facts below which a rate says little by itself


@dataclass(frozen=True)
class Part:
    """A channel or a lead time with its rate and the facts behind it."""

    name: str
    rate: float
    n: int

    @property
    def is_thin(self) -> bool:
        """True if there is little behind it."""
        return self.n < FEW


@dataclass(frozen=True)
class Cell:
    """Rates of a channel by lead time."""

    name: str
    parts: tuple[Part, ...]


@require_safe
def page(request: Request) -> HttpResponse:
    """The rate with its parts and its check (2 queries)."""
    require(request.user, SEE)
    found = queries.show_rates(request.user)
    bands = lead_names(found.rule.lead_starts)
    check = queries.show_check(request.user)
    better = check.brier is not None and check.constant is not None
    context = {
        "rate": rate_in_use(request.user),
        "least": found.rule.least,
        "prior": found.rule.prior,
        "leads": _parts(bands, found.by_lead, found.lead_n),
        "channels": _parts(_channels(found), found.by_channel, found.channel_n),
        "cells": _cells(found, bands) if found.parted else [],
        "bands": bands,
        "check": check,
        "better": better and (check.brier or 0) <= (check.constant or 0),
        "stream": queries.stream_plan(request.user),
        "group": queries.group_plan(request.user, seats=10),
    }
    return render(request, "hiring/interviews/show_rate.html", context)


def lead_names(starts: Sequence[int]) -> list[str]:
    """Name the bands of days between invitation and interview."""
    edges = [0, *starts]
    names = []
    for at, first in enumerate(edges):
        last = edges[at + 1] - 1 if at + 1 < len(edges) else None
        if last is None:
            names.append(_("%(n)d days and more") % {"n": first})
        elif first == last == 0:
            names.append(_("the same day"))
        elif first == last:
            names.append(ngettext("%(n)d day", "%(n)d days", first) % {"n": first})
        else:
            names.append(_("%(first)d–%(last)d days") % {"first": first, "last": last})
    return names


def _channels(found: ShowRates) -> list[str]:
    return [str(name) or _("No source named") for name in found.channels]


def _parts(names: Sequence[str], rates: Floats, counts: Floats) -> list[Part]:
    rows = zip(names, rates, counts, strict=False)
    return [Part(name, float(rate), int(n)) for name, rate, n in rows]


def _cells(found: ShowRates, bands: Sequence[str]) -> list[Cell]:
    return [
        Cell(name, tuple(_parts(bands, found.by_cell[at], found.cell_n[at])))
        for at, name in enumerate(_channels(found))
    ]
