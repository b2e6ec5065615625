"""What views hand to the components: small frozen records instead of loose dicts."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

State = Literal["ok", "warn", "bad", "mute", "info"]


@dataclass(frozen=True)
class Tab:
    """A choice of `<c-tabs>` or `<c-segmented>`: a link, the present one marked."""

    label: str
    href: str
    current: bool = False
    count: int | None = None
    icon: str = ""


@dataclass(frozen=True)
class Step:
    """A step of `<c-steps>`; state is done, current, blocked or later."""

    label: str
    state: Literal["done", "current", "blocked", "later"] = "later"
    href: str = ""


@dataclass(frozen=True)
class Crumb:
    """A link of `<c-breadcrumb>`; without href it is the page itself."""

    label: str
    href: str = ""


@dataclass(frozen=True)
class Input:
    """One thing a figure was computed from, with its value already in words."""

    name: str
    value: str


@dataclass(frozen=True)
class Why:
    """The answer to "Why so?" of one figure, drawn by `<c-why>`.

    `formula` is a sentence; `inputs` are what went in; `on` the day of the data; `method` the
    version of the method; an estimate names `n` and its `confidence`; `records` leads to the
    rows behind the figure.
    """

    formula: str
    inputs: Sequence[Input] = field(default_factory=tuple)
    on: dt.date | None = None
    method: str = ""
    n: int | None = None
    confidence: str = ""
    records: str = ""


@dataclass(frozen=True)
class Progress:
    """How far a long piece of work is, for `<c-progress>`; share is 0 to 1, None if unknown."""

    stage: str
    share: float | None = None
    done: int | None = None
    total: int | None = None
    rate: float | None = None
    seconds_left: float | None = None
