"""Clients to learn on, and how much of the full plan a newcomer carries."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from kamerton.calc.period import Month
from kamerton.calc.ramp import RampCurve, ramp_shares
from kamerton.domain.accounts.models import Client
from kamerton.domain.activities.models import Activity
from kamerton.domain.hiring.models import ProbationPlan, RampPlan, TrainingAccount
from kamerton.domain.hiring.queries.probation import sales_of
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey, Standing
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user

POOL = 60  # clients whose sales are looked at
SHOWN_MONTHS = 12
LARGE = "A"
OVER = (ManagerKey.State.RELEASED,)


@dataclass(frozen=True)
class TrainingProposal:
    """A lesser client nobody works on: what it bought over a term (minor units), when touched."""

    client: Client
    baseline: int
    last_contact_on: dt.date | None


@dataclass(frozen=True)
class RampMonth:
    """A month of work: the planned part of the full plan, and the part that was sold."""

    month: Month
    planned: float
    fact: float | None


def training_proposals(
    viewer: User, plan: ProbationPlan, *, most: int = 12
) -> list[TrainingProposal]:
    """Clients of `viewer` to learn on: no keys nor wanted ones, not of class A, untouched.

    Who buys most comes first; what another newcomer learns on is left out (≤ 5 queries).
    """
    if not viewer.may("hiring.approve"):
        return []
    clients = list(_pool(viewer, plan))
    last_day = plan.starts_on - dt.timedelta(days=1)
    since = plan.starts_on - dt.timedelta(days=plan.term_days)
    sold = sales_of([client.pk for client in clients], since, last_day)
    found = [
        TrainingProposal(client, max(sold.get(client.pk, 0), 0), getattr(client, "touched"))  # noqa: B009
        for client in clients
    ]
    return sorted(found, key=lambda one: -one.baseline)[:most]


def ramp_months(viewer: User, plan: ProbationPlan, *, on: dt.date | None = None) -> list[RampMonth]:
    """The way to the full plan month by month, with what his clients bought (≤ 5 queries).

    No fact without a plan of sales for the year; empty before the first day.
    """
    del viewer  # the plan was given by a query; a share tells no sums
    ramp = RampPlan.objects.filter(plan=plan).first()
    if ramp is None:
        return []
    curve = RampCurve(tuple(ramp.shares), ramp.step_months)
    first = Month.of(ramp.starts_on)
    count = max(SHOWN_MONTHS, len(curve.shares) * curve.step_months)
    planned = ramp_shares(range(1, count + 1), curve).tolist()
    facts = _facts(plan, first, Month.of(on or timezone.localdate()), count)
    return [RampMonth(first + at, share, facts.get(at)) for at, share in enumerate(planned)]


def _pool(viewer: User, plan: ProbationPlan) -> QuerySet[Client]:
    """Lesser clients that buy and that nobody touched, by what they brought in a year."""
    days = methodology.current().hiring.untouched_days
    contacts = Activity.objects.contacts().filter(client=OuterRef("pk"))
    late = contacts.filter(due_on__gt=plan.starts_on - dt.timedelta(days=days))
    taken = TrainingAccount.objects.filter(
        plan__state__in=(ProbationPlan.State.DRAFT, *ProbationPlan.RUNNING)
    )
    standing = Standing.objects.current().filter(client=OuterRef("pk"))
    found = (
        Client.objects.editable_by(viewer).present().filter(company_key_since=None, manager_keys=0)
    )
    found = found.exclude(Exists(late)).exclude(pk__in=taken.values("client"))
    found = found.exclude(Exists(standing.filter(abc=LARGE)))
    found = found.exclude(pk__in=ManagerKey.objects.exclude(state__in=OVER).values("client"))
    proposed = CompanyKey.objects.filter(state__in=CompanyKey.OPEN)
    found = found.exclude(pk__in=proposed.values("client"))
    return found.annotate(
        brought=Subquery(standing.values("revenue")[:1]),
        touched=Subquery(contacts.order_by("-due_on").values("due_on")[:1]),
    ).order_by("-brought", "name")[:POOL]


def _facts(plan: ProbationPlan, first: Month, now: Month, count: int) -> dict[int, float]:
    """Sales of his clients as parts of a month of his full plan, by months since the first."""
    passed = min(now - first, count)
    user = plan.user
    if user is None or not user.year_plan or passed < 1 or ledger.last_day() is None:
        return {}
    clients = list(user.clients.values_list("pk", flat=True))
    table = ledger.client_months(system_user(), first + (passed - 1), passed)
    sold = table.revenue[np.isin(table.client_id, clients)].sum(axis=0)
    month = float(user.year_plan) * 100 / 12
    return {at: float(value) / month for at, value in enumerate(sold)}
