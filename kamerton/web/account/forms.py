"""What is asked on the first visit, of an invited person, of oneself and in the journal."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access import queries
from kamerton.platform.access.models import ApiToken, User
from kamerton.platform.access.roles import Role
from kamerton.web.ui import titles

CURRENCIES = [(code, code) for code in ("RUB", "USD", "EUR", "KZT", "BYN", "UZS", "AMD", "GEL")]
PASSWORD_HELP = _("At least 10 characters; a few words are easiest to remember.")


class DayInput(forms.DateInput):
    """A native date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def new_password() -> forms.CharField:
    """Return a field for a password to be set."""
    return forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class FoundingForm(forms.Form):
    """The company and its owner."""

    name = forms.CharField(label=_("Company"), max_length=200)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    full_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = new_password()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"].initial = settings.CURRENCY

    def clean(self) -> dict[str, Any]:
        """Check the password with the name and the e-mail in sight."""
        given = super().clean() or {}
        person = User(email=given.get("email", ""), full_name=given.get("full_name", ""))
        check_password(self, given.get("password"), person)
        return given


class AcceptForm(forms.Form):
    """The password of an invited person."""

    password = new_password()

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean(self) -> dict[str, Any]:
        """Check the password."""
        given = super().clean() or {}
        check_password(self, given.get("password"), self.person)
        return given


def check_password(form: forms.Form, password: str | None, person: User) -> None:
    """Put what is wrong with the password beside its field."""
    if not password:
        return
    try:
        validate_password(password, person)
    except ValidationError as error:
        form.add_error("password", error)


class InviteForm(forms.Form):
    """Who is invited, as what, under whom."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    supervisor: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        label=_("Supervisor"),
        queryset=None,
        required=False,
        empty_label=_("nobody"),
        help_text=_("With two or more key account managers each of them needs one."),
    )

    def __init__(self, viewer: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = queries.possible_supervisors(viewer)  # type: ignore[attr-defined]


class ProfileForm(forms.Form):
    """What a person says about himself."""

    full_name = forms.CharField(label=_("Full name"), max_length=150)
    phone = forms.CharField(
        label=_("Phone"),
        max_length=25,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("as the company's")), *settings.LANGUAGES],
    )


class TokenForm(forms.Form):
    """A new API token."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": "BI"}),
    )
    reach = forms.ChoiceField(label=_("Allowed to"), choices=ApiToken.Reach.choices)
    expires_on = forms.DateField(
        label=_("Last day"), widget=DayInput(), help_text=_("Within a year.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = timezone.localdate() + dt.timedelta(days=90)


class JournalForm(forms.Form):
    """Which part of the journal is read."""

    q = forms.CharField(required=False, max_length=100)
    person: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(queryset=None, required=False)
    kind = forms.ChoiceField(required=False)
    since = forms.DateField(required=False, widget=DayInput())
    until = forms.DateField(required=False, widget=DayInput())

    def __init__(self, viewer: User, codes: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["person"]
        people.queryset = queries.colleagues(viewer)  # type: ignore[attr-defined]
        people.empty_label = _("everybody")  # type: ignore[attr-defined]
        self.fields["kind"].choices = kind_choices(codes)  # type: ignore[attr-defined]


def kind_choices(codes: list[str]) -> list[tuple[str, Any]]:
    """Return the kinds of changes that occur, each group with a way to choose it whole."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in codes:
        groups.setdefault(code.partition(".")[0], []).append((code, titles.action_title(code)))
    found: list[tuple[str, Any]] = [("", _("all changes"))]
    for kind, members in groups.items():
        title = titles.kind_title(kind)
        found.append((title, [(f"{kind}.", _("All: %(kind)s") % {"kind": title}), *members]))
    return found
