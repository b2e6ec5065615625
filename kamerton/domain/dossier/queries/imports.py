"""Files of answers on their way into the dossiers."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import Client, ClientCode
from kamerton.domain.dossier.models import DossierImport
from kamerton.platform.access.models import User

PIECE = 500


@dataclass(frozen=True)
class FoundClients:
    """Clients by each of the ways in which a file may name them; two of one name are neither."""

    by_code: dict[str, int]
    by_inn: dict[str, int]
    by_name: dict[str, int]
    doubled: frozenset[str]

    def get(self, named: str) -> int | None:
        """The id of the client so named; None if there is none, or more than one."""
        text = named.strip()
        found = self.by_code.get(text) or self.by_inn.get(text)
        return found or self.by_name.get(folded(text))


def dossier_imports(viewer: User) -> QuerySet[DossierImport]:
    """One's own files, and all of them for who sees the journal, newest first (1 query)."""
    if not viewer.may("dossier.edit") and not viewer.may("audit.view"):
        return DossierImport.objects.none()
    found = DossierImport.objects.select_related("started_by")
    return found if viewer.may("audit.view") else found.filter(started_by=viewer)


def named_clients(viewer: User, named: Iterable[str]) -> FoundClients:
    """The clients in the viewer's hands that a file names by code, INN or name (few queries)."""
    wanted = sorted({text.strip() for text in named})
    names = {folded(text) for text in wanted}
    mine = Client.objects.editable_by(viewer).present().order_by()
    by_code: dict[str, int] = {}
    inns: list[tuple[str, int]] = []
    by_name: list[tuple[str, int]] = []
    for piece in _pieces(wanted):
        codes = ClientCode.objects.filter(code__in=piece, client__in=mine)
        by_code |= dict(codes.values_list("code", "client"))
        inns += mine.filter(inn__in=[text for text in piece if text]).values_list("inn", "pk")
    for piece in _pieces(sorted(names)):
        by_name += mine.filter(name_folded__in=piece).values_list("name_folded", "pk")
    return FoundClients(by_code, *_once(inns, by_name))


def _pieces(texts: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(texts), PIECE):
        yield texts[start : start + PIECE]


def _once(
    inns: list[tuple[str, int]], names: list[tuple[str, int]]
) -> tuple[dict[str, int], dict[str, int], frozenset[str]]:
    """Keep what names one client only."""
    unique: list[dict[str, int]] = []
    doubled: set[str] = set()
    for pairs in (inns, names):
        seen: dict[str, int] = {}
        for text, pk in pairs:
            if seen.setdefault(text, pk) != pk:
                doubled.add(text)
        unique.append({text: pk for text, pk in seen.items() if text not in doubled})
    return unique[0], unique[1], frozenset(doubled)
