"""Clients that are probably one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from kamerton.domain.accounts.models import Client, ToldApart
from kamerton.domain.accounts.models.requisites import bare_name
from kamerton.platform.access.models import User

LIKENESS: Final = 92  # of 100; names below it are different
BLOCK: Final = 2_000  # names compared with each other at once: 2000² bytes of scores


@dataclass(frozen=True)
class DuplicatePair:
    """Two clients that are probably one, and why."""

    first: Client
    second: Client
    reason: Literal["inn", "name"]
    likeness: float  # 0..100


@dataclass(frozen=True)
class _Row:
    pk: int
    bare: str
    inn: str


def duplicates(viewer: User, *, limit: int = 100) -> list[DuplicatePair]:
    """Pairs of clients with one INN, or with like names and no INN against it (3 queries).

    Only among the clients that `viewer` may change. Names are compared within blocks that share
    the beginning of their first or longest word, so a list of 100,000 takes seconds, not hours.
    """
    rows = _rows(viewer)
    apart = set(ToldApart.objects.values_list("first", "second"))
    found: dict[tuple[int, int], tuple[Literal["inn", "name"], float]] = {}
    for first, second in _same_inn(rows):
        found[(first, second)] = ("inn", 100.0)
    for first, second, likeness in _like_names(rows):
        found.setdefault((first, second), ("name", likeness))
    best = sorted(
        ((pair, why) for pair, why in found.items() if pair not in apart),
        key=lambda item: (item[1][0], -item[1][1], item[0]),
    )[:limit]
    cards = Client.objects.select_related("manager").in_bulk(
        {pk for pair, _ in best for pk in pair}
    )
    return [DuplicatePair(cards[one], cards[two], *why) for (one, two), why in best]


def _rows(viewer: User) -> list[_Row]:
    mine = Client.objects.editable_by(viewer).present().order_by("pk")
    return [
        _Row(pk, bare_name(name), inn)
        for pk, name, inn in mine.values_list("pk", "name_folded", "inn").iterator(5_000)
    ]


def _same_inn(rows: Iterable[_Row]) -> Iterator[tuple[int, int]]:
    by_inn: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.inn:
            by_inn[row.inn].append(row.pk)
    for together in by_inn.values():
        for other in together[1:]:
            yield together[0], other


def _like_names(rows: Iterable[_Row]) -> Iterator[tuple[int, int, float]]:
    for block in _blocks(rows):
        yield from _like_within(block)


def _blocks(rows: Iterable[_Row]) -> Iterator[list[_Row]]:
    blocks: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        words = row.bare.split()
        for key in {f"{words[0][:5]}", f"{max(words, key=len)[:5]}"}:
            blocks[key].append(row)
    for block in blocks.values():
        block.sort(key=lambda row: (row.bare, row.pk))
        for start in range(0, len(block), BLOCK):
            yield block[start : start + BLOCK]


def _like_within(block: list[_Row]) -> Iterator[tuple[int, int, float]]:
    import numpy as np
    from rapidfuzz import fuzz, process

    if len(block) < 2:
        return
    names = [row.bare for row in block]
    scores = process.cdist(
        names, names, scorer=fuzz.token_sort_ratio, score_cutoff=LIKENESS, dtype=np.uint8
    )
    for i, j in np.argwhere(np.triu(scores, k=1)):
        one, two = sorted((block[i], block[j]), key=lambda row: row.pk)
        if not (one.inn and two.inn and one.inn != two.inn):
            yield one.pk, two.pk, float(scores[i, j])
