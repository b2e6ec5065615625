"""NumPy: the index of the three tasks: information, communication, planned work."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from kamerton.calc.arrays import Floats, vector


@dataclass(frozen=True)
class TaskWeights:
    """What each task weighs; a tool that is switched off weighs 0.

    Raises
    ------
    ValueError
        If a weight is negative.
    """

    information: float = 35.0
    communication: float = 35.0
    plan: float = 30.0

    def __post_init__(self) -> None:
        if min(self.information, self.communication, self.plan) < 0:
            raise ValueError("a weight is not negative")

    @property
    def total(self) -> float:
        """The sum of the weights."""
        return self.information + self.communication + self.plan


DEFAULT_TASKS = TaskWeights()


def three_task_index(
    information: ArrayLike,
    communication: ArrayLike,
    plan: ArrayLike,
    weights: TaskWeights = DEFAULT_TASKS,
) -> Floats:
    """Return the three-task index, 0 to 100 (3.14).

    Parameters
    ----------
    information, communication, plan : array_like, shape (n_clients,)
        Scores 0 to 100; NaN (nothing was begun) counts 0. Those of a tool that weighs 0 are not
        looked at.
    weights : TaskWeights
        35, 35, 30; scaled so that those of the tools in use are 100 together.

    Returns
    -------
    ndarray of float64, shape (n_clients,)
        NaN for all if no tool is in use.

    Raises
    ------
    ValueError
        If a score is out of [0, 100] or the shapes differ.

    Notes
    -----
    See docs/algorithms/plan.md.

    Examples
    --------
    >>> three_task_index([63.3], [60.0], [91.0]).round(1).tolist()
    [70.5]

    Without the dossier the others share its weight:

    >>> three_task_index([0], [60.0], [91.0], TaskWeights(information=0)).round(1).tolist()
    [74.3]
    """
    first = vector(information, "information", missing=True)
    scores = [first] + [
        vector(values, name, size=first.size, missing=True)
        for values, name in ((communication, "communication"), (plan, "plan"))
    ]
    parts = (weights.information, weights.communication, weights.plan)
    total = np.zeros(first.size)
    for score, weight in zip(scores, parts, strict=True):
        if weight > 0:
            total += weight * _points(score)
    return total / weights.total if weights.total > 0 else np.full(first.size, np.nan)


def _points(score: Floats) -> Floats:
    """Return the score with 0 for what is not known."""
    known = np.nan_to_num(score)
    if ((known < 0) | (known > 100)).any():
        raise ValueError("a score is 0 to 100")
    return known
