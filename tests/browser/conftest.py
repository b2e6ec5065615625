"""The demo company served as in life, and axe."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.demo import ENGINE, Demo
from tests.screens import ROOT, served

CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
Violations = list[tuple[str, str]]


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """A story's steps do real work: on a busy machine they take more than a moment."""
    expect.set_options(timeout=15_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="session")
def demo(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The demo company; a folder that KAMERTON_SCREENS_DATA names is kept and used again."""
    data = Path(os.environ.get("KAMERTON_SCREENS_DATA") or tmp_path_factory.mktemp("demo"))
    command = [sys.executable, "-m", "tests.browser.demo", str(data)]
    made = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(ENGINE, raising=False)
        server, url = served(data)
    try:
        yield Demo(url=url, **made)
    finally:
        server.terminate()
        server.wait()


@pytest.fixture
def look(page: Page, demo: Demo) -> Callable[..., Page]:
    """Open a page of the demo company as one of its people."""

    def do(path: str, who: str = "", *, language: str = "en") -> Page:
        cookies = [{"name": "django_language", "value": language, "url": demo.url}]
        if who:
            cookies.append({**demo.sessions[who], "url": demo.url})
        page.context.add_cookies(cookies)
        answer = page.goto(demo.url + path, wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, path
        return page

    return do


@pytest.fixture
def axe() -> Callable[..., Violations]:
    """What axe finds on a page; with `contrast` only how well its colours can be read."""

    def do(page: Page, *, contrast: bool = False) -> Violations:
        found = Axe().run(page, options=CONTRAST if contrast else None).response["violations"]
        return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"][:3]]

    return do
