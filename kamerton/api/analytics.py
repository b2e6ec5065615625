"""How much rests on how few, who stays, how evenly they buy."""

from typing import Any

from django.http import Http404
from ninja import Query, Router

from kamerton.api import analytics_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import period_of, person_or_404
from kamerton.api.ledger_bodies import in_units
from kamerton.api.pages import Paging
from kamerton.api.problems import PROBLEMS
from kamerton.domain.segmentation import queries
from kamerton.domain.segmentation.queries import Pareto
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

analytics = Router(tags=["analytics"])
WHOLE = "segmentation.view_company"


@analytics.get("/pareto", response={200: bodies.ParetoOut, **PROBLEMS}, summary="Pareto")
def get_pareto(
    request: Request, wanted: Query[bodies.CurveWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """Clients from the largest down, with classes and the curve, a page at a time."""
    found = _curve(request.user, wanted)
    places = slice(paging.offset, paging.offset + paging.limit)
    return _grounds(found) | {
        "sum": in_units(int(found.value.sum())),
        "without_client": in_units(found.unassigned),
        "buyers": found.buyers,
        "n80": found.n80,
        "n80_part": bodies.known(found.n80_part),
        "top20": bodies.known(found.top20),
        "classes": [
            {
                "name": part.name,
                "clients": part.clients,
                "amount": bodies.minor(part.value),
                "share": bodies.known(part.share),
            }
            for part in found.summary
        ],
        "items": _rows(request.user, found, places),
        "total": int(found.client_id.size),
    }


@analytics.get(
    "/concentration", response={200: bodies.ConcentrationOut, **PROBLEMS}, summary="Concentration"
)
def get_concentration(request: Request, wanted: Query[bodies.CurveWanted]) -> dict[str, Any]:
    """How much of the base sits with how few clients, and what the flow adds to safety."""
    found = _curve(request.user, wanted)
    of, apart = found.concentration, found.diversification
    return _grounds(found) | {
        "hhi": bodies.known(of.hhi),
        "band": str(of.band),
        "top1": bodies.known(of.top1),
        "top5": bodies.known(of.top5),
        "dependence": of.dependence,
        "mono_client": of.mono,
        "top5_heavy": of.top5_heavy,
        "gini": bodies.known(found.gini),
        "flow_share": bodies.known(apart.masked_share),
        "hhi_without_flow": bodies.known(apart.hhi_without),
        "n80": found.n80,
        "buyers": found.buyers,
    }


@analytics.get("/retention", response={200: bodies.RetentionOut, **PROBLEMS}, summary="Retention")
def get_retention(request: Request, manager: Query[Pk | None] = None) -> dict[str, Any]:
    """Who stayed of last year's clients, what became of their revenue, how it grew."""
    require(request.user, WHOLE)
    found = queries.retention(request.user, manager=person_or_404(request.user, manager))
    if found is None:
        raise Http404
    logos, revenue = found.logos, found.revenue
    return {
        "base": "revenue",
        "since": found.since,
        "until": found.until,
        "method_version": found.method_version,
        "definitions": queries.RETENTION_DEFINITIONS,
        "active_before": logos.before,
        "kept": logos.kept,
        "retention": bodies.known(logos.retention),
        "churn": bodies.known(logos.churn),
        "churn_benchmark": found.churn_benchmark,
        "revenue_before": bodies.minor(revenue.base),
        "expansion": bodies.minor(revenue.expansion),
        "contraction": bodies.minor(revenue.contraction),
        "lost": bodies.minor(revenue.lost),
        "nrr": bodies.known(revenue.nrr),
        "grr": bodies.known(revenue.grr),
        "growth": found.growth,
        "profit_growth": found.profit_growth,
        "series": queries.retention_series(request.user),
    }


@analytics.get("/abc-xyz", response={200: bodies.AbcXyzOut, **PROBLEMS}, summary="ABC and XYZ")
def get_abc_xyz(request: Request, base: Query[bodies.Base | None] = None) -> dict[str, Any]:
    """Classes by money against classes by regularity, of the closed year."""
    require(request.user, WHOLE)
    restatement = queries.current_restatement()
    if restatement is None:
        raise Http404
    chosen = base or restatement.base
    cells = queries.abc_xyz(request.user, base=chosen)
    return {
        "base": chosen,
        "since": restatement.since,
        "until": restatement.until,
        "method_version": restatement.methodology.number,
        "definitions": queries.XYZ_DEFINITIONS,
        "cells": [
            {
                "abc": cell.abc,
                "xyz": cell.xyz or None,
                "clients": cell.clients,
                "amount": in_units(cell.money),
            }
            for cell in cells
        ],
    }


def _curve(viewer: User, wanted: bodies.CurveWanted) -> Pareto:
    require(viewer, WHOLE)
    return queries.pareto(
        viewer,
        base=wanted.base or "",
        period=period_of(wanted.since, wanted.until),
        manager=person_or_404(viewer, wanted.manager),
    )


def _grounds(found: Pareto) -> dict[str, Any]:
    return {
        "base": found.base,
        "since": found.period.since,
        "until": found.period.until,
        "method_version": found.method_version,
        "definitions": found.definitions,
    }


def _rows(viewer: User, found: Pareto, places: slice) -> list[dict[str, Any]]:
    part = queries.limited(found, places)
    named = queries.clients_of(viewer, part)
    return [
        {
            "place": places.start + step + 1,
            "client": named.get(pk),
            "abc": str(part.classes[step]),
            "amount": in_units(int(part.value[step])),
            "share": bodies.known(part.share[step]),
            "cumulative": bodies.known(part.cumulative[step]),
        }
        for step, pk in enumerate(part.client_id.tolist())
    ]
