"""Where the company's register and the managers' lists differ, and why: both may be right."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import (
    CompanyKey,
    InfluenceAssessment,
    ManagerKey,
    Standing,
)
from kamerton.domain.segmentation.queries.influence import why_not_eligible
from kamerton.domain.segmentation.queries.standings import standing_of
from kamerton.platform.access.models import User

CONFIRMED = ManagerKey.State.CONFIRMED


@dataclass(frozen=True)
class Difference:
    """A client that is key in one register only, and why not in the other."""

    client: Client
    company: bool  # key for the company; else for a manager
    manager: User | None
    standing: Standing | None
    reason: str


@dataclass(frozen=True)
class Differences:
    """Both ways, and how many agree."""

    company_only: list[Difference]
    manager_only: list[Difference]
    both: int


def differences(viewer: User) -> Differences:
    """Compare the registers over the clients that `viewer` may see (≤ 9 queries)."""
    mine = Client.objects.visible_to(viewer)
    company = {
        key.client_id: key
        for key in CompanyKey.objects.in_force()
        .filter(client__in=mine)
        .select_related("client", "client__manager")
    }
    managers = list(
        ManagerKey.objects.visible_to(viewer)
        .filter(state=CONFIRMED, client__in=mine)
        .select_related("client", "manager")
    )
    listed = {key.client_id for key in managers}
    known = standing_of(viewer, [*company, *listed])
    alone = [key for pk, key in company.items() if pk not in listed]
    others = [key for key in managers if key.client_id not in company]
    return Differences(
        company_only=_company_only(alone, known),
        manager_only=_manager_only(others, known),
        both=len(listed & set(company)),
    )


def _company_only(keys: list[CompanyKey], known: dict[int, Standing]) -> list[Difference]:
    method, today = methodology.current(), timezone.localdate()
    ids = [key.client_id for key in keys]
    assessed = {
        (each.client_id, each.manager_id): each
        for each in InfluenceAssessment.objects.filter(
            client__in=ids, valid_until__gte=today
        ).order_by("on", "pk")
    }
    entries = {
        (entry.client_id, entry.manager_id): entry
        for entry in ManagerKey.objects.filter(client__in=ids).order_by("pk")
    }
    return [
        Difference(
            client=key.client,
            company=True,
            manager=key.client.manager,
            standing=known.get(key.client_id),
            reason=_why_not_listed(
                key.client.manager,
                assessed.get((key.client_id, key.client.manager_id or 0)),
                entries.get((key.client_id, key.client.manager_id or 0)),
                method,
            ),
        )
        for key in keys
    ]


def _why_not_listed(
    manager: User | None,
    assessment: InfluenceAssessment | None,
    entry: ManagerKey | None,
    method: Methodology,
) -> str:
    """Say why a company's key client is in no manager's list."""
    if manager is None:
        return _("Nobody holds this client.")
    if entry and entry.state == ManagerKey.State.RELEASED:
        return _("The manager released it: %(why)s") % {"why": entry.release_reason}
    if entry:
        return _("In the manager's list, not confirmed: %(state)s.") % {
            "state": entry.get_state_display()
        }
    if assessment is None:
        return _("The manager has not assessed his influence.")
    return why_not_eligible(assessment, method) or _(
        "The manager could make it key and has not done so."
    )


def _manager_only(keys: list[ManagerKey], known: dict[int, Standing]) -> list[Difference]:
    ids = [key.client_id for key in keys]
    entries = {
        entry.client_id: entry for entry in CompanyKey.objects.filter(client__in=ids).order_by("pk")
    }
    return [
        Difference(
            client=key.client,
            company=False,
            manager=key.manager,
            standing=known.get(key.client_id),
            reason=_why_not_company(known.get(key.client_id), entries.get(key.client_id)),
        )
        for key in keys
    ]


def _why_not_company(standing: Standing | None, entry: CompanyKey | None) -> str:
    """Say why a manager's key client is not in the company's register."""
    if entry and entry.state == CompanyKey.State.PROPOSED:
        return _("Proposed for the company, waits for a decision.")
    if entry:
        return _("%(state)s on %(day)s: %(minutes)s") % {
            "state": entry.get_state_display(),
            "day": entry.decided_on.strftime("%d.%m.%Y") if entry.decided_on else "",
            "minutes": entry.minutes,
        }
    if standing and standing.passed_codes:
        return _("Passes the company's criteria, not proposed yet.")
    return _("Passes none of the company's six criteria.")
