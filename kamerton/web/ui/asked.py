"""What a request asks for, whoever wrote it: what is spoilt is as good as missing."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from django.utils.http import url_has_allowed_host_and_scheme

from kamerton.platform.access.request import Request

DIGITS = 9
OF_IDS = 18  # digits that fit into an id


def whole(text: str | None, digits: int = DIGITS) -> int | None:
    """Read a whole number from 0 up; None for anything else."""
    given = text or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= digits else None


def record_id(text: str | None) -> int | None:
    """Read the id of a record; None for anything else."""
    return whole(text, OF_IDS)


def number(text: str | None, otherwise: float) -> float:
    """Read a number from 0 up, `otherwise` for anything else."""
    try:
        found = float(text or "")
    except ValueError:
        return otherwise
    return found if math.isfinite(found) and found >= 0 else otherwise


def moment(given: Mapping[str, Any]) -> dt.datetime | None:
    """Read the moment of the record that the person saw; None where it is missing or spoilt."""
    text = given.get("updated_at", "")
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def back_to(request: Request, fallback: str) -> str:
    """Return the address that the form names, if it is one of ours."""
    asked = request.POST.get("back", "") or request.GET.get("back", "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if safe else fallback
