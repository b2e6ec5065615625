"""What every page needs to be drawn."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from kamerton.web.ui import navigation

FEW = 24  # a navigation this short shows all its groups open


@dataclass(frozen=True)
class Layout:
    """The frame of a page."""

    groups: list[navigation.Group] = field(default_factory=list)
    create: list[navigation.Item] = field(default_factory=list)
    phone: list[navigation.Item] = field(default_factory=list)
    search_url: str = ""
    counts_url: str = ""

    @property
    def is_short(self) -> bool:
        """True if all groups fit on a screen."""
        return sum(len(group.items) for group in self.groups) <= FEW


def address(name: str) -> str:
    """Return the address of a page, "" while it does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame_of(request: HttpRequest) -> Layout:
    """Collect the frame for a signed-in person; a fragment and a stranger get an empty one."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Layout()
    found = navigation.groups(user, request.path)
    return Layout(
        groups=found,
        create=navigation.creatable(user),
        phone=navigation.phone_items(found),
        search_url=address("desk:search"),
        counts_url=address("desk:counts"),
    )


def layout(request: HttpRequest) -> dict[str, object]:
    """Give templates the frame, collected only when a template asks for it."""

    def frame() -> Layout:
        kept = getattr(request, "_layout", None)
        if kept is None:
            kept = request._layout = frame_of(request)  # type: ignore[attr-defined]
        return kept

    return {"layout": frame}
