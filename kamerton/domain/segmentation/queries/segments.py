"""Which segment a client is in: key, potential key, flow."""

import numpy as np

from kamerton.calc.arrays import Flags
from kamerton.calc.watch import potential_key
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import Standing
from kamerton.domain.segmentation.queries.marks import BUDGET, marks_by_client


def potential(
    standings: list[Standing], *, revenue: int, keys: set[int], method: Methodology
) -> Flags:
    """Mark those without weight but with a name or a large budget (2 queries).

    `keys` are the clients that are key already; `revenue` is the company's, minor units.
    """
    ids = [standing.client_id for standing in standings]
    marks = marks_by_client(ids)
    named = [
        "status" in standing.passed_codes or marks.get(standing.client_id, {}).get(BUDGET, 0) > 0
        for standing in standings
    ]
    weighty = [
        pk in keys or "large" in s.passed_codes for pk, s in zip(ids, standings, strict=True)
    ]
    wallets = [np.nan if s.wallet is None else float(s.wallet) for s in standings]
    return potential_key(
        named, wallets, float(revenue), weighty, wallet_share=method.company.promising_revenue
    )


def segment_of(client: Client, *, is_potential: bool) -> str:
    """The segment that the client's flags make."""
    if client.company_key_since is not None or client.manager_keys > 0:
        return Client.Segment.KEY
    return Client.Segment.POTENTIAL_KEY if is_potential else Client.Segment.FLOW
