"""Forms of the parts of a plan, each with the way to the record that its action takes."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kamerton.domain.buying_centre import queries as buying_centre
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans import actions
from kamerton.domain.plans.actions import PartText
from kamerton.domain.plans.models import PerspectivePlan, PlanAction, PlanGoal, PlanScenario
from kamerton.domain.plans.queries.goals import read_value, typed_value
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.web.plans.fields import DayField, MoneyField
from kamerton.web.plans.texts import lines

YEARS = 5


class PartForm(forms.Form):
    """A part of a plan; `revision` is the one that a change was made from."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    record: type[Any]

    def __init__(
        self, viewer: User, plan: PerspectivePlan, data: Any = None, *, part: Any = None
    ) -> None:
        self.viewer, self.plan, self.part = viewer, plan, part
        initial = self.filled(part) | {"revision": part.revision} if part else {}
        super().__init__(data, initial=initial)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on the plan and the viewer."""

    def filled(self, part: Any) -> dict[str, Any]:
        """The fields as they stand."""
        names = [name for name in self.base_fields if name != "revision"]
        return {name: getattr(part, name) for name in names if hasattr(part, name)}

    def written(self) -> PartText:
        """What was written, as the action takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        made: PartText = self.record(**given)
        return made

    def offer_people(self, name: str) -> None:
        """Let one of us be chosen; without a choice it is the manager of the plan."""
        field: Any = self.fields[name]
        field.queryset = access.colleagues(self.viewer).working()
        if self.part is None:
            field.initial = self.plan.manager_id


def _who(label: Any, *, required: bool = True) -> Any:
    """A field to choose one of us."""
    return forms.ModelChoiceField(queryset=None, label=label, required=required)


def _mark(label: Any, help_text: Any) -> forms.TypedChoiceField:
    """A mark 1 to 5."""
    choices = [(mark, str(mark)) for mark in range(1, 6)]
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=int, initial=3, help_text=help_text
    )


class VulnerabilityForm(PartForm):
    """s2."""

    record = actions.VulnerabilityText
    text = forms.CharField(
        label=_("Where we are vulnerable"),
        widget=lines(2),
        max_length=500,
        help_text=_("The first one written is the critical one."),
    )


