"""The style guide in a real browser, under the content policy, in both themes and on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from kamerton.platform.access.roles import Role
from tests.factories.access import UserFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.ui.urls"),
    pytest.mark.usefixtures("company"),
]


@pytest.fixture
def guide(page: Page, live_server, sign_in) -> Page:
    """The style guide, drawn to the end."""
    sign_in(UserFactory(full_name="Ann White", roles=[Role.OWNER]))
    page.goto(f"{live_server.url}/ui/")
    expect(page.locator("kamerton-chart[data-ready]")).to_have_count(7)
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(guide: Page, theme: str, width: int):
    guide.set_viewport_size({"width": width, "height": 844})
    guide.emulate_media(color_scheme=theme)
    expect(guide.locator("html")).to_have_attribute("data-theme", theme)
    guide.wait_for_timeout(300)  # the charts draw themselves anew in the colours of the theme
    found = Axe().run(guide).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert guide.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_palette_goes_to_a_page_by_keyboard(guide: Page, live_server):
    guide.keyboard.press("Control+k")
    guide.keyboard.type("pareto")
    expect(guide.get_by_role("option", name="Found 6")).to_be_visible()
    guide.keyboard.press("ArrowDown")
    guide.keyboard.press("Enter")
    guide.wait_for_url("**/segmentation/pareto/")


def test_a_part_of_the_pareto_curve_filters_by_mouse_and_by_keys(guide: Page):
    since, until = (guide.locator(f"#range input[name={name}_place]") for name in ("from", "to"))
    guide.get_by_label("From place").fill("2")
    guide.get_by_label("to place").fill("7")
    guide.keyboard.press("Tab")
    expect(since).to_have_value("2")
    expect(until).to_have_value("7")
    canvas = guide.locator("kamerton-chart[kind=pareto] .chart-canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    guide.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 150)
    guide.mouse.down()
    guide.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + 150, steps=8)
    guide.mouse.up()
    expect(since).not_to_have_value("2")
    assert 25 < int(since.input_value()) < 35 < int(until.input_value()) < 46
    expect(guide.get_by_text(f"Places {since.input_value()}–")).to_be_visible()


def test_a_chart_has_its_table_its_picture_and_its_csv(guide: Page, tmp_path):
    chart = guide.locator(".card:has(> .card-head > .chart-tools)").filter(has_text="Загрузка")
    chart.get_by_role("button", name="As a table").click()
    expect(chart.get_by_role("cell", name="152")).to_be_visible()
    chart.get_by_role("button", name="As a chart").click()
    for name, start in (("PNG", b"\x89PNG"), ("CSV", b"\xef\xbb\xbf")):
        with guide.expect_download() as download:
            chart.get_by_role("button", name=name).click()
        assert download.value.path().read_bytes().startswith(start)


def test_weights_keep_their_sum(guide: Page):
    guide.get_by_label("Крупный").focus()
    for _ in range(7):
        guide.keyboard.press("ArrowRight")
    values = "[...document.querySelectorAll('kamerton-sliders input')].map(i => Number(i.value))"
    weights = guide.evaluate(values)
    assert weights[0] == 27
    assert sum(weights) == 100


def test_the_chosen_theme_stays_after_a_reload(guide: Page):
    guide.get_by_role("button", name="Ann White").click()
    guide.get_by_role("button", name="Dark", exact=True).click()
    guide.reload()
    expect(guide.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_dialog_opens_closes_and_gives_the_focus_back(guide: Page):
    opener = guide.get_by_role("button", name="Открыть окно")
    opener.click()
    expect(guide.get_by_role("dialog", name="Почему проиграна сделка")).to_be_visible()
    guide.keyboard.press("Escape")
    expect(opener).to_be_focused()


def test_the_menu_opens_as_a_drawer_on_a_phone(guide: Page):
    guide.set_viewport_size({"width": 390, "height": 844})
    menu = guide.get_by_role("navigation", name="Main menu")
    expect(menu).not_to_be_in_viewport()
    guide.get_by_role("button", name="More", exact=True).click()
    expect(menu).to_be_in_viewport()
    guide.keyboard.press("Escape")
    expect(menu).not_to_be_in_viewport()


def test_targets_on_a_phone_are_large_enough(guide: Page):
    guide.set_viewport_size({"width": 390, "height": 844})
    small = guide.evaluate(
        """[...document.querySelectorAll("main .btn, main input, main select, .tabbar > *")]
        .filter(e => e.checkVisibility() && !e.closest(".sr-only, [inert], dialog"))
        .filter(e => (e.closest("label") ?? e).getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []
