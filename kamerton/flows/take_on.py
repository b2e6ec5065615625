"""Who accepted an offer comes to work: an account, five clients to learn on, the probation begins.

All of it or nothing, so that nobody is here without being a newcomer for a moment.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.hiring import actions as hiring
from kamerton.domain.hiring.models import ProbationPlan
from kamerton.platform.access import actions as access
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.errors import BusinessError


class NotYetHere(BusinessError):
    """The first day is still to come."""


@dataclass(frozen=True)
class NewPerson:
    """Who gets an account: a seller under a supervisor."""

    email: str
    full_name: str
    role: str
    supervisor: User


@dataclass(frozen=True)
class TakenOn:
    """The probation that began; `token`: the secret of the link to a password, if one is needed."""

    plan: ProbationPlan
    user: User
    token: str


@transaction.atomic
def take_on(
    actor: User,
    plan: ProbationPlan,
    *,
    person: User | NewPerson,
    clients: Sequence[Client] = (),
    complex_market: bool = False,
) -> TakenOn:
    """Make the person a newcomer, add `clients` to those he learns on, begin, give them to him.

    `person`: one of ours, or a new one, who gets an account without a password and a link to it.
    Raises NotYetHere, and what the steps refuse: NotAllowed, WrongState, AccountsMissing,
    KeyForNewcomer, EmailTaken, BadStatus, HoldsKeys, ReasonNeeded.
    """
    require(actor, "hiring.approve")
    _require_first_day(plan)
    for client in clients:
        hiring.add_training_account(actor, plan, client=client, untouched=True)
    user, is_new = _person(actor, plan, person)
    begun = hiring.start_probation(actor, plan, user=user, complex_market=complex_market)
    actor = User.objects.get(pk=actor.pk)  # whoever came is among his people now
    newcomer = User.objects.get(pk=user.pk)
    _hand_clients(actor, begun, newcomer)
    token = access.let_in(actor, newcomer)[1] if is_new else ""
    return TakenOn(begun, newcomer, token)


def _require_first_day(plan: ProbationPlan) -> None:
    if plan.starts_on > timezone.localdate():
        raise NotYetHere(
            _("The first day is %(day)s: the account opens then. Move the day if he comes earlier.")
            % {"day": date_format(plan.starts_on, "SHORT_DATE_FORMAT")}
        )


def _person(actor: User, plan: ProbationPlan, person: User | NewPerson) -> tuple[User, bool]:
    if isinstance(person, User):
        return person, False
    made = access.add_newcomer(
        actor,
        email=person.email,
        full_name=person.full_name,
        role=person.role,
        supervisor=person.supervisor,
        hired_on=plan.starts_on,
    )
    return made, True


def _hand_clients(actor: User, plan: ProbationPlan, newcomer: User) -> None:
    """Give the training clients to the newcomer from today on."""
    today: dt.date = timezone.localdate()
    for account in plan.accounts.select_related("client"):
        if account.client.manager_id != newcomer.pk:
            accounts.assign_manager(
                actor,
                account.client,
                manager=newcomer,
                since=today,
                reason=_("Training client of a probation"),
            )
