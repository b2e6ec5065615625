"""What is stored of clients, their people, and goods."""

from kamerton.domain.accounts.models.clients import OWNING as OWNING
from kamerton.domain.accounts.models.clients import Client as Client
from kamerton.domain.accounts.models.clients import ClientAssignment as ClientAssignment
from kamerton.domain.accounts.models.clients import ClientCode as ClientCode
from kamerton.domain.accounts.models.clients import ClientGroup as ClientGroup
from kamerton.domain.accounts.models.clients import ClientInfluenceLink as ClientInfluenceLink
from kamerton.domain.accounts.models.clients import ClientQuerySet as ClientQuerySet
from kamerton.domain.accounts.models.clients import changes_of_holder as changes_of_holder
from kamerton.domain.accounts.models.contacts import ContactPerson as ContactPerson
from kamerton.domain.accounts.models.goods import Product as Product
from kamerton.domain.accounts.models.goods import ProductCategory as ProductCategory
from kamerton.domain.accounts.models.lists import MassChange as MassChange
from kamerton.domain.accounts.models.lists import SavedView as SavedView
from kamerton.domain.accounts.models.lists import ToldApart as ToldApart
