"""Goals of a plan: what their values mean, and where a fact of today can be computed."""

from collections.abc import Sequence

from babel.numbers import format_decimal, format_percent, get_currency_symbol
from django.utils import timezone
from django.utils.translation import get_language

from kamerton.domain.buying_centre import queries as buying_centre
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans.models import PerspectivePlan, PlanGoal
from kamerton.domain.segmentation import queries as segmentation
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
    locale = "ru" if (get_language() or "ru").startswith("ru") else "en"
    match kind_of(metric):
        case "money":
            sum_ = format_decimal(round(value / 100), locale=locale)
            return f"{sum_} {get_currency_symbol(currency, locale='ru')}"
        case "share":
            return str(format_percent(value, "#,##0.#\u00a0%", locale=locale))
        case "stage":
            return str(STAGES.get(int(value), value))
        case _:
            return f"{format_decimal(value, '#,##0.##', locale=locale)} {unit}".strip()


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
