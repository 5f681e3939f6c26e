"""In the browser: from a partner to an agreement to its sources and back; partners side by side."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import back, forward, offer

DAY = "as_of=2026-11-21"


def heading(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def click_in_list(page: Page, label: str, option: str) -> None:
    """Choose in a list that searches while one types."""
    offer(page.get_by_role("combobox", name=label), option)
    page.get_by_role("option", name=option).first.click()


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_from_a_partner_to_a_source_and_back(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/partner?city=krakow&{DAY}")
    heading(page, "Kraków")
    page.get_by_role("link", name="Programme of cooperation 2006-2008", exact=True).first.click()
    heading(page, "Kraków: Programme of cooperation 2006-2008")
    assert parameters(page)["id"] == ["krakow-2006-programme"]

    row = page.get_by_role("row").filter(has_text="Signed on")
    expect(row).to_contain_text("19 April 2006")
    place = row.get_by_role("link").first.get_attribute("href") or ""
    assert place.startswith("#source_")
    source = page.locator(f"li{place}").get_by_role("link")
    assert (source.get_attribute("href") or "").startswith("http")

    back(page)
    heading(page, "Kraków")
    forward(page)
    heading(page, "Kraków: Programme of cooperation 2006-2008")


def test_who_ended_the_tie_with_krakow_stands_at_the_top(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/partner?city=krakow&{DAY}")
    answer = page.get_by_role("row").filter(has_text="Terminated on 2 March 2022 by Kraków")

    expect(answer).to_be_in_viewport(ratio=1)
    expect(answer).to_contain_text("2 March 2022 (chosen), 16 September 2022 (differs)")
    numbers = answer.get_by_role("link").evaluate_all("all => all.map(one => one.hash)")
    sources = page.locator(", ".join(f"li{number}" for number in numbers))
    expect(sources.get_by_role("link", name="City of Kraków")).not_to_have_count(0)


def test_a_number_leads_to_its_source_on_the_page(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/agreement?id=istanbul-2024-protocol&{DAY}")
    row = page.get_by_role("row").filter(has_text="Valid to")
    row.get_by_role("link", name="[6]").click()

    source = page.locator("li:target")
    expect(source).to_contain_text("Samsun Post")
    expect(source).to_be_in_viewport(ratio=1)
    heading(page, "Istanbul: Cooperation protocol 2024-2027")


def test_a_bar_opens_the_agreement(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/partner?city=bratislava&{DAY}")
    heading(page, "Bratislava")
    bar = page.locator(".barlayer .point path").first
    expect(bar).to_be_visible()
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    heading(page, re.compile("^Bratislava: "))

    # The way back does not lead forward again.
    back(page)
    heading(page, "Bratislava")
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()
    heading(page, "Bratislava")


def test_a_row_of_the_table_opens_the_agreement(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/partner?city=bratislava&{DAY}")
    page.get_by_text("The same as a table").first.click()
    grid = page.get_by_test_id("stExpander").get_by_test_id("stDataFrame").first
    expect(grid.locator("canvas").first).to_be_visible()
    grid.scroll_into_view_if_needed()
    # The table is drawn on a canvas: the first row is below the header, both 35 pixels high.
    grid.click(position={"x": 300, "y": 52})
    heading(page, re.compile("^Bratislava: "))


def test_neighbours_and_filters_keep_their_place_in_the_address(
    page: Page, dashboard_url: str
) -> None:
    page.goto(f"{dashboard_url}/agreement?id=krakow-2006-programme&{DAY}")
    page.get_by_role("link", name="Next: Programme of cultural cooperation 2008-2010").click()
    heading(page, "Kraków: Programme of cultural cooperation 2008-2010")
    expect(page).to_have_url(re.compile("id=krakow-2007-culture-programme"))

    page.get_by_text("More filters").click()
    page.get_by_role("spinbutton", name="Ending within, in days").fill("90")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("horizon=90"))
    assert parameters(page) == {
        "id": ["krakow-2007-culture-programme"],
        "horizon": ["90"],
        "as_of": ["2026-11-21"],
    }
    page.reload()
    heading(page, "Kraków: Programme of cultural cooperation 2008-2010")

    page.get_by_role("link", name="Previous: Programme of cooperation 2006-2008").click()
    expect(page).to_have_url(re.compile("id=krakow-2006-programme"))
    back(page)
    heading(page, "Kraków: Programme of cultural cooperation 2008-2010")


def test_partners_are_compared(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/partner?city=krakow&{DAY}")
    heading(page, "Kraków")
    click_in_list(page, "Compare Kraków with", "Warsaw")
    # The list stays open for more, over the rest of the page.
    page.keyboard.press("Escape")
    heading(page, "Kraków and Warsaw side by side")
    expect(page).to_have_url(re.compile("city=krakow&city=warsaw"))

    page.get_by_role("link", name="All on Warsaw").click()
    heading(page, "Warsaw")
    back(page)
    heading(page, "Kraków and Warsaw side by side")


def test_an_unknown_id_helps_on(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/agreement?id=istanbul-2042&{DAY}")
    expect(page.get_by_text("The register has no agreement “istanbul-2042”")).to_be_visible()
    click_in_list(page, "Which agreement?", "Istanbul: Cooperation protocol 2024-2027")
    heading(page, "Istanbul: Cooperation protocol 2024-2027")
    expect(page).to_have_url(re.compile("id=istanbul-2024-protocol"))


def test_the_permanent_link_opens_the_record(page: Page, dashboard_url: str) -> None:
    page.goto(f"{dashboard_url}/agreement?id=istanbul-2024-protocol&city=krakow&{DAY}")
    heading(page, "Istanbul: Cooperation protocol 2024-2027")
    ways = page.get_by_test_id("stMain")
    link = ways.get_by_role("link", name="Permanent page of this record").get_attribute("href")
    assert link == f"{dashboard_url}/r/istanbul-2024-protocol"
    for name, ending in (("BibTeX", "bib"), ("RIS", "ris")):
        expect(ways.get_by_role("link", name=name)).to_have_attribute("href", f"{link}.{ending}")

    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cooperation protocol 2024-2027")


@pytest.mark.parametrize(
    "path",
    [
        "partner?city=beijing",
        "partner?city=krakow&city=berlin&city=beijing&city=tehran",
        "agreement?id=beijing-1995-twinning",
    ],
)
def test_nothing_is_cut_off_on_a_narrow_screen(page: Page, dashboard_url: str, path: str) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    page.goto(f"{dashboard_url}/{path}&{DAY}")
    expect(page.get_by_role("heading", level=2).last).to_be_visible()

    wider = page.get_by_test_id("stMain").evaluate(
        """main => [...main.querySelectorAll('h1, h2, h3, p, a, td, [data-testid=stAlert]')]
            .filter(it => it.getBoundingClientRect().right > innerWidth + 1)
            .map(it => it.textContent)"""
    )
    assert wider == []
