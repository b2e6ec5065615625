"""An installation with 100,000 clients and three years of sales, made by the product itself."""

import json
from pathlib import Path
from typing import Any

from bench import installation
from bench.generate import MANAGERS

HEADS, USERS = 10, 20


def build(csv: str, cookies: str) -> None:
    """People, the file imported as the accountant would, standings; sessions of those who ask."""
    installation.django()
    from django.utils.translation import activate

    activate("ru")
    owner = installation.owner()
    people = _hire(owner)
    _import(owner, Path(csv))
    _sessions(owner, people, Path(cookies))


def _hire(owner: Any) -> dict[str, list[Any]]:
    from kamerton.platform.access import actions
    from kamerton.platform.access.roles import Role

    def hire(name: str, role: str, supervisor: Any) -> Any:
        email = f"{name.lower().replace(' ', '-')}@bench.example"
        return actions.add_person(
            owner, email=email, full_name=name, roles=[role], supervisor=supervisor
        )

    heads = [hire(f"Head {n:02}", Role.HEAD_OF_SALES, owner) for n in range(HEADS)]
    managers = [
        hire(f"Manager {n:03}", Role.ACCOUNT_MANAGER, heads[n % HEADS]) for n in range(MANAGERS)
    ]
    finance = [hire(f"Finance {n:02}", Role.FINANCE, owner) for n in range(HEADS)]
    return {"managers": managers, "heads": heads, "finance": finance}


def _import(owner: Any, path: Path) -> None:
    from kamerton.flows import import_ledger
    from kamerton.flows.choose_columns import choose_columns, look_at
    from kamerton.flows.receive_file import receive_file
    from kamerton.flows.restate_standings import restate_standings

    with path.open("rb") as file:
        received = receive_file(owner, file, name=path.name)
    seen = look_at(owner, received)
    received = choose_columns(owner, received, seen.mapping, heads=seen.heads)
    received = import_ledger.check_import(owner, received)
    import_ledger.run_import(owner, received)
    restate_standings(owner)


def _sessions(owner: Any, people: dict[str, list[Any]], path: Path) -> None:
    """Sign everybody in who is to ask, and say which clients and words he may ask for."""
    from django.conf import settings
    from django.test import Client as Browser

    from kamerton.domain.accounts.models import Client

    def signed_in(user: Any) -> dict[str, Any]:
        browser = Browser()
        browser.force_login(user)
        clients = Client.objects.visible_to(user).order_by("pk")
        own = clients.filter(manager=user) if user.scope == "team" else clients
        rows = list(own.values_list("pk", "name")[:: max(1, own.count() // 50)][:50])
        cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
        return {
            "cookie": f"{cookie.key}={cookie.value}",
            "scope": user.scope,
            "clients": [pk for pk, _name in rows],
            "words": [name.split()[1] for _pk, name in rows],
        }

    half = USERS // 2
    wide = [owner, *people["finance"][: half - 4], *people["heads"][:3]]
    asking = {"narrow": people["managers"][:half], "wide": wide}
    said = {name: [signed_in(user) for user in users] for name, users in asking.items()}
    path.write_text(json.dumps(said | {"clients": Client.objects.count()}))
