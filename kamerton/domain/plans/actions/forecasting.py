"""Store forecasts of key clients once a month, and score them when the months have come."""

from dataclasses import asdict
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kamerton.calc.forecast import forecast_score
from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.plans.actions.gates import APPROVE
from kamerton.domain.plans.models import PerspectivePlan, SalesForecast
from kamerton.domain.plans.queries.forecasts import HISTORY, Expected, from_history
from kamerton.domain.plans.queries.sales import Months, last_closed, revenue_by_month
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record


@transaction.atomic
def store_forecasts(actor: User) -> int:
    """Forecast the key clients whose last closed month has no forecast yet; return how many.

    Key are those in managers' lists, in the company's register, and those with an open plan.
    Raises NotAllowed.
    """
    require(actor, APPROVE)
    last = last_closed()
    there = SalesForecast.objects.filter(last_month=last.first_day).values("client")
    planned = PerspectivePlan.objects.open().values("client")
    key = Q(manager_keys__gt=0) | Q(company_key_since__isnull=False) | Q(pk__in=planned)
    wanted = Client.objects.editable_by(actor).present().filter(key).exclude(pk__in=there)
    ids = list(wanted.values_list("pk", flat=True))
    sold = revenue_by_month(actor, ids, since=last + (1 - HISTORY))
    made = [_forecast(client, months, last) for client, months in sold.items()]
    kept = SalesForecast.objects.bulk_create([each for each in made if each.months])
    if kept:
        record(actor, "plans.forecasts_stored", after={"month": str(last), "clients": len(kept)})
    return len(kept)


@transaction.atomic
def score_forecasts(actor: User) -> int:
    """Compare stored forecasts with the months that have come since; return how many changed.

    Raises NotAllowed.
    """
    require(actor, APPROVE)
    last = last_closed()
    seen = Client.objects.editable_by(actor)
    waiting = SalesForecast.objects.filter(client__in=seen).filter(
        Q(scored_until=None) | Q(scored_until__lt=last.last_day), last_month__lt=last.first_day
    )
    rows = list(waiting)
    if not rows:
        return 0
    first = min(Month.of(each.last_month) for each in rows)
    sold = revenue_by_month(actor, {each.client_id for each in rows}, since=first)
    scored = [each for each in rows if _score(each, sold.get(each.client_id, {}), last)]
    names = ["scored", "mape", "coverage", "scored_until"]
    SalesForecast.objects.bulk_update(scored, names)
    if scored:
        record(actor, "plans.forecasts_scored", after={"month": str(last), "n": len(scored)})
    return len(scored)


def _forecast(client: int, sold: Months, last: Month) -> SalesForecast:
    made = from_history(sold, last)
    return SalesForecast(
        client_id=client,
        made_on=timezone.localdate(),
        last_month=last.first_day,
        method=made.method,
        level=made.level,
        history=made.history,
        errors=made.errors,
        months=[_stored(each) for each in made.months],
    )


def _stored(each: Expected) -> dict[str, Any]:
    return asdict(each) | {"month": str(each.month)}


def _score(stored: SalesForecast, sold: Months, last: Month) -> bool:
    """Put the score of the months that came; False if none can be compared."""
    months = [(Month.parse(each["month"]), each) for each in stored.months]
    came = [
        (sold[month], each) for month, each in months if month in sold and each["high"] is not None
    ]
    if len(came) <= stored.scored:
        return False
    bounds = ("value", "low", "high")
    mean, low, high = ([each[name] for _fact, each in came] for name in bounds)
    found = forecast_score([fact for fact, _each in came], mean, low, high)
    stored.scored, stored.coverage = found.months, found.coverage
    stored.mape = None if np.isnan(found.mape) else found.mape
    stored.scored_until = last.last_day
    return True
