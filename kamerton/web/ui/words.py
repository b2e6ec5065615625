"""The words that scripts say, so that they come from the same catalogue as the pages."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kamerton.platform import formats


def for_scripts() -> dict[str, str]:
    """Return every word of the front end in the language of the page."""
    return {
        "locale": get_language() or settings.LANGUAGE_CODE,
        "currency": formats.currency_sign(),
        "asTable": _("As a table"),
        "asChart": _("As a chart"),
        "noData": _("no data"),
        "nothingToDraw": _("There is nothing to draw yet."),
        "chartFailed": _("The chart could not be loaded. The table shows the same figures."),
        "cumulative": _("Cumulative share, %"),
        "share": _("Share, %"),
        "place": _("Place"),
        "fact": _("Fact"),
        "plan": _("Plan"),
        "from": _("From place"),
        "to": _("to place"),
        "clearRange": _("All places"),
        "chosenPlaces": _("Places {from}–{to}"),
        "chosenShare": _("{count} clients, {share} %"),
        "zone": _("{letter}: {share} %, {count} clients"),
        "makes": _("{level} % by {count} of {all}"),
        "unsaved": _("There are changes that are not saved."),
        "failed": _("The server did not answer. What you entered stays; try again."),
        "gone": _("The server refused with code {code}. What you entered stays."),
        "copied": _("Copied"),
        "close": _("Close"),
        "uploaded": _("{percent} per cent sent"),
        "sum": _("Sum {sum} of {total}"),
        "found": _("Found"),
    }
