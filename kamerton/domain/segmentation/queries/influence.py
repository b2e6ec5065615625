"""Influence of managers: what seven marks make, the gates in words, what is in force."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kamerton.calc.manager_key import influence
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import InfluenceAssessment
from kamerton.domain.segmentation.models.manager_keys import MARKS, ManagersQuerySet
from kamerton.domain.segmentation.queries import bridge
from kamerton.platform.access.models import User

SERVICE_ONLY, EXTERNAL = "service_only", "position_external"


@dataclass(frozen=True)
class Judged:
    """Influence 0–100 before and after the gates, and which gates lowered it."""

    ungated: float
    influence: float
    gates: list[str]
    eligible: bool
    service_only: bool
    position_external: bool


def judged(
    marks: Mapping[str, int], *, service_only: bool, position_external: bool, method: Methodology
) -> Judged:
    """What seven marks make of a manager's influence; stores nothing, for the form as one types."""
    row = [marks[code] for code in MARKS]
    rule = bridge.influence_rule(method)
    # both gates apart and together, in one go: open, external, service only, as given
    found = influence(
        [row] * 4,
        [False, False, service_only, service_only],
        [False, position_external, False, position_external],
        rule,
    )
    ungated, external, serviced, final = (float(value) for value in found)
    lowered = {SERVICE_ONLY: serviced < ungated, EXTERNAL: external < ungated}
    return Judged(
        ungated=ungated,
        influence=final,
        gates=[gate for gate, did in lowered.items() if did],
        eligible=final >= rule.eligible,
        service_only=service_only,
        position_external=position_external,
    )


def assessments_in_force(manager: User, *, on: dt.date) -> dict[int, InfluenceAssessment]:
    """The manager's newest valid assessment of each client, by client (1 query)."""
    found = InfluenceAssessment.objects.filter(manager=manager, valid_until__gte=on)
    return {each.client_id: each for each in found.order_by("on", "pk")}


def assessments(viewer: User) -> ManagersQuerySet:
    """Assessments that `viewer` may see: his own, of his people, or all; newest first."""
    found = InfluenceAssessment.objects.visible_to(viewer)
    return found.select_related("client", "manager", "cosigned_by")


def gate_sentences(assessment: InfluenceAssessment | Judged, method: Methodology) -> list[str]:
    """Why the influence is lower than the marks make it, in words."""
    sentences = {
        SERVICE_ONLY: _("Nothing is sold here, only serviced: influence is at most %(limit)g.")
        % {"limit": method.influence.service_only_limit},
        EXTERNAL: _(
            "Our place is set from outside, volume, assortment and timing cannot be changed: "
            "influence is at most %(limit)g."
        )
        % {"limit": method.influence.external_limit},
    }
    return [sentences[gate] for gate in assessment.gates]


def why_not_eligible(assessment: InfluenceAssessment, method: Methodology) -> str:
    """Why the client cannot be key for this manager; empty if it can."""
    if assessment.eligible:
        return ""
    low = _("Influence is %(influence).0f, and from %(needed)g a client can be key.") % {
        "influence": assessment.influence,
        "needed": method.influence.eligible,
    }
    return " ".join([low, *gate_sentences(assessment, method)])
