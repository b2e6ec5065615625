"""Letters of the demo company go nowhere: its people do not exist."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


@contextmanager
def letters_kept_in() -> Iterator[None]:
    """Log letters as they are sent, and send none, until the end."""
    before, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, NOWHERE
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before
