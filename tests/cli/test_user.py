import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.utils import translation

from kamerton.cli import main
from kamerton.platform.access.models import User
from tests.cli.installation import Installation

pytestmark = pytest.mark.django_db


@dataclass
class Said:
    code: int
    out: str
    err: str


@pytest.fixture
def kamerton(capsys, monkeypatch) -> Callable[..., Said]:
    """Run a command in this process."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def run(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with translation.override("en"):
            code = main.main(arguments)
        return Said(code, *capsys.readouterr())

    return run


CREATE = ("user", "create", "Ann@example.com", "--name", "Ann Lee", "--password-stdin")


def test_the_first_account_needs_a_company(kamerton):
    refused = kamerton(*CREATE, typed="correct-horse-7\n")
    assert (refused.code, refused.out) == (1, "")
    assert "--company" in refused.err
    assert not User.objects.exists()


def test_accounts_from_the_shell(kamerton):
    founded = kamerton(*CREATE, "--company", "Acme", typed="correct-horse-7\n")
    assert (founded.code, founded.out) == (0, "Ann Lee can sign in as ann@example.com.\n")
    assert User.objects.get(email="ann@example.com").check_password("correct-horse-7")

    bob = ("user", "create", "bob@example.com", "--name", "Bob Ray", "--role", "head_of_sales")
    weak = kamerton(*bob, "--password-stdin", "--json", typed="12345\n")
    assert weak.code == 1
    assert json.loads(weak.err)["error"]["kind"] == "WeakPassword"
    made = kamerton(*bob, "--no-password", "--json")
    assert json.loads(made.out)["roles"] == "head_of_sales"

    email = ("bob@example.com", "--password-stdin")
    assert kamerton("user", "password", *email, typed="another-horse-8\n").code == 0
    assert User.objects.get(email="bob@example.com").check_password("another-horse-8")
    assert kamerton("user", "deactivate", "bob@example.com", "--reason", "left").code == 0
    listed = json.loads(kamerton("user", "list", "--json").out)
    assert [(one["email"], one["status"]) for one in listed] == [
        ("ann@example.com", "Works"),
        ("bob@example.com", "Left, closed"),
    ]
    assert "bob@example.com  Bob Ray" in kamerton("user", "list").out


def test_an_unknown_person_is_a_sentence(kamerton):
    unknown = kamerton("user", "deactivate", "nobody@example.com")
    assert (unknown.code, unknown.out) == (1, "")
    assert unknown.err.startswith("Nobody here has the e-mail nobody@example.com.")


def test_wrong_usage_is_2(kamerton):
    with pytest.raises(SystemExit) as ended:
        kamerton("no-such-command")
    assert ended.value.code == 2


def test_a_command_makes_the_tables_of_a_new_installation(tmp_path):
    new = Installation(tmp_path / "data")
    try:
        listed = new.kamerton("user", "list", "--json")
    finally:
        new.drop()
    assert (listed.returncode, listed.stdout) == (0, "[]\n"), listed.stderr
