"""Addresses of the design system's own pages; empty unless DEBUG is on."""

from django.conf import settings
from django.urls import URLPattern, path

from kamerton.web.ui import views

app_name = "ui"
pages: list[URLPattern] = [
    path("", views.styleguide, name="styleguide"),
    path("offline/", views.offline, name="offline"),
]
urlpatterns = pages if settings.DEBUG else []
