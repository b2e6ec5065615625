"""Which version of the ledger is read, and what is kept of it in the process."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.db.models import Max

from kamerton.domain.accounts.models import ClientCode, MassChange
from kamerton.domain.ledger import store
from kamerton.domain.ledger.models import LedgerVersion, Segment

if TYPE_CHECKING:
    import pyarrow as pa

KEPT_RESULTS = 24
Key = tuple[object, ...]
Result = TypeVar("Result")
_results: OrderedDict[Key, Any] = OrderedDict()
_lock = Lock()


def state_key() -> Key:
    """Name what all figures depend on: the live lines and whose codes are whose (3 queries)."""
    number = LedgerVersion.objects.values_list("number", flat=True).first() or 0
    newest = ClientCode.objects.aggregate(Max("pk"))["pk__max"]
    merged = MassChange.objects.filter(kind="merge").aggregate(Max("pk"), Max("undone_at"))
    return (str(settings.SEGMENTS), number, newest, merged["pk__max"], merged["undone_at__max"])


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


def answer(expression: Any) -> "pa.Table":
    """Run an expression of calc.sales over the ledger as it is now."""
    return snapshot().run(store.sql_of(expression))


def _load() -> tuple[list[str], list[tuple[str, int]]]:
    digests = list(Segment.objects.live().values_list("digest", flat=True))
    return digests, list(ClientCode.objects.values_list("code", "client_id"))
