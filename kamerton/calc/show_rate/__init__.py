"""NumPy: how many of those invited come, what that means for a slot, how many to invite."""

from kamerton.calc.show_rate.inviting import (
    GroupPlan,
    InvitationChoice,
    StreamPlan,
    best_invitations,
    group_invitations,
    stream_invitations,
)
from kamerton.calc.show_rate.learning import (
    DEFAULT_LEARNING,
    DEFAULT_PRIOR,
    CellRates,
    LearningRule,
    ShowFacts,
    ShowPrior,
    ShowRates,
    learn_show_rates,
    rates_for,
    show_rate,
)
from kamerton.calc.show_rate.slots import (
    SeatCosts,
    SlotRisk,
    expected_cost,
    show_pmf,
    slot_risk,
)

__all__ = [
    "DEFAULT_LEARNING",
    "DEFAULT_PRIOR",
    "CellRates",
    "GroupPlan",
    "InvitationChoice",
    "LearningRule",
    "SeatCosts",
    "ShowFacts",
    "ShowPrior",
    "ShowRates",
    "SlotRisk",
    "StreamPlan",
    "best_invitations",
    "expected_cost",
    "group_invitations",
    "learn_show_rates",
    "rates_for",
    "show_pmf",
    "show_rate",
    "slot_risk",
    "stream_invitations",
]
