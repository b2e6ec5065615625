"""`kamerton demo`: the demo company from the shell."""

import json

from tests.cli.installation import Installation


def test_the_demo_is_made_once_with_its_stages_told(installation: Installation):
    made = installation.kamerton("demo", "--json")
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert told["company"] == "Уральская арматура"
    assert {role for one in told["people"] for role in one["roles"]} >= {"owner", "kam"}
    assert made.stderr.splitlines() == [
        "Hiring people",
        "Selling for three years",
        "Counting who stands where",
        "Deciding who is key",
        "Working with a key client",
        "Looking for managers",
    ]
    journal = installation.rows("SELECT count(*) FROM audit_auditentry")
    again = installation.kamerton("demo")
    assert (again.returncode, again.stdout) == (1, "")
    assert "has a company already" in again.stderr
    assert installation.rows("SELECT count(*) FROM audit_auditentry") == journal
    shown = installation.kamerton("report", "key-accounts", "--limit", "3")
    assert shown.returncode == 0
    assert "Теплосеть-Монтаж" in shown.stdout
