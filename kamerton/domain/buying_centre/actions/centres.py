"""Open a buying centre, say how it buys, bring its roles up to date."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre.actions.rules import (
    DoesNotFit,
    lock_centre,
    lock_client,
    refuse_stale,
)
from kamerton.domain.buying_centre.models import BuyingCentre
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

MOST_STEPS, LONGEST_STEP = 30, 1000


class CentreThere(BusinessError):
    """There is such a centre already."""


@dataclass(frozen=True)
class Step:
    """A step to a decision and the days it takes."""

    title: str
    days: int = 0


class CentreFields(TypedDict, total=False):
    """What is written of a centre."""

    procedure: str
    rule: str
    steps: Sequence[Step]


@transaction.atomic
def open_centre(
    actor: User,
    client: Client,
    *,
    scope: str = BuyingCentre.Scope.WHOLE,
    name: str = "",
    **how: Unpack[CentreFields],
) -> BuyingCentre:
    """Begin a buying centre of a client: of the whole, or of a category or project by its name.

    Raises NotAllowed, ToolOff, DoesNotFit, CentreThere.
    """
    client = lock_client(actor, client)
    name = "" if scope == BuyingCentre.Scope.WHOLE else " ".join(name.split())[:200]
    _refuse_unnamed(scope, name)
    if client.buying_centres.filter(scope=scope, name=name).exists():
        raise CentreThere(_("This client has such a buying centre already."), status=409)
    made = BuyingCentre(client=client, scope=scope, name=name, created_by=actor)
    made.method = methodology.current().version
    _write(made, how)
    made.save()
    record(actor, "buying_centre.opened", client, after={"centre": str(made)})
    return made


@transaction.atomic
def change_centre(
    actor: User,
    centre: BuyingCentre,
    *,
    expected: int | None = None,
    **how: Unpack[CentreFields],
) -> BuyingCentre:
    """Say how a centre buys: procedure, steps with days, who decides.

    Raises NotAllowed, ToolOff, Stale, DoesNotFit.
    """
    centre = lock_centre(actor, centre)
    refuse_stale(centre.revision, expected, centre)
    before = _plain(centre)
    _write(centre, how)
    if (after := _plain(centre)) != before:
        centre.revision += 1
        centre.save()
        record(actor, "buying_centre.changed", centre.client, before=before, after=after)
    return centre


@transaction.atomic
def adopt_method(actor: User, centre: BuyingCentre) -> BuyingCentre:
    """Work with the roles that the company has decided on since; nobody loses a role by it.

    Raises NotAllowed, ToolOff.
    """
    centre = lock_centre(actor, centre)
    version = methodology.current().version
    if centre.method != version:
        before, centre.method = centre.method, version
        centre.revision += 1
        centre.save(update_fields=["method", "revision", "updated_at"])
        record(actor, "buying_centre.method_adopted", centre.client, before=before, after=version)
    return centre


def _refuse_unnamed(scope: str, name: str) -> None:
    if scope not in BuyingCentre.Scope.values:
        raise DoesNotFit({"scope": [_("Choose what the centre is about.")]})
    if scope != BuyingCentre.Scope.WHOLE and not name:
        raise DoesNotFit({"name": [_("Name the category or project.")]})


def _write(centre: BuyingCentre, how: CentreFields) -> None:
    wrong: dict[str, list[str]] = {}
    if "procedure" in how:
        centre.procedure = how["procedure"].strip()
    if "rule" in how:
        centre.rule = how["rule"]
        if centre.rule and centre.rule not in BuyingCentre.Rule.values:
            wrong["rule"] = [_("Choose who decides.")]
    if "steps" in how:
        steps = [Step(" ".join(step.title.split()), step.days) for step in how["steps"]]
        centre.steps = [asdict(step) for step in steps]
        if any(not s.title or not 0 <= s.days <= LONGEST_STEP for s in steps):
            wrong["steps"] = [_("Each step has a name and 0 to 1000 days.")]
        elif len(steps) > MOST_STEPS:
            wrong["steps"] = [_("At most %(n)d steps.") % {"n": MOST_STEPS}]
    if wrong:
        raise DoesNotFit(wrong)


def _plain(centre: BuyingCentre) -> dict[str, object]:
    return {"procedure": centre.procedure, "rule": centre.rule, "steps": centre.steps}
