"""The navigation: named groups of pages, shown by what a person may do."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Viewer(Protocol):
    """Whoever looks at the page."""

    def may(self, permission: str, /) -> bool:
        """Tell whether the viewer has the permission."""
        ...


@dataclass(frozen=True)
class Item:
    """A page of the navigation; `count` names its figure in the answer of desk:counts."""

    title: str | Promise
    url: str
    icon: str
    permission: str = ""
    count: str = ""
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class Group:
    """A named group of pages; the first group has no name."""

    title: str | Promise
    items: tuple[Item, ...]
    key: str = ""

    @property
    def current(self) -> bool:
        """True if the open page is in this group."""
        return any(item.current for item in self.items)


GROUPS: tuple[Group, ...] = (
    Group("", (Item(_("My day"), "desk:home", "sun", count="day"),)),
    Group(
        _("Clients"),
        (
            Item(_("Portfolio"), "segmentation:portfolio", "grid", "segmentation.view_key"),
            Item(_("My key clients"), "segmentation:my-keys", "star", "segmentation.view_key"),
            Item(
                _("Company keys"), "segmentation:company-keys", "building", "segmentation.view_key"
            ),
            Item(_("White space"), "segmentation:white-space", "box", "segmentation.view_key"),
            Item(_("All clients"), "accounts:clients", "list", "accounts.view_client"),
            Item(
                _("Pareto and concentration"),
                "segmentation:pareto",
                "curve",
                "segmentation.view_company",
            ),
        ),
        "clients",
    ),
    Group(
        _("Work"),
        (
            Item(_("Actions"), "activities:actions", "check-circle", "activities.view", "actions"),
            Item(_("Leads"), "pipeline:leads", "target", "pipeline.view", count="leads"),
            Item(_("Deals"), "pipeline:deals", "funnel", "pipeline.view", count="deals"),
            Item(_("Orders"), "fulfilment:orders", "box", "fulfilment.view", count="orders"),
            Item(_("Money"), "fulfilment:money", "banknote", "ledger.view_money", count="money"),
            Item(_("Claims"), "fulfilment:claims", "alert", "fulfilment.view", count="claims"),
            Item(_("Competitors"), "pipeline:competitors", "flag", "pipeline.view"),
            Item(
                _("Obstacles"), "fulfilment:obstacles", "ban", "fulfilment.view", count="obstacles"
            ),
        ),
        "work",
    ),
    Group(
        _("Plans"),
        (
            Item(_("Perspective plans"), "plans:perspective", "trend", "plans.view"),
            Item(_("Period plans"), "plans:periods", "calendar", "plans.view"),
        ),
        "plans",
    ),
    Group(
        _("Team"),
        (
            Item(_("Workload"), "team:load", "chart", "team.view"),
            Item(_("Handovers"), "team:handovers", "swap", "team.view", count="handovers"),
            Item(_("Control"), "team:control", "eye", "team.view"),
            Item(_("Call reviews"), "team:call-reviews", "phone", "team.view"),
        ),
        "team",
    ),
    Group(
        _("Pay"),
        (
            Item(_("My pay"), "pay:mine", "receipt", "pay.view_own"),
            Item(_("Pay run"), "pay:runs", "wallet", "pay.view"),
            Item(_("Pay schemes"), "pay:schemes", "scales", "pay.view"),
        ),
        "pay",
    ),
    Group(
        _("Hiring"),
        (
            Item(_("Vacancies"), "hiring:vacancies", "briefcase", "hiring.view_budget"),
            Item(_("Candidates"), "hiring:candidates", "users", "hiring.view"),
            Item(_("Calling"), "hiring:calls", "phone", "hiring.view", count="calls"),
            Item(_("Interviews"), "hiring:interviews", "calendar", "hiring.view"),
            Item(_("Probation"), "hiring:probation", "target", "hiring.view"),
            Item(_("Reserve"), "hiring:reserve", "book", "hiring.view"),
        ),
        "hiring",
    ),
    Group(
        _("Company"),
        (
            Item(_("Owner's panel"), "desk:owner", "target", "segmentation.view_company"),
            Item(_("Risks"), "team:risks", "alert", "team.view_risks", count="risks"),
            Item(_("What if"), "desk:what-if", "question", "segmentation.view_company"),
        ),
        "company",
    ),
    Group(
        _("Settings"),
        (
            Item(_("Method"), "methodology:home", "sliders", "segmentation.view_key"),
            Item(_("Import"), "ledger:imports", "upload", "ledger.import"),
            Item(_("Users"), "account:users", "key", "access.view_users"),
            Item(_("Jobs"), "jobs:list", "refresh", "jobs.view"),
            Item(_("Journal"), "account:journal", "journal", "audit.view"),
        ),
        "settings",
    ),
)

CREATE: tuple[Item, ...] = (
    Item(_("Log a contact"), "activities:log", "phone", "activities.edit"),
    Item(_("New client"), "accounts:create", "building", "accounts.create_client"),
    Item(_("New action"), "activities:create", "check-circle", "activities.edit"),
    Item(_("New lead"), "pipeline:lead-create", "target", "pipeline.edit"),
    Item(_("New deal"), "pipeline:deal-create", "funnel", "pipeline.edit"),
    Item(_("New claim"), "fulfilment:claim-create", "alert", "fulfilment.edit"),
    Item(_("Import sales"), "ledger:imports", "upload", "ledger.import"),
)

ON_PHONE = {
    "desk:home": _("My day"),
    "accounts:clients": _("Clients"),
    "activities:actions": _("Actions"),
}


def address(item: Item) -> str:
    """Return the address of the item's page, "" while the page does not exist."""
    try:
        return reverse(item.url)
    except NoReverseMatch:
        return ""


def shown(items: tuple[Item, ...], viewer: Viewer) -> Iterator[Item]:
    """Keep the items whose page exists and that the viewer may open."""
    for item in items:
        href = address(item)
        if href and (not item.permission or viewer.may(item.permission)):
            yield replace(item, href=href)


def best_match(items: list[Item], path: str) -> str:
    """Return the address of the item that the open page belongs to: the longest prefix."""
    fitting = [item.href for item in items if path.startswith(item.href)]
    best = max(fitting, key=len, default="")
    return best if best != "/" or path == "/" else ""


def groups(viewer: Viewer, path: str) -> list[Group]:
    """The navigation of one viewer with the open page marked."""
    mine = [replace(group, items=tuple(shown(group.items, viewer))) for group in GROUPS]
    open_href = best_match([item for group in mine for item in group.items], path)
    return [
        replace(
            group,
            items=tuple(replace(item, current=item.href == open_href) for item in group.items),
        )
        for group in mine
        if group.items
    ]


def creatable(viewer: Viewer) -> list[Item]:
    """What the viewer may create from the palette."""
    return list(shown(CREATE, viewer))


def phone_items(found: list[Group]) -> list[Item]:
    """The pages of the bar at the bottom of a phone."""
    items = {item.url: item for group in found for item in group.items}
    return [replace(items[url], title=title) for url, title in ON_PHONE.items() if url in items]
