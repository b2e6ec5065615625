"""Activities."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """Activities."""

    name = "kamerton.domain.activities"
    label = "activities"
