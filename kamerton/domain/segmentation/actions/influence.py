"""Assess how far a manager can move a client; the head of the manager co-signs."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.period import Month
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import InfluenceAssessment
from kamerton.domain.segmentation.models.manager_keys import MARKS
from kamerton.domain.segmentation.queries.influence import Judged, judged
from kamerton.domain.segmentation.queries.rights import may_answer_for, works_on
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError, NotAllowed


class NotHisClient(NotAllowed):
    """The manager does not work on this client."""


class MarksMissing(BusinessError):
    """All seven marks are needed, 0 to 3 each."""


class CommentMissing(BusinessError):
    """A mark above zero rests on something that can be told."""


class NotHisHead(NotAllowed):
    """Only the head of the manager may do this."""


class CosignedAlready(BusinessError):
    """The assessment has its second signature."""


@transaction.atomic
def assess_influence(
    actor: User,
    client: Client,
    *,
    marks: Mapping[str, int],
    comments: Mapping[str, str],
    service_only: bool | None = None,
    position_external: bool | None = None,
) -> InfluenceAssessment:
    """Mark seven ways to influence `client`, 0–3 each, every mark above 0 with its grounds.

    `service_only` and `position_external` are as on the client's card unless told otherwise.
    Raises NotAllowed, NotHisClient, MarksMissing, CommentMissing.
    """
    require(actor, "segmentation.assess_influence")
    if not works_on(actor, client):
        raise NotHisClient(_("You assess only clients you work on. This one is somebody else's."))
    client = Client.objects.get(pk=client.pk)
    given, grounds = _checked(marks, comments)
    method = methodology.current()
    found = judged(
        given,
        service_only=client.service_only if service_only is None else service_only,
        position_external=(
            client.position_external if position_external is None else position_external
        ),
        method=method,
    )
    made = _create(actor, client, given, grounds, found, method)
    what = {"influence": made.influence, "marks": given, "gates": made.gates}
    record(actor, "segmentation.influence_assessed", client, after=what)
    return made


@transaction.atomic
def cosign_assessment(actor: User, assessment: InfluenceAssessment) -> InfluenceAssessment:
    """Put the second signature under an assessment; only the head of that manager can.

    Raises NotAllowed, NotHisHead, CosignedAlready.
    """
    found = InfluenceAssessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if not may_answer_for(actor, found.manager, "segmentation.cosign_influence"):
        raise NotHisHead(_("Only the head of this manager can co-sign the assessment."))
    if found.cosigned_at is not None:
        raise CosignedAlready(_("This assessment is co-signed already."))
    found.cosigned_by, found.cosigned_at = actor, timezone.now()
    found.save(update_fields=["cosigned_by", "cosigned_at"])
    record(actor, "segmentation.influence_cosigned", found.client, after=found.influence)
    return found


def _checked(
    marks: Mapping[str, int], comments: Mapping[str, str]
) -> tuple[dict[str, int], dict[str, str]]:
    """Return seven marks and their grounds."""
    if set(marks) != set(MARKS) or not all(
        isinstance(mark, int) and 0 <= mark <= 3 for mark in marks.values()
    ):
        raise MarksMissing(_("Give all seven marks, each from 0 to 3."))
    grounds = {code: text.strip() for code, text in comments.items() if text.strip()}
    if any(mark > 0 and code not in grounds for code, mark in marks.items()):
        raise CommentMissing(_("Write what each mark above 0 rests on."))
    return {code: marks[code] for code in MARKS}, {
        code: grounds[code] for code in MARKS if code in grounds
    }


def _create(
    actor: User,
    client: Client,
    marks: dict[str, int],
    grounds: dict[str, str],
    found: Judged,
    method: Methodology,
) -> InfluenceAssessment:
    today = timezone.localdate()
    return InfluenceAssessment.objects.create(
        client=client,
        manager=actor,
        on=today,
        **marks,
        comments=grounds,
        service_only=found.service_only,
        position_external=found.position_external,
        ungated=found.ungated,
        influence=found.influence,
        gates=found.gates,
        eligible=found.eligible,
        valid_until=_months_on(today, method.influence.valid_months),
        methodology=methodology.version_row(method.version),
    )


def _months_on(day: dt.date, months: int) -> dt.date:
    later = Month.of(day) + months
    return later.first_day.replace(day=min(day.day, later.last_day.day))
