"""The head of the pages and the filters: by keyboard, in narrow windows, the calendar, a finger."""

import re

import pytest
from playwright.sync_api import Locator, Page, WebSocketRoute, expect

from tests.browser.conftest import AS_OF, MIDDLE_OF_A_POINT, NewPage, idle, turn, until, visit

ADDRESSES = {
    "overview": "?",
    "timeline": "timeline?",
    "areas": "areas?",
    "validity": "validity?",
    "events": "events?",
    "partner": "partner?city=istanbul",
    "partners": "partner?",
    "agreement": "agreement?id=istanbul-2024-protocol",
    "sources": "sources?",
    "data": "data?",
    "propose": "propose?",
}

FOCUSED = """
() => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
    const at = (place) => document.activeElement.closest(place) !== null;
    return {
        name: document.activeElement.outerHTML.slice(0, 200),
        outline: `${outlineStyle} ${outlineWidth}`,
        colour: outlineColor,
        content: at("[data-testid=stMain]") && !at(".st-key-menu") && !at("#stMain:focus"),
        skips: at("[data-testid=stSkipToContent]"),
        filters: at("[data-testid=stSidebar]"),
    };
}
"""


def head(page: Page) -> Locator:
    return page.locator(".st-key-menu")


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_keyboard_is_in_the_content_after_few_stops(
    same_page: NewPage, dashboard_url: str, name: str
) -> None:
    page = same_page()
    visit(page, f"{dashboard_url}/{ADDRESSES[name]}&as_of={AS_OF}")
    expect(head(page).get_by_role("link", name="Data")).to_be_visible()
    until(page, "document.querySelector('.st-key-site a').tabIndex === -1")

    stops: list[dict[str, str | bool]] = []
    while not stops or not stops[-1]["content"]:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
        assert len(stops) < 20, stops
    assert stops[0]["skips"]
    assert len(stops[1:-1]) < 12


