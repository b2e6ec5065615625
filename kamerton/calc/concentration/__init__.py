"""NumPy: how much of the money sits with how few clients: Pareto, ABC, HHI, Gini."""

from kamerton.calc.concentration.pareto import (
    ClassSummary,
    abc_classes,
    class_summary,
    clients_to_reach,
    cumulative_shares,
    descending_order,
    top_n_share,
    top_share,
)
from kamerton.calc.concentration.unevenness import (
    DEFAULT_LIMITS,
    Band,
    Concentration,
    ConcentrationLimits,
    Diversification,
    concentration,
    gini,
    hhi,
    hhi_band,
    with_and_without,
)

__all__ = [
    "DEFAULT_LIMITS",
    "Band",
    "ClassSummary",
    "Concentration",
    "ConcentrationLimits",
    "Diversification",
    "abc_classes",
    "class_summary",
    "clients_to_reach",
    "concentration",
    "cumulative_shares",
    "descending_order",
    "gini",
    "hhi",
    "hhi_band",
    "top_n_share",
    "top_share",
    "with_and_without",
]
