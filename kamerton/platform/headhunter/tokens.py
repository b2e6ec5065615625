"""The pair of tokens: first from the environment, then as the site renewed it, in a file."""

import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class Pair:
    """An access token, the one by which it is renewed once, and the second it ends (0: unknown)."""

    access: str
    refresh: str
    until: float = 0.0

    @property
    def is_over(self) -> bool:
        """True if it is known to be over."""
        return 0 < self.until <= time.time()


@dataclass(frozen=True)
class Tokens:
    """Where the pair is kept; readable by the installation's account only."""

    first: Pair
    file: Path

    def pair(self) -> Pair:
        """The newest pair; that of the environment if it was changed since."""
        try:
            kept = json.loads(self.file.read_text())
        except (FileNotFoundError, ValueError):
            return self.first
        if kept.pop("root", "") != self._root():
            return self.first
        return Pair(**kept)

    def keep(self, pair: Pair) -> None:
        """Write a renewed pair, at once or not at all: the old one is of no more use."""
        text = json.dumps(asdict(pair) | {"root": self._root()})
        self.file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.file.parent)  # 0600
        with os.fdopen(handle, "w") as made:
            made.write(text)
            made.flush()
            os.fsync(made.fileno())
        Path(name).replace(self.file)

    def _root(self) -> str:
        """From which pair of the environment the kept one descends."""
        return sha256(f"{self.first.access} {self.first.refresh}".encode()).hexdigest()
