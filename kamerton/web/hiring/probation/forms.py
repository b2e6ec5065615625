"""What is asked of a probation: its days, who comes, weekly looks, the verdict."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring.actions import Term
from kamerton.domain.hiring.models import Application, ProbationPlan, Vacancy
from kamerton.domain.hiring.queries import Marked, TrainingProposal
from kamerton.flows.take_on import NewPerson
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import colleagues, possible_supervisors
from kamerton.web.hiring.vacancies.fields import DayField, MoneyField

TERM, CONTRACT, CYCLE = 28, 89, 28
NEW_PERSON = ("full_name", "email", "role", "supervisor")
HUNDRED = 100


class TermForm(forms.Form):
    """The days of a probation, who teaches, what it costs."""

    starts_on = DayField(label=_("First day"))
    verdict_on = DayField(
        label=_("Verdict on"), help_text=_("7 to 28 days after the first day, as a deal takes.")
    )
    contractual_until = DayField(
        label=_("Probation by contract until"), help_text=_("Within three months, by the law.")
    )
    cycle_days = forms.IntegerField(
        label=_("A deal takes, days"),
        min_value=1,
        max_value=1000,
        help_text=_("If longer than the term, signs that lead to sales are counted, not sales."),
    )
    mentor: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Mentor"), queryset=None, required=False, empty_label=_("nobody yet")
    )
    monthly_cost = MoneyField(
        label=_("Costs a month"),
        required=False,
        help_text=_("Pay, taxes and the mentor's time: from it the payback is reckoned."),
    )

    def __init__(self, viewer: User, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choice: Any = self.fields["mentor"]
        choice.queryset = colleagues(viewer).working()

    def term(self) -> Term:
        """The days as the action takes them."""
        given = self.cleaned_data
        names = ("starts_on", "verdict_on", "contractual_until", "cycle_days")
        return Term(**{name: given[name] for name in names})


class TakeOnForm(forms.Form):
    """Who comes to work: a new person or one of ours; the clients still to be chosen."""

    person: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Works here already"), queryset=None, required=False, empty_label=_("no, a new one")
    )
    full_name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("Work e-mail"), help_text=_("He signs in with it."))
    role = forms.ChoiceField(label=_("Role"), choices=Vacancy.Role.choices)
    supervisor: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Supervisor"), queryset=None
    )
    clients = forms.MultipleChoiceField(
        label=_("Clients to learn on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    complex_market = forms.BooleanField(
        label=_("Complex market: the full plan by quarters, not by months"), required=False
    )

    def __init__(
        self,
        viewer: User,
        application: Application,
        proposals: Sequence[TrainingProposal],
        missing: int,
        data: Any = None,
    ) -> None:
        initial = {
            "person": application.candidate.user_id,
            "full_name": application.candidate.full_name,
            "role": application.vacancy.role,
            "supervisor": viewer.pk,
            "clients": [one.client.pk for one in proposals[:missing]],
        }
        super().__init__(data, initial=initial)
        self.known: dict[int, Client] = {one.client.pk: one.client for one in proposals}
        fields: Any = self.fields
        fields["person"].queryset = colleagues(viewer).working().exclude(pk=viewer.pk)
        fields["supervisor"].queryset = possible_supervisors(viewer)
        fields["clients"].choices = [(one.client.pk, _proposed(one)) for one in proposals]
        if not proposals:
            del fields["clients"]
        ours = data.get("person") if data is not None else application.candidate.user_id
        for name in NEW_PERSON:
            fields[name].required = not ours

    def who(self) -> User | NewPerson:
        """Who comes, as the flow takes it."""
        given = self.cleaned_data
        found: User | None = given["person"]
        return found or NewPerson(**{name: given[name] for name in NEW_PERSON})

    def chosen(self) -> list[Client]:
        """The clients that were marked."""
        return [self.known[int(pk)] for pk in self.cleaned_data.get("clients", [])]


class CheckpointForm(forms.Form):
    """What people mark at a weekly look; the rest is measured by the records."""

    on = DayField(label=_("On"))
    method = forms.IntegerField(
        label=_("Method and product, tests"), min_value=0, max_value=100, required=False
    )
    calls = forms.FloatField(
        label=_("Call reviews, mean of 22"), min_value=0, max_value=22, required=False
    )
    papers = forms.IntegerField(
        label=_("Reports and papers in time"), min_value=0, max_value=100, required=False
    )
    dishonest = forms.BooleanField(
        label=_("Dishonesty was found: it closes the gate for good"), required=False
    )
    note = forms.CharField(
        label=_("What was seen and agreed"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )

    def marked(self) -> Marked:
        """The same as the action takes it."""
        given = self.cleaned_data
        return Marked(
            method=_share(given["method"]),
            calls=given["calls"],
            papers=_share(given["papers"]),
            dishonest=given["dishonest"],
        )


class PassForm(forms.Form):
    """A word with the verdict, if there is one."""

    note = forms.CharField(
        label=_("A word with it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class ExtendForm(forms.Form):
    """Until when, and what is still to be shown."""

    until = DayField(label=_("New day of the verdict"))
    reason = forms.CharField(
        label=_("What is to be shown in the time added"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )


class FailForm(forms.Form):
    """Why not: to be handed over in writing."""

    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Handed over in writing three days before the end (art. 71), with evidence."),
    )


class SurplusForm(forms.Form):
    """The owner's word on who passed beyond the seats."""

    keep = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=(("yes", _("Keep: the payroll allows it")), ("no", _("To the reserve"))),
    )
    note = forms.CharField(
        label=_("On what grounds"), max_length=500, widget=forms.Textarea({"rows": 2})
    )


def proposed_term(application: Application) -> dict[str, Any]:
    """The days of a new probation: as soon as he can, four weeks, three months by contract."""
    first = timezone.localdate() + dt.timedelta(days=application.candidate.notice_days or 14)
    return {
        "starts_on": first,
        "verdict_on": first + dt.timedelta(days=TERM),
        "contractual_until": first + dt.timedelta(days=CONTRACT),
        "cycle_days": CYCLE,
    }


def planned_term(plan: ProbationPlan) -> dict[str, Any]:
    """The days as they are planned."""
    names = ("starts_on", "verdict_on", "contractual_until", "cycle_days", "mentor")
    return {name: getattr(plan, name) for name in names} | {"monthly_cost": plan.monthly_cost}


def _share(percent: int | None) -> float | None:
    return None if percent is None else percent / HUNDRED


def _proposed(one: TrainingProposal) -> str:
    """A client to learn on in words: what it bought, when somebody spoke with it."""
    touched = (
        gettext("last contact %(day)s") % {"day": formats.day(one.last_contact_on)}
        if one.last_contact_on
        else gettext("no contact on record")
    )
    return f"{one.client.name}: {formats.money(one.baseline)}, {touched}"
