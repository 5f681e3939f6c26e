"""No page has a serious or critical breach of WCAG 2.2 AA that axe-core finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    AS_OF,
    ROOT,
    NewPage,
    charts_drawn,
    click_point,
    idle,
    turn,
    visit,
)

OF_ISTANBUL = "city=istanbul"
ADDRESSES = {
    "overview": "?",
    "timeline": f"timeline?{OF_ISTANBUL}",
    "timeline, all": "timeline?",
    "areas": f"areas?{OF_ISTANBUL}",
    "areas, all": "areas?",
    "areas, over time": "areas?section=time",
    "validity": f"validity?{OF_ISTANBUL}",
    "validity, next": "validity?section=next",
    "validity, lapsed": "validity?section=lapsed",
    "events": "events?",
    "events, chosen": "events?event=terminated&event=suspended&happened_from=2022-02-24",
    "partner": f"partner?{OF_ISTANBUL}",
    "partner, compared": f"partner?{OF_ISTANBUL}&city=krakow",
    "partner, none": "partner?",
    "agreement": "agreement?id=istanbul-2024-protocol",
    "agreement, ended": "agreement?id=krakow-1997-city-councils",
    "agreement, none": "agreement?",
    "sources": f"sources?{OF_ISTANBUL}",
    "data": f"data?{OF_ISTANBUL}",
    "propose": "propose?",
    "propose, filled": "propose?id=istanbul-2024-protocol",
    "nothing found": "timeline?q=Istambul",
}


def breaches(page: Page) -> list[tuple[str, list[str]]]:
    """What axe-core finds, with the places in the page."""
    charts_drawn(page)
    return [
        (breach["id"], [node["html"] for node in breach["nodes"]])
        for breach in Axe().run(page).response["violations"]
        if breach["impact"] in {"serious", "critical"}
    ]


def test_every_page_is_looked_at() -> None:
    assert {name.partition(",")[0] for name in ADDRESSES} - {"nothing found"} == {
        path.stem for path in (ROOT / "pages").glob("*.py")
    }


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_serious_breach(same_page: NewPage, dashboard_url: str, name: str) -> None:
    page = same_page(color_scheme="dark")
    visit(page, f"{dashboard_url}/{ADDRESSES[name]}&as_of={AS_OF}")
    dark = breaches(page)
    turn(page, "light")

    assert {"dark": dark, "light": breaches(page)} == {"dark": [], "light": []}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_breach_beside_a_chart(
    new_page: NewPage, dashboard_url: str, scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    visit(page, f"{dashboard_url}/timeline?{OF_ISTANBUL}&as_of={AS_OF}")
    click_point(page, "timeline_chart", "istanbul-2024-protocol")
    expect(page.get_by_role("dialog")).to_be_visible()
    idle(page)

    assert breaches(page) == []
