"""Lists too long to be sent: their pages, their order, and the search on the server."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import back, visit

ON_DAY = "as_of=2026-01-01"


def rows(page: Page, said: str) -> None:
    """Wait until it says which rows the table has."""
    expect(page.get_by_text(f"{said} of 2,400.")).to_be_visible()


def test_the_pages_of_a_long_table_stand_in_the_address(
    page: Page, large_dashboard_url: str
) -> None:
    address = f"{large_dashboard_url}/validity?{ON_DAY}"
    visit(page, address)
    rows(page, "Rows 1 to 100")
    page.get_by_role("button", name="Next page").click()
    rows(page, "Rows 101 to 200")
    expect(page).to_have_url(f"{address}&rows=2")
    page.get_by_role("button", name="Previous page").click()
    rows(page, "Rows 1 to 100")
    expect(page).to_have_url(address)

    page.get_by_text("Latest begin", exact=True).click()
    expect(page).to_have_url(f"{address}&sort=latest")
    visit(page, f"{address}&sort=latest&rows=24")
    rows(page, "Rows 2,301 to 2,400")
    back(page)
    rows(page, "Rows 1 to 100")


def test_a_filter_leads_back_to_the_first_page_and_is_searched_on_the_server(
    page: Page, large_dashboard_url: str
) -> None:
    visit(page, f"{large_dashboard_url}/timeline?{ON_DAY}&rows=7")
    rows(page, "Rows 601 to 700")

    page.get_by_role("textbox", name="Find a city or region").fill("семеновск")
    expect(page.get_by_text("1 fit.")).to_be_visible()
    box = page.get_by_role("combobox", name="City or region")
    box.click()
    page.get_by_role("option", name="City 0700 (1)").click()
    expect(page.locator(".st-key-shown")).to_contain_text("1 agreement with 1 partner")
    expect(page).to_have_url(f"{large_dashboard_url}/timeline?city=city-0700&{ON_DAY}")
