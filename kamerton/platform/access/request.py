"""A request whose user is ours and signed in."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from kamerton.platform.access.models import User


class Request(HttpRequest):
    """What views behind sign-in receive."""

    user: User
    htmx: HtmxDetails
