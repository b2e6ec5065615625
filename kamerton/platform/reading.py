"""A request that only reads asks each thing once: what it learned holds until its end.

Outside of such a request, and in every request that may write, nothing is kept: an action always
sees the database as it is.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Found = TypeVar("Found")
_learned: ContextVar[dict[Hashable, Any] | None] = ContextVar("learned", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Keep what is looked up until the end; for work that writes nothing of what it reads."""
    token = _learned.set({})
    try:
        yield
    finally:
        _learned.reset(token)


def looked_up(name: Hashable, look: Callable[[], Found]) -> Found:
    """Return what `look` finds; within one reading it looks but once a name.

    What is found is shared: nobody may change it.
    """
    learned = _learned.get()
    if learned is None:
        return look()
    if name not in learned:
        learned[name] = look()
    found: Found = learned[name]
    return found
