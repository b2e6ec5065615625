"""What is asked on the pages of a dossier; the rules themselves are the actions'."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.dossier.actions import AnsweredMeanwhile, Said
from kamerton.domain.dossier.models import DossierAnswer, Source
from kamerton.domain.dossier.models.values import written_value
from kamerton.domain.dossier.queries import DossierPart, DossierSheet
from kamerton.domain.methodology.content.dossier import DossierQuestion
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError, NotAllowed

SHORT = ("number", "money", "percent", "person")


class DayInput(forms.DateInput):
    """A native date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AnswerForm(forms.Form):
    """An answer to one question: its value by kind, where it is known from, of what day."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.CharField(label=_("Answer"))
    source = forms.ChoiceField(label=_("Known from"), choices=Source.choices)
    source_on = forms.DateField(label=_("True on"), widget=DayInput())
    source_contact: "forms.ModelChoiceField[ContactPerson]" = forms.ModelChoiceField(
        label=_("Who said it"), queryset=None, required=False
    )
    source_note = forms.CharField(label=_("Document, place"), max_length=300, required=False)

    def __init__(
        self,
        viewer: User,
        client: Client,
        question: DossierQuestion,
        data: Any = None,
        *,
        answer: DossierAnswer | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(question, answer), prefix=_prefix(question))
        self.fields["value"] = _value_field(question)
        self.fields["value"].widget.attrs["autofocus"] = True
        self.fields["source_contact"].queryset = accounts.contacts(viewer, client)  # type: ignore[attr-defined]

    def said(self) -> Said:
        """Return what the action takes."""
        given = self.cleaned_data
        return Said(
            value=given["value"],
            source=given["source"],
            source_on=given["source_on"],
            source_contact=given["source_contact"],
            source_note=given["source_note"],
        )

    def saw(self, theirs: DossierAnswer | None) -> None:
        """Note that the person has been shown what another answered meanwhile."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("seen")] = str(theirs.pk if theirs else 0)
        self.data = data

    def refuse(self, error: BusinessError) -> None:
        """Show what an action refused where it belongs.

        Raises NotAllowed: a right that is missing is no matter of the form.
        """
        if isinstance(error, NotAllowed):
            raise error
        if isinstance(error, AnsweredMeanwhile):
            self.saw(error.theirs)
            self.add_error(None, str(error))
            return
        names = {
            "ValueInvalid": "value",
            "SourceMissing": "source",
            "SourceToCome": "source_on",
            "NotTheirPerson": "source_contact",
        }
        self.add_error(names.get(type(error).__name__), error.message)


class InsightForm(forms.Form):
    """What follows from answers."""

    text = forms.CharField(
        label=_("Insight"),
        max_length=4_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Not what he said, but what it means for us: a chance, a risk, a next move."),
    )
    based_on = forms.MultipleChoiceField(
        label=_("Rests on"), required=False, widget=forms.SelectMultiple({"size": 6})
    )

    def __init__(self, sheet: DossierSheet, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["based_on"].choices = _answered(sheet)  # type: ignore[attr-defined]


class OwnQuestionForm(forms.Form):
    """A question that only this client is asked."""

    title = forms.CharField(label=_("Question"), max_length=300)
    group = forms.ChoiceField(label=_("Group"))
    weight = forms.TypedChoiceField(
        label=_("Weight"), choices=[(1, "1"), (2, "2"), (3, "3")], initial=2, coerce=int
    )
    ttl_months = forms.IntegerField(
        label=_("An answer lasts, months"), min_value=1, max_value=120, initial=12
    )

    def __init__(self, parts: Sequence[DossierPart], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        groups = [(part.group.code, str(part.group.title)) for part in parts]
        self.fields["group"].choices = groups  # type: ignore[attr-defined]


def _prefix(question: DossierQuestion) -> str:
    """Ids of fields differ between forms that are open at once."""
    return f"a{question.code.replace('.', '-')}"


def _initial(question: DossierQuestion, answer: DossierAnswer | None) -> dict[str, Any]:
    if answer is None or not answer.is_applicable:
        seen = answer.pk if answer else 0
        return {"seen": seen, "source": Source.CLIENT_SAID, "source_on": timezone.localdate()}
    value: Any = written_value(question, answer.data)
    if question.kind == "multi" and question.choices:
        value = answer.data
    return {
        "seen": answer.pk,
        "value": value,
        "source": answer.source,
        "source_on": answer.source_on,
        "source_contact": answer.source_contact_id,
        "source_note": answer.source_note,
    }


def _value_field(question: DossierQuestion) -> forms.Field:
    label = _("Answer")
    choices = [(choice.ru, str(choice)) for choice in question.choices]
    if question.kind == "choice" and choices:
        return forms.ChoiceField(label=label, choices=[("", "—"), *choices])
    if question.kind == "multi" and choices:
        return forms.MultipleChoiceField(
            label=label, choices=choices, widget=forms.CheckboxSelectMultiple
        )
    if question.kind == "date":
        return forms.CharField(label=label, widget=DayInput())
    if question.kind in SHORT:
        return forms.CharField(label=label, max_length=300)
    hint = _("A line for each row, its cells parted by “;”.") if question.kind == "table" else ""
    return forms.CharField(
        label=label, widget=forms.Textarea({"rows": 3}), help_text=hint, strip=True
    )


def _answered(sheet: DossierSheet) -> list[tuple[str, str]]:
    return [
        (row.code, f"{row.code} {row.question.title}")
        for row in sheet.rows
        if row.answer and row.answer.is_applicable
    ]
