"""Fields of the forms of a vacancy: money as people write it, days, lists by lines."""

from typing import Any

from django import forms

from kamerton.calc.money import from_minor, to_minor
from kamerton.platform.formats import currency_sign


class MoneyField(forms.DecimalField):
    """Money in units; cleaned it is whole minor units."""

    def __init__(self, **options: Any) -> None:
        limits = {"min_value": 0, "max_digits": 15, "decimal_places": 2}
        super().__init__(**(limits | options))

    def clean(self, value: Any) -> Any:
        """Read the sum, spaces and all."""
        text = "".join(str(value).split()) if value else value
        found = super().clean(text)
        return None if found is None else to_minor(found)

    def prepare_value(self, value: Any) -> Any:
        """Show minor units as units, without kopecks if there are none."""
        if not isinstance(value, int):
            return value
        units = from_minor(value)
        return f"{units:.0f}" if units == units.to_integral_value() else f"{units:.2f}"

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """Say the currency in the label."""
        bound = super().get_bound_field(form, field_name)
        bound.label = f"{bound.label}, {currency_sign()}"
        return bound


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(**({"widget": widget} | options))


class LinesField(forms.CharField):
    """A list of words, one a line."""

    def __init__(self, **options: Any) -> None:
        more: dict[str, Any] = {
            "widget": forms.Textarea({"rows": 4}),
            "max_length": 4000,
            "required": False,
        }
        super().__init__(**(more | options))

    def clean(self, value: Any) -> Any:
        """Read the lines that say something."""
        text: str = super().clean(value)
        return [" ".join(line.split()) for line in text.splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """Show the list as lines."""
        return "\n".join(value) if isinstance(value, (list, tuple)) else value
