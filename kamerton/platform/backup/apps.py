"""One file of the whole installation."""

from django.apps import AppConfig
from django.core.checks import register

from kamerton.platform.backup import checks


class BackupConfig(AppConfig):
    """Backup and restore, and whether the ground under the data is safe."""

    name = "kamerton.platform.backup"
    label = "backup"

    def ready(self) -> None:
        """Let Django's checks know ours."""
        register(checks.sqlite_is_safe, "kamerton")
