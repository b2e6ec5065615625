"""The design system as an application."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """What pages are drawn with."""

    name = "kamerton.web.ui"
    label = "ui"
