"""What people do on the pages, in Chromium."""

import re
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import AS_OF, back, click_point, forward, idle, visit

Database = duckdb.DuckDBPyConnection
OF_ISTANBUL = f"?city=istanbul&as_of={AS_OF}"


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def menu(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=re.compile(f"^{name}$"))


def shown(database: Database, where: str = "true", as_of: str = AS_OF) -> str:
    """The line that says what is shown, counted without the dashboard."""
    ((agreements, partners),) = database.execute(
        f"SELECT count(*), count(DISTINCT partner_id) FROM agreement_status(DATE '{as_of}') "
        f"WHERE status <> 'future' AND {where}"
    ).fetchall()
    return (
        f"{agreements} agreement{'s' * (agreements != 1)} with "
        f"{partners} partner{'s' * (partners != 1)}, as of 21 November 2026"
    )


def address(page: Page) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(page.url)
    return parts.path, parse_qs(parts.query)


def expect_address(page: Page, path: str, **parameters: list[str]) -> None:
    page.wait_for_url(
        lambda url: urlsplit(url).path == path and parse_qs(urlsplit(url).query) == parameters
    )


def choose_city(page: Page, name: str) -> None:
    page.get_by_role("combobox", name="City or region").click()
    page.keyboard.type(name)
    page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)


def expect_agreement(page: Page, database: Database, agreement_id: str) -> None:
    """The agreement's title, and each of its sources by its link."""
    ((title,),) = database.execute(
        "SELECT title FROM agreements WHERE agreement_id = ?", [agreement_id]
    ).fetchall()
    urls = database.execute(
        "SELECT DISTINCT url FROM statements JOIN sources USING (source_id) "
        "WHERE record_id = ? AND url IS NOT NULL",
        [agreement_id],
    ).fetchall()
    expect(main(page).get_by_role("heading", name=title, exact=True)).to_be_visible()
    assert urls
    for (url,) in urls:
        expect(main(page).locator(f'a[href="{url}"]').first).to_be_visible()


def test_the_very_first_request_to_a_page_shows_it_whole(
    fresh_dashboard_url: str, page: Page, database: Database
) -> None:
    page.goto(f"{fresh_dashboard_url}/timeline{OF_ISTANBUL}")

    expect(page.get_by_role("heading", name="Timeline", level=1)).to_be_visible()
    expect(page.get_by_text(shown(database, "partner_id = 'istanbul'"))).to_be_visible()
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("button", name="Remove Istanbul")).to_be_visible()
    expect(sidebar.get_by_role("button", name="Reset filters")).to_be_visible()
    for name in ("Overview", "Timeline", "Areas", "Validity"):
        expect(menu(page, name)).to_be_visible()
    assert address(page) == ("/timeline", {"city": ["istanbul"], "as_of": [AS_OF]})


