"""«Картина рынка»: what those who filled the form want, against what we offer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.hiring.queries import MarketPicture
from kamerton.platform.access.request import Request
from kamerton.web.hiring.vacancies.gate import hiring_vacancy
from kamerton.web.hiring.vacancies.shown import frame_of, pay_of
from kamerton.web.hiring.vacancies.words import MOTIVES

FEW = 10  # answers from which the picture is worth trusting


@require_safe
def page(request: Request, pk: int) -> HttpResponse:
    """The picture of a vacancy's market."""
    vacancy = hiring_vacancy(request, pk)
    found = queries.market_picture(request.user, vacancy)
    context = frame_of(request.user, vacancy, "market") | {
        "found": found,
        "median": _whole(found.pay_p50),
        "gap": _whole(found.gap),
        "few": FEW,
        "pay_chart": _pay_chart(found, vacancy),
        "motive_chart": _motive_chart(found),
        "pay": pay_of(queries.pay_against_market(request.user, vacancy)),
    }
    return render(request, "hiring/vacancies/market.html", context)


def _pay_chart(found: MarketPicture, vacancy: Vacancy) -> dict[str, Any] | None:
    if found.pay_p50 is None:
        return None
    wished = (found.pay_p25, found.pay_p50, found.pay_p75)
    marks = [
        {"value": _units(pay), "label": label}
        for pay, label in ((vacancy.pay_low, _("we: from")), (vacancy.pay_high, _("we: to")))
        if pay is not None
    ]
    return {
        "labels": [_("Lower quartile"), _("Median"), _("Upper quartile")],
        "series": [
            {"name": _("Wished pay"), "role": "fact", "values": [_units(w) for w in wished]}
        ],
        "marks": marks,
        "format": "money",
    }


def _motive_chart(found: MarketPicture) -> dict[str, Any] | None:
    if not found.motives:
        return None
    people = {"name": _("People"), "role": "fact", "values": list(found.motives.values())}
    labels = [str(MOTIVES.get(code, code)) for code in found.motives]
    return {"labels": labels, "series": [people], "horizontal": True}


def _whole(minor: float | None) -> int | None:
    return None if minor is None else round(minor)


def _units(minor: float | None) -> float | None:
    return None if minor is None else minor / 100
