"""Background work."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work."""

    name = "kamerton.platform.jobs"
    label = "jobs"
