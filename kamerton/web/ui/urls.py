"""Addresses: the style guide."""

from django.urls import URLPattern

app_name = "ui"
urlpatterns: list[URLPattern] = []
