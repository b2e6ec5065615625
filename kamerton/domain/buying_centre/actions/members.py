"""Put people into a buying centre, judge them, arrange them, let them go."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.buying_centre.actions import rules
from kamerton.domain.buying_centre.actions.rules import AlreadyMember, DoesNotFit, NotOfCentre
from kamerton.domain.buying_centre.models import JUDGED, BuyingCentre, Judgement, Member
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record

FARTHEST = 20_000.0  # of a place on the map, from its middle


@dataclass(frozen=True)
class Known:
    """Where what is written is known from, and since when; not said: we assume it."""

    source: str = Member.Source.ASSUMPTION
    on: dt.date | None = None


class MemberFields(TypedDict, total=False):
    """What is written of a member."""

    affiliation: str
    roles: list[str]
    influence: int
    attitude: int
    response_mode: str
    results: str
    wins: str
    rival: int
    rival_name: str
    reports_to: Member | None


ASSUMED = Known()


@transaction.atomic
def add_member(
    actor: User,
    centre: BuyingCentre,
    *,
    contact: ContactPerson,
    known: Known = ASSUMED,
    **judged: Unpack[MemberFields],
) -> Member:
    """Put a person into a centre; one from outside has his organisation written on his record.

    Raises NotAllowed, ToolOff, NotOfCentre, AlreadyMember, DoesNotFit, ReportsLoop.
    """
    centre = rules.lock_centre(actor, centre)
    member = Member(centre=centre, contact=contact, created_by=actor)
    _refuse_foreign(member)
    if centre.members.filter(contact=contact).exists():
        raise AlreadyMember(_("%(name)s is in this centre.") % {"name": contact}, status=409)
    _write(member, {"roles": [], **judged}, known)
    member.save()
    _keep(actor, member, Judgement.About.values, known)
    record(actor, "buying_centre.member_added", centre.client, after=_plain(member, set(judged)))
    return member


@transaction.atomic
def change_member(
    actor: User,
    member: Member,
    *,
    expected: int | None = None,
    known: Known = ASSUMED,
    **judged: Unpack[MemberFields],
) -> Member:
    """Write what is given about a member, with its source; earlier judgements stay in the history.

    Raises NotAllowed, ToolOff, Stale, HasLeft, NotOfCentre, DoesNotFit, ReportsLoop.
    """
    member = rules.lock_member(actor, member)
    rules.refuse_stale(member.revision, expected, member)
    rules.refuse_left(member)
    before, was = _plain(member, set(judged)), dict(member.sources)
    _write(member, judged, known)
    after = _plain(member, set(judged))
    if after != before or member.sources != was:
        member.revision += 1
        member.save()
        changed = [name for name in Judgement.About.values if before.get(name) != after.get(name)]
        _keep(actor, member, changed, known)
        client = member.centre.client
        record(actor, "buying_centre.member_changed", client, before=before, after=after)
    return member


@transaction.atomic
def mark_left(
    actor: User, member: Member, *, on: dt.date | None = None, reason: str = ""
) -> Member:
    """Note that somebody does not belong to the centre any more; what is known of him stays.

    Raises NotAllowed, ToolOff, HasLeft.
    """
    member = rules.lock_member(actor, member)
    rules.refuse_left(member)
    member.left_on = on or timezone.localdate()
    member.revision += 1
    member.save(update_fields=["left_on", "revision", "updated_at"])
    member.reports.update(reports_to=member.reports_to_id)
    what = {"member": str(member), "on": member.left_on}
    record(actor, "buying_centre.member_left", member.centre.client, after=what, reason=reason)
    return member


@transaction.atomic
def mark_returned(actor: User, member: Member) -> Member:
    """Take somebody back into the centre.

    Raises NotAllowed, ToolOff, NotOfCentre.
    """
    member = rules.lock_member(actor, member)
    _refuse_foreign(member)
    if member.has_left:
        member.left_on = None
        member.revision += 1
        member.save(update_fields=["left_on", "revision", "updated_at"])
        client = member.centre.client
        record(actor, "buying_centre.member_returned", client, after={"member": str(member)})
    return member


@transaction.atomic
def place_members(
    actor: User, centre: BuyingCentre, *, places: Mapping[int, tuple[float, float] | None]
) -> int:
    """Remember where people stand on the map; None lets the map place one. Returns how many.

    Raises NotAllowed, ToolOff, NotOfCentre, DoesNotFit.
    """
    centre = rules.lock_centre(actor, centre)
    moved = list(centre.members.filter(pk__in=places))
    if len(moved) < len(places):
        raise NotOfCentre(_("Somebody you moved is not on this map any more. Open it anew."))
    for member in moved:
        member.x, member.y = places[member.pk] or (None, None)
        if any(value is not None and not _is_place(value) for value in (member.x, member.y)):
            raise DoesNotFit({"places": [_("This place is outside the map.")]})
    Member.objects.bulk_update(moved, ["x", "y"])
    record(actor, "buying_centre.map_arranged", centre.client, after={"people": len(moved)})
    return len(moved)


def _is_place(value: float) -> bool:
    return math.isfinite(value) and abs(value) <= FARTHEST


def _refuse_foreign(member: Member) -> None:
    """Refuse a person of another client; one from outside is written at this one all the same.

    Raises NotOfCentre.
    """
    client = member.centre.client
    if member.contact.client_id != client.pk:
        raise NotOfCentre(
            _("%(name)s is not written at “%(client)s”: add him to its people first.")
            % {"name": member.contact, "client": client}
        )


def _write(member: Member, judged: MemberFields, known: Known) -> None:
    """Set the fields, remember where they are known from, refuse what does not fit."""
    for name, value in judged.items():
        if name not in MemberFields.__annotations__:
            raise TypeError(f"{name} is not written of a member")
        tidy = value.strip() if isinstance(value, str) else value
        grounded = known.source != Member.Source.ASSUMPTION  # the same, but now we know it
        if name in JUDGED and (grounded or tidy != getattr(member, name)):
            member.sources = member.sources | {name: _source(known)}
        setattr(member, name, tidy)
    wrong = _wrong_source(known) | (_wrong_roles(member) if "roles" in judged else {})
    try:
        member.clean_fields(exclude={"contact", "centre", "created_by", "reports_to"})
    except ValidationError as error:
        wrong |= error.message_dict
    if wrong:
        raise DoesNotFit(wrong)
    if "reports_to" in judged:
        rules.refuse_loop(member, judged["reports_to"])


def _wrong_source(known: Known) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if known.source not in Member.Source.values:
        wrong["source"] = [_("Choose where it is known from.")]
    if known.on and known.on > timezone.localdate():
        wrong["on"] = [_("Nobody knows tomorrow: choose today or an earlier day.")]
    return wrong


def _source(known: Known) -> dict[str, str]:
    return {"source": str(known.source), "on": (known.on or timezone.localdate()).isoformat()}


def _wrong_roles(member: Member) -> dict[str, list[str]]:
    member.roles = list(dict.fromkeys(member.roles))
    if not member.roles:
        return {"roles": [_("Choose at least one role: what does he do in a purchase?")]}
    was = set() if member.pk is None else set(Member.objects.get(pk=member.pk).roles)
    new = [code for code in member.roles if code not in was]  # a role of before is kept
    if unknown := rules.unknown_roles(new, member.centre.method):
        text = _("The method has no such role: %(codes)s.")
        return {"roles": [text % {"codes": ", ".join(map(str, unknown))}]}
    return {}


def _keep(actor: User, member: Member, names: list[str], known: Known) -> None:
    """Write influence and attitude, as they are now, into the history."""
    day = known.on or timezone.localdate()
    for name in names:
        member.judgements.create(
            about=name, value=getattr(member, name), source=known.source, on=day, author=actor
        )


def _plain(member: Member, names: set[str]) -> dict[str, Any]:
    values = {name: getattr(member, name) for name in sorted(names)}
    written = {n: str(v) if isinstance(v, Member) else v for n, v in values.items()}
    return {"member": str(member)} | written
