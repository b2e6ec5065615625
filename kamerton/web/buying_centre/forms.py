"""What is asked about the people of a buying centre; the rules themselves are the actions'."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.buying_centre import queries
from kamerton.domain.buying_centre.actions import Known, Step
from kamerton.domain.buying_centre.models import BuyingCentre, Line, MatrixCell, Member
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User

INFLUENCE = [
    (5, _("5: decides, or can stop a purchase alone")),
    (4, _("4: nothing is decided against him")),
    (3, _("3: his opinion is asked and counts")),
    (2, _("2: is heard at times")),
    (1, _("1: hardly any")),
]
ATTITUDE = [
    (value, format_lazy("{}: {}", f"{value:+d}", label)) for value, label in Member.Attitude.choices
]
FIELDS = {  # what is edited in place: with which fields of the form
    "roles": ("roles",),
    "influence": ("influence",),
    "attitude": ("attitude",),
    "response_mode": ("response_mode",),
    "results": ("results",),
    "wins": ("wins",),
    "rival": ("rival", "rival_name"),
    "reports_to": ("reports_to",),
    "affiliation": ("affiliation",),
}
JUDGEMENT = ("roles", "influence", "attitude", "response_mode", "results", "wins", "rival")


class DayInput(forms.DateInput):
    """A native date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MemberForm(forms.Form):
    """What is judged of a member; with `only` the fields of one fact."""

    roles = forms.MultipleChoiceField(
        label=_("Roles in a purchase"), widget=forms.CheckboxSelectMultiple, required=False
    )
    influence = forms.TypedChoiceField(
        label=_("Influence"), choices=INFLUENCE, coerce=int, initial=3
    )
    attitude = forms.TypedChoiceField(
        label=_("Attitude to us"), choices=ATTITUDE, coerce=int, initial=0
    )
    response_mode = forms.ChoiceField(label=_("Mode"), required=False)
    results = forms.CharField(
        label=_("What matters for the business"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    wins = forms.CharField(
        label=_("Personal win"), required=False, widget=forms.Textarea({"rows": 2})
    )
    rival = forms.TypedChoiceField(
        label=_("Closeness to a competitor"), choices=Member.Rival.choices, coerce=int, initial=0
    )
    rival_name = forms.CharField(label=_("Which competitor"), max_length=200, required=False)
    reports_to: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Reports to"), queryset=None, required=False, empty_label=_("nobody here")
    )
    affiliation = forms.ChoiceField(
        label=_("Whose he is"), choices=Member.Affiliation.choices, initial="client"
    )
    source = forms.ChoiceField(
        label=_("Known from"), choices=Member.Source.choices, initial="assumption"
    )
    on = forms.DateField(label=_("Known on"), widget=DayInput(), required=False)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        centre: BuyingCentre,
        member: Member | None = None,
        only: tuple[str, ...] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=_values(member) | (initial or {}))
        fields: Any = self.fields
        fields["roles"].choices = role_choices(centre, member)
        fields["response_mode"].choices = [("", now("not known")), *Member.Mode.choices]
        others = centre.members.present().select_related("contact")
        fields["reports_to"].queryset = others.exclude(pk=member.pk) if member else others
        kept = {*only, "source", "on", "revision"} if only else set(fields)
        if only and not set(only) & set(JUDGEMENT):
            kept -= {"source", "on"}
        for name in set(fields) - kept:
            del fields[name]

    def judged(self) -> dict[str, Any]:
        """Return what the action takes."""
        aside = {"source", "on", "revision"}
        own = MemberForm.base_fields
        return {n: v for n, v in self.cleaned_data.items() if n in own and n not in aside}

    def known(self) -> Known:
        """Return where it is known from."""
        source = self.cleaned_data.get("source") or Member.Source.ASSUMPTION
        return Known(source, self.cleaned_data.get("on"))

    def seen(self) -> int | None:
        """Return the revision that the person saw."""
        seen: int | None = self.cleaned_data.get("revision")
        return seen


class NewMemberForm(MemberForm):
    """Somebody who comes into the centre: one of the client's people, or somebody new."""

    contact: "forms.ModelChoiceField[ContactPerson]" = forms.ModelChoiceField(
        label=_("Who"), queryset=None, required=False, empty_label=_("somebody new: write below")
    )
    full_name = forms.CharField(label=_("Full name"), max_length=200, required=False)
    position = forms.CharField(label=_("Position"), max_length=200, required=False)
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("If he is from outside: designer, consultant, head office."),
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=ContactPerson.Level.choices, initial="middle"
    )

    def __init__(self, viewer: User, data: Any = None, **about: Any) -> None:
        super().__init__(data, **about)
        fields: Any = self.fields
        fields["contact"].queryset = queries.candidates(viewer, about["centre"])

    def clean(self) -> dict[str, Any]:
        """Ask for a person."""
        given = super().clean() or {}
        if not given.get("contact") and not given.get("full_name"):
            self.add_error("full_name", now("Choose somebody, or write a name."))
        return given

    def person(self) -> dict[str, Any]:
        """Return the record of somebody new."""
        return {n: self.cleaned_data[n] for n in ("full_name", "position", "organisation", "level")}


