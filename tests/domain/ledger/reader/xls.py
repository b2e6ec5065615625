"""A workbook of Excel 97 by hand: no library at hand writes them any more."""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

SECTOR, END, FREE, FAT = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x0204, place + text)
    return _record(0x0203, place + struct.pack("<d", value))


def _book(name: str, rows: Iterable[Sequence[str | float]]) -> bytes:
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    page = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    page += b"".join(_cell(y, x, v) for y, row in enumerate(rows) for x, v in enumerate(row))
    title = struct.pack("<BBB", 0, len(name), 1) + name.encode("utf-16-le")
    end = _record(0x000A, b"")
    listing = len(start) + 4 + 4 + 1 + len(title) + len(end)
    return start + _record(0x0085, struct.pack("<I", listing) + b"\0" + title) + end + page + end


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = (name + "\0").encode("utf-16-le")
    body = wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide), kind, 1, FREE, FREE, child)
    return body + bytes(36) + struct.pack("<III", start, size, 0)


def xls(path: Path, rows: Iterable[Sequence[str | float]], *, name: str = "Лист1") -> Path:
    """One sheet in a compound file: a FAT sector, a directory sector, then the stream."""
    stream = _book(name, rows)
    count = max(-(-len(stream) // SECTOR), 9)  # below 4096 bytes it would need a mini-stream
    stream = stream.ljust(count * SECTOR, b"\0")
    chain = [FAT, END, *range(3, count + 2), END]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    folder = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    )
    head += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    path.write_bytes(head + fat + folder.ljust(SECTOR, b"\0") + stream)
    return path
