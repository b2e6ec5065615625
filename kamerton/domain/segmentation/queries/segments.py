"""Which segment a client is in: key, potential key, flow."""

from dataclasses import dataclass

import numpy as np

from kamerton.calc.watch import potential_key
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import Restatement
from kamerton.domain.segmentation.queries.marks import with_budget


@dataclass(frozen=True)
class Segmented:
    """A client with the segment it is in, and what the registers and the standings make of it."""

    client_id: int
    present: str
    is_key: bool
    is_potential: bool

    @property
    def due(self) -> str:
        """The segment it belongs to: key goes before potential, potential before flow."""
        if self.is_key:
            return Client.Segment.KEY
        return Client.Segment.POTENTIAL_KEY if self.is_potential else Client.Segment.FLOW


def segments(
    restatement: Restatement, method: Methodology, *, after: int = 0, count: int = 2000
) -> list[Segmented]:
    """The segments of `count` clients after the id `after`, by the standings (2 queries)."""
    rows = list(
        restatement.standings.filter(client_id__gt=after)
        .order_by("client_id")
        .values_list(
            *("client_id", "passed", "wallet"),
            *("client__segment", "client__company_key_since", "client__manager_keys"),
        )[:count]
    )
    if not rows:
        return []
    ids, passed, wallets, present, since, managers = zip(*rows, strict=True)
    keys = [day is not None or number > 0 for day, number in zip(since, managers, strict=True)]
    budgets = with_budget(ids[0] if len(ids) == 1 else None)
    potential = potential_key(
        ["status" in codes.split() or pk in budgets for pk, codes in zip(ids, passed, strict=True)],
        [np.nan if wallet is None else float(wallet) for wallet in wallets],
        float(restatement.revenue),
        ["large" in codes.split() for codes in passed],  # has weight already
        wallet_share=method.company.promising_revenue,
    )
    return [
        Segmented(pk, now, is_key=key, is_potential=bool(mark))
        for pk, now, key, mark in zip(ids, present, keys, potential, strict=True)
    ]
