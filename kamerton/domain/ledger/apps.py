"""The sales ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The sales ledger."""

    name = "kamerton.domain.ledger"
    label = "ledger"
