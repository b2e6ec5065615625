"""One file of the whole installation, made while it runs."""

import argparse
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.cli import output
from kamerton.platform.access import queries
from kamerton.platform.backup import actions
from kamerton.platform.errors import BusinessError

ABOUT = gettext_lazy("Write the whole installation into one file, while it runs, and verify it.")
EXAMPLE = "kamerton backup /backups/kamerton-2026-11-21.zip"


class NoFolder(BusinessError):
    """There is no folder to write into."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to write."""
    parser.add_argument("file", type=Path, metavar="FILE", help=_("the file to write (.zip)"))
    parser.add_argument("--force", action="store_true", help=_("replace FILE if it exists"))


def run(options: argparse.Namespace) -> int:
    """Make the backup; say what is in it and that it holds the secret key."""
    path: Path = options.file.absolute()
    if not path.parent.is_dir():
        raise NoFolder(_("There is no folder %(folder)s.") % {"folder": path.parent})
    manifest = actions.make_backup(queries.system_user(), path, overwrite=options.force)
    size = path.stat().st_size
    line = _("%(file)s: %(parts)d files, %(size)s, read back and found whole.")
    told = {"file": str(path), "parts": len(manifest.parts), "size": size}
    output.show(options, told, [line % (told | {"size": filesizeformat(size)})])
    output.note(_("It holds all data and the secret key: keep it where only you can read it."))
    return 0
