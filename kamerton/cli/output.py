"""What a command says: lines for people, JSON for machines."""

import argparse
import json
import sys
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder

from kamerton.platform.errors import BusinessError


def show(options: argparse.Namespace, data: object, lines: Iterable[object]) -> None:
    """Print `data` as JSON where --json is given, else `lines`."""
    if options.json:
        print(json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False))
        return
    for line in lines:
        print(line)


def refuse(options: argparse.Namespace, error: BusinessError) -> None:
    """Say on stderr why a command did nothing, as a sentence or as JSON."""
    kind, message = type(error).__name__, str(error)
    told = json.dumps({"error": {"kind": kind, "message": message}}, ensure_ascii=False)
    print(told if options.json else message, file=sys.stderr)


def note(text: object) -> None:
    """Say something beside the result, on stderr."""
    print(text, file=sys.stderr, flush=True)


def table(heads: list[str], rows: list[list[object]]) -> list[str]:
    """Lay rows out in columns."""
    cells = [heads] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(heads))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
