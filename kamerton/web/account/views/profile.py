"""Oneself: profile and API tokens."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kamerton.platform.access import actions, queries
from kamerton.platform.access.request import Request
from kamerton.web.account.forms import ProfileForm, TokenForm


@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """Show and change what a person says about himself."""
    me = request.user
    present = {"full_name": me.full_name, "phone": me.phone, "language": me.language}
    form = ProfileForm(request.POST or None, initial=present)
    if form.is_valid():
        actions.change_profile(me, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account:profile")
    page = {"form": form, "tokens": queries.tokens(me).count()}
    return render(request, "account/profile.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: Request) -> HttpResponse:
    """Show one's API tokens; a new one's secret is shown in this answer only."""
    form = TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        _token, secret = actions.create_token(request.user, **form.cleaned_data)
        form = TokenForm()
    page = {"form": form, "tokens": queries.tokens(request.user), "secret": secret}
    return render(request, "account/tokens.html", page, status=422 if form.errors else 200)


@require_POST
def revoke_token(request: Request, pk: int) -> HttpResponse:
    """Make one's own token useless."""
    token = get_object_or_404(queries.tokens(request.user), pk=pk)
    actions.revoke_token(request.user, token)
    messages.success(request, _("The token “%(name)s” works no more.") % {"name": token.name})
    return redirect("account:tokens")
