"""Who changed what, when and why."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only journal."""

    name = "kamerton.platform.audit"
    label = "audit"
