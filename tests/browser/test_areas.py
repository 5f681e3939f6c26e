"""Areas: which grew, and a heatmap whose names stay in sight."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, idle, until, visit

DAY = "2026-11-26"

IN_SIGHT = """
() => {
    const names = document.querySelector('.names'), menu = document.querySelector('.st-key-menu');
    const chart = document.querySelector('.st-key-areas_chart .js-plotly-plot');
    const middle = (svg, name) => {
        const text = [...svg.querySelectorAll('.xtick text')].find((t) => t.textContent === name);
        const box = text && text.getBoundingClientRect();
        return box && [box.x + box.width / 2, box.y + box.height / 2];
    };
    if (!names?.querySelector('svg') || !chart) return null;
    return {
        chart: chart.getBoundingClientRect().top,
        menu: menu.parentElement.getBoundingClientRect().bottom,
        names: names.getBoundingClientRect().top,
        written: middle(names, 'Tourism'),
        drawn: middle(chart, 'Tourism'),
    };
}
"""
SCROLL = """
([down, right]) => {
    document.querySelector('[data-testid=stMain]').scrollBy(0, down);
    document.querySelector('.st-key-areas_chart').scrollLeft = right;
}
"""


def test_which_areas_grew(page: Page, dashboard_url: str, tmp_path: Path) -> None:
    visit(page, f"{dashboard_url}/?as_of={DAY}")
    # Two actions: the page, and its section.
    page.locator(".st-key-menu").get_by_role("link", name="Areas", exact=True).click()
    page.get_by_role("radio", name="Over time", exact=True).click()

    said = "Transport grew most: 67 agreements begun in 2017 to 2026, 13 in 2007 to 2016."
    expect(page.get_by_text(said).first).to_be_visible()
    chart = page.locator(".js-plotly-plot")
    for numbers in ("13 → 67", "31 → 50", "27 → 28"):
        expect(chart.get_by_text(numbers, exact=True).first).to_be_visible()
    idle(page)

    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    file = tmp_path / "areas.csv"
    download.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = {row["area_id"]: row for row in csv.DictReader(lines)}
    assert rows["transport"] == {
        "as_of": DAY,
        "area_id": "transport",
        "area": "Transport",
        "before_from": "2007",
        "before_to": "2016",
        "before": "13",
        "since_from": "2017",
        "since_to": "2026",
        "since": "67",
        "change": "54",
        "total": "85",
    }


@pytest.mark.parametrize(("width", "right"), [(1400, 0), (400, 150)])
def test_the_areas_names_stay_in_sight(
    new_page: NewPage, dashboard_url: str, width: int, right: int
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    visit(page, f"{dashboard_url}/areas?as_of={DAY}")
    until(page, f"({IN_SIGHT})() !== null")
    at_rest = page.evaluate(IN_SIGHT)
    # They lie on those of the chart.
    assert at_rest["written"] == pytest.approx(at_rest["drawn"], abs=1)

    page.evaluate(SCROLL, [at_rest["chart"] + 300, right])
    until(page, f"Math.abs(({IN_SIGHT})().names - ({IN_SIGHT})().menu) <= 1")
    until(page, f"Math.abs(({IN_SIGHT})().written[0] - ({IN_SIGHT})().drawn[0]) <= 1")
    scrolled = page.evaluate(IN_SIGHT)
    assert scrolled["chart"] < -200
    assert 0 < scrolled["written"][1] < 300
