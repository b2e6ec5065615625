"""People."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from kamerton.platform.access.models import User
from kamerton.platform.access.roles import widest_scope


class UserFactory(DjangoModelFactory[User]):
    """A KAM unless told otherwise: UserFactory(roles=["head_of_sales"])."""

    class Meta:
        model = User

    email = factory.Sequence("person{}@example.com".format)
    full_name = factory.Faker("name")
    roles = ("kam",)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **fields: Any) -> User:
        roles = list(fields.pop("roles"))
        fields.setdefault("scope", widest_scope(roles))
        user = User.objects.create_user(**fields)
        for role in roles:
            user.grants.create(role=role)
        return user
