"""What the pages of activities share: finding one, going back."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.activities import queries
from kamerton.domain.activities.models import Activity
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require
from kamerton.web.client_page import shown_client
from kamerton.web.ui import asked

SEE, EDIT = "activities.view", "activities.edit"


def activity_or_404(request: Request, pk: int) -> Activity:
    """Return an activity that the viewer may see."""
    require(request.user, SEE)
    found = queries.activity(request.user, pk)
    if found is None:
        raise Http404(_("There is no such action among those you see."))
    return found


def client_or_404(request: Request, pk: int) -> Client:
    """Return a client that the viewer may see."""
    require(request.user, SEE)
    return shown_client(request.user, pk)


def back_to(request: Request, fallback: str = "") -> str:
    """Return the address that the form names, else `fallback` or the list of actions."""
    return asked.back_to(request, fallback or reverse("activities:actions"))
