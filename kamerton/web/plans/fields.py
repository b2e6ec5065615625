"""Fields that read money as people write it, and days."""

from typing import Any

from django import forms

from kamerton.calc.money import from_minor, to_minor
from kamerton.platform.formats import currency_sign


class MoneyField(forms.DecimalField):
    """Money as people write it; cleaned it is whole minor units."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("min_value", 0)
        options.setdefault("max_digits", 15)
        options.setdefault("decimal_places", 2)
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        """Read the sum."""
        found = super().clean(str(value).replace("\u00a0", "").replace(" ", "") if value else value)
        return None if found is None else to_minor(found)

    def prepare_value(self, value: Any) -> Any:
        """Show minor units as units, without kopecks if there are none."""
        return shown_money(value) if isinstance(value, int) else value

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Say the currency in the label."""
        bound = super().get_bound_field(form, field_name)
        bound.label = f"{bound.label}, {currency_sign()}"
        return bound


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


def shown_money(minor: int | None) -> str:
    """Minor units as a person would type them."""
    if minor is None:
        return ""
    units = from_minor(minor)
    return f"{units:.0f}" if units == units.to_integral_value() else f"{units:.2f}"
