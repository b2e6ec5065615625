"""Where the built front-end files are, by Vite's manifest."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static


@lru_cache(maxsize=4)
def read_manifest(path: Path, changed_at: int) -> dict[str, dict[str, Any]]:
    """Read a manifest once a build."""
    del changed_at  # only a part of the cache's key
    found: dict[str, dict[str, Any]] = json.loads(path.read_text())
    return found


def manifest() -> dict[str, dict[str, Any]]:
    """Return the manifest of the last build; empty where nothing has been built."""
    path: Path = settings.VITE_MANIFEST
    try:
        return read_manifest(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


def address(entry: str) -> str:
    """Return the address of one built file, "" where nothing has been built."""
    chunk = manifest().get(entry)
    return static(chunk["file"]) if chunk else ""


def font(part: str) -> str:
    """Return the address of the font file for a part of Unicode ("cyrillic", "latin")."""
    wanted = f"inter-{part}-wght-normal"
    return next((address(entry) for entry in manifest() if wanted in entry), "")


def parts_of(entry: str, seen: frozenset[str] = frozenset()) -> list[str]:
    """Return the entries that `entry` needs at once, itself last."""
    chunk = manifest().get(entry)
    if chunk is None or entry in seen:
        return []
    found: list[str] = []
    for needed in chunk.get("imports", []):
        found += [part for part in parts_of(needed, seen | {entry}) if part not in found]
    return [*found, entry]


def styles(entry: str) -> list[str]:
    """Return the addresses of the style sheets of an entry and of what it imports."""
    found = manifest()
    sheets = [sheet for part in parts_of(entry) for sheet in found[part].get("css", [])]
    return [static(sheet) for sheet in dict.fromkeys(sheets)]


def preloads(entry: str) -> list[str]:
    """Return the addresses of the scripts that an entry imports at once."""
    return [address(part) for part in parts_of(entry) if part != entry]
