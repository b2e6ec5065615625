"""The inputs of a verdict, frozen as they were."""

from typing import Any

from kamerton.domain.segmentation.models import Restatement, Standing
from kamerton.domain.segmentation.models.standings import CRITERIA

FIGURES = (
    *("revenue", "revenue_before", "gross_profit", "gross_profit_before", "cash"),
    *("share_revenue", "share_gross_profit", "place", "abc", "abc_gross_profit", "xyz", "cv"),
    *("months_of_history", "active_months", "interval_days", "is_active", "growth"),
    *("wallet", "wallet_confidence", "wallet_share", "gap", "attainable", "loyalty"),
)


def inputs_of(standing: Standing, restatement: Restatement) -> dict[str, Any]:
    """What a decision of today rests on: figures, scores, period, base, versions."""
    figures = {name: getattr(standing, name) for name in FIGURES}
    return {
        "figures": figures,
        "last_on": standing.last_on.isoformat() if standing.last_on else None,
        "scores": {code: getattr(standing, code) for code in CRITERIA},
        "passed": standing.passed_codes,
        "base": restatement.base,
        "since": restatement.since.isoformat(),
        "until": restatement.until.isoformat(),
        "ledger_version": restatement.ledger_version,
        "company_revenue": restatement.revenue,
    }