def test_the_filters_are_two_keys_away(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/events?as_of={AS_OF}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    skip = page.get_by_role("button", name="Skip to filters")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Search")).to_be_focused()


def test_every_control_shows_that_the_keyboard_is_there(
    new_page: NewPage, dashboard_url: str
) -> None:
    page = new_page(color_scheme="dark")
    visit(page, f"{dashboard_url}/events?event=terminated&as_of={AS_OF}")
    page.get_by_text("More filters").click()
    expect(page.get_by_test_id("stNumberInputField")).to_be_visible()
    assert_that_each_stop_is_outlined(page, "rgb(127, 184, 234)")
    turn(page, "light")
    expect(page.get_by_test_id("stNumberInputField")).to_be_visible()
    assert_that_each_stop_is_outlined(page, "rgb(31, 95, 153)")


def assert_that_each_stop_is_outlined(page: Page, colour: str) -> None:
    """Go by the keyboard from the title to the last filter."""
    page.locator("h1").click()
    seen = set()
    for _ in range(150):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["name"] in seen or stop["name"].startswith("<body"):
            break
        seen.add(stop["name"])
        assert (stop["outline"], stop["colour"]) == ("solid 2px", colour), stop["name"]
        if stop["filters"] and "Reset filters" in page.evaluate(
            "document.activeElement.textContent"
        ):
            break
    else:
        pytest.fail("The keyboard never came to the last filter")


@pytest.mark.parametrize("width", [800, 400])
def test_in_a_narrow_window_the_menu_is_a_word_that_unfolds(
    new_page: NewPage, dashboard_url: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    visit(page, f"{dashboard_url}/timeline?city=istanbul&as_of={AS_OF}")
    # A desktop's browser is taken for a wide one: the page is drawn twice.
    expect(page.locator(".st-key-room button[disabled]")).to_have_text("324")
    idle(page)
    expect(head(page).get_by_text("Menu", exact=True)).to_be_in_viewport()
    expect(head(page).get_by_role("link", name="Moscow's city")).to_be_in_viewport()
    expect(head(page).get_by_role("link", name="Areas")).to_be_hidden()
    box = head(page).bounding_box()
    assert box is not None
    assert box["height"] < 60

    head(page).get_by_text("Menu", exact=True).click()
    expect(head(page).get_by_role("button", name=re.compile("Copy link"))).to_be_visible()
    head(page).get_by_role("link", name="Validity").click()
    page.wait_for_url(re.compile(r"/validity\?"))
    expect(page.get_by_role("heading", name="Validity periods")).to_be_visible()
    expect(head(page).get_by_role("link", name="Areas")).to_be_hidden()


def day(page: Page, part: str = "year") -> Locator:
    return page.get_by_role("spinbutton", name=f"{part}, Show the state on")


def test_a_typed_day_counts_on_enter(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    day(page).click()
    for typed, said in (("20140301", "1 March 2014"), ("20220224", "24 February 2022")):
        day(page).focus()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(page.locator(".st-key-shown")).to_contain_text(f"as of {said}")
        # The keyboard stays where it was.
        expect(day(page, "day")).to_be_focused()
        expect(page.get_by_test_id("stDateInputCalendar")).to_have_count(0)
        idle(page)
    assert page.url.endswith("as_of=2022-02-24")


DAY_IN_SIGHT = """() => {
    const calendar = document.querySelector('[data-testid="stDateInputCalendar"]');
    const covered = calendar.getBoundingClientRect();
    const day = document.querySelector(".st-key-day");
    const steps = [...document.querySelectorAll('[data-testid="stSidebar"] button')].filter(
        ({ textContent }) => ["Year back", "Today", "Year on"].includes(textContent.trim())
    );
    return steps.length === 3 && [day, ...steps].every((part) => {
        const { top, bottom } = part.getBoundingClientRect();
        return top >= 0 && bottom <= covered.top;
    });
}"""
"""Whether the day with what it is called, and its steps, are in sight above the calendar."""


@pytest.mark.parametrize(("width", "height"), [(1400, 1000), (1400, 650), (400, 850), (400, 600)])
def test_the_calendar_begins_on_monday_and_covers_nothing_of_the_day(
    new_page: NewPage, dashboard_url: str, width: int, height: int
) -> None:
    page = new_page(viewport={"width": width, "height": height}, locale="en-US")
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    if width == 400:
        page.get_by_test_id("stExpandSidebarButton").click()
    # Wherever the sidebar stands: scrolled to its end it cuts what the day is called.
    button = page.get_by_role("button", name="Choose date")
    button.wait_for()
    page.get_by_test_id("stSidebarContent").evaluate("at => at.scrollTo(0, at.scrollHeight)")
    button.click()
    calendar = page.get_by_test_id("stDateInputCalendar")

    expect(calendar.locator("th").first).to_have_text("M")
    # 1 November 2026 is a Sunday.
    expect(calendar.locator("tbody tr").first.locator("td").last).to_have_text("1")
    covered = calendar.bounding_box()
    assert covered is not None
    assert covered["x"] >= 0
    assert covered["x"] + covered["width"] <= width
    assert covered["y"] + covered["height"] <= height
    until(page, DAY_IN_SIGHT)


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (400, "dark")])
def test_each_colour_of_the_timeline_is_explained(
    new_page: NewPage, dashboard_url: str, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    visit(page, f"{dashboard_url}/timeline?status=terminated&status=suspended&as_of={AS_OF}")
    legend = page.locator(".st-key-timeline_chart .legend .traces")
    expect(legend.filter(has_text="Terminated")).to_be_visible()
    drawn = page.evaluate(
        """() => document.querySelector('.st-key-timeline_chart .js-plotly-plot').data
            .filter(trace => trace.type === 'bar' && trace.legendgroup)
            .map(trace => trace.legendgroup)"""
    )
    assert set(drawn) == {"suspended", "terminated"}
    for name in ("Suspended", "Terminated"):
        expect(legend.filter(has_text=name)).to_have_count(1)


def test_one_tap_on_a_phone_opens_what_is_drawn(new_page: NewPage, dashboard_url: str) -> None:
    page = new_page(viewport={"width": 400, "height": 850}, has_touch=True)
    visit(page, f"{dashboard_url}/timeline?city=istanbul&as_of={AS_OF}")
    # It is drawn for this width.
    drawn_for = page.locator(".st-key-room button[disabled]")
    expect(drawn_for.filter(has_text="324")).to_have_count(1)
    idle(page)
    expect(drawn_for).to_have_text("324")
    until(page, MIDDLE_OF_A_POINT, arg=["timeline_chart", ["istanbul-2024-protocol"]])
    x, y = page.evaluate(MIDDLE_OF_A_POINT, ["timeline_chart", ["istanbul-2024-protocol"]])
    page.touchscreen.tap(x, y)

    expect(page.get_by_role("dialog", name="Cooperation protocol 2024-2027")).to_be_visible()


def test_two_presses_before_the_page_answers_are_two_years(page: Page, dashboard_url: str) -> None:
    kept: list[str | bytes] = []
    sockets: list[WebSocketRoute] = []
    slow = False

    def answered(messages: WebSocketRoute) -> None:
        sockets.append(messages)
        server = messages.connect_to_server()
        server.on_message(lambda said: kept.append(said) if slow else messages.send(said))

    page.route_web_socket("**/_stcore/stream", answered)
    visit(page, f"{dashboard_url}/?as_of=2026-11-21")
    back = page.get_by_role("button", name="Year back").first
    slow = True
    back.click()
    page.wait_for_timeout(300)  # The server has understood the first one.
    back.click()
    page.wait_for_timeout(300)
    slow = False
    for message in kept:
        sockets[0].send(message)

    expect(page.get_by_text("as of 21 November 2024").first).to_be_visible()
    until(page, "new URLSearchParams(location.search).get('as_of') === '2024-11-21'")
