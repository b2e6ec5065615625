"""Buying centres."""

from django.apps import AppConfig


class BuyingCentreConfig(AppConfig):
    """Buying centres."""

    name = "kamerton.domain.buying_centre"
    label = "buying_centre"
