"""Plain: the method to JSON and back; what an older version lacks is as shipped."""

import dataclasses
import enum
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from kamerton.domain.methodology.content.method import Methodology


def as_json(method: Methodology) -> dict[str, Any]:
    """Return the method fit for a JSON column; the version number is the row's, not here."""
    content = dataclasses.asdict(method)
    del content["version"]
    return content


def from_json(content: Mapping[str, Any], *, version: int = 0) -> Methodology:
    """Return the method stored as `content`.

    Raises ValueError, TypeError or KeyError if a value is not of its kind.
    """
    built: Methodology = _built(Methodology, {**content, "version": version}, Methodology())
    return built


def merged(method: Methodology, changes: Mapping[str, Any]) -> Methodology:
    """Return `method` with sections of `changes` laid over it, key by key.

    Raises KeyError for a name that the method does not have.
    """
    for name, value in changes.items():
        _check_names(getattr(method, name, None), name, value, method)
    built: Methodology = _built(Methodology, changes, method)
    return built


def _check_names(section: Any, name: str, value: Any, method: Methodology) -> None:
    known = {part.name for part in dataclasses.fields(method)} - {"version"}
    if name not in known:
        raise KeyError(name)
    if isinstance(value, Mapping):
        unknown = set(value) - {part.name for part in dataclasses.fields(section)}
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))


def _built(kind: Any, value: Any, default: Any) -> Any:
    """Make a value of type `kind` of JSON, taking what is missing from `default`."""
    if dataclasses.is_dataclass(value):
        return value
    if dataclasses.is_dataclass(kind):
        return _section(kind, value, default)
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(_built(inner, each, None) for each in value)
    if kind in (int, float, bool, str) or issubclass(kind, enum.Enum):
        return _plain(kind, value)
    raise TypeError(f"no way to read {kind}")


def _section(kind: Any, value: Mapping[str, Any], default: Any) -> Any:
    hints = _hints(kind)
    parts = {}
    for part in dataclasses.fields(kind):
        if part.name in value:
            fallback = getattr(default, part.name, None)
            parts[part.name] = _built(hints[part.name], value[part.name], fallback)
        elif default is not None:
            parts[part.name] = getattr(default, part.name)
    return kind(**parts)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _plain(kind: Any, value: Any) -> Any:
    if kind is bool and not isinstance(value, bool):
        raise TypeError(f"yes or no is wanted, got {value!r}")
    if kind is int and float(value) != int(value):
        raise ValueError(f"a whole number is wanted, got {value!r}")
    return kind(value)
