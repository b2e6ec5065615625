"""Goals of a plan: what their values mean, and where a fact of today can be computed."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from django.utils import timezone

from kamerton.calc.money import from_minor, to_minor
from kamerton.domain.buying_centre import queries as buying_centre
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans.models import PerspectivePlan, PlanGoal
from kamerton.domain.segmentation import queries as segmentation
from kamerton.platform import formats
from kamerton.platform.access.models import User

Metric = PlanGoal.Metric
STAGES = dict(PerspectivePlan.Stage.choices)


def kind_of(metric: str) -> str:
    """How values of a metric are written: money, share, stage or number."""
    if metric in PlanGoal.MONEY:
        return "money"
    if metric in PlanGoal.SHARES:
        return "share"
    return "stage" if metric == Metric.STAGE else "number"


def words_of(goal: PlanGoal, currency: str) -> tuple[str, ...]:
    """The values of a goal in words: now, then each year."""
    return tuple(
        in_words(goal.metric, value, currency=currency, unit=goal.unit)
        for value in (goal.baseline, *goal.targets)
    )


def in_words(metric: str, value: float | None, *, currency: str, unit: str = "") -> str:
    """A value of a metric in the reader's language; "—" for none."""
    if value is None:
        return "—"
    match kind_of(metric):
        case "money":
            return formats.money(int(value), currency=currency)
        case "share":
            share = value * 100
            return formats.percent(value, 0 if share == round(share) else 1)
        case "stage":
            return str(STAGES.get(int(value), value))
        case _:
            return f"{formats.number(value)} {unit}".strip()


def read_value(metric: str, text: str) -> float | None:
    """A value of a metric as people type it: money in units, a share in percent.

    Raises ValueError.
    """
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".").rstrip("%")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    match kind_of(metric):
        case "money":
            return to_minor(number)
        case "share":
            return float(number / 100)
        case _:
            return float(number)


def typed_value(metric: str, value: float | None) -> str:
    """A value of a metric as people would type it."""
    if value is None:
        return ""
    match kind_of(metric):
        case "money":
            return f"{from_minor(int(value)):f}".removesuffix(".00")
        case "share":
            return f"{value * 100:.10g}"
        case _:
            return f"{value:.10g}"


def facts_of(
    viewer: User, plan: PerspectivePlan, goals: Sequence[PlanGoal]
) -> dict[str, float | None]:
    """What is known today of the metrics of `goals`; asks only what some goal needs."""
    asked = {goal.metric for goal in goals}
    values: dict[str, float | None] = {}
    if asked & {Metric.PROFIT, Metric.CATEGORIES}:
        values |= _from_ledger(viewer, plan)
    if Metric.SHARE in asked:
        standing = segmentation.standing_of(viewer, [plan.client_id]).get(plan.client_id)
        values[Metric.SHARE] = standing.wallet_share if standing else None
    if Metric.PARTICIPANTS in asked and methodology.current().tools.buying_centre:
        centre = buying_centre.figures_of([plan.client_id]).get(plan.client_id)
        values[Metric.PARTICIPANTS] = centre.in_touch if centre else None
    return values


def _from_ledger(viewer: User, plan: PerspectivePlan) -> dict[str, float | None]:
    """Gross profit and categories of the last closed year."""
    closed = ledger.closed_year(timezone.localdate())
    goods = ledger.goods_of(viewer, plan.client, closed, by="category")
    if not goods:
        return {}
    known = [row.gross_profit for row in goods if row.gross_profit is not None]
    bought = [row for row in goods if row.revenue > 0 and row.name]
    return {Metric.PROFIT: sum(known) if known else None, Metric.CATEGORIES: len(bought)}
