"""The smallest valid records."""

from tests.factories.access import UserFactory as UserFactory
from tests.factories.accounts import ClientFactory as ClientFactory
from tests.factories.accounts import ContactPersonFactory as ContactPersonFactory
