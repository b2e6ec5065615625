"""Centres, members and lines, as a person may see them."""

from django.db.models import QuerySet

from kamerton.domain.accounts.models import Client
from kamerton.domain.buying_centre.models import BuyingCentre, Line, Member
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User

SEE, EDIT = "buying_centre.view", "buying_centre.edit"


def centres(viewer: User, client: Client) -> QuerySet[BuyingCentre]:
    """The centres of a client, the one of all its purchases first (1 query)."""
    seen = BuyingCentre.objects.visible_to(viewer) if viewer.may(SEE) else None
    found = BuyingCentre.objects.none() if seen is None else seen.filter(client=client)
    return found.select_related("client").order_by("-scope", "name", "pk")


def centre(viewer: User, client: Client, pk: int | None = None) -> BuyingCentre | None:
    """One centre of a client, the first without `pk`; None if there is none (1 query)."""
    found = centres(viewer, client)
    return (found if pk is None else found.filter(pk=pk)).first()


def member(viewer: User, client: Client, pk: int) -> Member | None:
    """One member of a client's centres, those who left too; None if there is none (1 query)."""
    seen = Member.objects.filter(centre__in=centres(viewer, client).order_by(), pk=pk)
    return seen.select_related("contact__client", "centre__client", "reports_to__contact").first()


def line(viewer: User, client: Client, pk: int) -> Line | None:
    """One line of a client's centres; None if there is none (1 query)."""
    seen = Line.objects.filter(centre__in=centres(viewer, client).order_by(), pk=pk)
    return seen.select_related("centre__client", "source__contact", "target__contact").first()


def may_change(viewer: User, client: Client) -> bool:
    """Tell whether `viewer` may change the buying centres of a client (2 queries)."""
    if not viewer.may(EDIT) or not methodology.current().tools.buying_centre:
        return False
    return Client.objects.editable_by(viewer).filter(pk=client.pk).exists()