class GoalForm(PartForm):
    """s4."""

    metric = forms.ChoiceField(label=_("Metric"), choices=PlanGoal.Metric.choices)
    title = forms.CharField(label=_("Goal in words"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    baseline = forms.CharField(label=_("Now"), required=False)
    year_1 = forms.CharField(required=False)
    year_2 = forms.CharField(required=False)
    year_3 = forms.CharField(required=False)
    year_4 = forms.CharField(required=False)
    year_5 = forms.CharField(required=False)
    source = forms.ChoiceField(label=_("Measured by"), choices=PlanGoal.Source.choices)
    owner = _who(_("Responsible"), required=False)

    def prepare(self) -> None:
        """Ask for as many years as the plan has."""
        self.offer_people("owner")
        for number in range(1, YEARS + 1):
            if number > self.plan.horizon_years:
                del self.fields[f"year_{number}"]
            else:
                self.fields[f"year_{number}"].label = _now("Year %(n)d") % {"n": number}
        self.fields["metric"].help_text = _now(
            "Shares in percent, money in units, the stage as 1 to 5."
        )

    def filled(self, part: Any) -> dict[str, Any]:
        """The values as people write them."""
        years = {
            f"year_{number}": typed_value(part.metric, value)
            for number, value in enumerate(part.targets, start=1)
        }
        return super().filled(part) | years | {"baseline": typed_value(part.metric, part.baseline)}

    def clean(self) -> dict[str, Any]:
        """Read each value by its metric."""
        given = super().clean() or self.cleaned_data
        metric = given.get("metric", "")
        for name in ("baseline", *(f"year_{n}" for n in range(1, self.plan.horizon_years + 1))):
            try:
                given[name] = read_value(metric, given.get(name, ""))
            except ValueError:
                self.add_error(name, _now("Write a number."))
        return given

    def written(self) -> PartText:
        """The goal with its years in order."""
        given = self.cleaned_data
        years = range(1, self.plan.horizon_years + 1)
        return actions.GoalText(
            metric=given["metric"],
            targets=tuple(given[f"year_{number}"] for number in years),
            baseline=given["baseline"],
            title=given["title"],
            unit=given["unit"],
            source=given["source"],
            owner=given["owner"],
        )


class StrategyForm(PartForm):
    """s5."""

    text = forms.CharField(label=_("Strategy"), widget=lines(2), max_length=500)
    vulnerabilities = forms.MultipleChoiceField(
        label=_("Closes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    people = forms.MultipleChoiceField(
        label=_("People it needs"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        """Offer what stands in the plan."""
        for name in ("vulnerabilities", "people"):
            field: Any = self.fields[name]
            field.choices = [(str(each.pk), str(each)) for each in getattr(self.plan, name).all()]
            if not field.choices:
                del self.fields[name]

    def filled(self, part: Any) -> dict[str, Any]:
        """What is ticked."""
        ticked = {
            name: [str(each.pk) for each in getattr(part, name).all()]
            for name in ("vulnerabilities", "people")
        }
        return {"text": part.text} | ticked

    def written(self) -> PartText:
        """The strategy with the numbers that were ticked."""
        given = self.cleaned_data
        weak, people = (
            tuple(int(pk) for pk in given.get(name, ())) for name in ("vulnerabilities", "people")
        )
        return actions.StrategyText(given["text"], weak, people)


class ActionForm(PartForm):
    """s6."""

    record = actions.ActionText
    kind = forms.ChoiceField(label=_("Kind"), choices=PlanAction.Kind.choices)
    title = forms.CharField(label=_("What"), max_length=250)
    trigger = forms.CharField(
        label=_("Event we wait for"),
        max_length=300,
        required=False,
        help_text=_("Only to wait: what must happen before we act."),
    )
    due_on = DayField(label=_("Until"), help_text=_("To wait: the day on which the watch ends."))
    then_days = forms.IntegerField(
        label=_("Then act within, days"), min_value=1, max_value=365, initial=3
    )
    owner = _who(_("Responsible"))
    strategy: Any = forms.ModelChoiceField(queryset=None, label=_("Strategy"), required=False)
    expected_profit = MoneyField(label=_("Expected gross profit"), required=False, min_value=None)

    def prepare(self) -> None:
        """Offer the plan's strategies."""
        self.offer_people("owner")
        field: Any = self.fields["strategy"]
        field.queryset = self.plan.strategies.all()


class CompanyActionForm(PartForm):
    """s7."""

    record = actions.CompanyActionText
    department = forms.CharField(label=_("Department"), max_length=100)
    title = forms.CharField(label=_("What"), max_length=250)
    owner = _who(_("Responsible"), required=False)
    due_on = DayField(label=_("Until"))
    cost = MoneyField(label=_("Costs us"), initial=0)

    def prepare(self) -> None:
        """Nobody is responsible until somebody is chosen."""
        field: Any = self.fields["owner"]
        field.queryset = access.colleagues(self.viewer).working()


class CostForm(PartForm):
    """s7."""

    record = actions.CostText
    title = forms.CharField(label=_("What for"), max_length=250)
    amount = MoneyField(label=_("Amount"))
    year = forms.IntegerField(label=_("Year of the plan"), min_value=1, max_value=YEARS, initial=1)


class PersonForm(PartForm):
    """s8."""

    member = forms.TypedChoiceField(
        label=_("From the buying centre"), required=False, coerce=int, empty_value=None
    )
    name = forms.CharField(
        label=_("Who"),
        max_length=200,
        required=False,
        help_text=_("Empty if somebody of the buying centre is chosen."),
    )
    role = forms.CharField(label=_("Role"), max_length=200, required=False)
    aim = forms.CharField(
        label=_("What we want to reach with him"), max_length=500, required=False, widget=lines(2)
    )

    def prepare(self) -> None:
        """Offer the people of the buying centre, if the company uses it."""
        self.seated = seats(self.viewer, self.plan)
        if not self.seated:
            del self.fields["member"]
            self.fields["name"].required = True
            self.fields["name"].help_text = ""
            return
        field: Any = self.fields["member"]
        field.choices = [("", "—"), *((pk, name) for pk, (name, _role) in self.seated.items())]

    def clean(self) -> dict[str, Any]:
        """Take name and role from the buying centre where they were left empty."""
        given = super().clean() or self.cleaned_data
        name, role = self.seated.get(given.get("member") or 0, ("", ""))
        given["name"], given["role"] = given.get("name") or name, given.get("role") or role
        if not given["name"]:
            self.add_error("name", _now("Write who it is."))
        return given

    def written(self) -> PartText:
        """The person with his number in the buying centre."""
        given = self.cleaned_data
        return actions.PersonText(given["name"], given["role"], given["aim"], given.get("member"))


class RiskForm(PartForm):
    """s9."""

    record = actions.RiskText
    text = forms.CharField(label=_("What may happen"), max_length=300)
    probability = _mark(
        _("Probability"), _("1: once in ten years. 3: about even. 5: nearly certain this year.")
    )
    impact = _mark(
        _("Impact"), _("1: a nuisance. 3: a tenth of the year's sales. 5: the client is lost.")
    )
    trigger = forms.CharField(label=_("How we notice"), max_length=300, required=False)
    response = forms.CharField(label=_("What we do"), max_length=500, widget=lines(2))


class ScenarioForm(PartForm):
    """s9."""

    record = actions.ScenarioText
    kind = forms.ChoiceField(label=_("Scenario"), choices=PlanScenario.Kind.choices)
    text = forms.CharField(label=_("What happens"), max_length=500, widget=lines(2))
    trigger = forms.CharField(label=_("How we notice"), max_length=300, required=False)
    sales = MoneyField(label=_("Sales in the last year"), required=False)
    response = forms.CharField(
        label=_("What we do then"), max_length=500, widget=lines(2), required=False
    )


class StopForm(PartForm):
    """s10."""

    record = actions.StopText
    text = forms.CharField(label=_("What we give up"), max_length=300)
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)


class ControlForm(PartForm):
    """s11."""

    record = actions.ControlText
    on = DayField(label=_("On"))
    text = forms.CharField(label=_("What must be seen"), max_length=300)


FORMS: dict[str, type[PartForm]] = {
    "vulnerabilities": VulnerabilityForm,
    "goals": GoalForm,
    "strategies": StrategyForm,
    "actions": ActionForm,
    "supplier_actions": CompanyActionForm,
    "budget_lines": CostForm,
    "people": PersonForm,
    "risks": RiskForm,
    "scenarios": ScenarioForm,
    "stops": StopForm,
    "control_points": ControlForm,
}
TITLES = {
    "vulnerabilities": _("Vulnerability"),
    "goals": _("Goal"),
    "strategies": _("Strategy"),
    "actions": _("Manager's action"),
    "supplier_actions": _("Company's action"),
    "budget_lines": _("Other cost"),
    "people": _("Somebody to win"),
    "risks": _("Risk"),
    "scenarios": _("Scenario"),
    "stops": _("What we give up"),
    "control_points": _("Day of control"),
}


def seats(viewer: User, plan: PerspectivePlan) -> dict[int, tuple[str, str]]:
    """Who sits in the client's buying centre: name and roles by number."""
    if not methodology.current().tools.buying_centre:
        return {}
    centre = buying_centre.centre(viewer, plan.client)
    if centre is None:
        return {}
    found = buying_centre.picture(viewer, centre)
    return {
        seat.member.pk: (
            str(seat.member),
            ", ".join(found.role_title(code) for code in seat.member.roles),
        )
        for seat in found.present
    }
