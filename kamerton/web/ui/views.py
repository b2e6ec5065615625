"""Pages of the design system itself."""

import datetime as dt
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from kamerton.web.ui import sample


@requires_csrf_token
def offline(request: HttpRequest) -> HttpResponse:
    """Say that the server does not answer."""
    return render(request, "offline.html")
