"""Addresses: what a candidate opens by a personal link."""

from django.urls import URLPattern

app_name = "candidate"
urlpatterns: list[URLPattern] = []
