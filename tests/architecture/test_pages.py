"""Templates: nothing inline, nothing from outside, every link leads somewhere."""

import re

import pytest
from django.urls import URLPattern, get_resolver

from kamerton.web.headers import POLICY
from kamerton.web.ui import navigation
from tests.architecture.source import TEMPLATES

PAGES = sorted(TEMPLATES.rglob("*.html"))

# Contexts and pages that later issues bring; their entries stay hidden until then.
FORESEEN = {"pipeline", "fulfilment", "team", "pay", "hiring", "notify"}
FORESEEN_PAGES = {"desk:what-if"}

INLINE = {
    "an inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>",
    "a style element": r"<style\b",
    "a style attribute": r"<[a-z][^>]*\sstyle\s*=",
    "an event handler": r"<[a-z][^>]*\son[a-z]+\s*=",
    "a javascript: link": r"javascript:",
    "hx-on": r"\shx-on[:=]",
}
OUTSIDE = (
    r"""<(?:script|link|img|iframe|source|video|audio)\b[^>]*\b(?:src|href)=["'](?:https?:)?//"""
)


def markup(page):
    """A template without comments and tags of Django, whose quotes confuse the patterns."""
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", page.read_text(), flags=re.S)
    return re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)


def holding(pattern):
    """The templates whose markup fits the pattern."""
    fitting = [page for page in PAGES if re.search(pattern, markup(page), re.IGNORECASE)]
    return [str(page.relative_to(TEMPLATES)) for page in fitting]


def known_names():
    """Every name that `{% url %}` may use."""

    def walk(patterns, prefix=""):
        for one in patterns:
            if isinstance(one, URLPattern):
                yield prefix + (one.name or "")
            else:
                space = f"{prefix}{one.namespace}:" if one.namespace else prefix
                yield from walk(one.url_patterns, space)

    return set(walk(get_resolver().url_patterns))


@pytest.mark.parametrize("what", INLINE)
def test_no_page_holds(what):
    found = [
        str(page.relative_to(TEMPLATES))
        for page in PAGES
        if re.search(INLINE[what], markup(page), re.I)
    ]
    assert found == []


def test_no_page_asks_for_a_foreign_asset():
    found = [
        str(page.relative_to(TEMPLATES)) for page in PAGES if re.search(OUTSIDE, page.read_text())
    ]
    assert found == []


def test_every_link_leads_to_a_page_that_exists():
    """A page that may be missing is linked by url_or_none."""
    known = known_names()
    dead = [
        f"{page.relative_to(TEMPLATES)}: {name}"
        for page in PAGES
        for name in re.findall(r"{% url ['\"]([\w:.-]+)['\"]", page.read_text())
        if name not in known
    ]
    assert dead == []


def test_every_entry_of_the_navigation_leads_to_a_page_or_is_foreseen():
    items = [item for group in navigation.GROUPS for item in group.items]
    known = known_names()
    dead = [
        item.url
        for item in (*items, *navigation.CREATE)
        if item.url not in known | FORESEEN_PAGES and item.url.partition(":")[0] not in FORESEEN
    ]
    assert dead == []


def test_the_content_policy_allows_nothing_inline():
    assert "unsafe" not in POLICY
    assert "script-src 'self';" in POLICY
    assert "style-src 'self';" in POLICY


def test_a_page_that_is_whole_extends_a_frame():
    """Only frames write <html>; every other page is drawn in one of them."""
    frames = {"base.html", "bare.html", "500.html"}
    wrong = [
        str(page.relative_to(TEMPLATES))
        for page in PAGES
        if "<html" in page.read_text() and str(page.relative_to(TEMPLATES)) not in frames
    ]
    assert wrong == []
