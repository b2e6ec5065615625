"""Components escape what they are given, speak to screen readers, and keep the content policy."""

import re
from dataclasses import dataclass

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from kamerton.web.ui import sample
from kamerton.web.ui.items import Progress, Tab

COMPILER = CottonCompiler()
EVIL = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def draw(source: str, path: str = "/", **context: object) -> str:
    """Render a template in a request."""
    template = engines["django"].from_string(COMPILER.process(source))
    return template.render(context, RequestFactory().get(path))


@pytest.mark.parametrize(
    "source",
    [
        '<c-button :data-x="evil">x</c-button>',
        '<c-button data-x="{{ evil }}">x</c-button>',
        '<c-button :label="evil" icon="x" />',
        '<c-card :title="evil">x</c-card>',
        '<c-kpi label="{{ evil }}" value="{{ evil }}" :word="evil">x</c-kpi>',
        "<c-badge>{{ evil }}</c-badge>",
        '<c-status state="{{ evil }}">{{ evil }}</c-status>',
        '<c-event title="{{ evil }}" who="{{ evil }}" when="{{ evil }}">{{ evil }}</c-event>',
        '<c-next :title="evil" :word="evil">{{ evil }}</c-next>',
        '<c-chip href="{{ evil }}">{{ evil }}</c-chip>',
        '<c-chart kind="line" :data="payload" label="{{ evil }}" />',
        '<c-spark :values="evil" label="{{ evil }}" />',
        '<c-field label="{{ evil }}" for="x" error="{{ evil }}">x</c-field>',
        '<c-dialog id="d" title="{{ evil }}">x</c-dialog>',
        '<c-toast undo="{{ evil }}">{{ evil }}</c-toast>',
        '<c-slider name="a" :label="evil" :value="evil" />',
        '<c-avatar name="{{ evil }}" />',
    ],
)
def test_nothing_that_is_given_becomes_markup(source):
    html = draw(source, evil=EVIL, payload={"labels": [EVIL], "series": []})
    assert "<script>alert" not in html
    assert "alert" in html or "avatar" in html or "slider" in html


def test_a_component_does_not_take_the_words_of_the_page_around_it():
    html = draw("<c-card><c-button>Go</c-button></c-card>", title="LEAK", icon="LEAK", label="LEAK",
                href="/leak/", footer="LEAK", actions="LEAK", kbd="LEAK")  # fmt: skip
    assert "LEAK" not in html
    assert "/leak/" not in html


def test_a_button_with_an_address_is_a_link():
    assert draw('<c-button href="/x/">Go</c-button>').strip().startswith("<a ")
    assert 'type="submit"' in draw('<c-button type="submit">Go</c-button>')


def test_an_icon_alone_has_a_name():
    assert 'aria-label="Close"' in draw('<c-button icon="x" label="Close" />')


@pytest.mark.parametrize("state", ["ok", "warn", "bad", "mute"])
def test_a_state_is_never_colour_alone(state):
    html = draw(f'<c-status state="{state}">Word</c-status>')
    assert "<svg" in html
    assert "Word" in html


def test_why_shows_the_formula_the_inputs_the_day_and_the_method():
    html = draw('<c-why :why="why" label="HHI" />', why=sample.WHY)
    for part in (sample.WHY.formula, "60", "21 Nov 2026", "method 1.2", "n = 60", "#clients"):
        assert part in html
    name = re.search(r'popovertarget="([^"]+)"', html)
    assert name is not None
    assert f'id="{name[1]}"' in html


def test_a_field_ties_its_help_and_its_error_to_the_input():
    form = sample.form()
    html = draw('<c-field :field="field" />', field=form["inn"])
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_inn-error"' in html
    assert 'id="id_inn-error"' in html
    html = draw('<c-field :field="field" />', field=form["name"])
    assert 'aria-describedby="id_name-help"' in html
    assert 'for="id_name"' in html


def test_a_refused_form_keeps_what_was_entered():
    html = draw('<c-form :form="form" action="/save/" />', form=sample.form())
    assert 'value="Регион-Арматура"' in html
    assert "csrfmiddlewaretoken" in html


@dataclass
class Row:
    name: str


def test_a_table_without_rows_teaches_instead():
    source = (
        '<c-table caption="Plans" :rows="rows"><c-slot name="head"><tr><th>A</th></tr></c-slot>'
        "{% for r in rows %}<tr><td>{{ r.name }}</td></tr>{% endfor %}"
        '<c-slot name="empty"><c-empty title="No plans">Why it pays.</c-empty></c-slot></c-table>'
    )
    assert "No plans" in draw(source, rows=[])
    assert "<table" not in draw(source, rows=[])
    full = draw(source, rows=[Row("First")])
    assert "First" in full
    assert "No plans" not in full


def test_sorting_keeps_the_filters_turns_round_and_goes_to_the_first_page():
    html = draw('<table><tr><c-th sort="name">Name</c-th></tr></table>', "/?q=a&sort=-name&page=3")
    assert 'aria-sort="descending"' in html
    assert 'href="?q=a&amp;sort=name"' in html


def test_pages_keep_the_filters():
    page = Paginator(range(100), 10).page(2)
    html = draw('<c-pagination :page="page" />', "/?q=a", page=page)
    assert "11–20 of 100" in html
    assert 'href="?q=a&amp;page=3"' in html


def test_tabs_mark_the_present_one():
    html = draw('<c-tabs label="T" :items="tabs" />', tabs=[Tab("A", "/a/", current=True, count=0)])
    assert 'aria-current="true"' in html
    assert "<b>0</b>" in html


def test_progress_says_stage_speed_and_time_left():
    html = draw('<c-progress :progress="p" cancel="/stop/" />', p=sample.PROGRESS)
    for part in ("42%", "420,000", "61,200 rows/s", "1 min 35 s left", 'action="/stop/"'):
        assert part in html
    assert 'value="42"' in html
    assert "value=" not in draw('<c-progress :progress="p" />', p=Progress("Waiting"))


@pytest.mark.parametrize(
    ("value", "expected"), [(63, 'width="63.00%"'), (150, 'width="100.00%"'), (-5, 'width="0.00%"')]
)
def test_a_bar_stays_inside_its_frame_in_every_language(value, expected):
    with translation.override("ru"):
        assert expected in draw('<c-meter :value="value" />', value=value)


def test_a_change_for_the_worse_is_said_by_arrow_and_colour():
    html = draw('<c-delta :value="value" good="down" />', value=0.04)
    assert "bad" in html
    assert "#arrow-up" in html
    assert "+4%" in html
