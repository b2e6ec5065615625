"""A plan frozen as plain JSON, and what is different between two such."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kamerton.domain.plans.models import (
    BudgetLine,
    ControlPoint,
    PerspectivePlan,
    PlanAction,
    PlanGoal,
    PlanPerson,
    PlanRisk,
    PlanScenario,
    PlanStop,
    PlanStrategy,
    PlanVersion,
    SupplierAction,
    Vulnerability,
)
from kamerton.platform.access.models import User

# The parts of a plan by the name of their relation, with the section in which they stand.
PARTS: dict[str, tuple[type[models.Model], str]] = {
    "vulnerabilities": (Vulnerability, "s2"),
    "goals": (PlanGoal, "s4"),
    "strategies": (PlanStrategy, "s5"),
    "actions": (PlanAction, "s6"),
    "supplier_actions": (SupplierAction, "s7"),
    "budget_lines": (BudgetLine, "s7"),
    "people": (PlanPerson, "s8"),
    "risks": (PlanRisk, "s9"),
    "scenarios": (PlanScenario, "s9"),
    "stops": (PlanStop, "s10"),
    "control_points": (ControlPoint, "s11"),
}
SECTION_OF_FIELD = {
    **dict.fromkeys(("horizon_years", "starts_on", "manager"), "s1"),
    **dict.fromkeys(("baseline", "profit", "wallet", "categories", "stage", "level"), "s2"),
    **dict.fromkeys(("competitors", "strengths"), "s2"),
    "vision": "s3",
    **dict.fromkeys(("trajectory", "target"), "s4"),
    **dict.fromkeys(("extra_profit", "extra_profit_note"), "s7"),
}
MONEY = {
    *("baseline", "target", "profit", "wallet", "extra_profit"),
    *("cost", "amount", "sales", "expected_profit"),
}
HIDDEN = {"id", "plan", "revision", "member", "decided_at"}
MANY = {"strategies": ("vulnerabilities", "people")}


@dataclass(frozen=True)
class Value:
    """A value of a frozen plan; `money`: an int of minor units."""

    raw: Any
    text: str
    money: bool = False


@dataclass(frozen=True)
class Change:
    """One difference: where, of what, and what stood and stands; None: was or is not there."""

    section: str
    what: str
    field: str
    before: Value | None
    after: Value | None


def versions(viewer: User, plan: PerspectivePlan) -> QuerySet[PlanVersion]:
    """The frozen versions of a plan that `viewer` may see, newest first (1 query)."""
    seen = PerspectivePlan.objects.visible_to(viewer).filter(pk=plan.pk)
    return PlanVersion.objects.filter(plan__in=seen).select_related("made_by", "methodology")


def frozen(plan: PerspectivePlan) -> dict[str, Any]:
    """The plan as plain JSON: its fields, and the parts by relation."""
    fields = {name: _plain(plan, name) for name in SECTION_OF_FIELD}
    parts = {name: [_frozen_part(name, part) for part in _rows(plan, name)] for name in PARTS}
    return {"fields": fields, "parts": parts}


def differences(older: dict[str, Any], newer: dict[str, Any]) -> list[Change]:
    """What was changed, added and struck out, in the order of sections."""
    found = [*_of_fields(older, newer)]
    for name, (model, section) in PARTS.items():
        was = {part["pk"]: part for part in older["parts"].get(name, [])}
        now = {part["pk"]: part for part in newer["parts"].get(name, [])}
        for pk in [*was, *(each for each in now if each not in was)]:
            found += _of_part(model, section, was.get(pk), now.get(pk))
    return sorted(found, key=lambda change: int(change.section[1:]))


def _of_fields(older: dict[str, Any], newer: dict[str, Any]) -> Iterator[Change]:
    for name, section in SECTION_OF_FIELD.items():
        was, now = older["fields"].get(name), newer["fields"].get(name)
        if was != now:
            title = _label(PerspectivePlan, name)
            before, after = _value(PerspectivePlan, name, was), _value(PerspectivePlan, name, now)
            yield Change(section, _("The plan"), title, before, after)


def _of_part(
    model: type[models.Model], section: str, was: dict[str, Any] | None, now: dict[str, Any] | None
) -> Iterator[Change]:
    if was is None or now is None:
        there = was or now or {}
        value = Value(there["text"], there["text"])
        gone = now is None
        yield Change(section, there["text"], "", value if gone else None, None if gone else value)
        return
    for name in now["values"]:
        before, after = was["values"].get(name), now["values"][name]
        if before != after:
            yield Change(
                section,
                now["text"],
                _label(model, name),
                _value(model, name, before),
                _value(model, name, after),
            )


def _frozen_part(relation: str, part: models.Model) -> dict[str, Any]:
    values = {
        field.name: _plain(part, field.name)
        for field in part._meta.fields
        if field.name not in HIDDEN
    }
    for many in MANY.get(relation, ()):
        values[many] = [str(each) for each in getattr(part, many).all()]
    return {"pk": part.pk, "text": str(part), "values": values}


def _rows(plan: PerspectivePlan, name: str) -> Any:
    found = getattr(plan, name).all()
    return found.prefetch_related(*MANY[name]) if name in MANY else found


def _plain(record: models.Model, name: str) -> Any:
    """A value fit for JSON; a person or another record by its name."""
    value = getattr(record, name)
    if isinstance(value, models.Model):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _label(model: type[models.Model], name: str) -> str:
    found: Any = model._meta.get_field(name)
    return str(found.verbose_name).capitalize()


def _value(model: type[models.Model], name: str, raw: Any) -> Value | None:
    """A raw value in words."""
    if raw is None or raw in ("", []):
        return None
    if name in MONEY:
        return Value(raw, str(raw), money=True)
    field: Any = model._meta.get_field(name)
    choices = dict(getattr(field, "flatchoices", ()) or ())
    if isinstance(field, models.DateField):
        return Value(raw, date_format(dt.date.fromisoformat(raw), "SHORT_DATE_FORMAT"))
    if isinstance(raw, list):
        return Value(
            raw,
            ", ".join(
                "—" if each is None else f"{each:g}" if isinstance(each, float) else str(each)
                for each in raw
            ),
        )
    return Value(raw, str(choices.get(raw, raw)))
