"""A new person comes into a buying centre; one who changed his company stays one person."""

from typing import Unpack

from django.db import transaction

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.actions import ContactFields
from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre import actions
from kamerton.domain.buying_centre.actions import Known, MemberFields
from kamerton.domain.buying_centre.actions.members import ASSUMED
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.platform.access.models import User


@transaction.atomic
def seat_newcomer(
    actor: User,
    centre: BuyingCentre,
    *,
    person: ContactFields,
    known: Known = ASSUMED,
    **judged: Unpack[MemberFields],
) -> Member:
    """Write a person down at the client and put him into its centre; both or neither.

    Raises what adding a contact and adding a member refuse.
    """
    contact = accounts.add_contact(actor, centre.client, **person)
    return actions.add_member(actor, centre, contact=contact, known=known, **judged)


@transaction.atomic
def move_person(
    actor: User,
    member: Member,
    *,
    to: Client,
    position: str = "",
    into: BuyingCentre | None = None,
) -> Member:
    """Let a member who changed his company be the same person there.

    Here he is marked as left and his history stays; his record goes to `to`, and with `into`
    into a centre there, judged as here until somebody knows better. Returns his seat there, or
    the one he left. Raises NotAllowed, HasLeft, AlreadyThere, and what adding a member refuses.
    """
    left = actions.mark_left(actor, member, reason=str(to))
    contact = accounts.move_contact(actor, left.contact, to=to, position=position)
    if into is None:
        return left
    return actions.add_member(
        actor,
        into,
        contact=contact,
        roles=left.roles,
        influence=left.influence,
        attitude=left.attitude,
        wins=left.wins,
    )
