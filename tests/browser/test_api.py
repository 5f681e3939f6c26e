"""The page to read and try the API: it loads nothing from another host, and it answers."""

from playwright.sync_api import Page, expect


def test_a_question_is_tried_on_the_page(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/api/v1/docs")
    page.locator("#operations-statuses-statuses .opblock-summary-control").click()
    page.locator(".opblock.is-open .execute").click()
    answer = page.locator(".opblock.is-open .live-responses-table")
    expect(answer).to_contain_text("200", timeout=30_000)
    expect(answer).to_contain_text("no_end_stated")
