"""One private PostgreSQL a run, one browser a worker, people to sign in as."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's sync API runs a loop
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _bindir() -> Path:
    """Find PostgreSQL's server programs."""
    found = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    if newest := max(found, key=lambda program: int(program.parts[4]), default=None):
        return newest.parent
    if program := shutil.which("initdb"):
        return Path(program).parent
    raise pytest.UsageError("KAMERTON_DB=postgres needs PostgreSQL's server programs.")


class Cluster:
    """A private PostgreSQL, gone with the run."""

    def __init__(self) -> None:
        self.bin = _bindir()
        self.base = Path(tempfile.mkdtemp(prefix="kamerton-pg-", dir="/tmp"))
        self.run_as: dict[str, Any] = {"cwd": "/"}
        if os.geteuid() == 0:  # PostgreSQL refuses to start as root
            server = pwd.getpwnam("postgres")
            os.chown(self.base, server.pw_uid, server.pw_gid)
            self.run_as |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        locale = ("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=ru-RU", "-E", "UTF8")
        self.run("initdb", "-D", self.base / "data", "-U", "postgres", "-A", "trust", *locale)
        self.run(
            *("pg_ctl", "-D", self.base / "data", "-l", self.base / "log", "-w", "-o"),
            f"-c listen_addresses='' -k {self.base} -c fsync=off -c synchronous_commit=off "
            "-c full_page_writes=off -c max_connections=80",
            "start",
        )

    def run(self, program: str, *args: object) -> None:
        command = [self.bin / program, *map(str, args)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self.run_as)

    def stop(self) -> None:
        self.run("pg_ctl", "-D", self.base / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.base, ignore_errors=True)


_cluster: Cluster | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster; the controller does it, xdist's workers inherit PGHOST."""
    global _cluster
    wanted = os.environ.get("KAMERTON_DB") == "postgres" and not os.environ.get("PGHOST")
    if wanted and not hasattr(config, "workerinput"):
        _cluster = Cluster()
        os.environ["PGHOST"] = str(_cluster.base)
        from django.conf import settings

        if settings.configured:
            settings.DATABASES["default"]["HOST"] = os.environ["PGHOST"]


def pytest_unconfigure(config: pytest.Config) -> None:
    if _cluster:
        _cluster.stop()


@pytest.fixture(scope="session")
def written_sql(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the SQL of expressions is kept: it is named by the code that makes it, not by data."""
    return tmp_path_factory.mktemp("sql")


@pytest.fixture(autouse=True)
def own_data_folder(settings: Any, tmp_path: Path, written_sql: Path) -> None:
    """Segments and files of one test are nobody else's."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp" / "sql").symlink_to(written_sql)
    settings.DATA = tmp_path
    settings.SEGMENTS = tmp_path / "segments"
    settings.FILES = tmp_path / "files"


@pytest.fixture(autouse=True)
def english(settings: Any) -> None:
    """Tests read English; those about Russian say so."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def company(db: None) -> Any:
    """An installation that has had its first visit."""
    from kamerton.platform.access.models import Company

    return Company.objects.create(name="Kamerton Test")


@pytest.fixture
def shared() -> Path:
    """Real data beside the checkout; a test that needs it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not here")
    return SHARED


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    program = os.environ.get("KAMERTON_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test on any console error or request to another host."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    context.route(
        lambda url: not url.startswith(("http://localhost", "http://127.0.0.1", "data:", "blob:")),
        lambda route: (troubles.append(f"foreign: {route.request.url}"), route.abort()),
    )
    opened.troubles = troubles
    under_way: set[Any] = set()

    def begun(request: Any) -> None:  # Playwright takes no method of a set
        under_way.add(request)

    def over(request: Any) -> None:
        under_way.discard(request)

    opened.on("request", begun)
    opened.on("requestfinished", over)
    opened.on("requestfailed", over)
    yield opened
    while under_way:  # the server still reads for them: the tables could not be emptied
        opened.wait_for_timeout(20)
    context.close()
    unexpected = [t for t in troubles if "status of 4" not in t]  # a refusal is not an error
    assert not unexpected, unexpected


@pytest.fixture
def sign_in(page: Any, live_server: Any) -> Callable[[Any], None]:
    """Hand a session cookie of `user` to the page."""

    def do(user: Any) -> None:
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )

    return do
