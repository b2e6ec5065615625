"""Bring one client's standing up to date after new evidence, without the whole recomputation."""

import numpy as np

from kamerton.calc.arrays import Floats
from kamerton.calc.company_key import ClientFacts, assess
from kamerton.calc.period import Period
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.actions.flags import keep_flags
from kamerton.domain.segmentation.models import Restatement, Standing
from kamerton.domain.segmentation.queries import bridge
from kamerton.domain.segmentation.queries.columns import plain, verdict_columns
from kamerton.domain.segmentation.queries.marks import Evidence, evidence
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.domain.segmentation.queries.wallets import Wallets, wallets
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user


def refresh_standing(actor: User, client: Client) -> Standing | None:
    """Judge `client` anew by the figures of the current recomputation and today's evidence.

    Inside the transaction of the action that brought the evidence; None before the first
    recomputation.
    """
    restatement = current_restatement()
    if restatement is None:
        return None
    standing = (
        Standing.objects.select_for_update(of=("self",))
        .filter(restatement=restatement, client=client)
        .first()
    )
    if standing is None:
        return None
    method = methodology.version(restatement.methodology.number)
    period = Period(restatement.since, restatement.until)
    ids, revenue = np.array([client.pk]), np.array([standing.revenue])
    known = wallets(system_user(), ids, revenue, period=period, method=method)
    facts = _facts(standing, restatement, known, evidence(ids, method))
    columns = verdict_columns(known, assess(facts, bridge.company_criteria(method)))
    for name, column in columns.items():
        setattr(standing, name, plain(column)[0])
    standing.save(update_fields=list(columns))
    keep_flags(actor, client)
    return standing


def _facts(
    standing: Standing, restatement: Restatement, known: Wallets, marks: Evidence
) -> ClientFacts:
    """What the criteria are judged by, of one client."""
    costed = restatement.gross_profit is not None
    return ClientFacts(
        revenue_share=_one(standing.share_revenue),
        profit_share=_one(standing.share_gross_profit),
        class_a=[(standing.abc_gross_profit if costed else standing.abc_revenue) == "A"],
        share_of_wallet=known.share,
        months=[standing.months_of_history],
        active_months=[standing.active_months],
        nps=marks.nps,
        gap=known.gap,
        sales=[standing.revenue],
        budget=marks.budget,
        status_marks=marks.status,
        partner_forms=marks.partner_forms,
        complexity_marks=marks.complex_marks,
        company_revenue=float(restatement.revenue),
    )


def _one(value: float | None) -> Floats:
    return np.array([np.nan if value is None else value])
