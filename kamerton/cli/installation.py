"""Whether the database of this installation is there and of this version."""

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from kamerton.platform.errors import BusinessError


class NoDatabase(BusinessError):
    """The database does not answer."""


class OldDatabase(BusinessError):
    """The database is of another version of Kamerton."""


def require_ready() -> None:
    """Make the tables of a new installation; refuse one of another version.

    Raises NoDatabase, OldDatabase.
    """
    executor = _executor()
    if not executor.loader.applied_migrations:
        bring_up_to_date()
    elif _is_behind(executor):
        raise OldDatabase(
            _("The database is of an older Kamerton. Start `kamerton run` once to update it.")
        )


def bring_up_to_date() -> None:
    """Make or update all tables, that of the cache too.

    Raises NoDatabase.
    """
    if _is_behind(_executor()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def _executor() -> MigrationExecutor:
    try:
        return MigrationExecutor(connection)
    except DatabaseError as error:
        raise NoDatabase(
            _("The database does not answer: %(error)s") % {"error": str(error).strip()}
        ) from error


def _is_behind(executor: MigrationExecutor) -> bool:
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
