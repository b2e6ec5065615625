"""Which tier a candidate is of, and whether his company is on the stop list."""

from dataclasses import dataclass

from kamerton.calc.text import folded
from kamerton.domain.hiring.models import (
    Candidate,
    DonorCompany,
    NicheEdge,
    StopListCompany,
    Vacancy,
)


@dataclass(frozen=True)
class Tiers:
    """Donors and adjacent niches, read once for many candidates."""

    donors: frozenset[str]
    near: frozenset[tuple[str, str]]

    @classmethod
    def known(cls) -> "Tiers":
        """Read the lists (2 queries)."""
        edges = NicheEdge.objects.filter(weight__gt=0).values_list("one", "other")
        return cls(
            frozenset(DonorCompany.objects.values_list("folded", flat=True)), frozenset(edges)
        )

    def of(self, candidate: Candidate, vacancy: Vacancy) -> str:
        """Return T1 for donors' people, T2 for an adjacent niche, else T3: lower, not refused."""
        if candidate.employer_key and candidate.employer_key in self.donors:
            return "T1"
        his, ours = folded(candidate.niche), folded(vacancy.niche)
        if his and ours and (his == ours or tuple(sorted((his, ours))) in self.near):
            return "T2"
        return "T3"


def stop_entry(candidate: Candidate) -> StopListCompany | None:
    """The entry of the stop list that names the candidate's last employer (1 query)."""
    if not candidate.employer_key:
        return None
    return StopListCompany.objects.filter(folded=candidate.employer_key).first()
