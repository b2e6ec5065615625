"""Pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "kamerton.web"
    label = "web"
