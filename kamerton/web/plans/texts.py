"""Forms of the plan's own fields, one a section."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kamerton.domain.plans.models import PerspectivePlan
from kamerton.web.plans.fields import DayField, MoneyField


def lines(rows: int = 3) -> forms.Textarea:
    """A field of some lines."""
    return forms.Textarea({"rows": rows})


class TextForm(forms.Form):
    """Fields of a plan, and the revision that they were made from."""

    text_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, plan: PerspectivePlan) -> "TextForm":
        """The form filled with what stands."""
        names = [name for name in cls.base_fields if name != "text_revision"]
        given = {name: getattr(plan, name) for name in names}
        return cls(initial=given | {"text_revision": plan.text_revision})

    def changes(self) -> dict[str, Any]:
        """What was written, by name."""
        return dict(self.cleaned_data)


class HorizonForm(TextForm):
    """s1."""

    horizon_years = forms.IntegerField(label=_("Horizon, years"), min_value=1, max_value=5)
    starts_on = DayField(label=_("Year 1 begins on"), help_text=_("The first day of a month."))


class NowForm(TextForm):
    """s2."""

    baseline = MoneyField(label=_("Sales a year now"))
    profit = MoneyField(label=_("Gross profit a year now"), required=False, min_value=None)
    wallet = MoneyField(label=_("Buys in all, a year"), required=False)
    categories = forms.CharField(label=_("Categories bought from us"), required=False)
    stage = forms.TypedChoiceField(
        label=_("Stage of the relationship"),
        choices=PerspectivePlan.Stage.choices,
        coerce=int,
        help_text=_(
            "Exploratory: first orders. Basic: one contact, one category. Cooperative: several"
            " people on both sides. Interdependent: joint plans. Integrated: joint processes."
        ),
    )
    level = forms.TypedChoiceField(
        label=_("How he sees us"),
        choices=(
            (1, _("1: one of many sellers")),
            (2, _("2: sells good products")),
            (3, _("3: gives good service")),
            (4, _("4: helps his business")),
            (5, _("5: a partner for his strategy")),
        ),
        coerce=int,
    )
    competitors = forms.CharField(label=_("Competitors"), widget=lines(), required=False)
    strengths = forms.CharField(label=_("Our strengths"), widget=lines(2), required=False)


class VisionForm(TextForm):
    """s3."""

    vision = forms.CharField(
        label=_("Vision"),
        widget=lines(6),
        required=False,
        help_text=_("One paragraph: where we will be, what he gets from us, what we get."),
    )


class WayForm(TextForm):
    """s4: the sales themselves."""

    target = MoneyField(label=_("Sales in the last year"))
    trajectory = forms.ChoiceField(
        label=_("Way to the goal"), choices=PerspectivePlan.Trajectory.choices
    )


class BudgetForm(TextForm):
    """s7: what the plan should bring."""

    extra_profit = MoneyField(
        label=_("Extra gross profit over the horizon"),
        required=False,
        min_value=None,
        help_text=_("Empty: the extra sales by the present margin."),
    )
    extra_profit_note = forms.CharField(
        label=_("How it was reckoned"), required=False, max_length=300
    )


SECTIONS: dict[str, type[TextForm]] = {
    "s1": HorizonForm,
    "s2": NowForm,
    "s3": VisionForm,
    "s4": WayForm,
    "s7": BudgetForm,
}
