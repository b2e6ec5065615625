"""The method: versioned settings."""

from django.apps import AppConfig


class MethodologyConfig(AppConfig):
    """The method: versioned settings."""

    name = "kamerton.domain.methodology"
    label = "methodology"
