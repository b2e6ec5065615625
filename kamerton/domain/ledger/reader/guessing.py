"""Which column is what and how values are written, guessed from titles and samples."""

import re
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass

from .fields import FIELDS, Field, plain_title, title_score
from .heads import DATED, is_day, is_number

Samples = Sequence[str]


@dataclass(frozen=True)
class Candidate:
    """A column as it is guessed from: its titles, whole and in parts, and values as text."""

    index: int
    titles: tuple[str, ...]
    samples: Samples


def guess_columns(candidates: Sequence[Candidate]) -> dict[str, int]:
    """Return the column of each field that could be recognised."""
    scored = [
        (score, -place, -one.index, field.code, one.index)
        for place, field in enumerate(FIELDS)
        for one in candidates
        if (score := _score(field, one))
    ]
    found: dict[str, int] = {}
    for *_rank, code, index in sorted(scored, reverse=True):
        if code not in found and index not in found.values():
            found[code] = index
    _find_date(found, candidates)
    return _without_needless(found)


def _score(field: Field, candidate: Candidate) -> int:
    best = max(title_score(field, title) for title in candidate.titles)
    fits = {"date": is_day, "number": is_number}.get(field.shape)
    if fits is None or not candidate.samples or best == 0:
        return best
    fitting = sum(fits(text) or _serial(field, text) for text in candidate.samples)
    return best if fitting * 2 >= len(candidate.samples) else 0


def _serial(field: Field, text: str) -> bool:
    """A day as a number: of Excel (45000), or in one piece (20261005)."""
    return field.shape == "date" and re.fullmatch(r"\d{5}(\.\d+)?|(19|20)\d{6}", text) is not None


def _find_date(found: dict[str, int], candidates: Sequence[Candidate]) -> None:
    """Without a titled date: from «Реализация … от 05.10.2026», or the only column of dates."""
    if "date" in found:
        return
    for one in candidates:
        if found.get("document") == one.index and share(one.samples, named) > 0.5:
            found["date"] = one.index
            return
    dated = [one.index for one in candidates if share(one.samples, is_day) > 0.8]
    free = [index for index in dated if index not in found.values()]
    if len(free) == 1:
        found["date"] = free[0]


def _without_needless(found: dict[str, int]) -> dict[str, int]:
    if "cost" in found and "unit_cost" in found:
        return {code: index for code, index in found.items() if code != "unit_cost"}
    return found


def named(text: str) -> bool:
    """Tell whether a document is written as 1C writes it: title, number, «от», day."""
    return bool(DATED.search(text))


def share(samples: Samples, fits: object) -> float:
    """Return which part of the samples fits."""
    assert callable(fits)  # noqa: S101 (a predicate)
    return sum(bool(fits(text)) for text in samples) / len(samples) if samples else 0.0


def guess_date_order(samples: Samples) -> tuple[str, bool]:
    """Return ymd, dmy or mdy, and whether the samples left a doubt."""
    if share(samples, re.compile(r"\d{4}[-/.]\d").match) > 0.5:
        return "ymd", False
    parts = [re.match(r"(\d{1,2})([./-])(\d{1,2})[./-]\d", text) for text in samples]
    found = [(int(p[1]), p[2], int(p[3])) for p in parts if p]
    if any(sign == "." or first > 12 for first, sign, _second in found):
        return "dmy", False
    if any(second > 12 for _first, _sign, second in found):
        return "mdy", False
    return "dmy", bool(found)


def guess_decimal(samples: Samples, *, titles: Sequence[str]) -> str:
    """Return the sign before the kopecks; where only «1,250» speaks, the language of the titles."""
    points = commas = 0
    for text in samples:
        plain = re.sub(r"[\s\u00a0\u2009\u202f'()−–-]", "", text)
        last = re.search(r"([.,])(\d+)\D*$", plain)
        if last and (len(last[2]) != 3 or len(set(re.findall(r"[.,]", plain))) > 1):
            points += last[1] == "."
            commas += last[1] == ","
    if points != commas:
        return "." if points > commas else ","
    return "," if re.search(r"[а-яё]", " ".join(titles).casefold()) else "."


def guess_return_prefix(documents: Samples) -> str:
    """Return the letter by which some numbers of documents differ: C489449 beside 489434."""
    lettered = [re.fullmatch(r"([A-Za-zА-Яа-я])\d+", text) for text in documents]
    letters = [found[1] for found in lettered if found]
    plain = sum(text.isdigit() for text in documents)
    if letters.count("C") and plain > len(letters) and plain + len(letters) > 0.9 * len(documents):
        return "C"
    return ""


def guess_vat(columns: Pairs[str, int], titles: Sequence[str]) -> bool | None:
    """Return whether the title of the amount says that VAT is in it."""
    place = columns.get("amount")
    title = plain_title(titles[place]) if place is not None and place < len(titles) else ""
    return True if "с ндс" in title else False if "без ндс" in title else None
