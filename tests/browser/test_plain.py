"""The plain pages in a browser without JavaScript: readable everywhere, by everyone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import AS_OF, NewPage, Scheme

PAGES = {
    "agreement": "istanbul-2024-protocol",
    "disputed": "istanbul-2015-programme",
    "ended": "krakow-1997-city-councils",
    "partner": "istanbul",
    "source": "gosnovosti-com-fea1c3",
    "index": "",
    "sources": "all_sources",
}
BACKGROUNDS: dict[Scheme, str] = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 22, 28)"}
NARROW = {"width": 320, "height": 640}


def address(url: str, name: str) -> str:
    return f"{url}/r/{PAGES[name]}?as_of={AS_OF}"


def test_a_reader_without_javascript_goes_from_page_to_page(
    new_page: NewPage, dashboard_url: str
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(address(dashboard_url, "index"))
    page.get_by_role("link", name="Cooperation protocol 2024-2027", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Istanbul: Cooperation protocol 2024-2027"
    )
    expect(page.get_by_text("Active, at most 405 days left")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Istanbul", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Istanbul")
    page.get_by_role("link", name="Gosnovosti, 16 April 2015").click()
    expect(page.get_by_role("heading", name="What it states")).to_be_visible()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_in_the_way_of_anybody(
    same_page: NewPage, dashboard_url: str, name: str
) -> None:
    page = same_page()
    page.goto(address(dashboard_url, name))
    for scheme, background in BACKGROUNDS.items():
        page.emulate_media(color_scheme=scheme)
        breaches = Axe().run(page).response["violations"]
        assert [(breach["id"], breach["nodes"][0]["html"]) for breach in breaches] == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == background


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_does_not_scroll_sideways(
    same_page: NewPage, dashboard_url: str, name: str
) -> None:
    page = same_page(viewport=NARROW)
    page.goto(address(dashboard_url, name))
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def test_on_paper_there_are_no_menus(new_page: NewPage, dashboard_url: str) -> None:
    page = new_page(color_scheme="dark")
    page.goto(address(dashboard_url, "agreement"))
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("navigation")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.emulate_media(media="screen")
