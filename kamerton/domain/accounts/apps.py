"""Clients."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Clients."""

    name = "kamerton.domain.accounts"
    label = "accounts"
