"""Kept files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Kept files."""

    name = "kamerton.platform.files"
    label = "files"
