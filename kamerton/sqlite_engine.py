"""Put a SQLite free of the WAL-reset bug (≥ 3.51.3) in place of an older one of the system."""

import sqlite3
import sys

SAFE = (3, 51, 3)


def install() -> None:
    """Let `import sqlite3` give pysqlite3 where the system's SQLite is too old and it is there."""
    if sqlite3.sqlite_version_info >= SAFE:
        return
    try:
        import pysqlite3
        import pysqlite3.dbapi2
    except ImportError:  # no wheel for this machine: a system check warns
        return
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
