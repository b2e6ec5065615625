"""The one kind of error that a person can understand and put right."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class WayOut:
    """A button that leads out of a refusal: a label and where it goes."""

    label: str
    url: str


@dataclass
class BusinessError(Exception):
    """A refusal: a true sentence, the HTTP status that fits, and the ways out if there are any."""

    message: str
    status: int = 422
    ways_out: list[WayOut] = field(default_factory=list)

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(BusinessError):
    """The actor has no right to do this."""

    def __init__(self, message: str) -> None:
        super().__init__(message, status=403)


class Stale(BusinessError):
    """Somebody else changed the record meanwhile; nothing was written."""

    def __init__(self, message: str) -> None:
        super().__init__(message, status=409)
