"""Plain: what differs between two methods as JSON, small enough to read in the journal."""

from collections.abc import Callable, Mapping
from typing import Any

Pair = tuple[Any, Any]


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Pair:
    """Return the sections that differ, before and after; of lists only entries that differ."""
    return _differing(old, new, _narrowed)


def _differing(
    old: Mapping[str, Any], new: Mapping[str, Any], inner: Callable[[Any, Any], Pair]
) -> Pair:
    left, right = {}, {}
    for name in {**old, **new}:
        if name not in new:
            left[name] = old[name]
        elif name not in old:
            right[name] = new[name]
        elif old[name] != new[name]:
            left[name], right[name] = inner(old[name], new[name])
    return left, right


def _narrowed(old: Any, new: Any) -> Pair:
    """Narrow two lists of entries with codes; anything else stays whole."""
    if not (_coded(old) and _coded(new)):
        return old, new
    was, now = ({each["code"]: each for each in some} for some in (old, new))
    left, right = _differing(was, now, _entry)
    if list(was) != list(now):
        left["order"], right["order"] = list(was), list(now)
    return left, right


def _entry(old: Any, new: Any) -> Pair:
    return _differing(old, new, _narrowed)


def _coded(some: Any) -> bool:
    return isinstance(some, (list, tuple)) and all(
        isinstance(each, dict) and "code" in each for each in some
    )
