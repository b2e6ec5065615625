"""Lists that candidates are judged by, as they are read: donors, the stop list, niches, sources."""

from django.db.models import QuerySet

from kamerton.domain.hiring.models import (
    DonorCompany,
    MarketPayBenchmark,
    NicheEdge,
    Source,
    StopListCompany,
)
from kamerton.platform.access.models import User

SEE = "hiring.view"


def donors(viewer: User) -> QuerySet[DonorCompany]:
    """Companies whose people are tier 1, by name (1 query)."""
    found = DonorCompany.objects.select_related("added_by")
    return found if viewer.may(SEE) else found.none()


def stop_list(viewer: User) -> QuerySet[StopListCompany]:
    """Companies whose people do not fit, by name (1 query)."""
    found = StopListCompany.objects.select_related("added_by")
    return found if viewer.may(SEE) else found.none()


def niche_edges(viewer: User) -> QuerySet[NicheEdge]:
    """Pairs of niches with like clients, the nearest first (1 query)."""
    found = NicheEdge.objects.order_by("-weight", "one", "other")
    allowed = viewer.may(SEE) or viewer.may("hiring.templates")
    return found if allowed else found.none()


def sources(viewer: User) -> QuerySet[Source]:
    """Ways by which candidates come, by name (1 query)."""
    found = Source.objects.order_by("name")
    return found if viewer.may(SEE) or viewer.may("hiring.view_budget") else found.none()


def benchmarks(viewer: User) -> QuerySet[MarketPayBenchmark]:
    """What the market pays, the newest first (1 query)."""
    found = MarketPayBenchmark.objects.order_by("-on", "-pk")
    return found if viewer.may(SEE) else found.none()
