"""Addresses of the API."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern

from kamerton.api.main import api

app_name = "api"
patterns, _app_name, _namespace = api.urls
for pattern in patterns:
    asks_itself = isinstance(pattern, URLPattern) and pattern.name != "openapi-view"
    if asks_itself and pattern.callback:  # a stranger gets 401, not a page to sign in
        login_not_required(pattern.callback)

urlpatterns = [*patterns]
