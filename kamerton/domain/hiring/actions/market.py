"""Lists that candidates are judged by: donors, the stop list, adjacent niches, sources."""

from django.db import transaction
from django.utils.translation import gettext as _

from kamerton.calc.text import folded
from kamerton.domain.hiring.actions.gates import (
    RECRUIT,
    Unfit,
    require_reason,
)
from kamerton.domain.hiring.models import (
    Application,
    DonorCompany,
    NicheEdge,
    Source,
    StopListCompany,
)
from kamerton.domain.hiring.models.candidates import company_key
from kamerton.domain.hiring.queries.tiers import Tiers
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.audit.actions import record

BATCH = 500


@transaction.atomic
def add_donor(actor: User, *, name: str, note: str = "") -> DonorCompany:
    """Name a successful company of our industry: its people in open vacancies become tier 1.

    Raises NotAllowed, Unfit.
    """
    require(actor, RECRUIT)
    made, new = DonorCompany.objects.get_or_create(
        folded=_company(name),
        defaults={"name": " ".join(name.split()), "note": note.strip(), "added_by": actor},
    )
    if new:
        record(actor, "hiring.donor_added", made)
        _retier(made.folded)
    return made


@transaction.atomic
def remove_donor(actor: User, donor: DonorCompany) -> None:
    """Take a company off the list of donors.

    Raises NotAllowed.
    """
    require(actor, RECRUIT)
    record(actor, "hiring.donor_removed", donor)
    key = donor.folded
    donor.delete()
    _retier(key)


@transaction.atomic
def stop_company(actor: User, *, name: str, reason: str) -> StopListCompany:
    """Put a company on the stop list: its people do not come to an interview.

    Raises NotAllowed, Unfit, ReasonMissing.
    """
    require(actor, RECRUIT)
    why = require_reason(reason, _("Write why people of this company do not fit."))
    made, _new = StopListCompany.objects.update_or_create(
        folded=_company(name),
        defaults={"name": " ".join(name.split()), "reason": why, "added_by": actor},
    )
    record(actor, "hiring.company_stopped", made, reason=why)
    return made


@transaction.atomic
def unstop_company(actor: User, company: StopListCompany, *, reason: str) -> None:
    """Take a company off the stop list; the head decides.

    Raises NotAllowed, ReasonMissing.
    """
    require(actor, "hiring.approve")
    record(actor, "hiring.company_unstopped", company, reason=require_reason(reason))
    company.delete()


@transaction.atomic
def put_niche_edge(actor: User, *, one: str, other: str, weight: float) -> NicheEdge:
    """Say how near two niches are by their clients, from 0 to 1.

    Raises NotAllowed, Unfit.
    """
    if not (actor.may(RECRUIT) or actor.may("hiring.templates")):
        require(actor, RECRUIT)
    first, second = sorted((folded(one), folded(other)))
    if not first or first == second or not 0 <= weight <= 1:
        raise Unfit(_("Name two niches and how near they are, from 0 to 1."))
    made, _new = NicheEdge.objects.update_or_create(
        one=first, other=second, defaults={"weight": weight}
    )
    record(actor, "hiring.niche_edge_put", made, after={"weight": weight})
    return made


@transaction.atomic
def put_source(actor: User, *, name: str, kind: str, fee: int = 0) -> Source:
    """Name a way by which candidates come, and the fee for each hire in minor units.

    Raises NotAllowed, Unfit.
    """
    require(actor, RECRUIT)
    tidy = " ".join(name.split())
    if not tidy or kind not in Source.Kind.values or fee < 0:
        raise Unfit(_("A source has a name, a known kind and no negative fee."))
    made, _new = Source.objects.update_or_create(name=tidy, defaults={"kind": kind, "fee": fee})
    record(actor, "hiring.source_put", made, after={"kind": kind, "fee": fee})
    return made


def _company(name: str) -> str:
    key = company_key(name)
    if not key:
        raise Unfit(_("Write the name of the company."))
    return key


def _retier(key: str) -> None:
    """Set the tier of a company's people in vacancies that are not over."""
    found = Application.objects.filter(candidate__employer_key=key).exclude(
        vacancy__state__in=("closed", "cancelled")
    )
    rows = list(found.select_related("candidate", "vacancy"))
    tiers = Tiers.known()
    for row in rows:
        row.tier = tiers.of(row.candidate, row.vacancy)
        row.call_rank = int(row.tier[1]) if row.call_rank else 0
    Application.objects.bulk_update(rows, ["tier", "call_rank"], BATCH)
