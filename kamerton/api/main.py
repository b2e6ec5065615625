"""The API: its routers, its ways in, its errors, its description."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger

from kamerton import __doc__ as product
from kamerton.api import (
    accounts,
    activities,
    analytics,
    buying_centre,
    dossier,
    hiring,
    hiring_candidates,
    hiring_interviews,
    hiring_offers,
    hiring_reports,
    ledger,
    me,
    plans,
    problems,
    segmentation,
    white_space,
)
from kamerton.api.auth import WAYS_IN


class Api(NinjaAPI):
    """Describes refusals with the media type that they have."""

    def get_openapi_schema(self, *args: Any, **kwargs: Any) -> Any:
        """Describe the API."""
        schema = super().get_openapi_schema(*args, **kwargs)
        problems.named_in(schema)
        return schema


class Docs(Swagger):
    """The page that tries the API out, from our own server: ninja itself would take a CDN's."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Draw the page."""
        settings = self.settings | {"url": self.get_openapi_url(api, kwargs)}
        shown = {"swagger_settings": json.dumps(settings), "api": api, "add_csrf": True}
        return render(request, "ninja/swagger.html", shown)


api = Api(
    title="Kamerton",
    version="1",
    description=product or "",
    urls_namespace="api",
    auth=WAYS_IN,
    docs=Docs(),
    docs_url="/docs",
    openapi_url="/openapi.json",
)
problems.install(api)

api.add_router("/me", me.router)
api.add_router("/clients", accounts.clients)
api.add_router("/clients", buying_centre.buying_centre)
api.add_router("/clients", white_space.white_space)
api.add_router("/clients", dossier.dossier)
api.add_router("/clients", plans.of_clients)
api.add_router("/plans", plans.plans)
api.add_router("/period-plans", plans.periods)
api.add_router("/activities", activities.activities)
api.add_router("/needs", activities.needs)
api.add_router("/groups", accounts.groups)
api.add_router("/merges", accounts.merges)
api.add_router("/imports", ledger.imports)
api.add_router("/ledger", ledger.ledger)
api.add_router("/key-accounts/company", segmentation.company)
api.add_router("/key-accounts/managers", segmentation.managers)
api.add_router("/analytics", analytics.analytics)
api.add_router("/hiring/vacancies", hiring.vacancies)
api.add_router("/hiring/vacancies", hiring_candidates.of_vacancies)
api.add_router("/hiring/vacancies", hiring_interviews.of_vacancies)
api.add_router("/hiring/applications", hiring_candidates.applications)
api.add_router("/hiring/applications", hiring_interviews.of_applications)
api.add_router("/hiring/applications", hiring_offers.of_applications)
api.add_router("/hiring/candidates", hiring_candidates.candidates)
api.add_router("/hiring/sessions", hiring_interviews.sessions)
api.add_router("/hiring/invitations", hiring_interviews.invitations)
api.add_router("/hiring/offers", hiring_offers.offers)
api.add_router("/hiring/probations", hiring_offers.probations)
api.add_router("/hiring/reports", hiring_reports.reports)
