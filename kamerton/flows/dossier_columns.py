"""The table of a dossier as a file: its columns and words, in both languages."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kamerton.calc.text import folded
from kamerton.domain.dossier.models import Source

LANGUAGES = ("ru", "en")
SHEET = _("Dossier")
INSIGHTS = _("Insights")
HISTORY = _("History")
FILES = _("Files")
COLUMNS: dict[str, tuple[str | Promise, int]] = {  # title, width
    "client_code": (_("Client code"), 14),
    "client": (_("Client"), 28),
    "inn": (_("INN"), 14),
    "group": (_("Group"), 22),
    "code": (_("No."), 8),
    "question": (_("Question"), 44),
    "answer": (_("Answer"), 60),
    "reason": (_("Does not apply because"), 28),
    "source": (_("Source"), 18),
    "contact": (_("Who said it"), 24),
    "note": (_("Document, place"), 28),
    "on": (_("True on"), 12),
    "author": (_("Written by"), 22),
    "written": (_("Written on"), 16),
}
INSIGHT_COLUMNS: dict[str, tuple[str | Promise, int]] = {
    **{name: COLUMNS[name] for name in ("client_code", "client", "inn")},
    "text": (_("Insight"), 80),
    "based_on": (_("Rests on"), 24),
    **{name: COLUMNS[name] for name in ("author", "written")},
}
FILE_COLUMNS: dict[str, tuple[str | Promise, int]] = {
    **{name: COLUMNS[name] for name in ("group", "code")},
    "name": (_("File"), 40),
    "path": (_("Place in the archive"), 60),
    **{name: COLUMNS[name] for name in ("author", "written")},
}


def in_both(words: Iterable[str | Promise]) -> list[dict[str, int]]:
    """The places of words by what they are folded in each language."""
    found = []
    every = list(words)
    for language in LANGUAGES:
        with override(language):
            found.append({folded(str(word)): at for at, word in enumerate(every)})
    return found


def titles_of(columns: Mapping[str, tuple[str | Promise, int]]) -> Callable[[str], str | None]:
    """Return what names the column of a title, in whichever language it is written."""
    names = list(columns)
    known = in_both(title for title, _width in columns.values())
    return lambda text: next(
        (names[one[folded(text)]] for one in known if folded(text) in one), None
    )


def sheet_names(title: str | Promise) -> list[str]:
    """How a sheet is called in each language."""
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(str(title))
    return found


def source_codes() -> dict[str, str]:
    """Sources by their words in both languages, and by their codes."""
    found = {code: code for code in Source.values}
    for known in in_both(label for _code, label in Source.choices):
        found |= {word: Source.values[at] for word, at in known.items()}
    return found
