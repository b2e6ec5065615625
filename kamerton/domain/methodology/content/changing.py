"""Plain: lists of the method with one entry put in, replaced, moved or switched off."""

import dataclasses
from collections.abc import Iterable
from typing import Protocol, TypeVar

from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion


class Coded(Protocol):
    """Whatever has a code."""

    @property
    def code(self) -> str:
        """The code."""
        ...


Entry = TypeVar("Entry", bound=Coded)


def put(entries: Iterable[Entry], entry: Entry, *, place: int | None = None) -> tuple[Entry, ...]:
    """Return `entries` with `entry` at `place` (from 1); without a place: where it was, or last."""
    kept = list(entries)
    at = next((at for at, each in enumerate(kept) if each.code == entry.code), None)
    if at is not None:
        del kept[at]
    where = place - 1 if place else at
    kept.insert(len(kept) if where is None else where, entry)
    return tuple(kept)


def with_question(
    groups: tuple[DossierGroup, ...],
    group: DossierGroup,
    question: DossierQuestion,
    *,
    asked: bool = True,
    place: int | None = None,
) -> tuple[DossierGroup, ...]:
    """Return `groups` with `question` in `group`: asked at `place`, or switched off."""
    others = without(group.questions, question.code)
    if asked:
        changed = dataclasses.replace(
            group,
            questions=put(group.questions, question, place=place),
            unasked=without(group.unasked, question.code),
        )
    else:
        changed = dataclasses.replace(group, questions=others, unasked=put(group.unasked, question))
    return put(groups, changed)


def without(entries: Iterable[Entry], code: str) -> tuple[Entry, ...]:
    """Return `entries` but for the one called `code`."""
    return tuple(each for each in entries if each.code != code)


def free_code(taken: Iterable[str], prefix: str) -> str:
    """Return the first code `prefix1`, `prefix2`, … that nothing has."""
    known, number = set(taken), 1
    while f"{prefix}{number}" in known:
        number += 1
    return f"{prefix}{number}"
