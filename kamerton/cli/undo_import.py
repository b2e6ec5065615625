"""Take an import out of the ledger as a whole."""

import argparse

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.cli import import_summary, output
from kamerton.cli.imports import restated
from kamerton.cli.user import person
from kamerton.domain.ledger import actions, queries
from kamerton.domain.ledger.models import LedgerImport
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import BusinessError

ABOUT = gettext_lazy("Take an import out of the ledger; the lines it replaced come back.")
EXAMPLE = 'kamerton undo-import sales.xlsx --reason "wrong period"'


class NoSuchImport(BusinessError):
    """No import that is in the ledger has this number or name, or several have."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which import, and why."""
    parser.add_argument("which", metavar="ID|NAME", help=_("its number, or the name of its file"))
    parser.add_argument("--reason", required=True, help=_("why, for the journal"))
    parser.add_argument("--as", dest="actor", metavar="EMAIL", help=_("in whose name"))


def run(options: argparse.Namespace) -> int:
    """Undo it and count the figures anew."""
    actor = person(options.actor) if options.actor else system_user()
    undone = actions.undo_import(actor, published(actor, options.which), reason=options.reason)
    restated(options, actor)
    sentence = _("“%(name)s” is out of the ledger.") % {"name": undone.name}
    output.show(options, import_summary.as_json(undone), [sentence])
    return 0


def published(actor: User, which: str) -> LedgerImport:
    """Find an import that is in the ledger.

    Raises NoSuchImport.
    """
    there = queries.imports(actor).filter(state=LedgerImport.State.PUBLISHED)
    by_number = there.filter(pk=int(which)) if which.isdecimal() else there.none()
    found = list(by_number) or list(there.filter(name=which)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(one.pk) for one in there.filter(name=which))
        raise NoSuchImport(
            _("Several imports are called “%(name)s”. Give the number: %(numbers)s.")
            % {"name": which, "numbers": numbers}
        )
    names = ", ".join(f"{one.pk} {one.name}" for one in there[:10]) or _("none")
    raise NoSuchImport(
        _("No import “%(name)s” is in the ledger. There are: %(names)s.")
        % {"name": which, "names": names}
    )
