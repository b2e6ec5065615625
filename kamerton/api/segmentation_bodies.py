"""What goes in and out about key accounts and concentration."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.accounts_bodies import PersonRef
from kamerton.api.analytics_bodies import DefinitionOut, Named
from kamerton.api.fields import PLAIN, Body, Flag, Moment, Money, Pk, Text
from kamerton.api.ledger_bodies import in_units
from kamerton.domain.segmentation import queries
from kamerton.domain.segmentation.models import (
    CompanyKey,
    InfluenceAssessment,
    KeyDecision,
    ManagerKey,
)

Mark = Literal["volume", "assortment", "timing", "price", "choice", "access", "effect"]
Grade = Annotated[int, Field(ge=0, le=3, strict=True)]
Reason = Annotated[str, Field(min_length=1, max_length=1000, pattern=PLAIN)]
Minutes = Annotated[str, Field(min_length=1, max_length=10_000, pattern=PLAIN)]
Score = Annotated[float | None, Field(description="0 to 100; null is no data")]


class CompanyWanted(Schema):
    """Which entries of the register."""

    state: Literal["open", "proposed", "confirmed", "review_due", "removed", "rejected"] = "open"


class CompanyKeyOut(Schema):
    """A client in the company's register, or proposed for it."""

    id: int
    client: Named
    manager: PersonRef | None
    state: str
    criteria: list[str] = Field(description="Codes of the criteria that it met when judged")
    kci: float = Field(description="Index by which entries are ranked, 0 to 100")
    over_capacity: bool
    reason: str = Field(description="Of a proposal by hand")
    proposed_by: PersonRef
    proposed_at: Moment
    decided_by: PersonRef | None
    decided_on: dt.date | None
    minutes: str
    sponsor: PersonRef | None
    valid_until: dt.date | None
    failed_half_years: int
    method_version: int


class InputOut(Schema):
    """A figure that a verdict rests on."""

    label: str
    kind: str = Field(description="share, money, points, number or text")
    value: int | float | str | None = Field(description="Money as a string; null is no data")
    confidence: float | None


class EvidenceOut(Schema):
    """A mark for one item of a criterion, and what it rests on."""

    id: int
    item: str
    mark: int
    note: str
    link: str
    on: dt.date
    author: PersonRef


class CriterionOut(Schema):
    """One criterion of one client as it stands now."""

    code: str
    title: str
    passed: bool
    score: Score
    weight: float
    rule: str
    inputs: list[InputOut]
    evidence: list[EvidenceOut]
    missing: str


class DecisionOut(Schema):
    """What was decided, by whom, on what grounds; `inputs` are the figures of that day."""

    verdict: str
    minutes: str
    criteria: list[str]
    kci: float
    decided_by: PersonRef
    decided_on: dt.date
    method_version: int


class CompanyKeyFull(CompanyKeyOut):
    """An entry with its grounds; money only for who may see this client's money."""

    inputs: dict[str, Any] | None = Field(
        description="The figures that it was judged by, money in minor units (kopecks)"
    )
    reasons: list[CriterionOut] | None = Field(description="The six criteria as they stand now")
    decisions: list[DecisionOut]
    definitions: list[DefinitionOut]


class ProposeIn(Body):
    """A client to propose by hand."""

    client_id: Pk
    reason: Reason


class ProposedOut(Schema):
    """How many proposals were made."""

    proposed: int


class DecisionIn(Body):
    """What the company decides."""

    verdict: Literal["confirm", "reject", "renew", "remove"]
    minutes: Minutes
    sponsor_id: Pk | None = Field(None, description="Of the top management; else who decides")


class ManagersWanted(Schema):
    """Which entries of managers' lists."""

    manager: Pk | None = None
    client: Pk | None = None
    state: Literal["", "draft", "submitted", "confirmed", "suspended"] = ""


class ManagerKeyOut(Schema):
    """A client in one manager's list."""

    id: int
    client: Named
    manager: PersonRef
    state: str
    influence: float
    large: Score
    loyal: Score
    promising: Score
    status: Score
    mki: float = Field(description="The manager's index, 0 to 100")
    tier: str
    approach: str
    assessment_id: int
    assessment_valid_until: dt.date
    created_at: Moment
    submitted_at: Moment | None
    confirmed_by: PersonRef | None
    confirmed_at: Moment | None
    stopped_because: str
    release_reason: str
    method_version: int


class ManagerKeyFull(ManagerKeyOut):
    """An entry with what it was judged by."""

    inputs: dict[str, Any] | None = Field(
        description="What the manager said and the figures, money in minor units; null if not shown"
    )
    definitions: list[DefinitionOut]


