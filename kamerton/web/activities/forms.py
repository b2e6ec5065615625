"""What is asked about activities; the rules themselves are the actions'."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities.actions import NextStep
from kamerton.domain.activities.models import Activity
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import colleagues

WORDS = 4000
LINES = {"rows": 3}


class DayInput(forms.DateInput):
    """A native date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A native time field."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def next_workday(day: dt.date) -> dt.date:
    """Return the first day after `day` that is neither Saturday nor Sunday."""
    return day + dt.timedelta(days=max(1, 7 - day.weekday()) if day.weekday() >= 4 else 1)


class PlanForm(forms.Form):
    """What is to be done."""

    updated_at = forms.CharField(required=False, widget=forms.HiddenInput)
    origin = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=Activity.Kind.choices)
    title = forms.CharField(label=_("What"), max_length=250)
    due_on = forms.DateField(label=_("On"), widget=DayInput())
    at = forms.TimeField(label=_("At"), widget=TimeInput(), required=False)
    minutes = forms.IntegerField(
        label=_("How long, minutes"), min_value=1, max_value=1440, required=False
    )
    goal = forms.CharField(
        label=_("Goal"),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea(LINES),
        help_text=_("What should be different afterwards."),
    )
    owner: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Responsible"), queryset=None, required=False, empty_label=_("me")
    )
    people: "forms.ModelMultipleChoiceField[ContactPerson]" = forms.ModelMultipleChoiceField(
        label=_("Their people"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    colleagues: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        label=_("Our people"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, viewer: User, client: Client, data: Any = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields
        ours = colleagues(viewer).working()
        choices["people"].queryset = their_people(viewer, client)
        choices["colleagues"].queryset = ours.exclude(pk=viewer.pk)
        choices["owner"].queryset = ours

    def plan(self) -> dict[str, Any]:
        """Return what the action takes."""
        given = self.cleaned_data
        names = ("kind", "title", "due_on", "minutes", "goal", "owner", "people", "colleagues")
        plan = {name: given[name] for name in names}
        at = given["at"]
        plan["starts_at"] = (
            timezone.make_aware(dt.datetime.combine(given["due_on"], at)) if at else None
        )
        return plan


class NextForm(forms.Form):
    """What came of it and what follows: the short form of a row."""

    updated_at = forms.CharField(required=False, widget=forms.HiddenInput)
    outcome = forms.CharField(
        label=_("What came of it"), max_length=WORDS, widget=forms.Textarea(LINES)
    )
    next_title = forms.CharField(label=_("Next step"), max_length=250, required=False)
    next_on = forms.DateField(label=_("By"), widget=DayInput(), required=False)
    next_kind = forms.ChoiceField(
        label=_("How"), choices=Activity.Kind.choices, initial=Activity.Kind.TASK, required=False
    )

    def clean(self) -> dict[str, Any]:
        """A step has a day, and a day has its step."""
        given = super().clean() or {}
        title, day = given.get("next_title"), given.get("next_on")
        if title and not day and "next_on" not in self.errors:
            self.add_error("next_on", _("A next step without a day is a wish: choose one."))
        if day and not title:
            self.add_error("next_title", _("Say what is to be done by then."))
        return given

    def next_step(self) -> NextStep | None:
        """Return the step, if one is named."""
        given = self.cleaned_data
        if not given.get("next_title"):
            return None
        kind = given.get("next_kind") or Activity.Kind.TASK
        return NextStep(given["next_title"], given["next_on"], kind)


class DoneForm(NextForm):
    """All that is said of what was done."""

    done_on = forms.DateField(label=_("Took place on"), widget=DayInput())
    minutes = forms.IntegerField(
        label=_("How long, minutes"), min_value=1, max_value=1440, required=False
    )
    late_minutes = forms.IntegerField(
        label=_("We were late, minutes"), min_value=0, max_value=1440, required=False
    )
    people: "forms.ModelMultipleChoiceField[ContactPerson]" = forms.ModelMultipleChoiceField(
        label=_("Who was there of them"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    colleagues: "forms.ModelMultipleChoiceField[User]" = forms.ModelMultipleChoiceField(
        label=_("Who of us"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, viewer: User, client: Client, data: Any = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields
        choices["people"].queryset = their_people(viewer, client)
        choices["colleagues"].queryset = colleagues(viewer).working().exclude(pk=viewer.pk)

    def done(self) -> dict[str, Any]:
        """Return what the action takes."""
        names = ("outcome", "done_on", "minutes", "late_minutes", "people", "colleagues")
        return {name: self.cleaned_data[name] for name in names}


class LogForm(DoneForm):
    """What was done without having been planned."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Activity.Kind.choices)
    title = forms.CharField(label=_("What"), max_length=250)


class MissForm(forms.Form):
    """Why it did not take place."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(LINES))


class BriefForm(forms.Form):
    """What one wants of a meeting."""

    goal = forms.CharField(
        label=_("Goal"),
        max_length=WORDS,
        widget=forms.Textarea(LINES),
        help_text=_("What should be different after the meeting."),
    )
    expected = forms.CharField(
        label=_("Expected next step"),
        max_length=WORDS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    questions = forms.MultipleChoiceField(
        label=_("Questions to ask"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, questions: list[tuple[str, str]], data: Any = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields
        choices["questions"].choices = questions


class NeedForm(forms.Form):
    """A need that was heard."""

    text = forms.CharField(label=_("Need"), max_length=WORDS, widget=forms.Textarea(LINES))
    heard_from: "forms.ModelChoiceField[ContactPerson]" = forms.ModelChoiceField(
        label=_("Heard from"), queryset=None, required=False, empty_label=_("not said")
    )

    def __init__(
        self, viewer: User, client: Client, data: Any = None, *, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial)
        choices: Any = self.fields
        choices["heard_from"].queryset = their_people(viewer, client)


class TaskForm(forms.Form):
    """A task out of what was said."""

    title = forms.CharField(label=_("What"), max_length=250, widget=forms.Textarea({"rows": 2}))
    due_on = forms.DateField(label=_("By"), widget=DayInput())


def their_people(viewer: User, client: Client) -> "QuerySet[ContactPerson]":
    """The people whom one may have met."""
    return accounts.contacts(viewer, client).exclude(status=ContactPerson.Status.LEFT)
