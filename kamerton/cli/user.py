"""Accounts from the shell: for the first owner, and for who is locked out."""

import argparse
import getpass
import sys
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.cli import output
from kamerton.platform.access import actions, queries
from kamerton.platform.access.actions import passwords
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Role
from kamerton.platform.errors import BusinessError

ABOUT = gettext_lazy("Create, list and close accounts, set passwords.")
EXAMPLE = 'kamerton user create ann@example.com --name "Ann Lee" --role head_of_sales'


class NoSuchPerson(BusinessError):
    """Nobody has this e-mail."""


class NoCompany(BusinessError):
    """The installation has had no first visit."""


class NoPassword(BusinessError):
    """No password was given, or two different ones."""


@dataclass(frozen=True)
class Account:
    """What is told of a person."""

    email: str
    name: str
    roles: str
    status: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name what to do: create, list, password, deactivate."""
    named = parser.add_subparsers(dest="what", metavar=_("WHAT"), required=True)
    create = _one(named, "create", _("make an account"))
    create.add_argument("--name", required=True, help=_("full name"))
    create.add_argument(
        "--role", action="append", choices=Role.values, default=[], help=_("may be repeated")
    )
    create.add_argument("--supervisor", metavar="EMAIL", help=_("who stands above the person"))
    create.add_argument("--company", help=_("the company's name, on an empty installation"))
    create.add_argument("--no-password", action="store_true", help=_("nobody signs in yet"))
    _one(named, "password", _("set a new password"))
    leave = _one(named, "deactivate", _("close an account"))
    leave.add_argument("--reason", default="", help=_("why, for the journal"))
    every = named.add_parser("list", help=_("list the accounts"))
    every.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def _one(named: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, about: str):  # type: ignore[no-untyped-def]
    parser = named.add_parser(name, help=about, description=about)
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--password-stdin", action="store_true", help=_("read it from stdin"))
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS)
    return parser


def run(options: argparse.Namespace) -> int:
    """Do it as the system's own account; the journal names it."""
    {
        "create": create,
        "list": everybody,
        "password": new_password,
        "deactivate": deactivate,
    }[options.what](options)
    return 0


def create(options: argparse.Namespace) -> None:
    """Make an account; on an empty installation the company and its owner."""
    password = None if options.no_password else typed_password(options)
    user = found(options, password) if queries.company() is None else add(options, password)
    told(options, user, _("%(name)s can sign in as %(email)s."))


def found(options: argparse.Namespace, password: str | None) -> User:
    """Make the company and its owner.

    Raises NoCompany, NoPassword.
    """
    if not options.company:
        raise NoCompany(
            _("There is no company yet. Add --company NAME, or open Kamerton in a browser.")
        )
    if password is None:
        raise NoPassword(_("The owner needs a password."))
    return actions.found_company(
        name=options.company, email=options.email, full_name=options.name, password=password
    )


def add(options: argparse.Namespace, password: str | None) -> User:
    """Make one more account."""
    return actions.add_person(
        queries.system_user(),
        email=options.email,
        full_name=options.name,
        roles=options.role,
        supervisor=person(options.supervisor) if options.supervisor else None,
        password=password,
    )


def new_password(options: argparse.Namespace) -> None:
    """Set a new password."""
    user = person(options.email)
    passwords.set_password(queries.system_user(), user, password=typed_password(options))
    told(options, user, _("%(name)s (%(email)s) has a new password."))


def deactivate(options: argparse.Namespace) -> None:
    """Close an account."""
    actor, user = queries.system_user(), person(options.email)
    user = actions.deactivate(actor, user, reason=options.reason)
    told(options, user, _("The account of %(name)s (%(email)s) is closed."))


def everybody(options: argparse.Namespace) -> None:
    """List the accounts."""
    found = [account(user) for user in queries.colleagues(queries.system_user())]
    heads = [_("E-mail"), _("Name"), _("Roles"), _("Status")]
    lines = output.table(heads, [list(vars(one).values()) for one in found])
    output.show(options, [vars(one) for one in found], lines)


def person(email: str) -> User:
    """Find an account by its e-mail.

    Raises NoSuchPerson.
    """
    user = queries.colleagues(queries.system_user()).filter(email=email.lower()).first()
    if user is None:
        raise NoSuchPerson(
            _("Nobody here has the e-mail %(email)s. See `kamerton user list`.") % {"email": email}
        )
    return user


def account(user: User) -> Account:
    """Tell of a person what the shell may know."""
    closed = "" if user.is_active else f", {_('closed')}"
    status = f"{user.get_status_display()}{closed}"
    return Account(user.email, user.full_name, ", ".join(user.roles), status)


def told(options: argparse.Namespace, user: User, sentence: str) -> None:
    """Say what was done."""
    line = sentence % {"name": user.full_name, "email": user.email}
    output.show(options, vars(account(user)), [line])


def typed_password(options: argparse.Namespace) -> str:
    """Read the password from stdin, or ask for it twice.

    Raises NoPassword.
    """
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise NoPassword(_("Give the password by --password-stdin."))
    first, second = getpass.getpass(_("Password: ")), getpass.getpass(_("Once more: "))
    if first != second:
        raise NoPassword(_("These are two different passwords. Nothing was changed."))
    return first
