"""Photograph every page of the demo company: `make screens`, then open `screens/`.

`python -m tests.screens pareto client` takes only pages whose name holds one of the words, with
`--only=ru-light` the first look alone. Each is taken in both languages and themes at 1440 px and,
in Russian, at 390 px; the widest tables at 1280 px too.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "screens"


@dataclass(frozen=True)
class Shot:
    """A page, who looks at it, and what to do before the picture."""

    name: str
    path: str
    who: str = "grachev"
    click: str = ""


def hiring_keys() -> dict[str, Any]:
    """The ids of hiring's pages, and the secrets of two candidates' personal links."""
    from django.utils.translation import override

    from kamerton.domain.hiring import actions
    from kamerton.domain.hiring.models import Application, InterviewSession, Offer, Vacancy
    from kamerton.platform.access.models import User

    kim = User.objects.get(email="kim@demo.example")
    vacancy = Vacancy.objects.get(title="Менеджер по ключевым клиентам")
    people = Application.objects.filter(vacancy=vacancy)
    newcomer = User.objects.get(email="chaykin@demo.example").probations.get()
    with override("ru"):
        _form, form = actions.send_form(kim, people.filter(stage__in=("contacted", "form_sent"))[0])
        _invitation, booking = actions.invite(kim, people.filter(stage="passed")[0])
    return {
        "vacancy": vacancy.pk,
        "applicant": people.get(candidate__full_name="Константин Разумов").pk,
        "blind": people.get(candidate__full_name="Ульяна Седых").pk,
        "chosen": people.get(candidate__full_name="Вадим Калугин").pk,
        "group": InterviewSession.objects.get(vacancy=vacancy, kind="group").pk,
        "offer": Offer.objects.get(state="sent").pk,
        "probation": newcomer.pk,
        "passed": User.objects.get(email="makarov@demo.example").probations.get().pk,
        "form": form,
        "booking": booking,
    }


def hiring_shots() -> list[Shot]:
    """The pages of hiring: of the recruiter, the head, the owner, the candidate."""
    keys = hiring_keys()
    vacancy, one, plan = keys["vacancy"], keys["applicant"], keys["probation"]
    return [
        Shot("day-recruiter", "/", "kim"),
        Shot("vacancies", "/hiring/vacancies/", "kim"),
        Shot("vacancy", f"/hiring/vacancies/{vacancy}/", "kim"),
        Shot("vacancy-head", f"/hiring/vacancies/{vacancy}/", "orlov"),
        Shot("vacancy-profile", f"/hiring/vacancies/{vacancy}/profile/", "kim"),
        Shot("vacancy-letter", f"/hiring/vacancies/{vacancy}/letter/", "kim"),
        Shot("market", f"/hiring/vacancies/{vacancy}/market/", "kim"),
        Shot("hiring-sources", "/hiring/vacancies/sources/", "kim"),
        Shot("hiring-reports", "/hiring/vacancies/reports/", "kim"),
        Shot("candidates", "/hiring/candidates/", "kim"),
        Shot("candidate", f"/hiring/candidates/{one}/", "kim"),
        Shot("board", f"/hiring/vacancies/{vacancy}/board/", "kim"),
        Shot("calls", "/hiring/calls/", "kim"),
        Shot("reserve", "/hiring/reserve/", "kim"),
        Shot("interviews", "/hiring/interviews/", "kim"),
        Shot("check-in", "/hiring/interviews/check-in/", "kim"),
        Shot("show-rate", "/hiring/interviews/show-rate/", "kim"),
        Shot("group", f"/hiring/interviews/{keys['group']}/", "kim"),
        Shot("scorecard", f"/hiring/applications/{keys['blind']}/scorecard/", "belova"),
        Shot("calibration", f"/hiring/applications/{one}/calibration/", "orlov"),
        Shot("choice", f"/hiring/vacancies/{vacancy}/choice/", "orlov"),
        Shot("offer", f"/hiring/offers/{keys['offer']}/", "kim"),
        Shot("probation", "/hiring/probation/", "orlov"),
        Shot("probation-plan", f"/hiring/probation/{plan}/", "orlov"),
        Shot("probation-passed", f"/hiring/probation/{keys['passed']}/", "orlov"),
        Shot("form", f"/c/form/{keys['form']}/", ""),
        Shot("booking", f"/c/interview/{keys['booking']}/", ""),
        Shot("policy", "/c/policy/", ""),
    ]


def shots() -> list[Shot]:
    """Every page, with the ids of the demo."""
    from kamerton.domain.accounts.models import Client
    from kamerton.domain.activities.models import Activity
    from kamerton.domain.ledger.models import LedgerImport
    from kamerton.domain.segmentation.models import CompanyKey
    from kamerton.platform.access.models import User

    wholesaler = Client.objects.get(name="Регион-Арматура").pk
    chain = Client.objects.get(name__startswith="Сеть").pk
    imported = LedgerImport.objects.first()
    file = imported.pk if imported else 0
    waiting = CompanyKey.objects.filter(state="proposed").first()
    meeting = Activity.objects.open().filter(kind="meeting").values_list("pk", flat=True)[0]
    belova = User.objects.get(email="belova@demo.example").pk
    found = [
        Shot("day", "/", "belova"),
        Shot("day-head", "/", "orlov"),
        Shot("portfolio", "/keys/portfolio/", "belova"),
        Shot("my-keys", "/keys/mine/", "belova"),
        Shot("assess", f"/keys/mine/{wholesaler}/", "belova"),
        Shot("assess-chain", f"/keys/mine/{chain}/", "belova"),
        Shot("company-keys", "/keys/company/"),
        Shot("differences", "/keys/differences/"),
        Shot("watch", "/keys/watch/"),
        Shot("clients", "/clients/", "orlov"),
        Shot("client", f"/clients/{wholesaler}/", "belova"),
        Shot("client-sales", f"/clients/{wholesaler}/sales/", "belova"),
        Shot("client-history", f"/clients/{wholesaler}/history/", "belova"),
        Shot("client-edit", f"/clients/{wholesaler}/edit/", "belova"),
        Shot("dossier", f"/clients/{wholesaler}/dossier/", "belova"),
        Shot("dossier-all", f"/clients/{wholesaler}/dossier/?show=all", "belova"),
        Shot("dossier-imports", "/dossiers/imports/", "orlov"),
        Shot("centre", f"/clients/{wholesaler}/centre/", "belova"),
        Shot("centre-matrix", f"/clients/{wholesaler}/centre/?view=matrix", "belova"),
        Shot("centre-table", f"/clients/{wholesaler}/centre/?view=table", "belova"),
        Shot("activities", "/activities/", "belova"),
        Shot("client-activities", f"/clients/{wholesaler}/activities/", "belova"),
        Shot("brief", f"/activities/{meeting}/brief/", "belova"),
        Shot("white-space", "/keys/white-space/", "belova"),
        Shot("plan", f"/clients/{wholesaler}/plan/", "belova"),
        Shot("plans", "/plans/", "orlov"),
        Shot("plan-versions", f"/clients/{wholesaler}/plan/versions/", "belova"),
        Shot("periods", "/plans/periods/", "belova"),
        Shot("pareto", "/keys/pareto/"),
        Shot("owner", "/owner/"),
        Shot("imports", "/ledger/imports/", "melnik"),
        Shot("import-report", f"/ledger/imports/{file}/", "melnik"),
        Shot("users", "/users/"),
        Shot("journal", "/journal/"),
        Shot("method", "/method/", "zueva"),
        Shot("method-weights", "/method/company_weights/", "zueva"),
        Shot("method-questions", "/method/questions/g5/", "zueva"),
        Shot("method-roles", "/method/roles/", "zueva"),
        Shot("method-plan", "/method/plan-sections/", "zueva"),
        Shot("method-versions", "/method/versions/", "zueva"),
        Shot("jobs", "/jobs/", "zueva"),
        Shot("profile", "/profile/", "belova"),
        Shot("user", f"/users/{belova}/"),
        Shot("sign-in", "/auth/login/", ""),
    ]
    found += hiring_shots()
    if waiting:
        found.append(Shot("company-key", f"/keys/company/{waiting.pk}/"))
    return found


def cookie_of(who: str) -> dict[str, str] | None:
    """A session cookie of a person of the demo."""
    from django.conf import settings
    from django.test import Client

    from kamerton.platform.access.models import User

    if not who:
        return None
    client = Client()
    client.force_login(User.objects.get(email=f"{who}@demo.example"))
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def served(data: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start the server on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "kamerton.server"),
            *("--port", str(port), "--workers", "1"),
        ],
        cwd=ROOT,
        env=os.environ | {"KAMERTON_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{url}/health/", timeout=1)
        except OSError:
            time.sleep(0.2)
        else:
            return process, url
    raise RuntimeError("the server did not start")


WIDE_TABLES = ("pareto", "clients", "my-keys", "watch")
VIEWS = [(language, theme, 1440) for language in ("ru", "en") for theme in ("light", "dark")] + [
    ("ru", "light", 390),
    ("ru", "dark", 390),
    ("ru", "light", 1280),
]


def take(browser: Any, url: str, wanted: list[Shot], only: str) -> list[str]:
    """Photograph the pages; return what went wrong."""
    troubles: list[str] = []
    for language, theme, width in VIEWS:
        if not f"{language}-{theme}-{width}".startswith(only):
            continue
        height = 900 if width > 400 else 844
        for shot in wanted:
            if width == 1280 and shot.name not in WIDE_TABLES:
                continue
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=theme
            )
            cookies = [{"name": "django_language", "value": language, "url": url}]
            if own := COOKIES[shot.who]:
                cookies.append({**own, "url": url})
            context.add_cookies(cookies)
            page = context.new_page()
            page.on("pageerror", lambda e, s=shot: troubles.append(f"{s.name}: {e}"))
            answer = page.goto(url + shot.path, wait_until="networkidle")
            if answer and answer.status >= 400:
                troubles.append(f"{shot.name}: {answer.status}")
            page.wait_for_timeout(250)
            sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth + 1")
            if sideways:
                troubles.append(f"{shot.name} scrolls sideways at {width}")
            page.screenshot(
                path=OUT / f"{shot.name}-{language}-{theme}-{width}.png", full_page=True
            )
            context.close()
    return troubles


COOKIES: dict[str, dict[str, str] | None] = {}


def main(words: list[str]) -> int:
    """Make the demo, serve it, photograph it."""
    kept = os.environ.get("KAMERTON_SCREENS_DATA")
    data = Path(kept or tempfile.mkdtemp(prefix="kamerton-screens-"))
    os.environ["KAMERTON_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kamerton.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    prepare()
    only = "".join(word.removeprefix("--only=") for word in words if word.startswith("--only="))
    words = [word for word in words if not word.startswith("--")]
    wanted = [s for s in shots() if not words or any(word in s.name for word in words)]
    COOKIES.update({shot.who: cookie_of(shot.who) for shot in wanted})
    OUT.mkdir(exist_ok=True)
    server, url = served(data)
    try:
        with sync_playwright() as playwright:
            program = os.environ.get("KAMERTON_CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            troubles = take(browser, url, wanted, only)
            browser.close()
    finally:
        server.terminate()
        server.wait()
        if not kept:
            shutil.rmtree(data, ignore_errors=True)
    print(*troubles, f"{len(wanted)} pages in {OUT.name}/", sep="\n")
    return bool(troubles)


def prepare() -> None:
    """Make the demo company unless it is there."""
    from django.core.management import call_command

    from kamerton.flows.make_demo import make_demo
    from kamerton.platform.access.queries import company

    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    if company() is None:
        make_demo()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
