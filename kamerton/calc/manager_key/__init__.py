"""NumPy: which clients are key for one manager: influence first, then four criteria, then a cap."""

from kamerton.calc.manager_key.criteria import (
    DEFAULT_WEIGHTS,
    MANAGER_CRITERIA,
    ManagerWeights,
    large_for_manager,
    loyal_for_manager,
    manager_key_index,
    promising_for_manager,
    status_for_manager,
)
from kamerton.calc.manager_key.influence import (
    DEFAULT_INFLUENCE,
    INFLUENCE,
    InfluenceRule,
    influence,
)
from kamerton.calc.manager_key.selection import (
    CAP,
    Approach,
    ManagerSelection,
    approaches,
    cap,
    select_key_clients,
)

__all__ = [
    "CAP",
    "DEFAULT_INFLUENCE",
    "DEFAULT_WEIGHTS",
    "INFLUENCE",
    "MANAGER_CRITERIA",
    "Approach",
    "InfluenceRule",
    "ManagerSelection",
    "ManagerWeights",
    "approaches",
    "cap",
    "influence",
    "large_for_manager",
    "loyal_for_manager",
    "manager_key_index",
    "promising_for_manager",
    "select_key_clients",
    "status_for_manager",
]
