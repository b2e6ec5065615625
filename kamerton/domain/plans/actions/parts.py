"""Write, change and strike out what stands in the sections of a plan."""

from dataclasses import fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from kamerton.domain.plans.actions.gates import Unfit, editable_plan, require_fresh, touch
from kamerton.domain.plans.actions.texts import (
    MODELS,
    ActionText,
    CostText,
    GoalText,
    Part,
    PartText,
    ScenarioText,
    StrategyText,
)
from kamerton.domain.plans.models import PerspectivePlan, PlanAction
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record

MANY = ("vulnerabilities", "people")


class ScenarioThere(Unfit):
    """The plan has such a scenario already."""


@transaction.atomic
def add_part(actor: User, plan: PerspectivePlan, *, text: PartText) -> Part:
    """Write a new goal, strategy, action, risk … into the plan.

    Raises NotAllowed, NotYourPlan, PlanLocked, Unfit.
    """
    plan = editable_plan(actor, plan)
    _check(plan, text)
    made = MODELS[type(text)](plan=plan)
    _write(made, text)
    touch(plan)
    record(actor, "plans.part_added", plan, after=_told(made, text))
    return made


@transaction.atomic
def change_part(actor: User, part: Part, *, text: PartText, revision: int | None = None) -> Part:
    """Write a part anew; `revision` is the one that the change was made from.

    Raises NotAllowed, NotYourPlan, PlanLocked, Stale, Unfit.
    """
    plan = editable_plan(actor, part.plan)
    model = MODELS[type(text)]
    found = model._base_manager.select_for_update(of=("self",)).filter(pk=part.pk).first()
    if found is None or not isinstance(part, model):
        raise Unfit(_("This is not in the plan any more. Look at the plan and write it anew."))
    require_fresh(revision, found.revision)
    _check(plan, text, instead_of=found.pk)
    before = _told(found, text)
    found.revision += 1
    _write(found, text)
    touch(plan)
    record(actor, "plans.part_changed", plan, before=before, after=_told(found, text))
    return found


@transaction.atomic
def remove_part(actor: User, part: Part) -> None:
    """Strike a part out; versions that were frozen keep it.

    Raises NotAllowed, NotYourPlan, PlanLocked, Unfit.
    """
    plan = editable_plan(actor, part.plan)
    if isinstance(part, PlanAction) and part.evidence.exists():
        raise Unfit(_("There is work done on this action. Drop it with a reason instead."))
    record(actor, "plans.part_removed", plan, before={"kind": _kind(part), "text": str(part)})
    part.delete()
    touch(plan)


def _write(part: Part, text: PartText) -> None:
    """Take the values over, check each against its column, save."""
    many: dict[str, tuple[int, ...]] = {}
    for field in fields(text):
        value = getattr(text, field.name)
        if field.name in MANY:
            many[field.name] = value
        elif field.name == "targets":
            part.targets = [None if each is None else float(each) for each in value]  # type: ignore[union-attr]
        else:
            setattr(part, field.name, value.strip() if isinstance(value, str) else value)
    try:
        part.clean_fields(exclude=["plan", "targets"])
    except ValidationError as wrong:
        raise Unfit(_sentence(part, wrong)) from None
    part.save()
    for name, numbers in many.items():
        getattr(part, name).set(numbers)


def _check(plan: PerspectivePlan, text: PartText, *, instead_of: int = 0) -> None:
    """Refuse what contradicts the plan.

    Raises Unfit.
    """
    match text:
        case GoalText() if len(text.targets) != plan.horizon_years:
            raise Unfit(
                _("The plan has %(n)d years: write a target for each, or leave it empty.")
                % {"n": plan.horizon_years}
            )
        case ActionText():
            _check_action(plan, text)
        case StrategyText():
            _check_strategy(plan, text)
        case ScenarioText():
            twins = plan.scenarios.filter(kind=text.kind).exclude(pk=instead_of)
            if twins.exists():
                raise ScenarioThere(_("The plan has this scenario already: change that one."))
        case CostText() if not 1 <= text.year <= plan.horizon_years:
            raise Unfit(_("The plan has years 1 to %(n)d.") % {"n": plan.horizon_years})


def _check_action(plan: PerspectivePlan, text: ActionText) -> None:
    if text.kind == PlanAction.Kind.WAIT and not text.trigger.strip():
        raise Unfit(_("To wait, name the event that is waited for."))
    if text.strategy is not None and text.strategy.plan_id != plan.pk:
        raise Unfit(_("This strategy is of another plan."))


def _check_strategy(plan: PerspectivePlan, text: StrategyText) -> None:
    for name in MANY:
        asked = set(getattr(text, name))
        if getattr(plan, name).filter(pk__in=asked).count() != len(asked):
            raise Unfit(_("Somebody or something here is of another plan."))


def _sentence(part: Model, wrong: ValidationError) -> str:
    """Name each field with what is wrong with it."""
    named = {
        str(part._meta.get_field(name).verbose_name): " ".join(said)  # type: ignore[union-attr]
        for name, said in wrong.message_dict.items()
    }
    return " ".join(f"{name.capitalize()}: {said}" for name, said in named.items())


def _told(part: Part, text: PartText) -> dict[str, object]:
    """The part as the journal tells of it."""
    told: dict[str, object] = {"kind": _kind(part), "pk": part.pk}
    for field in fields(text):
        name = field.name
        if name in MANY:
            told[name] = [str(one) for one in getattr(part, name).all()]
        else:
            told[name] = getattr(part, f"{name}_id", getattr(part, name))
    return told


def _kind(part: Part) -> str:
    return part._meta.model_name or ""