def test_a_click_on_a_bar_shows_the_agreement_and_its_sources(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline{OF_ISTANBUL}")
    click_point(page, "timeline_chart", "istanbul-2024-protocol")
    expect_agreement(page, database, "istanbul-2024-protocol")

    # Another bar takes its place.
    click_point(page, "timeline_chart", "istanbul-2015-programme")
    expect_agreement(page, database, "istanbul-2015-programme")


def test_the_keyboard_shows_the_agreement_too(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline{OF_ISTANBUL}")
    ((title,),) = database.execute(
        "SELECT title FROM agreements WHERE agreement_id = 'istanbul-2024-protocol'"
    ).fetchall()
    page.get_by_role("combobox", name="Agreement", exact=True).focus()
    page.keyboard.type(title)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")

    expect_agreement(page, database, "istanbul-2024-protocol")


def test_a_click_on_what_runs_out_next_shows_the_agreement(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/validity{OF_ISTANBUL}")
    click_point(page, "validity_chart", "istanbul-2024-protocol")

    expect_agreement(page, database, "istanbul-2024-protocol")


def expect_labels(page: Page, database: Database, partner_id: str, area_id: str) -> None:
    """All wordings of the partner's agreements for the area, as the sources have them."""
    labels = database.execute(
        "SELECT DISTINCT label FROM agreement_areas JOIN agreements USING (agreement_id) "
        "WHERE partner_id = ? AND area_id = ?",
        [partner_id, area_id],
    ).fetchall()
    assert labels
    for (label,) in labels:
        expect(main(page).get_by_text(f"“{label}”").first).to_be_visible()


def test_a_click_on_a_cell_lists_the_agreements_in_the_sources_words(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/areas?country=TR&as_of={AS_OF}")
    click_point(page, "areas_chart", "istanbul", "transport")

    expect(page.get_by_role("heading", name="Istanbul: Transport")).to_be_visible()
    expect_labels(page, database, "istanbul", "transport")


def test_the_keyboard_lists_them_too(page: Page, dashboard_url: str, database: Database) -> None:
    visit(page, f"{dashboard_url}/areas?country=TR&as_of={AS_OF}")
    for list_name, choice in (("Partner", "Istanbul"), ("Area", "Transport")):
        page.get_by_role("combobox", name=list_name, exact=True).focus()
        page.keyboard.type(choice)
        expect(page.get_by_role("option", name=choice)).to_be_visible()
        page.keyboard.press("Enter")
        expect(page.get_by_role("option")).to_have_count(0)
        idle(page)

    expect(page.get_by_role("heading", name="Istanbul: Transport")).to_be_visible()
    expect_labels(page, database, "istanbul", "transport")


def test_a_chosen_city_is_in_the_address_on_every_page_and_in_the_history(
    page: Page, dashboard_url: str, database: Database
) -> None:
    in_tehran = shown(database, "partner_id = 'tehran'")
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    expect(page.get_by_text(shown(database))).to_be_visible()

    choose_city(page, "Tehran")
    expect(page.get_by_text(in_tehran)).to_be_visible()
    expect_address(page, "/timeline", city=["tehran"], as_of=[AS_OF])

    menu(page, "Validity").click()
    expect(page.get_by_role("heading", name="Validity windows")).to_be_visible()
    expect(page.get_by_text(in_tehran)).to_be_visible()
    expect_address(page, "/validity", city=["tehran"], as_of=[AS_OF])

    back(page)
    expect(page.get_by_role("heading", name="Timeline", level=1)).to_be_visible()
    expect(page.get_by_text(in_tehran)).to_be_visible()

    forward(page)
    expect(page.get_by_role("heading", name="Validity windows")).to_be_visible()
    expect(page.get_by_text(in_tehran)).to_be_visible()


def test_back_undoes_a_filter_and_forward_does_it_again(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    choose_city(page, "Tehran")
    expect(page.get_by_text(shown(database, "partner_id = 'tehran'"))).to_be_visible()

    back(page)
    expect(page.get_by_text(shown(database))).to_be_visible()
    expect(page.get_by_role("button", name="Remove Tehran")).to_have_count(0)

    forward(page)
    expect(page.get_by_text(shown(database, "partner_id = 'tehran'"))).to_be_visible()
    expect(page.get_by_role("button", name="Remove Tehran")).to_be_visible()


def test_reset_shows_all_again(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/timeline{OF_ISTANBUL}&status=active&q=transport&horizon=30")
    page.get_by_role("button", name="Reset filters").click()

    expect_address(page, "/timeline")
    expect(page.get_by_role("button", name="Remove Istanbul")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Search")).to_have_value("")
    expect(page.get_by_role("spinbutton", name="Horizon in days")).to_have_value("180")


def test_search_finds_a_city_by_its_russian_name(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    search = page.get_by_role("textbox", name="Search")
    search.fill("Стамбул")
    search.press("Enter")

    expect(page.get_by_text(shown(database, "partner_id = 'istanbul'"))).to_be_visible()
    expect_address(page, "/timeline", q=["Стамбул"], as_of=[AS_OF])


def test_an_unknown_value_is_said_and_left_out(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline?city=atlantis&city=istanbul&as_of={AS_OF}")

    expect(page.get_by_role("alert").filter(has_text="atlantis")).to_be_visible()
    expect(page.get_by_text(shown(database, "partner_id = 'istanbul'"))).to_be_visible()
    expect_address(page, "/timeline", city=["istanbul"], as_of=[AS_OF])


def test_an_address_cannot_bring_pictures_from_elsewhere(page: Page, dashboard_url: str) -> None:
    # The page fixture fails if it is fetched.
    visit(page, f"{dashboard_url}/timeline?city=![x](http://192.0.2.1/x.png)&as_of={AS_OF}")

    expect(page.get_by_role("alert")).to_contain_text("http://192.0.2.1/x.png")
    expect(page.get_by_role("alert").locator("img")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/timeline", "/areas", "/validity"])
def test_with_nothing_to_show_the_page_helps_on(page: Page, dashboard_url: str, path: str) -> None:
    visit(page, f"{dashboard_url}{path}?city=istanbul&country=CN&as_of={AS_OF}")

    expect(main(page).get_by_text("No agreement fits")).to_be_visible()
    expect(main(page).get_by_text("reset the filters")).to_be_visible()
    expect(main(page).locator(".js-plotly-plot")).to_have_count(0)
