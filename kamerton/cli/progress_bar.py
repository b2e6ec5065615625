"""How far a command is: a bar on a terminal, a line a stage elsewhere."""

import shutil
import sys
import time
from typing import TextIO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

WIDTH = 24
PAUSE = 0.1  # seconds between two drawings


class ProgressBar:
    """Stage, share, rows a second and the time left, drawn over the same line."""

    def __init__(self, *, silent: bool = False, out: TextIO | None = None) -> None:
        self.out = out or sys.stderr
        self.draws = not silent and self.out.isatty()
        self.tells = not silent and not self.draws
        self._name, self._begun, self._drawn = "", 0.0, 0.0
        self._total: int | None = None

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of `total` rows."""
        self._name, self._total, self._begun = _(name), total, time.monotonic()
        self._drawn = 0.0
        if self.tells:
            print(self._name, file=self.out, flush=True)
        self.advance(0)

    def advance(self, done: int) -> None:
        """Tell how many rows of the stage are done in all."""
        now = time.monotonic()
        if self.draws and now - self._drawn >= PAUSE:
            self._drawn = now
            self._draw(self.line(done, now - self._begun))

    def line(self, done: int, seconds: float) -> str:
        """The line as it is drawn."""
        parts = [self._name]
        if self._total:
            share = min(done / self._total, 1.0)
            filled = round(share * WIDTH)
            parts.append(f"{'█' * filled}{'░' * (WIDTH - filled)} {share:4.0%}")
        if done and seconds > 0:
            rate = done / seconds
            parts.append(_("%(rate)s rows/s") % {"rate": grouped(round(rate))})
            if self._total and rate > 0:
                left = max(0, round((self._total - done) / rate))
                parts.append(_("%(time)s left") % {"time": f"{left // 60}:{left % 60:02}"})
        return "  ".join(parts)

    def close(self) -> None:
        """Leave the line clean for what comes."""
        if self.draws:
            self._draw("")

    def _draw(self, text: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        self.out.write("\r\x1b[2K" + text[:width])
        self.out.flush()


def grouped(number: int) -> str:
    """Write a number with its thousands parted."""
    return number_format(number, force_grouping=True)
