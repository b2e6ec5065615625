"""What goes in and out about clients."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from kamerton.api.fields import Body, Count, Day, Flag, Moment, Name, Pk, Ref, Text
from kamerton.domain.accounts.models import Client, ClientAssignment, ContactPerson

Sort = Literal[
    "name", "-name", "manager", "-manager", "region", "-region",
    "industry", "-industry", "updated", "-updated",
]  # fmt: skip
Chosen = Literal["survivor", "absorbed"]
MergedField = Literal[
    "acquired_by", "customer_type", "deferral_days", "delivery_points", "first_deal_on", "group",
    "industry", "inn", "is_training", "kind", "kpp", "lost_reason", "lost_to", "manager", "name",
    "ogrn", "origin", "phase", "position_external", "procurement", "region", "renown", "sector",
    "service_model", "service_only", "state",
]  # fmt: skip


class Wanted(Schema):
    """What the list is narrowed by."""

    search: Text = Field("", description="Part of a name, beginning of an INN or a code")
    manager: Pk | None = None
    segment: Text = ""
    state: Text = ""
    group: Pk | None = Field(None, description="A group of companies: all its members")
    region: Text = ""
    industry: Text = ""
    company_key: bool = False
    one_contact: bool = False
    unassigned: bool = False
    archived: bool = False


class PersonRef(Schema):
    """A person of the company."""

    id: int
    full_name: str


class GroupOut(Schema):
    """A group of companies."""

    id: int
    name: str


class GroupIn(Body):
    """A new group."""

    name: Name


class GroupCounted(GroupOut):
    """A group with the number of its clients that the caller sees."""

    size: int


class CardPatch(Body):
    """What may be written on a card; in a change only what is sent is written."""

    kind: Client.Kind = Client.Kind.ORGANISATION
    name: Name = ""
    inn: Annotated[str, Field(max_length=20, pattern=r"^[0-9 ]*$")] = ""
    kpp: Annotated[str, Field(max_length=20, pattern=r"^[0-9A-Za-z ]*$")] = ""
    ogrn: Annotated[str, Field(max_length=20, pattern=r"^[0-9 ]*$")] = ""
    group_id: Ref | None = None
    sector: Client.Sector = Client.Sector.B2B
    procurement: Client.Procurement = Client.Procurement.FREE
    industry: Annotated[Text, Field(max_length=120)] = ""
    region: Annotated[Text, Field(max_length=120)] = ""
    customer_type: Annotated[Text, Field(max_length=120)] = ""
    phase: Client.Phase = Client.Phase.FARMER
    state: Client.State = Client.State.ACTIVE
    renown: Text = ""
    lost_reason: Text = ""
    lost_to: Text = ""
    origin: Client.Origin = Client.Origin.COMPANY
    acquired_by_id: Ref | None = None
    first_deal_on: Day | None = None
    service_model: Client.ServiceModel = Client.ServiceModel.SINGLE
    service_only: Flag = False
    position_external: Flag = False
    is_training: Flag = False
    delivery_points: Count | None = None
    deferral_days: Count | None = None


class CardIn(CardPatch):
    """A new client."""

    name: Name
    code: Annotated[Text, Field(description="How the sales ledger names it")] = ""
    manager_id: Ref | None = Field(None, description="Only for those who may assign clients")


class ClientOut(Schema):
    """A client."""

    id: int
    kind: str
    name: str
    inn: str
    kpp: str
    ogrn: str
    group: GroupOut | None
    sector: str
    procurement: str
    industry: str
    region: str
    customer_type: str
    segment: str
    phase: str
    state: str
    renown: str
    lost_reason: str
    lost_to: str
    origin: str
    acquired_by_id: int | None
    first_deal_on: dt.date | None
    service_model: str
    service_only: bool
    position_external: bool
    is_training: bool
    delivery_points: int | None
    deferral_days: int | None
    manager: PersonRef | None
    is_company_key: bool
    company_key_since: dt.date | None
    manager_keys: int = Field(description="For how many managers it is key")
    archived_at: Moment | None
    merged_into_id: int | None = Field(description="The client that stands for this one now")
    created_at: Moment
    updated_at: Moment = Field(description="Send it back as If-Match when you change the card")


class ContactPatch(Body):
    """What may be written about a person; in a change only what is sent is written."""

    full_name: Annotated[Name, Field(max_length=200)] = ""
    position: Annotated[Text, Field(max_length=200)] = ""
    level: ContactPerson.Level = ContactPerson.Level.MIDDLE
    email: Annotated[Text, Field(max_length=254)] = ""
    phone: Annotated[Text, Field(max_length=40)] = ""
    channel: ContactPerson.Channel | Literal[""] = ""
    preferred_time: Annotated[Text, Field(max_length=100)] = ""
    status: ContactPerson.Status = ContactPerson.Status.ACTIVE
    moved_to_id: Ref | None = None


class ContactIn(ContactPatch):
    """A new person."""

    full_name: Annotated[Name, Field(max_length=200)]


class ContactOut(Schema):
    """A person at a client."""

    id: int
    client_id: int
    full_name: str
    position: str
    level: str
    email: str
    phone: str
    channel: str
    preferred_time: str
    status: str
    moved_to_id: int | None
    archived_at: Moment | None
    updated_at: Moment


class AssignmentIn(Body):
    """To whom a client goes, from what day on."""

    manager_id: Ref
    since: Day
    basis: Text = ""
    reason: Text = Field("", description="Asked for from the second change within a year on")


class AssignmentOut(Schema):
    """A stretch of time in which a person worked on a client in one part."""

    id: int
    client_id: int
    user: PersonRef
    role: ClientAssignment.Role
    since: dt.date
    until: dt.date | None
    basis: str


class MergeIn(Body):
    """Which card is absorbed, and whose value each field takes."""

    absorbed_id: Ref
    choices: dict[MergedField, Chosen] = {}


class MergeOut(Schema):
    """What was merged; `id` undoes it."""

    id: int
    survivor: ClientOut


class PairOut(Schema):
    """Two clients that are probably one."""

    first: ClientOut
    second: ClientOut
    reason: Literal["inn", "name"]
    likeness: float


def as_written(given: dict[str, Any]) -> dict[str, Any]:
    """Turn enumerations into what is stored."""
    return {name: getattr(value, "value", value) for name, value in given.items()}
