"""How rows of totals are told from lines."""

import re

# A label alone, or followed by what it sums up; a client called «Всего понемногу» is not one.
TOTAL = (
    r"(?im)^\s*(общий итог|итого|всего|итог|grand total|subtotal|total)"
    r"(\s*:?\s*$|\s+(по|за|для|for|of)\s.*$)|\s(итого|итог|всего|total)\s*:?\s*$"
)
#: Of these the last is the sum of the whole file.
GRAND = r"(?im)^\s*(общий итог|итого|всего|итог|grand total|total)\s*:?\s*$"
_TOTAL = re.compile(TOTAL)


def is_total(text: str) -> bool:
    """Tell whether a text labels a row of totals.

    Examples
    --------
    >>> is_total("Итого:"), is_total("Всего понемногу, ООО")
    (True, False)
    """
    return bool(_TOTAL.search(text))
