"""A manager's own list: his portfolio, and the wizard that fills it."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.calc.definitions import APPROACH_DEVELOP_FIRST, MANAGER_KEY_INDEX
from kamerton.domain.accounts.models import Client, ClientAssignment
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import InfluenceAssessment, ManagerKey, Standing
from kamerton.domain.segmentation.models.manager_keys import ManagerKeyQuerySet
from kamerton.domain.segmentation.queries.capacity import Slots, slots
from kamerton.domain.segmentation.queries.influence import why_not_eligible
from kamerton.domain.segmentation.queries.manager_scores import (
    Considered,
    KeyInputs,
    ManagersYear,
    Scored,
    given_inputs,
    scored,
)
from kamerton.domain.segmentation.queries.rights import HOLDING, may_see_list
from kamerton.domain.segmentation.queries.standings import current_restatement, standing_of
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user

LIST_DEFINITIONS = (MANAGER_KEY_INDEX, APPROACH_DEVELOP_FIRST)


@dataclass(frozen=True)
class PortfolioRow:
    """A client in a manager's list with its figures."""

    key: ManagerKey
    standing: Standing | None
    must_reassess: bool  # the assessment ran out


@dataclass(frozen=True)
class Portfolio:
    """A manager's list: places, load, clients by index."""

    manager: User
    slots: Slots
    rows: list[PortfolioRow]


@dataclass(frozen=True)
class Candidate:
    """A client in the wizard: figures, the assessment's state, scores, and why not."""

    client: Client
    standing: Standing | None
    assessment: InfluenceAssessment | None
    assessment_state: str  # none, expired, valid
    key: ManagerKey | None  # the open entry, if it is in the list
    scored: Scored
    qualifies: bool
    why_not: str


def manager_keys(viewer: User, manager: User | None = None) -> ManagerKeyQuerySet:
    """Open entries of the lists that `viewer` may see, of one manager if named (1 query)."""
    found = ManagerKey.objects.visible_to(viewer).open()
    if manager is not None:
        found = found.filter(manager=manager)
    return found.select_related("client", "client__manager", "manager", "assessment")


def waiting_for(viewer: User) -> ManagerKeyQuerySet:
    """Entries that wait for `viewer` as the head (1 query)."""
    found = manager_keys(viewer).filter(state=ManagerKey.State.SUBMITTED)
    if not viewer.may("segmentation.confirm_manager_key"):
        return found.filter(manager__supervisor=None) if "owner" in viewer.roles else found.none()
    return found.exclude(manager=viewer)


def portfolio(viewer: User, manager: User) -> Portfolio | None:
    """A manager's list; None if `viewer` may not see it (≤ 8 queries)."""
    if not may_see_list(viewer, manager):
        return None
    today = timezone.localdate()
    keys = list(manager_keys(viewer, manager))
    known = standing_of(viewer, [key.client_id for key in keys])
    rows = [
        PortfolioRow(key, known.get(key.client_id), key.assessment.valid_until < today)
        for key in keys
    ]
    return Portfolio(manager, slots(manager), rows)


def wizard_candidates(viewer: User, manager: User) -> list[Candidate]:
    """The clients on which `manager` works, the list's own first, then by index and revenue.

    Empty if `viewer` may not see his list (≤ 9 queries, whatever the number of clients).
    """
    if not may_see_list(viewer, manager):
        return []
    today, method = timezone.localdate(), methodology.current()
    clients = list(_clients_of(manager))
    known = standing_of(system_user(), [client.pk for client in clients])
    shown = known if viewer.may("ledger.view_money") else {}
    assessed = _newest_assessments(manager)
    keys = {key.client_id: key for key in manager_keys(viewer, manager)}
    considered = [_considered(client, known, assessed, keys, today) for client in clients]
    year = ManagersYear.of(manager, current_restatement())
    results = scored(manager, considered, year=year, on=today, method=method)
    found = [
        Candidate(
            client=client,
            standing=shown.get(client.pk),
            assessment=assessed.get(client.pk),
            assessment_state="",
            key=keys.get(client.pk),
            scored=result,
            qualifies=result.qualified,
            why_not="",
        )
        for client, result in zip(clients, results, strict=True)
    ]
    told = [_told(candidate, today, method) for candidate in found]
    return sorted(told, key=_rank)


def _clients_of(manager: User) -> list[Client]:
    team = ClientAssignment.objects.filter(user=manager, until=None, role__in=HOLDING)
    held = Q(manager=manager) | Q(pk__in=team.values("client"))
    return list(Client.objects.present().filter(held).select_related("manager"))


def _newest_assessments(manager: User) -> dict[int, InfluenceAssessment]:
    found = InfluenceAssessment.objects.filter(manager=manager).order_by("on", "pk")
    return {each.client_id: each for each in found}


def _considered(
    client: Client,
    known: dict[int, Standing],
    assessed: dict[int, InfluenceAssessment],
    keys: dict[int, ManagerKey],
    today: dt.date,
) -> Considered:
    """What a client is scored by: the valid assessment, and what the entry says if there is one."""
    assessment, key = assessed.get(client.pk), keys.get(client.pk)
    valid = assessment if assessment and assessment.valid_until >= today else None
    inputs = given_inputs(key.inputs) if key else KeyInputs()
    return Considered(known.get(client.pk) or Standing(client=client), valid, inputs)


def _told(candidate: Candidate, today: dt.date, method: Methodology) -> Candidate:
    """Say the state of the assessment and why the client does not qualify."""
    assessment = candidate.assessment
    if assessment is None:
        state, why = "none", _("Your influence is not assessed yet.")
    elif assessment.valid_until < today:
        state, why = (
            "expired",
            _("The assessment ran out on %(day)s. Assess again.")
            % {"day": assessment.valid_until.strftime("%d.%m.%Y")},
        )
    else:
        state, why = "valid", why_not_eligible(assessment, method)
    if not why and not candidate.qualifies:
        why = _("None of the four criteria reaches %(needed)g.") % {
            "needed": method.manager.pass_score
        }
    return Candidate(**{**vars(candidate), "assessment_state": state, "why_not": why})


def _rank(candidate: Candidate) -> tuple[bool, float, int, str]:
    revenue = candidate.standing.revenue if candidate.standing else 0
    return (
        candidate.key is None,
        -candidate.scored.mki,
        -revenue,
        candidate.client.name_folded,
    )
