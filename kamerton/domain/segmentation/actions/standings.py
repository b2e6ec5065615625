"""Compute all standings anew; readers see the old ones until the new ones are whole."""

import datetime as dt
import itertools
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone

from kamerton.calc.period import Period
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.models import Restatement, Standing
from kamerton.domain.segmentation.queries.columns import Columns, rows, standing_columns
from kamerton.domain.segmentation.queries.measures import Measures, measures
from kamerton.domain.segmentation.queries.retention import counted_series
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record

CHUNK = 2000  # rows a transaction: others wait for one chunk, never for the whole
STALE = dt.timedelta(hours=1)  # a generation still being built after that was abandoned
Progress = Callable[[int, int], None]


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def restate(actor: User, *, as_of: dt.date, progress: Progress = _silent) -> Restatement:
    """Compute the standings of all clients for the year closed on `as_of`.

    Written in short transactions as a new generation, which becomes current at one stroke. The
    generation before stays until the next time, for readers in the middle of a page.

    Raises NotAllowed.
    """
    require(actor, "segmentation.propose_company_key")
    _sweep()
    method, version = methodology.current(), ledger.version()
    found = measures(system_user(), as_of=as_of, method=method)
    made = _begin(found, as_of=as_of, ledger_version=version)
    columns = standing_columns(found)
    total = found.client_id.size
    for start in range(0, total, CHUNK):
        _write(made, columns, start, min(start + CHUNK, total))
        progress(min(start + CHUNK, total), total)
    _switch(actor, made)
    _sweep()
    return made


def count_retention(actor: User, made: Restatement) -> Restatement:
    """Count the retention of the last quarters and keep it with the recomputation.

    Apart from it, as it reads all lines some ten times and nobody waits for it. Raises NotAllowed.
    """
    require(actor, "segmentation.propose_company_key")
    period = Period(made.since, made.until)
    method = methodology.version(made.methodology.number)
    made.retention = counted_series(system_user(), period, method)
    Restatement.objects.filter(pk=made.pk).update(retention=made.retention)
    return made


def _begin(found: Measures, *, as_of: dt.date, ledger_version: int) -> Restatement:
    """Open a new generation with the company's totals."""
    money = found.money
    costed = bool(money.has_cost.any())
    return Restatement.objects.create(
        as_of=as_of,
        since=found.period.since,
        until=found.period.until,
        ledger_version=ledger_version,
        methodology=methodology.version_row(found.method.version),
        base=found.base,
        clients=found.client_id.size,
        revenue=int(money.revenue.sum()),
        gross_profit=int(money.of("gross_profit").sum()) if costed else None,
        cash=int(money.cash.sum()),
        cost_coverage=money.cost_coverage,
    )


@transaction.atomic
def _write(made: Restatement, columns: Columns, start: int, stop: int) -> None:
    """Insert one chunk as plain rows: a model a row costs five times as much."""
    quote = connection.ops.quote_name
    names = ("restatement_id", *columns)  # the fields' names are the columns' names
    listed = ", ".join(quote(name) for name in names)
    places = ", ".join(["%s"] * len(names))
    table = quote(Standing._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({listed}) VALUES ({places})",  # noqa: S608 — names are ours
            [(made.pk, *row) for row in rows(columns, start, stop)],
        )


@transaction.atomic
def _switch(actor: User, made: Restatement) -> None:
    """Make the new generation the one that readers see."""
    Restatement.objects.select_for_update().get(pk=made.pk)
    current = Restatement.objects.filter(state=Restatement.State.CURRENT)
    current.update(state=Restatement.State.OLD)
    made.state, made.made_at = Restatement.State.CURRENT, timezone.now()
    made.save(update_fields=["state", "made_at"])
    what = {"clients": made.clients, "since": made.since, "until": made.until, "base": made.base}
    record(actor, "segmentation.standings_restated", made, after=what)


def _sweep() -> None:
    """Delete all but the current generation and the one before it, chunk by chunk."""
    ready = Restatement.objects.exclude(state=Restatement.State.BUILDING).order_by("-made_at")
    gone = [made.pk for made in ready[2:]]
    abandoned = Restatement.objects.filter(
        state=Restatement.State.BUILDING, started_at__lt=timezone.now() - STALE
    )
    gone += abandoned.values_list("pk", flat=True)
    for pk in gone:
        _delete(pk)


def _delete(restatement: int) -> None:
    standings = Standing.objects.filter(restatement=restatement)
    for _round in itertools.count():
        chunk = list(standings.values_list("pk", flat=True)[:CHUNK])
        if not chunk:
            break
        Standing.objects.filter(pk__in=chunk).delete()
    Restatement.objects.filter(pk=restatement).delete()
