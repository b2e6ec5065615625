"""Pages to print: a typst template and plain data in, PDF out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

FONTS = "fonts"  # beside the built pages, see frontend/vite.config.ts


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Set `template` with `data`, which it reads as `json(bytes(sys.inputs.data))`.

    Data are values of JSON; text in them is text, never markup. The fonts are our own, so that a
    page looks the same everywhere.
    """
    made: bytes = typst.compile(
        template.read_bytes(),
        font_paths=[_fonts()],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return made


def _fonts() -> Path:
    built: Path = settings.BASE / "static" / "dist"
    return built / FONTS
