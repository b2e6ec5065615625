"""One file of the whole installation."""

from django.apps import AppConfig


class BackupConfig(AppConfig):
    """Backup and restore, and whether the ground under the data is safe."""

    name = "kamerton.platform.backup"
    label = "backup"
