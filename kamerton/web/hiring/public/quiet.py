"""A personal link is a key: what is logged of a request does not hold it."""

import logging
import re
from typing import Final

LINK: Final = re.compile(r"(/c/(?:form|interview|withdraw)/)[\w-]+")


class HideLinks(logging.Filter):
    """Writes … for the secret of a candidate's link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without secrets."""
        message = record.getMessage()
        if "/c/" in message:
            record.msg, record.args = LINK.sub(r"\1…", message), None
        return True
