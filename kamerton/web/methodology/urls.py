"""Addresses: methodology."""

from django.urls import URLPattern

app_name = "methodology"
urlpatterns: list[URLPattern] = []
