"""Forms of the steps of a plan: reasons, sessions, reviews."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.domain.plans.actions import Said
from kamerton.domain.plans.models import PerspectivePlan
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.web.plans.fields import DayField
from kamerton.web.plans.texts import lines


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), widget=lines(3), max_length=1000)


class ApproveForm(forms.Form):
    """A word with the approval, if there is one; the revision that was read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("A word with it"), widget=lines(2), max_length=1000, required=False
    )


class SaidForm(forms.Form):
    """What was seen and decided on a day."""

    on = DayField(label=_("On"))
    seen = forms.CharField(label=_("What was seen"), widget=lines(3))
    decided = forms.CharField(label=_("What was decided"), widget=lines(3))

    def said(self) -> Said:
        """The same as the action takes it."""
        return Said(**{name: self.cleaned_data[name] for name in ("on", "seen", "decided")})


class SessionForm(SaidForm):
    """Who planned together."""

    present = forms.MultipleChoiceField(
        label=_("Who was there"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ("on", "present", "seen", "decided")

    def __init__(self, viewer: User, plan: PerspectivePlan, data: Any = None) -> None:
        two = [each for each in (plan.manager, plan.supervisor) if each]
        people = {each.pk: each for each in (*two, *access.colleagues(viewer).working())}
        super().__init__(
            data, initial={"on": timezone.localdate(), "present": [each.pk for each in two]}
        )
        self.people = people
        field: Any = self.fields["present"]
        field.choices = [(pk, each.full_name) for pk, each in people.items()]

    def chosen(self) -> list[User]:
        """The people who were there."""
        return [self.people[int(pk)] for pk in self.cleaned_data["present"]]
