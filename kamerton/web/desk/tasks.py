"""What a task of the day is, whatever part of the work it comes from."""

from dataclasses import dataclass

from kamerton.web.ui.items import State


@dataclass(frozen=True)
class Task:
    """One thing to do; `money`: what a month of waiting may cost, in minor units."""

    title: str
    word: str
    state: State
    icon: str
    detail: str
    href: str
    button: str
    money: int | None = None
