"""Every page on a phone, light and dark: nothing sticks out, nothing comes from elsewhere."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AS_OF, ROOT, NewPage, charts_drawn, turn, visit

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
SHOWING = {"partner": "&city=istanbul", "agreement": "&id=istanbul-2024-protocol"}

STICKING_OUT = """
() => {
    const main = document.querySelector('[data-testid=stMain]');
    return {
        document: document.documentElement.scrollWidth - innerWidth,
        main: main.scrollWidth - main.clientWidth,
    };
}
"""


@pytest.mark.parametrize("page", PAGES)
def test_nothing_sticks_out_on_a_phone(same_page: NewPage, dashboard_url: str, page: str) -> None:
    phone: Page = same_page(viewport={"width": 400, "height": 900}, color_scheme="dark")
    path = "" if page == "overview" else page
    visit(phone, f"{dashboard_url}/{path}?as_of={AS_OF}{SHOWING.get(page, '')}")
    charts_drawn(phone)
    dark = phone.evaluate(STICKING_OUT)
    turn(phone, "light")

    for sticking_out in (dark, phone.evaluate(STICKING_OUT)):
        assert sticking_out["document"] <= 0
        assert sticking_out["main"] <= 0


def test_an_open_page_has_the_colours_of_the_scheme_of_the_day_and_of_the_night(
    page: Page, dashboard_url: str
) -> None:
    visit(page, f"{dashboard_url}/validity?as_of={AS_OF}")
    charts_drawn(page)
    for scheme in ("dark", "light", "dark"):
        turn(page, scheme)
