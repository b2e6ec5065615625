"""What every change of an activity passes: whose it is, whether it is open, who takes part."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities.models import Activity
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require, ways_to
from kamerton.platform.errors import BusinessError, NotAllowed, Stale


class NothingWritten(BusinessError):
    """What was done or is to be done is not said."""


class PastDay(BusinessError):
    """Nothing is planned for a day that is over."""


class NotTheirPerson(BusinessError):
    """Somebody named does not belong to this client."""


class NotOurs(BusinessError):
    """Somebody named has left us, or may not see this client."""


class NotOpen(BusinessError):
    """It is done, or called off, already."""


def lock_client(actor: User, client: Client) -> Client:
    """Read a client anew, locked, and only if the actor works on it.

    Raises NotAllowed.
    """
    require(actor, "activities.edit")
    found = Client.objects.locked_for(actor, client)
    if found is None:
        raise NotAllowed(
            _("“%(name)s” is not your client: you may read what is done with it, not write.")
            % {"name": client.name}
        )
    return found


def lock_activity(actor: User, activity: Activity, expected: dt.datetime | None = None) -> Activity:
    """Read an activity anew, locked, if the actor works on its client or answers for it.

    `expected` is the `updated_at` that the person saw. Raises NotAllowed, Stale.
    """
    require(actor, "activities.edit")
    own = Q(owner=actor, client__in=Client.objects.visible_to(actor))
    mine = Q(client__in=Client.objects.editable_by(actor)) | own
    locked = Activity.objects.select_for_update(of=("self",)).select_related("client")
    found = locked.filter(mine, pk=activity.pk).first()
    if found is None:
        raise NotAllowed(
            _("“%(title)s” is with a client of somebody else: you may read it, not change it.")
            % {"title": activity.title}
        )
    if expected is not None and found.updated_at != expected:
        raise Stale(
            _(
                "Somebody changed “%(title)s” while you were writing. Nothing was saved and"
                " nothing of yours is lost: compare and save again."
            )
            % {"title": found.title}
        )
    return found


def require_open(activity: Activity) -> None:
    """Refuse what is done, missed or cancelled already.

    Raises NotOpen.
    """
    if not activity.is_open:
        raise NotOpen(
            _("“%(title)s” is not open any more: %(state)s, %(day)s.")
            % {
                "title": activity.title,
                "state": activity.get_state_display().lower(),
                "day": short(activity.due_on),
            },
            status=409,
            ways_out=ways_to(_("Open it"), "activities:activity", activity.pk),
        )


def require_day_ahead(day: dt.date) -> None:
    """Refuse to plan for a day that is over.

    Raises PastDay.
    """
    if day < timezone.localdate():
        raise PastDay(
            _("%(day)s is over. Choose today or a later day; what was done is logged as a contact.")
            % {"day": short(day)}
        )


def their_people(client: Client, people: Iterable[ContactPerson]) -> list[ContactPerson]:
    """Return the people if all of them belong to `client`, or came to it.

    Raises NotTheirPerson.
    """
    given = list(people)
    of_client = Q(client=client) | Q(client__merged_into=client) | Q(moved_to=client)
    ids = [person.pk for person in given]
    known = set(ContactPerson.objects.filter(of_client, pk__in=ids).values_list("pk", flat=True))
    strange = [person for person in given if person.pk not in known]
    if strange:
        raise NotTheirPerson(
            _("%(names)s: not among the people of “%(client)s”. Add them to its contacts first.")
            % {"names": ", ".join(str(person) for person in strange), "client": client.name}
        )
    return given


def our_people(people: Iterable[User]) -> list[User]:
    """Return the colleagues if all of them work here.

    Raises NotOurs.
    """
    given = list(people)
    ids = [person.pk for person in given]
    known = set(User.objects.working().filter(pk__in=ids).values_list("pk", flat=True))
    gone = [person for person in given if person.pk not in known]
    if gone:
        raise NotOurs(
            _("%(names)s: not among those who work here. Choose somebody who does.")
            % {"names": ", ".join(str(person) for person in gone)}
        )
    return given


def fit_owner(client: Client, owner: User) -> User:
    """Return who answers for an activity if he works here and sees the client.

    Raises NotOurs.
    """
    our_people([owner])
    if not Client.objects.visible_to(owner).filter(pk=client.pk).exists():
        raise NotOurs(
            _("%(name)s does not see “%(client)s”. Choose somebody who works on it.")
            % {"name": owner, "client": client.name}
        )
    return owner


def written(text: str, refusal: str) -> str:
    """Return the text tidied; refuse an empty one with the sentence given.

    Raises NothingWritten.
    """
    tidy = text.strip()
    if not tidy:
        raise NothingWritten(refusal)
    return tidy


def short(day: dt.date) -> str:
    """Write a day as people here do."""
    return date_format(day, "SHORT_DATE_FORMAT")
