"""Clients and their people."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from kamerton.calc.text import folded
from kamerton.domain.accounts.models import Client, ContactPerson


class ClientFactory(DjangoModelFactory[Client]):
    """A client; with manager= its assignment is open since 2024."""

    class Meta:
        model = Client
        skip_postgeneration_save = True

    name = factory.Sequence("Client {:04}".format)
    name_folded = factory.LazyAttribute(lambda made: folded(made.name))

    @factory.post_generation
    def code(self, create: bool, code: str | None, **_: Any) -> None:
        if create and code:
            self.codes.create(code=code)

    @factory.post_generation
    def assignment(self, create: bool, since: dt.date | None, **_: Any) -> None:
        if create and self.manager:
            self.assignments.create(
                user=self.manager, role="strategic_owner", since=since or dt.date(2024, 1, 1)
            )


class ContactPersonFactory(DjangoModelFactory[ContactPerson]):
    class Meta:
        model = ContactPerson

    client = factory.SubFactory(ClientFactory)
    full_name = factory.Faker("name")
    name_folded = factory.LazyAttribute(lambda made: folded(made.full_name))
