"""The parts of a person that are changed one at a time: a form and its action each."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access import actions, queries
from kamerton.platform.access.models import SalesFunction, User
from kamerton.platform.access.roles import LEADER_SHARE, Role, Scope
from kamerton.web.account.forms import DayInput


class PersonForm(forms.Form):
    """A part of a person: begins with what is, gives what the action takes."""

    def __init__(self, viewer: User, person: User, data: Any = None) -> None:
        self.viewer, self.person = viewer, person
        super().__init__(data, initial=self.present(person))

    def present(self, person: User) -> dict[str, Any]:
        """Return what the fields hold now."""
        return {name: getattr(person, name) for name in self.base_fields}


class RolesForm(PersonForm):
    """What the person is and sees."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    scope = forms.ChoiceField(label=_("Sees"), choices=Scope.choices)


class SupervisorForm(PersonForm):
    """Who stands above."""

    supervisor: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Supervisor"),
        queryset=None,
        required=False,
        empty_label=_("nobody"),
    )

    def __init__(self, viewer: User, person: User, data: Any = None) -> None:
        super().__init__(viewer, person, data)
        allowed = queries.possible_supervisors(viewer, of=person)
        self.fields["supervisor"].queryset = allowed  # type: ignore[attr-defined]


class LeaderForm(PersonForm):
    """The part of his time that a leader leads, asked in per cent."""

    share = forms.IntegerField(
        label=_("Time for leading"),
        min_value=0,
        max_value=int(LEADER_SHARE[1] * 100),
        help_text=_("0 for a seller; a leader spends 40 to 80 per cent of his time leading."),
    )

    def present(self, person: User) -> dict[str, Any]:
        """Return the share in per cent."""
        return {"share": int(person.leader_share * 100)}

    def clean_share(self) -> Decimal:
        """Return the share as a fraction."""
        return Decimal(self.cleaned_data["share"]) / 100


class WorkForm(PersonForm):
    """Hours, plan, day of hiring."""

    selling_hours = forms.IntegerField(label=_("Selling hours a month"), min_value=0, max_value=300)
    year_plan = forms.DecimalField(
        label=_("Sales plan for the year"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("Clients that bring 3 per cent of it are large for this manager."),
    )
    hired_on = forms.DateField(label=_("Hired on"), required=False, widget=DayInput())


class CodesForm(PersonForm):
    """How the ledger names the person."""

    codes = forms.CharField(
        label=_("Names in the sales ledger"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as the sales report writes it: “Ivanov I.I.”, “M-07”."),
    )

    def present(self, person: User) -> dict[str, Any]:
        """Return the names, one a line."""
        return {"codes": "\n".join(person.ledger_codes)}

    def clean_codes(self) -> list[str]:
        """Return the lines."""
        return str(self.cleaned_data["codes"]).splitlines()


class FunctionsForm(PersonForm):
    """Sales functions."""

    kinds = forms.MultipleChoiceField(
        label=_("Sales functions"),
        choices=SalesFunction.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A deal does not enter a phase for which nobody on it has the function."),
    )

    def present(self, person: User) -> dict[str, Any]:
        """Return the functions that the person carries."""
        return {"kinds": [one.kind for one in person.functions.all()]}


class StatusForm(PersonForm):
    """Where the person stands; leaving has a button of its own."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[one for one in User.Status.choices if one[0] != User.Status.LEFT],
    )


@dataclass(frozen=True)
class Part:
    """A part of a person: its heading, form and action."""

    key: str
    title: str | Promise
    form: type[PersonForm]
    action: Callable[..., User]


PARTS: dict[str, Part] = {
    part.key: part
    for part in (
        Part("roles", _("Roles and what is seen"), RolesForm, actions.change_roles),
        Part("supervisor", _("Supervisor"), SupervisorForm, actions.change_supervisor),
        Part("functions", _("Sales functions"), FunctionsForm, actions.set_functions),
        Part("leading", _("Leading"), LeaderForm, actions.change_leader_share),
        Part("work", _("Hours and plan"), WorkForm, actions.change_work),
        Part("codes", _("Names in the sales ledger"), CodesForm, actions.change_ledger_codes),
        Part("status", _("Status"), StatusForm, actions.change_status),
    )
}
