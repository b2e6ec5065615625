"""Write the journal."""

import json

from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kamerton.platform.audit.models import AuditEntry, folded


def record(
    actor: AbstractBaseUser,
    action: str,
    subject: models.Model | None = None,
    *,
    before: object = None,
    after: object = None,
    reason: str = "",
) -> AuditEntry:
    """Add one row to the journal, inside the transaction of the change that it tells of."""
    label = str(subject)[:250] if subject else ""
    return AuditEntry.objects.create(
        actor_id=actor.pk,
        action=action,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None,
        subject_label=label,
        searched=folded(f"{label} {reason}"),
        before=_plain(before),
        after=_plain(after),
        reason=reason,
    )


def _plain(value: object) -> object:
    """Make dates, decimals and the like fit for JSON."""
    return None if value is None else json.loads(json.dumps(value, cls=DjangoJSONEncoder))
