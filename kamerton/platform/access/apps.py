"""People, roles and rights."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Users, their roles and scopes, invitations and tokens."""

    name = "kamerton.platform.access"
    label = "access"
