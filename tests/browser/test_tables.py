"""Tables in the browser: a badge has its colour, a title its room, a number its words."""

import io
from collections import Counter
from typing import cast

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from dashboard.charts.style import STATUS
from tests.browser.conftest import AS_OF, NewPage, turn, visit

HEADER, ROW = 33, 33
"""Pixels of a table's header and of a row, at most a little less than they are."""


def table(page: Page) -> Locator:
    """The first table of a page, drawn."""
    found = page.get_by_test_id("stDataFrame").first
    found.scroll_into_view_if_needed()
    expect(found.locator("canvas").first).to_be_visible()
    page.wait_for_timeout(500)
    return found


def picture(found: Locator) -> Image.Image:
    return Image.open(io.BytesIO(found.screenshot())).convert("RGB")


def colours(drawn: Image.Image) -> Counter[tuple[int, int, int]]:
    """How many pixels have which colour."""
    found = drawn.getcolors(drawn.width * drawn.height) or []
    return Counter({cast(tuple[int, int, int], colour): count for count, colour in found})


def rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_a_status_is_a_badge(same_page: NewPage, dashboard_url: str) -> None:
    page = same_page(color_scheme="dark")
    visit(page, f"{dashboard_url}/validity?status=active&as_of={AS_OF}")
    dark = colours(picture(table(page)))
    turn(page, "light")
    light = colours(picture(table(page)))

    assert dark.most_common(1)[0][0] < (64, 64, 64) < (192, 192, 192) < light.most_common(1)[0][0]
    # Four badges of 20 by about 50 pixels, less their letters.
    for drawn in (dark, light):
        assert drawn[rgb(STATUS["active"].colour)] > 4 * 20 * 50 / 2


def test_title_end_and_status_are_in_sight_at_once(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/validity?status=in_force&as_of={AS_OF}")
    drawn = picture(table(page))
    # The lines between columns, in the header: there are as many as columns that begin in sight.
    line = [drawn.getpixel((x, 8)) for x in range(drawn.width)]
    background = Counter(line).most_common(1)[0][0]
    edges = [x for x in range(2, drawn.width - 2) if line[x] != background]

    assert len(edges) >= 3
    # Status, Ends, Agreement: before the edge of each its texts have come to their end.
    for edge in edges[:3]:
        for row in range(1, 7):
            box = (edge - 6, row * ROW + 12, edge - 1, row * ROW + 24)
            assert len(colours(drawn.crop(box))) == 1


def test_a_title_leads_to_its_agreement(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/validity?status=active&city=istanbul&as_of={AS_OF}")
    table(page).click(position={"x": 260, "y": HEADER + ROW / 2})

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Istanbul: Cooperation protocol 2024-2027"
    )
