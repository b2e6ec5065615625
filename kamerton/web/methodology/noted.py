"""Forms of the method: each change carries its reason and the version it was made from."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kamerton.domain.methodology.content import Methodology, Text


class NotedForm(forms.Form):
    """A form with a reason at its end and the version that it was drawn from."""

    def __init__(self, method: Methodology, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.method = method
        self.fields["note"] = forms.CharField(
            label=_("What changes and why"),
            widget=forms.Textarea({"rows": 2}),
            help_text=_("Stays with the version; decisions made before keep theirs."),
        )
        self.fields["based_on"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=method.version, required=False
        )

    def start(self, **initial: Any) -> None:
        """Fill the form with what is in force."""
        for name, value in initial.items():
            self.fields[name].initial = value

    def start_text(self, name: str, text: Text) -> None:
        """Fill a pair of fields with words in two languages."""
        self.start(**{f"{name}_ru": text.ru, f"{name}_en": text.en})

    def start_lines(self, name: str, lines: tuple[Text, ...]) -> None:
        """Fill a pair of fields with lines in two languages."""
        self.start_text(
            name,
            Text("\n".join(text.ru for text in lines), "\n".join(text.en for text in lines)),
        )

    def text(self, name: str) -> Text:
        """The words given in two languages."""
        return Text(self.cleaned_data[f"{name}_ru"], self.cleaned_data[f"{name}_en"])

    def lines(self, name: str) -> tuple[Text, ...]:
        """The lines given in two languages, one for one."""
        return tuple(Text(ru, en) for ru, en in zip(*self._both(name), strict=True))

    def check_lines(self, name: str) -> None:
        """Add an error if the languages differ in the number of lines."""
        russian, english = self._both(name)
        if len(russian) != len(english):
            self.add_error(
                f"{name}_en", _("Both languages need the same number of lines, one for one.")
            )

    def _both(self, name: str) -> Iterator[list[str]]:
        for language in ("ru", "en"):
            given = self.cleaned_data.get(f"{name}_{language}", "").splitlines()
            yield [line.strip() for line in given if line.strip()]


def short(label: Any, *, required: bool = True) -> forms.CharField:
    """A line of words."""
    return forms.CharField(label=label, max_length=200, required=required)


def long(label: Any, *, rows: int = 2, required: bool = True, help_text: Any = "") -> Any:
    """Words of several lines."""
    return forms.CharField(
        label=label,
        widget=forms.Textarea({"rows": rows}),
        required=required,
        help_text=help_text,
        max_length=2000,
    )
