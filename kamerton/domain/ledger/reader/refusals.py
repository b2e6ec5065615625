"""What the reader says when a file cannot be read at all."""

from kamerton.platform.errors import BusinessError


class LedgerFileInvalid(BusinessError):
    """The file is not a table of sales that can be read; the sentence says what to do."""


class ReadingCancelled(BusinessError):
    """The reading was stopped on request; nothing was kept."""
