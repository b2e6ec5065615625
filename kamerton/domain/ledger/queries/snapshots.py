"""Which version of the ledger is read, and what is kept of it in the process and on the disk.

Results are kept in the process for a version of the ledger. The SQL of an expression is kept on
the disk, so that a web worker needs neither Ibis nor the half second in which it builds one.
"""

import datetime as dt
import hashlib
import os
import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db.models import Max

from kamerton import calc
from kamerton.domain.accounts.models import ClientCode, MassChange
from kamerton.domain.ledger import store
from kamerton.domain.ledger.models import Segment
from kamerton.domain.ledger.queries import imports
from kamerton.platform.reading import looked_up

if TYPE_CHECKING:
    import pyarrow as pa

KEPT_RESULTS = 24
Key = tuple[object, ...]
Result = TypeVar("Result")
_results: OrderedDict[Key, Any] = OrderedDict()
_lock = Lock()


def state_key() -> Key:
    """Name what all figures depend on: the live lines and whose codes are whose (3 queries)."""
    return looked_up("ledger.state", _state_key)


def _state_key() -> Key:
    newest = ClientCode.objects.aggregate(Max("pk"))["pk__max"]
    merged = MassChange.objects.filter(kind="merge").aggregate(Max("pk"), Max("undone_at"))
    return (
        str(settings.SEGMENTS),
        imports.version(),
        newest,
        merged["pk__max"],
        merged["undone_at__max"],
    )


def kept(name: str, parameter: object, compute: Callable[[], Result]) -> Result:
    """Return what was computed before for the same version, or compute and keep it."""
    key = (name, parameter, *state_key())
    with _lock:
        if key in _results:
            _results.move_to_end(key)
            found: Result = _results[key]
            return found
    made = compute()
    with _lock:
        _results[key] = made
        while len(_results) > KEPT_RESULTS:
            _results.popitem(last=False)
    return made


def snapshot() -> store.Snapshot:
    """The ledger as it is now."""
    return store.snapshot(state_key(), _load)


def answer(
    name: str,
    build: Callable[..., Any],
    *days: dt.date,
    of: Sequence[int] | None = None,
) -> "pa.Table":
    """Run an expression of calc.sales over the ledger as it is now.

    `name` names the expression; `build(lines, months, *days)` makes it, once for the same days.
    `of` narrows the ledger to these clients.
    """
    sql = _sql(name, build, days)
    if of is None:
        return snapshot().run(sql)
    return snapshot().run(store.narrowed(sql, of))


def _sql(name: str, build: Callable[..., Any], days: tuple[dt.date, ...]) -> str:
    key = "|".join([name, *map(str, days), _fingerprint()])
    digest = hashlib.blake2b(key.encode(), digest_size=16).hexdigest()
    path = Path(settings.DATA) / "tmp" / "sql" / digest
    try:
        return path.read_text()
    except FileNotFoundError:
        sql = store.sql_of(build(*store.tables(), *days))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{uuid.uuid4().hex}")
    draft.write_text(sql)
    os.replace(draft, path)  # noqa: PTH105
    return sql


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    """Name the code that makes the SQL: ours and Ibis'."""
    folder = Path(calc.__file__).parent
    sources = [folder / "lines.py", *sorted((folder / "sales").glob("*.py"))]
    code = b"".join(source.read_bytes() for source in sources)
    named = " ".join(metadata.version(name) for name in ("ibis-framework", "sqlglot", "duckdb"))
    return hashlib.blake2b(code + named.encode(), digest_size=16).hexdigest()


def _load() -> tuple[list[str], list[tuple[str, int]]]:
    digests = list(Segment.objects.live().values_list("digest", flat=True))
    return digests, list(ClientCode.objects.values_list("code", "client_id"))
