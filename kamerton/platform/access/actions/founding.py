"""The first visit: a company and its owner."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kamerton.platform.access import queries
from kamerton.platform.access.actions.people import make_person
from kamerton.platform.access.models import Company, User
from kamerton.platform.access.roles import Role
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError

# An owner alone may neither load the ledger nor set up the method: until he invites people for
# that, the founder is those people.
FOUNDER = (Role.OWNER, Role.FINANCE, Role.METHODOLOGIST)


class AlreadyFounded(BusinessError):
    """The installation serves a company already."""


@transaction.atomic
def found_company(
    *,
    name: str,
    email: str,
    full_name: str,
    password: str,
    currency: str = "RUB",
    is_demo: bool = False,
) -> User:
    """Make the company, the account of scheduled work and the owner; return the owner.

    Of two at the same time one wins: the company's row is unique in the database.
    Raises AlreadyFounded, WeakPassword.
    """
    try:
        with transaction.atomic():
            company = Company.objects.create(name=name.strip(), currency=currency, is_demo=is_demo)
    except IntegrityError:
        raise AlreadyFounded(
            _("This installation has a company already. Sign in, or ask for an invitation.")
        ) from None
    queries.system_user()
    owner = make_person(
        email=email, full_name=full_name, roles=FOUNDER, supervisor=None, password=password
    )
    record(
        owner, "access.company_founded", company, after={"name": company.name, "currency": currency}
    )
    return owner