class AssessmentIn(Body):
    """Seven marks, 0 to 3 each; a mark above 0 needs its grounds in `comments`."""

    client_id: Pk
    marks: dict[Mark, Grade]
    comments: dict[Mark, Text] = {}
    service_only: Flag | None = Field(None, description="As on the client's card if not given")
    position_external: Flag | None = None


class AssessmentOut(Schema):
    """How far one manager can move one client."""

    id: int
    client_id: int
    manager: PersonRef
    on: dt.date
    marks: dict[str, int]
    comments: dict[str, str]
    service_only: bool
    position_external: bool
    ungated: float = Field(description="Influence before the gates")
    influence: float
    gates: list[str] = Field(description="Which gates lowered it")
    eligible: bool
    valid_until: dt.date
    cosigned_by: PersonRef | None
    method_version: int


class KeyIn(Body):
    """A client for one's own list, and what one says of it."""

    client_id: Pk
    competitor_offer_on: dt.date | None = None
    decider_changed_on: dt.date | None = None
    attainable_gap: Annotated[Money, Field(ge=0)] | None = Field(
        None, description="What can be won in 12 months; as the wallet makes it if not given"
    )
    conversion_action: Text = ""
    conversion_on: dt.date | None = None
    tier: Literal["strategic", "key", "maintain"] = "key"


class ReasonIn(Body):
    """Why."""

    reason: Reason


_ENTRY = (
    *("state", "criteria", "kci", "over_capacity", "reason", "proposed_by", "proposed_at"),
    *("decided_by", "decided_on", "minutes", "sponsor", "valid_until", "failed_half_years"),
)
_LISTED = (
    *("client", "manager", "state", "influence", "large", "loyal", "promising", "status", "mki"),
    *("tier", "approach", "assessment_id", "created_at", "submitted_at", "confirmed_by"),
    *("confirmed_at", "stopped_because", "release_reason"),
)
_ASSESSED = (
    *("client_id", "manager", "on", "marks", "comments", "service_only", "position_external"),
    *("ungated", "influence", "gates", "eligible", "valid_until", "cosigned_by"),
)


def company_key_out(key: CompanyKey) -> dict[str, Any]:
    """An entry of the register as it goes out."""
    return {
        "id": key.pk,
        "client": key.client,
        "manager": key.client.manager,
        "method_version": key.methodology.number,
        **{name: getattr(key, name) for name in _ENTRY},
    }


def company_key_full(
    key: CompanyKey, reasons: queries.Reasons | None, *, sees_money: bool
) -> dict[str, Any]:
    """An entry with its grounds as it goes out."""
    decisions = key.decisions.select_related("decided_by", "methodology")
    return company_key_out(key) | {
        "inputs": key.inputs if sees_money else None,
        "reasons": [_criterion(one) for one in reasons.criteria] if reasons else None,
        "decisions": [_decision(one) for one in decisions],
        "definitions": queries.REGISTER_DEFINITIONS,
    }


def manager_key_out(key: ManagerKey) -> dict[str, Any]:
    """An entry of a manager's list as it goes out."""
    return {
        "id": key.pk,
        "assessment_valid_until": key.assessment.valid_until,
        "method_version": key.methodology.number,
        **{name: getattr(key, name) for name in _LISTED},
    }


def manager_key_full(key: ManagerKey, *, sees_money: bool) -> dict[str, Any]:
    """An entry with what it was judged by."""
    return manager_key_out(key) | {
        "inputs": key.inputs if sees_money else None,
        "definitions": queries.LIST_DEFINITIONS,
    }


def assessment_out(found: InfluenceAssessment) -> dict[str, Any]:
    """An assessment as it goes out."""
    plain = {name: getattr(found, name) for name in _ASSESSED}
    return plain | {"id": found.pk, "method_version": found.methodology.number}


def _decision(found: KeyDecision) -> dict[str, Any]:
    names = ("verdict", "minutes", "criteria", "kci", "decided_by", "decided_on")
    plain = {name: getattr(found, name) for name in names}
    return plain | {"method_version": found.methodology.number}


def _criterion(found: queries.CriterionReason) -> dict[str, Any]:
    inputs = [
        vars(one) | {"value": _written(one.value) if one.kind == "money" else one.value}
        for one in found.inputs
    ]
    return vars(found) | {"inputs": inputs}


def _written(value: Any) -> str | None:
    units = in_units(value)
    return None if units is None else f"{units:.2f}"
