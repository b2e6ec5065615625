"""White space: what each client buys of each category from us, from others, or not at all."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils import timezone

from kamerton.calc.period import Period
from kamerton.domain.accounts.models import Client, ProductCategory
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import WalletEstimate, WhiteSpaceMark
from kamerton.domain.segmentation.queries.wallets import of_category, standing_estimates
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user

BOUGHT = "bought"
STATES = (BOUGHT, *WhiteSpaceMark.State.values)


@dataclass(frozen=True)
class WhiteCell:
    """One category at one client; money in minor units, None where unknown or not shown.

    `state`: bought (in the last 12 closed months), competitor, not_needed or unknown. `potential`:
    what he buys a year of all suppliers; `gap`: what of it can still be won; `share`: ours.
    """

    client: Client
    category: ProductCategory
    state: str
    sales: int | None
    potential: int | None
    share: float | None
    gap: int | None
    mark: WhiteSpaceMark | None

    @property
    def competitor_share(self) -> float | None:
        """The competitors' part, None where nobody knows."""
        return self.mark.competitor_share if self.mark else None

    @property
    def is_open(self) -> bool:
        """True where there is something to win or to find out."""
        return self.state in {"competitor", "unknown"} or bool(self.gap)


@dataclass(frozen=True)
class WhiteRow:
    """A client with a cell for each category, in the order of categories."""

    client: Client
    cells: list[WhiteCell]


@dataclass(frozen=True)
class WhiteSpace:
    """The grid of clients and categories over the last closed year."""

    categories: list[ProductCategory]
    rows: list[WhiteRow]
    period: Period

    @property
    def cells(self) -> list[WhiteCell]:
        """All cells, client by client."""
        return [cell for row in self.rows for cell in row.cells]

    @property
    def counts(self) -> dict[str, int]:
        """How many cells are in each state."""
        found = Counter(cell.state for cell in self.cells)
        return {state: found[state] for state in STATES}

    @property
    def gap(self) -> int:
        """What can still be won in all, as far as it is known, minor units a year."""
        return sum(cell.gap or 0 for cell in self.cells)


@dataclass(frozen=True)
class _Known:
    """What all cells are made of."""

    sales: dict[int, dict[str, int]]
    estimates: dict[tuple[int, int], WalletEstimate]
    marks: dict[tuple[int, int], WhiteSpaceMark]
    method: Methodology


def white_space(viewer: User, clients: Iterable[int]) -> WhiteSpace:
    """The grid of those of `clients` that `viewer` may see, by name (≤ 12 queries for any number).

    What was bought shows everywhere, sums of money only where he may see the client's money.
    """
    seen = list(Client.objects.visible_to(viewer).filter(pk__in=list(clients)).order_by("name"))
    categories = list(ProductCategory.objects.all())
    period = ledger.closed_year(timezone.localdate())
    ids = [client.pk for client in seen]
    known = _Known(
        sales=ledger.category_sales(system_user(), ids, period),
        estimates=_estimates(ids),
        marks=_marks(ids),
        method=methodology.current(),
    )
    shown = set(ids) if ledger.sees_all_money(viewer) else set(ledger.money_ids(viewer))
    rows = [
        WhiteRow(client, [_cell(known, client, each, client.pk in shown) for each in categories])
        for client in seen
    ]
    return WhiteSpace(categories, rows, period)


def white_cell(viewer: User, client: Client, category: ProductCategory) -> WhiteCell | None:
    """One cell; None if `viewer` may not see the client."""
    found = white_space(viewer, [client.pk]).cells
    return next((cell for cell in found if cell.category == category), None)


def white_space_marks(
    viewer: User, client: Client, category: ProductCategory
) -> QuerySet[WhiteSpaceMark]:
    """All that was ever marked of a category, newest first (1 query)."""
    found = WhiteSpaceMark.objects.visible_to(viewer).filter(client=client, category=category)
    return found.select_related("author")


def _cell(known: _Known, client: Client, category: ProductCategory, shown: bool) -> WhiteCell:
    place = (client.pk, category.pk)
    sold = known.sales.get(client.pk, {}).get(category.name, 0)
    mark, estimate = known.marks.get(place), known.estimates.get(place)
    state = BOUGHT if sold > 0 else mark.state if mark else WhiteSpaceMark.State.UNKNOWN.value
    if not shown or estimate is None:
        return WhiteCell(client, category, state, sold if shown else None, None, None, None, mark)
    counted = of_category(estimate, sold, known.method)
    gap = None if counted.attainable is None else round(counted.attainable)
    gap = 0 if state == WhiteSpaceMark.State.NOT_NEEDED else gap
    return WhiteCell(client, category, state, sold, estimate.amount, counted.share, gap, mark)


def _estimates(ids: list[int]) -> dict[tuple[int, int], WalletEstimate]:
    return {
        (client, estimate.category_id): estimate
        for client, estimates in standing_estimates(ids).items()
        for estimate in estimates
        if estimate.category_id is not None
    }


def _marks(ids: list[int]) -> dict[tuple[int, int], WhiteSpaceMark]:
    """The newest mark of each client and category (1 query)."""
    newest = (
        WhiteSpaceMark.objects.filter(client__in=ids)
        .order_by()
        .values("client", "category")
        .annotate(newest=Max("pk"))
    )
    marks = WhiteSpaceMark.objects.filter(pk__in=newest.values("newest")).select_related("author")
    return {(mark.client_id, mark.category_id): mark for mark in marks}
