"""Plain: text as it is searched and compared."""


def folded(text: str) -> str:
    """Return `text` as it is searched: no case, ё as е, single spaces.

    SQLite's LIKE and lower() know ASCII only, so what is searched is stored folded.

    Examples
    --------
    >>> folded("  Ёлка  и  Ко ")
    'елка и ко'
    """
    return " ".join(text.casefold().replace("ё", "е").split())
