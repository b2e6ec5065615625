"""What codes of the choice mean: parts of the rank, cautions, what is missing."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.domain.methodology import queries as methodology

PARTS: dict[str, str | Promise] = {
    "overlap": _("Our clients"),
    "tier": _("Industry"),
    "region": _("Region"),
    "competencies": _("Competencies"),
    "test": pgettext_lazy("hiring", "Task"),
    "form": pgettext_lazy("hiring", "Form"),
}
CAUTIONS: dict[str, str | Promise] = {
    "years": _("little experience"),
    "pay": _("wants more than the band"),
    "owner": _("wants a business of his own"),
    "money_only": _("money alone draws him"),
    "open_claim": _("a claim is not checked"),
}
CAUTION_TEXTS: dict[str, str | Promise] = {
    "years": _("Less than three years in B2B sales: possible, but risky."),
    "pay": _("Wishes more than the band of the vacancy allows."),
    "owner": _("Sees himself as an owner of a business in five years: be careful."),
    "money_only": _("Nothing but money draws him: over-bought, he keeps looking for more."),
    "open_claim": _("A claim of the CV is not checked yet."),
}
MISSING: dict[str, str | Promise] = {
    "test": _("business task"),
    "scorecards": _("marks of two assessors"),
    "fit": _("fit to us"),
    "loyalty": _("loyalty"),
}
PROFILES: dict[str, str | Promise] = {
    "standard": _("Experience"),
    "potential": _("Potential"),
}


def cautions(codes: Iterable[str]) -> list[str]:
    """The cautions in a few words each."""
    return [str(CAUTIONS.get(code, code)) for code in codes]


def caution_texts(codes: Iterable[str]) -> list[str]:
    """The cautions as sentences."""
    return [str(CAUTION_TEXTS.get(code, code)) for code in codes]


def missing(codes: Iterable[str]) -> list[str]:
    """What bars an offer, in words."""
    return [str(MISSING.get(code, code)) for code in codes]


def line_titles() -> dict[str, str]:
    """Titles of the lines of a scorecard by code."""
    method = methodology.current()
    found = {one.code: str(one.title) for one in method.competencies}
    return found | {one.code: str(one.title) for one in method.selection_items}


def criterion_titles(number: int | None = None) -> dict[str, str]:
    """Titles of the criteria of a probation by code."""
    method = methodology.version(number) if number else methodology.current()
    return {one.code: str(one.title) for one in method.probation_criteria}