class CellForm(forms.ModelForm[MatrixCell]):
    """Who of us works with whom of them, and how."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = MatrixCell
        fields = ("goal", "role", "obligations", "plan", "channel", "frequency_days")

    def validate_constraints(self) -> None:
        """Leave it to the action."""


class BuyingForm(forms.Form):
    """How a centre buys: a step a line, “Comparison: 14”."""

    procedure = forms.CharField(
        label=_("How they buy"), required=False, widget=forms.Textarea({"rows": 3})
    )
    rule = forms.ChoiceField(label=_("Who decides"), required=False)
    steps = forms.CharField(
        label=_("Steps to a decision"),
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One a line, with its days after a colon: “Comparison: 14”."),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, centre: BuyingCentre) -> None:
        lines = "\n".join(f"{step['title']}: {step['days']}" for step in centre.steps)
        values = {"procedure": centre.procedure, "rule": centre.rule, "steps": lines}
        super().__init__(data, initial=values | {"revision": centre.revision})
        choices: Any = self.fields["rule"]
        choices.choices = [("", now("not known")), *BuyingCentre.Rule.choices]

    def clean_steps(self) -> list[Step]:
        """Read the steps, a line each."""
        steps = []
        for line in self.cleaned_data["steps"].splitlines():
            title, _colon, days = line.rpartition(":")
            if line.strip():
                known = days.strip().isascii() and days.strip().isdigit() and len(days) < 9
                steps.append(Step(title, int(days)) if title and known else Step(line.strip()))
        return steps


class OpenForm(forms.Form):
    """A further centre: of a category or project."""

    scope = forms.ChoiceField(label=_("What it is about"), choices=BuyingCentre.Scope.choices)
    name = forms.CharField(label=_("Category or project"), max_length=200, required=False)


class LineForm(forms.Form):
    """A line of influence or conflict between two members."""

    kind = forms.ChoiceField(label=_("What joins them"), choices=Line.Kind.choices)
    source: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(label=_("Who"), queryset=None)
    target: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Whom"), queryset=None
    )
    note = forms.CharField(label=_("Over what"), max_length=120, required=False)
    confirmed = forms.BooleanField(label=_("We know it for sure"), required=False)

    def __init__(self, data: Any = None, *, centre: BuyingCentre, **more: Any) -> None:
        super().__init__(data, **more)
        people = centre.members.present().select_related("contact")
        for name in ("source", "target"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """The next step with a person."""

    title = forms.CharField(label=_("What"), max_length=250)
    due_on = forms.DateField(label=_("When"), widget=DayInput())
    kind = forms.ChoiceField(label=_("How"), initial="call")

    def __init__(self, *args: Any, kinds: list[tuple[str, Any]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["due_on"].initial = timezone.localdate() + dt.timedelta(days=7)


class MoveForm(forms.Form):
    """Where somebody works now."""

    to: "forms.ModelChoiceField[Client]" = forms.ModelChoiceField(
        label=_("Works now at"), queryset=None
    )
    position = forms.CharField(label=_("Position there"), max_length=200, required=False)
    join = forms.BooleanField(
        label=_("Put him into the buying centre there"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, clients: Any) -> None:
        super().__init__(data)
        self.fields["to"].queryset = clients  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """A table that was exported here and changed."""

    file = forms.FileField(label=_("Table, XLSX or CSV"))


def role_choices(centre: BuyingCentre, member: Member | None = None) -> list[tuple[str, str]]:
    """The roles of the centre's version of the method, and those that the member has beside."""
    method = methodology.version(centre.method)
    known = {role.code: f"{role.title}: {role.definition}" for role in method.buying_roles}
    codes = [role.code for role in method.roles()]
    kept = [code for code in (member.roles if member else ()) if code not in codes]
    return [(code, known.get(code, code)) for code in (*codes, *kept)]


def _values(member: Member | None) -> dict[str, Any]:
    if member is None:
        return {"on": timezone.localdate()}
    names = [n for n in MemberForm.base_fields if n not in ("source", "on")]
    values = {name: getattr(member, name) for name in names}
    return values | {"reports_to": member.reports_to_id, "on": timezone.localdate()}
