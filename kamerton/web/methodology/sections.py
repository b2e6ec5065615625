"""The parts of the method as a person reads and changes them."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.rules import SHARE
from kamerton.platform import formats

UNITS: Mapping[str, Any] = {
    "share": "%",
    "points": _("points"),
    "months": _("months"),
    "days": _("days"),
    "count": "",
    "times": "",
}
BASES = (
    ("auto", _("gross profit where cost is known, else revenue")),
    ("revenue", _("revenue")),
    ("gross_profit", _("gross profit")),
    ("cash", _("money received")),
)


@dataclass(frozen=True)
class Section:
    """A part of the method: its name, title and one sentence of what it decides."""

    name: str
    title: str | Promise
    about: str | Promise


SECTIONS = (
    Section("base", _("Base"), _("What clients are weighed by.")),
    Section("abc", _("ABC classes"), _("Where the classes of the Pareto curve end.")),
    Section("xyz", _("XYZ classes"), _("How evenly a client has to buy.")),
    Section("company", _("Company criteria"), _("When a client passes; one is enough.")),
    Section("company_weights", _("Weights of company criteria"), _("The order of proposals.")),
    Section("influence", _("Influence"), _("Gates: where influence ends whatever the marks.")),
    Section("influence_weights", _("Weights of influence"), _("What the seven marks weigh.")),
    Section("manager", _("Manager criteria"), _("When a client is key for a manager.")),
    Section("manager_weights", _("Weights of manager criteria"), _("The manager's own index.")),
    Section("retention", _("Retention"), _("Who still counts as buying.")),
    Section("wallet", _("Share of wallet"), _("Which part of a wallet can be won.")),
    Section("capacity", _("Capacity and dependence"), _("Caps, load and dangerous shares.")),
    Section("norm_bands", _("Norm bands"), _("How many clients a person's list should hold.")),
    Section("watch", _("Watch lists"), _("Whom to look at before it is late.")),
    Section("review", _("Review"), _("How long decisions hold.")),
    Section("dossier", _("Quality of a dossier"), _("When it is green, amber or red.")),
    Section("confidence", _("Trust in answers"), _("How far an answer is trusted by its source.")),
    Section("buying", _("Coverage of people"), _("Who counts as covered, what the map shows.")),
    Section("index_weights", _("Weights of the three tasks"), _("What the index is made of.")),
    Section("plan", _("Due dates of plans"), _("When a plan is due, reviewed and off its way.")),
    Section("hiring", _("Hiring"), _("When to refuse, to warn, how long to keep data.")),
    Section("tools", _("Tools"), _("What the company uses; the index leaves the rest out.")),
    Section("tiers", _("Tiers"), _("Hours, rhythm of contacts and time to answer.")),
)
BY_NAME = {section.name: section for section in SECTIONS}


@dataclass(frozen=True)
class Value:
    """One setting in words."""

    title: str
    value: str


def values(method: Methodology, name: str) -> list[Value]:
    """The settings of a section in words."""
    part = getattr(method, name)
    if name == "base":
        return [Value(str(_("Base")), str(dict(BASES)[str(part)]))]
    if name == "tiers":
        line = _("%(hours)s h a month, contact every %(days)s days, answer in %(answer)s h")
        return [
            Value(
                str(tier.title),
                line
                % {
                    "hours": formats.number(tier.hours),
                    "days": tier.cadence_days,
                    "answer": tier.answer_hours,
                },
            )
            for tier in part
        ]
    declared = dataclasses.fields(part)
    return [Value(_title(one), _in_words(one, getattr(part, one.name))) for one in declared]


@dataclass(frozen=True)
class Differing:
    """A section with the settings that differ between two versions: now and before."""

    section: Section
    rows: list[tuple[Value, Value]]


def differing(before: Methodology, after: Methodology) -> list[Differing]:
    """The sections whose settings differ."""
    found = []
    for section in SECTIONS:
        pairs = zip(values(after, section.name), values(before, section.name), strict=True)
        rows = [(now, was) for now, was in pairs if now != was]
        found += [Differing(section, rows)] if rows else []
    return found


def form_for(name: str, method: Methodology, data: Mapping[str, Any] | None) -> forms.Form:
    """The form of a section: its settings, the reason, the version it was drawn from."""
    controls: dict[str, forms.Field] = dict(_controls(method, name))
    controls["note"] = forms.CharField(
        label=_("What changes and why"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Stays with the version; decisions made before keep theirs."),
    )
    controls["based_on"] = forms.IntegerField(
        widget=forms.HiddenInput, initial=method.version, required=False
    )
    made: forms.Form = type("SectionForm", (forms.Form,), controls)(data)
    return made


def changes_of(name: str, method: Methodology, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Turn a filled form into the change of the method."""
    if name == "base":
        return {"base": cleaned["base"]}
    if name == "tiers":
        return {
            "tiers": [
                dataclasses.asdict(tier)
                | {key: cleaned[f"{tier.code}_{key}"] for key in _TIER_FIELDS}
                for tier in method.tiers
            ]
        }
    declared = dataclasses.fields(getattr(method, name))
    return {name: {one.name: _stored(one, cleaned[one.name]) for one in declared}}


_TIER_FIELDS = {
    "hours": _("hours a month"),
    "cadence_days": _("days between contacts"),
    "answer_hours": _("hours to answer"),
}


def _controls(method: Methodology, name: str) -> Iterator[tuple[str, forms.Field]]:
    part = getattr(method, name)
    if name == "base":
        yield "base", forms.ChoiceField(label=_("Base"), choices=BASES, initial=str(part))
    elif name == "tiers":
        for tier in part:
            for key, title in _TIER_FIELDS.items():
                yield (
                    f"{tier.code}_{key}",
                    forms.FloatField(
                        label=f"{tier.title}: {title}",
                        min_value=0,
                        initial=_plain(getattr(tier, key)),
                    ),
                )
    else:
        for one in dataclasses.fields(part):
            yield one.name, _control(one, getattr(part, one.name))


def _control(declared: "dataclasses.Field[Any]", value: Any) -> forms.Field:
    about = declared.metadata
    title = _title(declared)
    if isinstance(value, bool):
        return forms.BooleanField(label=title, initial=value, required=False)
    if "of" in about:
        choices = [(letter, letter) for letter in about["of"]]
        return forms.ChoiceField(label=title, choices=choices, initial=value)
    if about["unit"] == SHARE:
        return forms.FloatField(
            label=f"{title}, %", min_value=0, max_value=100, initial=_plain(round(value * 100, 4))
        )
    unit = UNITS[about["unit"]]
    number = forms.IntegerField if isinstance(value, int) else forms.FloatField
    label = f"{title}, {unit}" if unit else title
    return number(
        label=label, min_value=about["low"], max_value=about["high"], initial=_plain(value)
    )


def _plain(value: Any) -> Any:
    """30 rather than 30.0: what a person would type."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _stored(declared: "dataclasses.Field[Any]", value: Any) -> Any:
    share = declared.metadata.get("unit") == SHARE
    return round(value / 100, 6) if share and value is not None else value


def _title(declared: "dataclasses.Field[Any]") -> str:
    text = str(declared.metadata["title"])
    return text[:1].upper() + text[1:]


def _in_words(declared: "dataclasses.Field[Any]", value: Any) -> str:
    if isinstance(value, bool):
        return str(_("in use") if value else _("switched off"))
    unit = declared.metadata.get("unit")
    if unit is None:
        return str(value)
    if unit == SHARE:
        return formats.percent(value)
    return f"{formats.number(value)} {UNITS[unit]}".strip()
