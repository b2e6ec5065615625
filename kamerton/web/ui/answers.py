"""How a request is answered: on to a page, or back into the form with what was refused."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRedirect

from kamerton.platform.access.request import Request
from kamerton.platform.errors import BusinessError, NotAllowed


def go(request: Request, address: str) -> HttpResponse:
    """Lead to a page, from a form and from a fragment alike."""
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def refuse(form: forms.BaseForm, error: BusinessError, field: str | None = None) -> None:
    """Show on the form what an action refused: at the fields that it names, else at `field`.

    Raises NotAllowed: a right that is missing is no matter of the form.
    """
    if isinstance(error, NotAllowed):
        raise error
    named: dict[str, list[str]] = getattr(error, "fields", {})
    for name, sentences in named.items():
        form.add_error(name if name in form.fields else None, sentences)
    if not named:
        form.add_error(field if field in form.fields else None, error.message)
