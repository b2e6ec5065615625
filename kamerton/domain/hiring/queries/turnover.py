"""What part of those hired does not stay: ours once enough people came, till then the method's."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
from django.utils import timezone

from kamerton.calc.survival import survival_by_group
from kamerton.domain.hiring.models import Application
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User

STAYED_DAYS: Final = 180  # who is here after so many days has stayed
OWN_FACTS: Final = 30  # from so many people of whom it is known our own figure is used
HIGHEST: Final = 0.95


@dataclass(frozen=True)
class Turnover:
    """Part of those hired for a role who leave within 180 days.

    `n`: people of whom it is known, who left by then or stayed so long; `own`: learned from them.
    """

    share: float
    n: int
    left: int
    own: bool


def turnover(viewer: User, role: str, *, on: dt.date | None = None) -> Turnover:
    """The turnover of a role: Kaplan-Meier over all hired for it from 30 people on (1 query)."""
    del viewer  # a figure of the whole company
    return turnover_of(role, on=on)


def turnover_of(role: str, *, on: dt.date | None = None) -> Turnover:
    """The same for who reckons with it and shows it to nobody."""
    usual = methodology.current().hiring.turnover
    if not role:
        return Turnover(usual, 0, 0, own=False)
    day = on or timezone.localdate()
    rows = Application.objects.filter(
        vacancy__role=role, hired_on__isnull=False, hired_on__lte=day
    ).order_by()
    pairs = [(hired, left) for hired, left in rows.values_list("hired_on", "left_on") if hired]
    gone = np.array([left is not None and left <= day for _hired, left in pairs], dtype=bool)
    ends = [left if left and left <= day else day for _hired, left in pairs]
    days = np.array(
        [(end - hired).days for end, (hired, _left) in zip(ends, pairs, strict=True)],
        dtype=np.float64,
    )
    early = gone & (days <= STAYED_DAYS)
    soon, known = int(early.sum()), int((early | (days >= STAYED_DAYS)).sum())
    if known < OWN_FACTS:
        return Turnover(usual, known, soon, own=False)
    (found,) = survival_by_group(days, gone, [role] * len(pairs), at=(STAYED_DAYS,))
    stay = float(found.at.survival[0])
    return Turnover(min(max(1.0 - stay, 0.0), HIGHEST), known, soon, own=True)
