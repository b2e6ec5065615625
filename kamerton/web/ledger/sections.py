"""The tabs and steps that the pages of the import share."""

from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.web.ui.items import Crumb, Step, Tab

SECTIONS = (
    ("ledger:imports", gettext_lazy("Imports")),
    ("ledger:months", gettext_lazy("Closed months")),
    ("ledger:unassigned", gettext_lazy("Without a client")),
    ("ledger:profiles", gettext_lazy("Layouts")),
)
STEPS = (
    gettext_lazy("File"),
    gettext_lazy("Columns"),
    gettext_lazy("Check"),
    gettext_lazy("Import"),
)
Standing = Literal["done", "current", "blocked", "later"]


def tabs(current: str) -> list[Tab]:
    """The sections of the import, the present one marked."""
    return [Tab(str(label), reverse(name), name == current) for name, label in SECTIONS]


def crumbs(label: str) -> list[Crumb]:
    """The way from the list of imports to one of them."""
    return [Crumb(_("Import"), reverse("ledger:imports")), Crumb(label)]


def steps(present: int, *, blocked: bool = False) -> list[Step]:
    """The steps of the wizard; `present` counts from 0, past the last all are done."""
    return [Step(str(label), _standing(n, present, blocked)) for n, label in enumerate(STEPS)]


def _standing(step: int, present: int, blocked: bool) -> Standing:
    if step < present:
        return "done"
    if step > present:
        return "blocked" if blocked else "later"
    return "current"
