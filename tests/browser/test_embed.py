"""A chart of a page in a frame of another page."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AS_OF, NewPage, idle


def test_one_chart_with_its_source_and_the_way_back(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/timeline?city=istanbul&as_of={AS_OF}&embed=true")
    expect(page.locator(".st-key-timeline_chart .js-plotly-plot")).to_be_visible()
    idle(page)

    expect(page.get_by_text("Source: The Moscow Partnerships Register, version")).to_be_visible()
    expect(
        page.locator(".st-key-menu, [data-testid=stSidebar], [data-testid=stDataFrame]")
    ).to_have_count(0)
    back = page.get_by_role("link", name="All of it, with every source")
    parts = urlsplit(str(back.get_attribute("href")))
    assert parts.path == "/timeline"
    asked = parse_qs(parts.query)
    assert (asked["city"], asked["as_of"]) == (["istanbul"], [AS_OF])
    assert "embed" not in asked


def test_the_data_page_has_what_to_put_into_a_page(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/data?city=istanbul&as_of={AS_OF}")
    code = page.get_by_test_id("stCode").filter(has_text="<iframe")
    expect(code).to_contain_text(f"{dashboard_url}/timeline?city=istanbul")
    expect(code).to_contain_text("embed=true")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "areas",
        "areas?section=time",
        "validity",
        "validity?section=next",
        "validity?section=lapsed",
        "events",
    ],
)
def test_each_page_has_something_for_another_page(
    page: Page, dashboard_url: str, path: str
) -> None:
    sign = "&" if "?" in path else "?"
    page.goto(f"{dashboard_url}/{path}{sign}as_of={AS_OF}&embed=true")
    source = page.get_by_text("Source: The Moscow Partnerships Register, version")
    expect(source).to_have_count(1)
    expect(source).to_contain_text("as of 21 November 2026")
    expect(page.get_by_role("link", name="All of it, with every source")).to_have_count(1)
    drawn = ".js-plotly-plot, [data-testid=data-grid-canvas]"
    expect(page.locator(drawn)).to_have_count(1)
    expect(page.locator(".st-key-menu, [data-testid=stSidebar]")).to_have_count(0)


@pytest.mark.parametrize(("width", "room"), [(1000, "820"), (420, "324")])
def test_the_width_of_the_frame_is_known(
    new_page: NewPage, dashboard_url: str, width: int, room: str
) -> None:
    page = new_page(viewport={"width": width, "height": 700})
    page.goto(f"{dashboard_url}/timeline?city=istanbul&as_of={AS_OF}&embed=true")

    # Titles are placed for the greatest of these that the chart has.
    chosen = page.locator(".st-key-room button[disabled]")
    expect(chosen).to_have_text(room)
