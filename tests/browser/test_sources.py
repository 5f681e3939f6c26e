"""Sources: from a source and from a disagreement to the agreement; room on all screens."""

import duckdb
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import AS_OF, NewPage, back, choose, visit

Database = duckdb.DuckDBPyConnection


def test_a_source_is_found_by_keyboard_and_leads_to_its_agreement(
    page: Page, dashboard_url: str, database: Database
) -> None:
    source_id, url, title = database.execute(
        "SELECT source_id, url, title FROM statements JOIN sources USING (source_id) "
        "JOIN agreements ON record_id = agreement_id "
        "WHERE record_id = 'ljubljana-2019-programme' AND field = 'signed_on' "
        "AND url IS NOT NULL ORDER BY source_id"
    ).fetchall()[0]
    visit(page, f"{dashboard_url}/sources?city=ljubljana&as_of={AS_OF}")

    box = page.get_by_role("combobox", name="Source", exact=True)
    choose(box, source_id)
    link = page.get_by_role("link", name=f"Ljubljana: {title}")
    expect(link.first).to_be_visible()
    expect(page).to_have_url(
        f"{dashboard_url}/sources?city=ljubljana&as_of={AS_OF}&source={source_id}"
    )
    expect(page.locator(f'.stMarkdown a[href="{url}"]').first).to_be_visible()
    link.first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)

    back(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sources")
    expect(page.get_by_role("link", name=f"Ljubljana: {title}").first).to_be_visible()


def test_from_a_disagreement_to_the_agreement(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/sources?city=krakow&as_of={AS_OF}")

    page.get_by_role("link", name="Who says what").click()
    dispute = page.locator(".st-key-links_dispute_krakow-2013-programme_valid_to a")
    expect(dispute).to_be_in_viewport()
    dispute.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Programme of cooperation 2013")


@pytest.mark.parametrize("path", ["sources", "data"])
@pytest.mark.parametrize("width", [400, 800, 1400, 2200])
def test_nothing_is_cut_off_or_sticks_out(
    new_page: NewPage, dashboard_url: str, path: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    visit(page, f"{dashboard_url}/{path}?as_of={AS_OF}")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = page.evaluate(
        """() => [...document.querySelectorAll(
            '[data-testid=stMain] :is(h1, h2, h3, p, button, [data-testid=stMetricLabel] *)')]
        .filter(node => node.offsetParent && node.scrollWidth > node.clientWidth + 1
            && getComputedStyle(node).overflowX !== 'visible'
            && getComputedStyle(node).display !== 'inline')
        .map(node => node.textContent)"""
    )
    assert cut == []


@pytest.mark.parametrize("width", [400, 1400])
def test_figures_of_millions_have_all_their_digits(
    new_page: NewPage, dashboard_url: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    visit(page, f"{dashboard_url}/sources?as_of={AS_OF}")

    beyond = page.evaluate(
        """() => [...document.querySelectorAll('.st-key-figures [data-testid=stMetric]')]
        .map(figure => {
            const value = figure.querySelector('[data-testid=stMetricValue] p') ??
                [...figure.querySelectorAll('[data-testid=stMetricValue] *')].at(-1);
            value.textContent = '2,354,982';
            const said = document.createRange();
            said.selectNodeContents(value);
            const cut = [...figure.querySelectorAll('[data-testid=stMetricValue], '
                + '[data-testid=stMetricValue] *')].some(node =>
                    getComputedStyle(node).overflowX !== 'visible'
                    && node.scrollWidth > node.clientWidth + 1);
            return cut || said.getBoundingClientRect().right
                > figure.getBoundingClientRect().right + 1;
        })"""
    )
    assert beyond == [False] * 6
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
