"""Read the method."""

import datetime as dt
from functools import lru_cache

from django.db import models
from django.utils import timezone

from kamerton.domain.methodology.content import Methodology, as_json, from_json, shipped
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.access.models import User
from kamerton.platform.reading import looked_up


def current() -> Methodology:
    """The method in force; built once a version and process (1 query)."""
    return looked_up("methodology.current", _current)


def _current() -> Methodology:
    latest = MethodologyVersion.objects.order_by("-number").values_list("number", "created_at")
    found = latest.first() or _ship_first()
    return _built(*found)


def version(number: int) -> Methodology:
    """The method as it was in version `number` (1 query)."""
    row = MethodologyVersion.objects.values_list("number", "created_at").get(number=number)
    return _built(*row)


def version_row(number: int) -> MethodologyVersion:
    """The row of version `number`, for records that keep what they were decided by (1 query)."""
    return MethodologyVersion.objects.get(number=number)


def versions(viewer: User) -> models.QuerySet[MethodologyVersion]:
    """All versions, newest first; everybody who signs in may read the method (1 query)."""
    if not viewer.is_active:
        return MethodologyVersion.objects.none()
    return MethodologyVersion.objects.select_related("created_by")


def _ship_first() -> tuple[int, dt.datetime]:
    """Write version 1, the shipped content; two at once write it once."""
    first = MethodologyVersion(
        number=1, valid_from=timezone.localdate(), content=as_json(shipped())
    )
    MethodologyVersion.objects.bulk_create([first], ignore_conflicts=True)
    return MethodologyVersion.objects.values_list("number", "created_at").get(number=1)


@lru_cache(maxsize=64)
def _built(number: int, created_at: dt.datetime) -> Methodology:
    """Build a version once; the moment tells versions of different databases apart."""
    row = MethodologyVersion.objects.get(number=number, created_at=created_at)
    return from_json(row.content, version=row.number)
