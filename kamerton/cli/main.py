"""`kamerton <command>`: finds the command, runs it, turns what it refuses into an exit code.

A command is a module with ABOUT, EXAMPLE, add_arguments(parser) and run(options) -> int.
Exit codes: 0 done, 1 refused or wrong input, 2 wrong usage, 130 interrupted.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

import django
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from kamerton.cli import installation, output
from kamerton.platform.backup.restoring import finish_interrupted_restore
from kamerton.platform.errors import BusinessError

COMMANDS = {  # name → module
    "run": "kamerton.cli.run",
    "worker": "kamerton.cli.worker",
    "user": "kamerton.cli.user",
    "import": "kamerton.cli.imports",
    "undo-import": "kamerton.cli.undo_import",
    "import-candidates": "kamerton.cli.import_candidates",
    "backup": "kamerton.cli.backup",
    "restore": "kamerton.cli.restore",
    "report": "kamerton.cli.report",
    "demo": "kamerton.cli.demo",
}
SELF_PREPARING = {"run", "restore"}  # they bring the database up to date themselves
REFUSED, INTERRUPTED = 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kamerton.settings")
    django.setup()
    translation.activate(language())
    given = sys.argv[1:] if arguments is None else arguments
    options = parser(given).parse_args(given)
    try:
        return execute(options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `kamerton report … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def execute(options: argparse.Namespace) -> int:
    """Run the chosen command; a refusal is a sentence on stderr and exit code 1."""
    try:
        finish_interrupted_restore()
        if options.command not in SELF_PREPARING:
            installation.require_ready()
        code: int = options.module.run(options)
    except BusinessError as error:
        output.refuse(options, error)
        return REFUSED
    return code


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser of all commands, each with --json and an example.

    Only the command that is called is imported, so that `run` starts as fast as it can.
    """
    called = {name: path for name, path in COMMANDS.items() if name in arguments[:1]}
    whole = argparse.ArgumentParser(prog="kamerton", description=_("Key account management."))
    named = whole.add_subparsers(dest="command", metavar=_("COMMAND"), required=True)
    for name, path in (called or COMMANDS).items():
        module = importlib.import_module(path)  # the models it imports need django.setup()
        example = _("Example: %(line)s") % {"line": module.EXAMPLE}
        about = str(module.ABOUT)
        command = named.add_parser(name, help=about, description=about, epilog=example)
        module.add_arguments(command)
        command.add_argument("--json", action="store_true", help=_("answer in JSON, for machines"))
        command.set_defaults(module=module)
    return whole


def language() -> str:
    """Return the shell's language if it is one of ours, else the installation's."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    said = next((os.environ[name] for name in names if os.environ.get(name)), "")[:2]
    return said if said in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
