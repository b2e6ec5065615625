"""NumPy: from the first day to full load: the ramp, the payback of a hire, the probation."""

from kamerton.calc.ramp.curve import (
    COMPLEX_MARKET,
    SIMPLE_MARKET,
    Payback,
    RampCurve,
    full_load_from,
    payback,
    ramp_shares,
)
from kamerton.calc.ramp.probation import (
    DEFAULT_PROBATION,
    PROBATION_CRITERIA,
    PROBATION_GATES,
    PROBATION_TARGETS,
    Measure,
    ProbationRule,
    ProbationVerdict,
    latest_verdict,
    measured_by,
    portfolio_growth,
    probation_targets,
    probation_verdict,
)

__all__ = [
    "COMPLEX_MARKET",
    "DEFAULT_PROBATION",
    "PROBATION_CRITERIA",
    "PROBATION_GATES",
    "PROBATION_TARGETS",
    "SIMPLE_MARKET",
    "Measure",
    "Payback",
    "ProbationRule",
    "ProbationVerdict",
    "RampCurve",
    "full_load_from",
    "latest_verdict",
    "measured_by",
    "payback",
    "portfolio_growth",
    "probation_targets",
    "probation_verdict",
    "ramp_shares",
]
