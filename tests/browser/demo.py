"""The demo company in a folder of its own: `python -m tests.browser.demo FOLDER` prints its keys.

It runs in a process of its own, so that the pages under test are served as they are in life, and
keeps SQLite whatever database the tests themselves run on.
"""

import contextlib
import json
import os
import sys
from dataclasses import dataclass
from typing import Any

PEOPLE = ("grachev", "orlov", "belova", "melnik", "zueva", "kim")
ENGINE = "KAMERTON_DB"


@dataclass(frozen=True)
class Demo:
    """Where the demo company is served, sessions of its people, ids of records, links' secrets."""

    url: str
    sessions: dict[str, dict[str, str]]
    ids: dict[str, int | str]


def keys() -> dict[str, Any]:
    """Sessions of people, ids of records."""
    from kamerton.domain.accounts.models import Client
    from kamerton.domain.activities.models import Activity
    from kamerton.domain.ledger.models import LedgerImport
    from kamerton.domain.segmentation.models import CompanyKey
    from kamerton.platform.access.models import User
    from kamerton.platform.jobs.models import Job
    from tests.screens import cookie_of, hiring_keys

    imported, waiting = LedgerImport.objects.get(), CompanyKey.objects.filter(state="proposed")
    confirmed = CompanyKey.objects.filter(state="confirmed")
    ids = {
        "wholesaler": Client.objects.get(name="Регион-Арматура").pk,
        "chain": Client.objects.get(name__startswith="Сеть").pk,
        "import": imported.pk,
        "meeting": Activity.objects.open().filter(kind="meeting").values_list("pk", flat=True)[0],
        "proposed": waiting.values_list("pk", flat=True)[0],
        "confirmed": confirmed.values_list("pk", flat=True)[0],
        "belova": User.objects.get(email="belova@demo.example").pk,
        "job": Job.objects.create(task="x.nightly", title="Nightly", status="dead", error="No").pk,
    }
    return {"sessions": {who: cookie_of(who) for who in PEOPLE}, "ids": ids | hiring_keys()}


if __name__ == "__main__":
    os.environ.pop(ENGINE, None)
    os.environ |= {"KAMERTON_DATA": sys.argv[1], "DJANGO_SETTINGS_MODULE": "kamerton.settings"}
    import django

    from tests.screens import prepare

    django.setup()
    with contextlib.redirect_stdout(sys.stderr):
        prepare()
    sys.stdout.write(json.dumps(keys()))
