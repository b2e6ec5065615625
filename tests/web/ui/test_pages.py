"""The frame of pages, refusals, messages, and the built files."""

import json
import re

import pytest
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from kamerton.platform.errors import BusinessError, WayOut
from kamerton.web.ui import assets, words
from kamerton.web.ui.views import styleguide
from tests.web.ui.test_navigation import ALL

FOLDER = settings.BASE / "web" / "templates"


class Person:
    """A signed-in person who may do everything."""

    is_authenticated = True
    short_name = "Анна Белова"
    role_title = "KAM"

    def may(self, permission: str) -> bool:
        return permission in ALL


@pytest.fixture
def page(rf: RequestFactory):
    request = rf.get("/ui/")
    request.user = Person()
    with translation.override("en"):
        return styleguide(request).content.decode()


pytestmark = pytest.mark.urls("tests.web.ui.urls")


def test_the_style_guide_draws_every_component(page):
    assert "<c-" not in page
    assert "</c-" not in page
    guide = (FOLDER / "ui" / "styleguide.html").read_text()
    inside = {
        "dialog_content",
        "why_content",
        "pagination",
        "icon",
        "meter",
        "toast",
        "form_actions",
    }
    known = {file.stem for file in (FOLDER / "cotton").glob("*.html")} - inside
    assert {name for name in known if f"<c-{name.replace('_', '-')}" not in guide} == set()


def test_pages_hold_no_inline_script_or_style(page):
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in attrs or 'type="application/json"' in attrs for attrs in scripts)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)


def test_ids_are_unique(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)


def test_a_stranger_sees_no_navigation(rf):
    html = render_to_string("base.html", {}, rf.get("/"))
    assert 'id="nav"' not in html
    assert "kamerton-palette" not in html


def test_the_frame_shows_title_menu_search_language_and_sign_out(page):
    for part in ('<html lang="en"', 'id="messages"', "data-palette-open", 'name="language"',
                 "Sign out", 'class="skip"', "<h1>Язык форм</h1>"):  # fmt: skip
        assert part in page
    assert "<title>" in page
    assert re.search(r"<title>\s*Язык форм", page)


def test_a_refusal_says_why_and_shows_the_way_out(client, monkeypatch):
    error = BusinessError("Limit 15.", ways_out=[WayOut("Free <one>", "/free/")])
    with translation.override("en"):
        fragment = render_to_string("ui/message.html", {"error": error})
        whole = render_to_string("ui/refused.html", {"error": error}, RequestFactory().get("/"))
    for html in (fragment, whole):
        assert "Limit 15." in html
        assert 'href="/free/"' in html
        assert "Free &lt;one&gt;" in html


def test_a_message_can_be_taken_back(rf):
    request = rf.get("/")
    kept = [Message(constants.SUCCESS, "Archived", extra_tags="undo:/undo/7/")]
    html = render_to_string("ui/messages.html", {"messages": kept}, request)
    assert 'action="/undo/7/"' in html
    assert "toast ok" in html


@pytest.mark.parametrize("name", ["403", "404", "429", "500", "offline"])
def test_every_error_page_leads_somewhere(name, rf):
    html = render_to_string(f"{name}.html", {}, rf.get("/"))
    assert 'href="/"' in html
    assert "data-back" in html


def test_the_500_page_needs_no_context():
    assert "Server error" in render_to_string("500.html")


def test_without_a_build_pages_still_draw(settings, tmp_path):
    settings.VITE_MANIFEST = tmp_path / "none.json"
    assert assets.address("src/main.ts") == ""
    assert assets.styles("src/main.ts") == []
    assert "<title>" in render_to_string("offline.html", {}, RequestFactory().get("/"))


def test_the_manifest_names_styles_and_parts_once(settings, tmp_path):
    manifest = {
        "src/main.ts": {"file": "assets/main-1.js", "css": ["assets/main-1.css"],
                        "imports": ["_a.js", "_b.js"]},
        "_a.js": {"file": "assets/a-1.js", "imports": ["_b.js"], "css": ["assets/a-1.css"]},
        "_b.js": {"file": "assets/b-1.js", "css": ["assets/main-1.css"]},
    }  # fmt: skip
    settings.VITE_MANIFEST = tmp_path / "manifest.json"
    settings.VITE_MANIFEST.write_text(json.dumps(manifest))
    assert [url.rsplit("/", 1)[-1] for url in assets.styles("src/main.ts")] == [
        "main-1.css",
        "a-1.css",
    ]
    assert [url.rsplit("/", 1)[-1] for url in assets.preloads("src/main.ts")] == [
        "b-1.js",
        "a-1.js",
    ]


def test_scripts_say_their_words_in_the_language_of_the_page():
    sources = (settings.BASE.parent / "frontend" / "src").rglob("*.ts")
    used = {key for file in sources for key in re.findall(r'\bword\("(\w+)"', file.read_text())}
    assert used
    assert used <= set(words.for_scripts())
