"""Put a backup back."""

import argparse
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.cli import installation, output
from kamerton.platform.backup import actions

ABOUT = gettext_lazy("Make this installation what it was when a backup was made.")
EXAMPLE = "kamerton restore /backups/kamerton-2026-11-21.zip"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to read."""
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a file that backup wrote"))
    parser.add_argument("--force", action="store_true", help=_("replace the data that are here"))


def run(options: argparse.Namespace) -> int:
    """Restore, bring the tables up to date, write it into the journal."""
    manifest = actions.restore_backup(options.file.absolute(), force=options.force)
    installation.bring_up_to_date()
    actions.note_restore(manifest)
    told = {"file": str(options.file), "made_at": manifest.made_at, "parts": len(manifest.parts)}
    line = _("Restored from the backup of %(made_at)s: %(parts)d files.")
    output.show(options, told, [line % told])
    return 0
