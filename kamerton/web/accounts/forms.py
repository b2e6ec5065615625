"""What is asked about clients; the rules themselves are the actions'."""

import datetime as dt
from copy import copy
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts import queries
from kamerton.domain.accounts.models import Client, ClientAssignment, ContactPerson
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import colleagues, sellers
from kamerton.web.ui.asked import moment

REQUISITES = ("name", "kind", "inn", "kpp", "ogrn", "group")
SALES = (
    "state", "lost_reason", "lost_to", "phase", "service_model", "service_only",
    "position_external", "is_training", "deferral_days", "delivery_points",
)  # fmt: skip
ABOUT = (
    "region", "industry", "customer_type", "sector", "procurement", "renown", "origin",
    "acquired_by", "first_deal_on",
)  # fmt: skip


class DayInput(forms.DateInput):
    """A native date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CardForm(forms.ModelForm[Client]):
    """The card of a client."""

    updated_at = forms.CharField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code in the ledger"),
        max_length=300,
        required=False,
        help_text=_("As your accounting names the client: an import then finds this card."),
    )
    manager: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Manager"), queryset=None, required=False, empty_label=_("nobody yet")
    )

    class Meta:
        model = Client
        fields: ClassVar = (*REQUISITES, *SALES, *ABOUT)
        widgets: ClassVar = {"first_deal_on": DayInput()}

    def __init__(self, viewer: User, data: Any = None, *, client: Client | None = None) -> None:
        super().__init__(data, instance=copy(client))  # the card itself changes by the action only
        choices: Any = self.fields
        choices["group"].queryset = queries.groups(viewer)
        choices["acquired_by"].queryset = colleagues(viewer)
        choices["group"].empty_label = choices["acquired_by"].empty_label = _("not chosen")
        choices["manager"].queryset = sellers(viewer)
        for name in ("region", "industry", "customer_type"):
            choices[name].widget.attrs["list"] = f"written-{name}"
        if self.instance.pk:
            del self.fields["code"], self.fields["manager"]
            self.initial["updated_at"] = self.instance.updated_at.isoformat()
        elif not viewer.may("accounts.assign_client"):
            del self.fields["manager"]

    def card(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def seen(self) -> dt.datetime | None:
        """Return the moment of the card that the person saw."""
        return moment(self.cleaned_data)

    def saw(self, fresh: Client) -> None:
        """Note that the person has been shown what another wrote meanwhile."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["updated_at"] = fresh.updated_at.isoformat()
        self.data = data

    def validate_unique(self) -> None:
        """Leave it to the action, which knows the way out."""

    def validate_constraints(self) -> None:
        """Leave it to the action."""


class ContactForm(forms.ModelForm[ContactPerson]):
    """A person at a client."""

    updated_at = forms.CharField(required=False, widget=forms.HiddenInput)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    class Meta:
        model = ContactPerson
        fields: ClassVar = (
            "full_name", "position", "level", "phone", "email", "channel", "preferred_time",
            "status",
        )  # fmt: skip

    def __init__(self, data: Any = None, *, contact: ContactPerson | None = None) -> None:
        super().__init__(data, instance=copy(contact))
        if self.instance.pk:
            self.initial["updated_at"] = self.instance.updated_at.isoformat()

    def person(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def seen(self) -> dt.datetime | None:
        """Return the moment of the record that the person saw."""
        return moment(self.cleaned_data)

    def validate_constraints(self) -> None:
        """Leave it to the action."""


class AssignForm(forms.Form):
    """To whom clients go, from what day on."""

    manager: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Manager"), queryset=None
    )
    since = forms.DateField(
        label=_("From"), widget=DayInput(), initial=timezone.localdate, help_text=_("The first day")
    )
    basis = forms.CharField(label=_("Basis"), max_length=250, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=250,
        required=False,
        help_text=_("Asked for when the manager changes for the second time in 12 months."),
    )

    def __init__(self, viewer: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["manager"].queryset = sellers(viewer)  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """Who works on a client beside its manager."""

    user: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(label=_("Who"), queryset=None)
    role = forms.ChoiceField(
        label=_("Part"),
        choices=[
            (role.value, role.label)
            for role in (
                ClientAssignment.Role.OPERATIONAL_MANAGER,
                ClientAssignment.Role.ASSISTANT,
                ClientAssignment.Role.UNDERSTUDY,
            )
        ],
    )
    since = forms.DateField(label=_("From"), widget=DayInput(), initial=timezone.localdate)

    def __init__(self, viewer: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = colleagues(viewer).working()  # type: ignore[attr-defined]


class WriteForm(forms.Form):
    """One field to be written on many cards."""

    FIELDS: ClassVar = [
        ("region", _("region")),
        ("industry", _("industry")),
        ("customer_type", _("type of customer")),
        ("service_model", _("service")),
    ]
    name = forms.ChoiceField(label=_("Field"), choices=FIELDS)
    text = forms.CharField(label=_("New value"), max_length=120, required=False)
    service = forms.ChoiceField(
        label=_("service"), choices=Client.ServiceModel.choices, required=False
    )

    @property
    def value(self) -> str:
        """Return what is to be written."""
        by_choice = self.cleaned_data["name"] == "service_model"
        return str(self.cleaned_data["service" if by_choice else "text"])


class ArchiveForm(forms.Form):
    """Why clients go to the archive."""

    reason = forms.CharField(label=_("Reason"), max_length=250, required=False)


class NameForm(forms.Form):
    """A name: of a view, of a group."""

    name = forms.CharField(label=_("What to call it"), max_length=80)
