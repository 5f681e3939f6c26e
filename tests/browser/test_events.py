"""Events: who ended or suspended what, from one address; by the page's own controls."""

from pathlib import Path

import duckdb
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import AS_OF, NewPage, back, click_point, idle, visit
from tests.browser.test_downloads import asked, download

Database = duckdb.DuckDBPyConnection

SINCE = "event=terminated&event=suspended&happened_from=2022-02-24"


def listed(page: Page) -> Locator:
    """The events of the list."""
    return page.locator("[class*='st-key-event_']")


def test_who_ended_or_suspended_what_since_february_2022(
    page: Page, dashboard_url: str, database: Database, tmp_path: Path
) -> None:
    visit(page, f"{dashboard_url}/events?{SINCE}&as_of={AS_OF}")

    expect(listed(page)).to_have_count(19)
    expect(
        page.get_by_text("12 suspended, 7 terminated; all by the partner's side.")
    ).to_be_visible()
    expect(listed(page).first).to_contain_text("24 February 2023 · Suspended by Houston")
    krakow = page.locator(".st-key-event_krakow-2022-termination")
    expect(krakow).to_contain_text("2 March 2022 · Terminated by Kraków")
    expect(krakow).to_contain_text("Concerns the whole partnership.")
    expect(krakow.locator(".stCaption a, [data-testid=stCaptionContainer] a").first).to_be_visible()

    _, rows = download(page, "events", tmp_path)
    assert [row["event_id"] for row in rows] == [
        row["event_id"]
        for row in asked(
            database,
            "SELECT event_id FROM events WHERE event IN ('terminated', 'suspended') "
            "AND date_last >= '2022-02-24' ORDER BY date_last DESC, event_id",
        )
    ]

    krakow.get_by_role("link", name="Kraków", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kraków")
    back(page)
    expect(listed(page)).to_have_count(19)


def test_kinds_and_days_are_chosen_on_the_page(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/events?as_of={AS_OF}")
    # A page of the list.
    expect(listed(page)).to_have_count(25)

    page.get_by_role("button", name="Suspended (13)").click()
    expect(listed(page)).to_have_count(13)
    page.get_by_role("textbox", name="Since").fill("2022-02-24")
    page.keyboard.press("Enter")
    expect(listed(page)).to_have_count(12)
    page.get_by_role("button", name="Terminated (7)").click()
    expect(listed(page)).to_have_count(19)
    expect(page).to_have_url(
        f"{dashboard_url}/events?event=suspended&event=terminated"
        f"&happened_from=2022-02-24&as_of={AS_OF}"
    )


def test_a_column_leads_to_its_events(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/events?as_of={AS_OF}")
    click_point(page, "events_chart", "terminated", "2022")

    expect(listed(page)).to_have_count(7)
    idle(page)
    expect(page).to_have_url(
        f"{dashboard_url}/events?event=terminated&happened_from=2022&happened_to=2022&as_of={AS_OF}"
    )


def test_on_a_phone_nothing_needs_scrolling_sideways(new_page: NewPage, dashboard_url: str) -> None:
    page = new_page(viewport={"width": 400, "height": 900})
    visit(page, f"{dashboard_url}/events?as_of={AS_OF}")

    expect(listed(page)).to_have_count(25)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for box in (
        page.get_by_role("button", name="Terminated (9)"),
        page.get_by_role("button", name="Both (8)"),
        page.get_by_role("textbox", name="Until"),
        listed(page).last,
    ):
        place = box.bounding_box()
        assert place is not None
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 400
