"""What an address or a question names, as far as the caller may see it."""

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kamerton.calc.period import Month, Period
from kamerton.domain.accounts import queries as accounts
from kamerton.domain.accounts.models import Client
from kamerton.domain.ledger import queries as ledger
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import User
from kamerton.platform.errors import BusinessError


class PeriodBackwards(BusinessError):
    """The last month comes before the first."""


def client_or_404(viewer: User, pk: int) -> Client:
    """Return a client that the caller may see."""
    found = accounts.client(viewer, pk) if viewer.may("accounts.view_client") else None
    if found is None:
        raise Http404
    return found


def person_or_404(viewer: User, pk: int | None) -> User | None:
    """Return a person that the caller may see; None where nobody is named."""
    if pk is None:
        return None
    found = access.person(viewer, pk)
    if found is None:
        raise Http404
    return found


def period_of(since: str | None, until: str | None) -> Period:
    """Return the months that are asked for, the closed year where none are.

    Raises PeriodBackwards.
    """
    year = ledger.closed_year(localdate())
    first = Month.parse(since) if since else Month.of(year.since)
    last = Month.parse(until) if until else Month.of(year.until)
    if last < first:
        raise PeriodBackwards(
            _("The last month, %(last)s, comes before the first, %(first)s. Swap them.")
            % {"last": last, "first": first}
        )
    return Period.of_months(first, last)
