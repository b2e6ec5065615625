"""Money of a vacancy, and what the market pays."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.hiring.actions.gates import RECRUIT, Unfit, locked_vacancy
from kamerton.domain.hiring.models import BudgetLine, MarketPayBenchmark, Source, Vacancy
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record


@dataclass(frozen=True)
class Quartiles:
    """What the market pays a month, in minor units."""

    p25: int
    p50: int
    p75: int


@transaction.atomic
def plan_budget(
    actor: User, vacancy: Vacancy, *, item: str, planned: int, source: Source | None = None
) -> BudgetLine:
    """Say what an item of the vacancy may cost, in minor units.

    Raises NotAllowed, Unfit.
    """
    vacancy = locked_vacancy(actor, vacancy)
    name = _item(item, planned)
    line, _new = vacancy.budget.update_or_create(
        item=name, defaults={"planned": planned, "source": source}
    )
    record(actor, "hiring.budget_planned", vacancy, after={"item": name, "planned": planned})
    return line


@transaction.atomic
def record_expense(
    actor: User, vacancy: Vacancy, *, item: str, amount: int, source: Source | None = None
) -> BudgetLine:
    """Add what was spent on an item, in minor units; an item that was not planned is added.

    Raises NotAllowed, Unfit.
    """
    vacancy = locked_vacancy(actor, vacancy)
    name = _item(item, amount)
    line, _new = vacancy.budget.get_or_create(item=name)
    line.spent += amount
    line.source = source or line.source
    line.save(update_fields=["spent", "source"])
    record(actor, "hiring.money_spent", vacancy, after={"item": name, "amount": amount})
    return line


@transaction.atomic
def put_benchmark(
    actor: User, *, role: str, region: str, source: str, on: dt.date, pay: Quartiles
) -> MarketPayBenchmark:
    """Write down what the market pays for a role in a region.

    Raises NotAllowed, Unfit.
    """
    require(actor, RECRUIT)
    if role not in Vacancy.Role.values or not source.strip():
        raise Unfit(_("Say for which role, and where the figures are from."))
    if not 0 <= pay.p25 <= pay.p50 <= pay.p75:
        raise Unfit(_("Quartiles rise: a quarter, the half, three quarters."))
    made = MarketPayBenchmark.objects.create(
        role=role,
        region=" ".join(region.split()),
        source=source.strip(),
        on=on,
        p25=pay.p25,
        p50=pay.p50,
        p75=pay.p75,
    )
    record(actor, "hiring.benchmark_added", made, after={"p50": pay.p50})
    return made


def _item(item: str, amount: int) -> str:
    name = " ".join(item.split())
    if not name or amount < 0:
        raise Unfit(_("An expense has a name and is not negative."))
    return name
