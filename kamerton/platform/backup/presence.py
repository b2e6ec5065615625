"""Whether a server or worker uses the data folder now: a restore must not pull it away."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils.translation import gettext as _

from kamerton.platform.errors import BusinessError


class InUse(BusinessError):
    """Kamerton runs on this data folder."""


@contextmanager
def held(*, alone: bool = False) -> Iterator[None]:
    """Say that the data folder is in use; `alone` demands that nobody else uses it.

    The lock goes with the process, so a killed one leaves nothing behind.
    Raises InUse.
    """
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / "in-use.lock").open("a") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(_in_use(alone=alone)) from None
        yield


def _in_use(*, alone: bool) -> str:
    if alone:
        return _("Kamerton runs on this data folder. Stop it first.")
    return _("A backup is being restored into this data folder. Wait until it is done.")
