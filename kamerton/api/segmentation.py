"""Who is key for the company, who for a manager.

A manager's list is filled by his own assessment of each client only: no address here carries a
status over from the company's register.
"""

from typing import Any

from django.http import Http404
from ninja import Path, Query, Router, Status

from kamerton.api import segmentation_bodies as bodies
from kamerton.api.fields import Pk
from kamerton.api.found import client_or_404, person_or_404
from kamerton.api.pages import Page, Paging
from kamerton.api.problems import PROBLEMS
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.segmentation import actions, queries
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey
from kamerton.domain.segmentation.queries import KeyInputs
from kamerton.platform.access.models import User
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

company, managers = (
    Router(tags=["key accounts of the company"]),
    Router(tags=["key accounts of managers"]),
)
Id = Path[Pk]
SEE = "segmentation.view_key"


@company.get("", response={200: Page[bodies.CompanyKeyOut], **PROBLEMS}, summary="The register")
def list_company_keys(
    request: Request, wanted: Query[bodies.CompanyWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List the register, proposals too, the highest index first."""
    require(request.user, SEE)
    states = CompanyKey.OPEN if wanted.state == "open" else (wanted.state,)
    found = queries.company_keys(request.user, states=states)
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.company_key_out(key) for key in page], "total": found.count()}


@company.post(
    "", response={201: bodies.CompanyKeyFull, **PROBLEMS}, summary="Propose a client by hand"
)
def propose_company_key(request: Request, body: bodies.ProposeIn) -> Status[dict[str, Any]]:
    """Propose a client for a reason that no criterion shows; the owner decides."""
    client = client_or_404(request.user, body.client_id)
    made = actions.propose_company_key(request.user, client, reason=body.reason)
    return Status(201, _company_out(request.user, made.pk))


@company.post(
    "/propose", response={200: bodies.ProposedOut, **PROBLEMS}, summary="Propose by the criteria"
)
def propose_company_keys(request: Request) -> dict[str, int]:
    """Propose every client that passes a criterion; what waits is brought up to date."""
    return {"proposed": len(actions.propose_company_keys(request.user))}


@company.get("/{pk}", response={200: bodies.CompanyKeyFull, **PROBLEMS}, summary="One entry")
def get_company_key(request: Request, pk: Id) -> dict[str, Any]:
    """Read an entry with the figures it was judged by, the criteria as they stand, decisions."""
    return _company_out(request.user, pk)


@company.post("/{pk}/decision", response={200: bodies.CompanyKeyFull, **PROBLEMS}, summary="Decide")
def decide_company_key(request: Request, pk: Id, body: bodies.DecisionIn) -> dict[str, Any]:
    """Confirm or reject a proposal; renew or remove what is in force. With minutes."""
    key, viewer = _company_key(request.user, pk), request.user
    if body.verdict == "renew":
        actions.renew_company_key(viewer, key, minutes=body.minutes)
    elif body.verdict == "remove":
        actions.remove_company_key(viewer, key, minutes=body.minutes)
    else:
        sponsor = person_or_404(viewer, body.sponsor_id)
        actions.decide_company_key(
            viewer, key, verdict=body.verdict, minutes=body.minutes, sponsor=sponsor
        )
    return _company_out(viewer, pk)


@managers.get("", response={200: Page[bodies.ManagerKeyOut], **PROBLEMS}, summary="Lists")
def list_manager_keys(
    request: Request, wanted: Query[bodies.ManagersWanted], paging: Query[Paging]
) -> dict[str, Any]:
    """List the entries of one's own list, of one's people's, or of all, by one's rights."""
    require(request.user, SEE)
    named = {"manager": wanted.manager, "client": wanted.client, "state": wanted.state}
    asked = {name: value for name, value in named.items() if value}
    found = _manager_keys(request.user).filter(**asked)
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.manager_key_out(key) for key in page], "total": found.count()}


@managers.get(
    "/assessments", response={200: Page[bodies.AssessmentOut], **PROBLEMS}, summary="Assessments"
)
def list_assessments(request: Request, paging: Query[Paging]) -> dict[str, Any]:
    """List the assessments of influence that the caller may see, the newest first."""
    require(request.user, SEE)
    found = queries.assessments(request.user).select_related(
        "manager", "methodology", "cosigned_by"
    )
    page = found[paging.offset : paging.offset + paging.limit]
    return {"items": [bodies.assessment_out(one) for one in page], "total": found.count()}


@managers.post(
    "/assessments", response={201: bodies.AssessmentOut, **PROBLEMS}, summary="Assess influence"
)
def assess_influence(request: Request, body: bodies.AssessmentIn) -> Status[dict[str, Any]]:
    """Assess one's own influence on a client that one works on; valid for half a year."""
    made = actions.assess_influence(
        request.user,
        client_or_404(request.user, body.client_id),
        marks={str(code): mark for code, mark in body.marks.items()},
        comments={str(code): comment for code, comment in body.comments.items()},
        service_only=body.service_only,
        position_external=body.position_external,
    )
    return Status(201, bodies.assessment_out(made))


@managers.post(
    "/propose", response={201: bodies.ManagerKeyFull, **PROBLEMS}, summary="Into one's own list"
)
def propose_manager_key(request: Request, body: bodies.KeyIn) -> Status[dict[str, Any]]:
    """Put a client into one's own list as a draft, judged by one's own assessment of it."""
    said = {name: getattr(body, name) for name in body.model_fields_set - {"client_id"}}
    client = client_or_404(request.user, body.client_id)
    made = actions.propose_manager_key(request.user, client, inputs=KeyInputs(**said))
    return Status(201, _manager_out(request.user, made.pk))


@managers.get("/{pk}", response={200: bodies.ManagerKeyFull, **PROBLEMS}, summary="One entry")
def get_manager_key(request: Request, pk: Id) -> dict[str, Any]:
    """Read an entry of a list with what it was judged by."""
    return _manager_out(request.user, pk)


@managers.post(
    "/{pk}/submit", response={200: bodies.ManagerKeyFull, **PROBLEMS}, summary="To the head"
)
def submit_manager_key(request: Request, pk: Id) -> dict[str, Any]:
    """Send one's draft to the head."""
    actions.submit_manager_key(request.user, _manager_key(request.user, pk))
    return _manager_out(request.user, pk)


@managers.post(
    "/{pk}/confirm", response={200: bodies.ManagerKeyFull, **PROBLEMS}, summary="Confirm"
)
def confirm_manager_key(request: Request, pk: Id) -> dict[str, Any]:
    """Confirm what was submitted; only the head of that manager can."""
    actions.confirm_manager_key(request.user, _manager_key(request.user, pk))
    return _manager_out(request.user, pk)


@managers.post(
    "/{pk}/return", response={200: bodies.ManagerKeyFull, **PROBLEMS}, summary="Send back"
)
def return_manager_key(request: Request, pk: Id, body: bodies.ReasonIn) -> dict[str, Any]:
    """Send what was submitted back to the manager; it is a draft again."""
    actions.return_manager_key(request.user, _manager_key(request.user, pk), reason=body.reason)
    return _manager_out(request.user, pk)


@managers.post("/{pk}/release", response={200: bodies.ManagerKeyOut, **PROBLEMS}, summary="Release")
def release_manager_key(request: Request, pk: Id, body: bodies.ReasonIn) -> dict[str, Any]:
    """Take a client out of a list; the manager or his head may."""
    key = _manager_key(request.user, pk)
    released = actions.release_manager_key(request.user, key, reason=body.reason)
    return bodies.manager_key_out(released)


def _company_key(viewer: User, pk: int) -> CompanyKey:
    require(viewer, SEE)
    every = tuple(CompanyKey.State.values)
    found = queries.company_keys(viewer, states=every).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _company_out(viewer: User, pk: int) -> dict[str, Any]:
    key = _company_key(viewer, pk)
    sees_money = ledger.sees_money(viewer, key.client)
    reasons = queries.criteria_of(viewer, key.client)
    return bodies.company_key_full(key, reasons, sees_money=sees_money)


def _manager_keys(viewer: User) -> Any:
    return queries.manager_keys(viewer).select_related(
        *("client", "manager", "assessment", "methodology", "confirmed_by")
    )


def _manager_key(viewer: User, pk: int) -> ManagerKey:
    require(viewer, SEE)
    found: ManagerKey | None = _manager_keys(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _manager_out(viewer: User, pk: int) -> dict[str, Any]:
    key = _manager_key(viewer, pk)
    return bodies.manager_key_full(key, sees_money=ledger.sees_money(viewer, key.client))
