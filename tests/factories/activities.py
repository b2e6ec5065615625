"""Activities: planned unless told otherwise; done ones have their outcome and day."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.activities.models import Activity, ClientNeed, MeetingBrief
from kamerton.platform.access.models import User
from tests.factories.access import UserFactory
from tests.factories.accounts import ClientFactory

# The clock is asked when a record is made: tests set it.


class ActivityFactory(DjangoModelFactory[Activity]):
    """ActivityFactory(people=[…]): a call planned for today by the client's manager."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    client = factory.SubFactory(ClientFactory)
    kind = "call"
    title = factory.Sequence("Activity {:04}".format)
    due_on = factory.LazyFunction(lambda: timezone.localdate())  # noqa: PLW0108
    promised_on = factory.SelfAttribute("due_on")
    owner = factory.LazyAttribute(lambda made: made.client.manager or UserFactory())
    created_by = factory.SelfAttribute("owner")

    @factory.post_generation
    def people(self, create: bool, given: Iterable[ContactPerson] | None, **_: Any) -> None:
        if create and given:
            self.people.set(given)

    @factory.post_generation
    def colleagues(self, create: bool, given: Iterable[User] | None, **_: Any) -> None:
        if create and given:
            self.colleagues.set(given)


def contact(people: Iterable[ContactPerson], day: dt.date, **fields: Any) -> Activity:
    """A contact that took place on `day` with people of one client."""
    people = list(people)
    values = {"client": people[0].client, "outcome": "Agreed", "state": "done", "kind": "call"}
    values |= {"due_on": day, "promised_on": day, "done_at": timezone.now(), **fields}
    values.setdefault("done_by", values.get("owner") or people[0].client.manager)
    return ActivityFactory(people=people, **values)


class ClientNeedFactory(DjangoModelFactory[ClientNeed]):
    class Meta:
        model = ClientNeed

    client = factory.SubFactory(ClientFactory)
    text = factory.Sequence("Need {:04}".format)
    heard_on = factory.LazyFunction(lambda: timezone.localdate())  # noqa: PLW0108
    author = factory.LazyAttribute(lambda made: made.client.manager or UserFactory())


class MeetingBriefFactory(DjangoModelFactory[MeetingBrief]):
    class Meta:
        model = MeetingBrief

    activity = factory.SubFactory(ActivityFactory, kind="meeting")
    goal = "Agree the list of items"
    prepared_by = factory.SelfAttribute("activity.owner")
    prepared_at = factory.LazyFunction(lambda: timezone.now())  # noqa: PLW0108
