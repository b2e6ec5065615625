"""Forms of candidates: who he is, what is known of him, a step with its reason."""

from typing import Any, Final, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.domain.hiring.actions import CandidateFields
from kamerton.domain.hiring.models import Candidate, ClaimCheck, TrackRecord
from kamerton.domain.hiring.models.applications import Application
from kamerton.domain.hiring.queries import Person
from kamerton.web.hiring.vacancies.fields import DayField, LinesField, MoneyField

IDENTITY: Final = (
    *("full_name", "phone", "email", "employer", "position", "niche", "region", "link"),
)
LISTS: Final = ("employers", "known_clients", "products", "buyers")
EXITS: Final = Application.EXITS


def lines(rows: int = 3) -> forms.Textarea:
    """A field of some lines."""
    return forms.Textarea({"rows": rows})


class PersonForm(forms.Form):
    """Who the person is."""

    full_name = forms.CharField(label=_("Full name"), max_length=200)
    phone = forms.CharField(
        label=_("Phone"), max_length=30, required=False, widget=forms.TextInput({"type": "tel"})
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    employer = forms.CharField(
        label=_("Last employer"),
        max_length=250,
        required=False,
        help_text=_("Decides the tier, and whether the stop list names it."),
    )
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    niche = forms.CharField(label=_("Industry, niche"), max_length=120, required=False)
    region = forms.CharField(label=_("City, region"), max_length=120, required=False)
    link = forms.URLField(
        label=_("Link to the CV"), max_length=500, required=False, assume_scheme="https"
    )

    def person(self) -> Person:
        """The same as the action takes it."""
        return Person(**{name: self.cleaned_data[name] for name in IDENTITY})


class NewForm(PersonForm):
    """A person put down by hand, and the vacancy for which."""

    vacancy = forms.TypedChoiceField(
        label=_("Vacancy"), coerce=int, empty_value=None, required=False
    )
    source = forms.TypedChoiceField(label=_("Source"), coerce=int, empty_value=None, required=False)

    def __init__(self, data: Any, *, vacancies: Any, sources: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.vacancies = {one.pk: one for one in vacancies}
        self.sources = {one.pk: one for one in sources}
        _offer(self, "vacancy", self.vacancies, _("none yet: into the base"))
        _offer(self, "source", self.sources, _("not said"))


class EditForm(PersonForm):
    """Who the person is and what is known of him."""

    experience_years = forms.FloatField(
        label=_("Years in B2B sales"), min_value=0, max_value=70, required=False
    )
    pay_now = MoneyField(label=_("Income now"), required=False)
    pay_wanted = MoneyField(label=_("Income wanted"), required=False)
    notice_days = forms.IntegerField(
        label=_("Can start in, days"), min_value=0, max_value=3650, required=False
    )
    motive = forms.ChoiceField(
        label=_("Motive"), choices=[("", "—"), *Candidate.Motive.choices], required=False
    )
    deal_size = MoneyField(label=_("Usual deal"), required=False)
    largest_project = MoneyField(label=_("Largest project"), required=False)
    largest_budget = MoneyField(label=_("Largest budget"), required=False)
    employers = LinesField(label=_("Employers before"), widget=lines())
    known_clients = LinesField(label=_("Clients he worked with"), widget=lines())
    products = LinesField(label=_("What he sold"), widget=lines(2))
    buyers = LinesField(label=_("To whom"), widget=lines(2))

    @classmethod
    def of(cls, candidate: Candidate) -> "EditForm":
        """The form filled with what is known."""
        given = {name: getattr(candidate, name) for name in cls.base_fields}
        given |= {name: "\n".join(given[name]) for name in LISTS}
        return cls(initial=given)

    def known(self) -> CandidateFields:
        """What is known of him, as the action takes it."""
        rest = {name: value for name, value in self.cleaned_data.items() if name not in IDENTITY}
        return cast(CandidateFields, rest)


class OwnForm(forms.Form):
    """One of ours for the reserve."""

    user = forms.TypedChoiceField(label=_("Who"), coerce=int)
    willing = forms.BooleanField(label=_("Wants to grow"), required=False)
    ready_on = DayField(
        label=_("Ready on"), required=False, help_text=_("The day from which he can take over.")
    )

    def __init__(self, data: Any, *, people: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.people = {one.pk: one for one in people}
        field: Any = self.fields["user"]
        field.choices = [("", "—"), *((pk, one.full_name) for pk, one in self.people.items())]


class ApplyForm(forms.Form):
    """Into which vacancy."""

    vacancy = forms.TypedChoiceField(label=_("Vacancy"), coerce=int)

    def __init__(self, data: Any, *, vacancies: Any) -> None:
        super().__init__(data)
        self.vacancies = {one.pk: one for one in vacancies}
        field: Any = self.fields["vacancy"]
        field.choices = [(pk, one.title) for pk, one in self.vacancies.items()]


class MoveForm(forms.Form):
    """Where to, and why."""

    to = forms.ChoiceField(label=_("Stage"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why"),
        widget=lines(2),
        max_length=500,
        required=False,
        help_text=_("Needed for leaving and for coming back; kept for the statistics."),
    )
    on = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, ways: list[tuple[str, str]], leaves: bool) -> None:
        super().__init__(data)
        self.leaves = leaves
        field: Any = self.fields["to"]
        field.choices = ways

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where one is needed."""
        given = super().clean() or {}
        out = given.get("to") in EXITS or self.leaves
        if out and not given.get("reason", "").strip():
            self.add_error("reason", _("Write why: it is kept for the statistics."))
        return given

    def step(self) -> dict[str, str]:
        """The step as the action takes it."""
        return {"to": self.cleaned_data["to"], "reason": self.cleaned_data["reason"]}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), widget=lines(3), max_length=500)


class ClaimForm(forms.Form):
    """A claim of the CV."""

    text = forms.CharField(
        label=_("What is claimed"),
        widget=lines(2),
        max_length=500,
        help_text=_("One fact that can be checked: “grew a client from 2 to 9 million”."),
    )


class CheckForm(forms.Form):
    """What the check of a claim showed."""

    state = forms.ChoiceField(
        label=_("What the check showed"),
        widget=forms.RadioSelect,
        choices=ClaimCheck.State.choices[1:],
    )
    source = forms.CharField(label=_("Where it is known from"), widget=lines(2), max_length=500)


class ReferenceForm(forms.Form):
    """What somebody said of him."""

    who = forms.CharField(label=_("Who was asked"), max_length=250)
    said = forms.CharField(label=_("What was said"), widget=lines(4))
    on = DayField(label=_("On"), initial=timezone.localdate)


class TrackForm(forms.Form):
    """A claim, an incident, an achievement of one of ours."""

    kind = forms.ChoiceField(label=_("What kind"), choices=TrackRecord.Kind.choices)
    text = forms.CharField(label=_("In words"), widget=lines(2), max_length=500)
    on = DayField(label=_("On"), initial=timezone.localdate)


class MarkForm(forms.Form):
    """A mark of an answer in words."""

    mark = forms.TypedChoiceField(
        label=_("Mark"),
        coerce=float,
        widget=forms.RadioSelect,
        choices=[
            (0.0, _("0: no answer to the question")),
            (0.25, _("¼: words without an example")),
            (0.5, _("½: an example without figures")),
            (0.75, _("¾: an example with figures")),
            (1.0, _("1: figures, own part, a conclusion")),
        ],
    )


def _offer(form: forms.Form, name: str, rows: dict[int, Any], empty: Any) -> None:
    field: Any = form.fields[name]
    field.choices = [("", empty), *((pk, str(one)) for pk, one in rows.items())]
