"""Clients that are probably one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kamerton.domain.accounts.models import Client, ToldApart
from kamerton.domain.accounts.models.requisites import bare_name
from kamerton.platform.access.models import User

LIKENESS: Final = 92  # of 100; names below it are different
BLOCK: Final = 500  # names compared with each other at once
SHARED: Final = 6  # letters of a word, at its start or end, that like names share
RARE: Final = 2  # rarest words of a name by which it is looked up


@dataclass(frozen=True)
class DuplicatePair:
    """Two clients that are probably one, and why."""

    first: Client
    second: Client
    reason: Literal["inn", "name"]
    likeness: float  # 0..100


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    bare: str  # words in order, so that a swap of words does not matter
    inn: str


def duplicates(viewer: User, *, limit: int = 100) -> list[DuplicatePair]:
    """Pairs of clients with one INN, or with like names and no INN against it (3 queries).

    Only among the clients that `viewer` may change. Names are compared within blocks that share
    the start or the end of one of their rarest words (a slip of the pen spoils one of the two)
    and all their numbers, so a list of 100,000 takes seconds, not hours.
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
        _Row(pk, " ".join(sorted(bare_name(name).split())), inn)
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


def _like_names(rows: Sequence[_Row]) -> Iterator[tuple[int, int, float]]:
    for block in _blocks(rows):
        yield from _like_within(block)


def _blocks(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Group rows that may be alike; only groups where some name has no INN against the others."""
    common = Counter(word for row in rows for word in row.bare.split())
    blocks: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        for key in _keys(row, common):
            blocks[key].append(row)
    for block in blocks.values():
        if len(block) > 1 and not all(row.inn for row in block):
            block.sort(key=lambda row: (row.bare, row.pk))
            for start in range(0, len(block), BLOCK):
                yield block[start : start + BLOCK]


def _keys(row: _Row, common: Mapping[str, int]) -> set[tuple[str, str]]:
    words = row.bare.split()
    numbers = " ".join(word for word in words if word.isdigit())
    named = [word for word in words if not word.isdigit()] or words
    rarest = sorted(named, key=lambda word: (common[word], word))[:RARE]
    return {(numbers, f"^{word[:SHARED]}") for word in rarest} | {
        (numbers, f"{word[-SHARED:]}$") for word in rarest
    }


def _like_within(block: Sequence[_Row]) -> Iterator[tuple[int, int, float]]:
    import numpy as np
    from rapidfuzz import fuzz, process

    bare = [row for row in block if not row.inn]  # two names with an INN each are told apart by it
    scores = process.cdist(
        [row.bare for row in bare],
        [row.bare for row in block],
        scorer=fuzz.ratio,
        score_cutoff=LIKENESS,
        dtype=np.uint8,
    )
    for i, j in np.argwhere(scores):
        one, two = sorted((bare[i].pk, block[j].pk))
        if one != two:
            yield one, two, float(scores[i, j])
