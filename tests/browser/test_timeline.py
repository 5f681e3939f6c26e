"""The timeline as it is drawn: every bar has its title, whole and on nothing else; pictures."""

import struct
from xml.etree import ElementTree

import duckdb
import pytest
from playwright.sync_api import Page

from dashboard.room import SCREEN, STEPS
from tests.browser.conftest import AS_OF, NewPage, charts_drawn, idle, visit

TITLES = """
() => {
    const chart = document.querySelector('.st-key-timeline_chart .js-plotly-plot');
    const traces = chart ? [...chart.querySelectorAll('.barlayer .trace')] : [];
    const box = (node) => {
        const {left, top, right, bottom} = node.getBoundingClientRect();
        return {left, top, right, bottom};
    };
    const bars = {}, titles = [];
    for (const trace of traces) {
        const {customdata, text} = trace.__data__[0].trace;
        for (const point of customdata ? trace.querySelectorAll('.point') : []) {
            const id = customdata[point.__data__.i][0];
            const title = point.querySelector('text');
            if (title) titles.push({id, text: title.textContent, ...box(title)});
            if (!text) (bars[id] ??= []).push(box(point.querySelector('path')));
        }
    }
    return {chart: chart && box(chart), bars, titles};
}
"""
Box = dict[str, float]


def meet(one: Box, other: Box) -> bool:
    # Letters do not fill the box of their line.
    return (
        one["left"] < other["right"]
        and other["left"] < one["right"]
        and one["top"] + 2 < other["bottom"] - 2
        and other["top"] + 2 < one["bottom"] - 2
    )


def settled(page: Page) -> None:
    """Wait until the chart is drawn for the room that the page has."""
    page.wait_for_function("document.querySelector('.bartext')")
    page.wait_for_timeout(500)
    page.wait_for_function(
        """() => {
            const buttons = [...document.querySelectorAll('.st-key-room button')];
            const plot = document.querySelector('.js-plotly-plot');
            const right = buttons.filter((button) => +button.textContent <= plot.clientWidth);
            return plot.querySelector('.bartext') && right.pop()?.disabled;
        }"""
    )
    idle(page)


@pytest.mark.parametrize("width", [1400, 700, 400])
def test_every_bar_has_a_title_that_lies_on_nothing(
    new_page: NewPage, dashboard_url: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    settled(page)
    drawn = page.evaluate(TITLES)
    titles, chart = drawn["titles"], drawn["chart"]

    assert len(drawn["bars"]) > 60
    assert {title["id"] for title in titles} == drawn["bars"].keys()
    assert not [title["text"] for title in titles if title["text"].endswith("…")]
    for at, title in enumerate(titles):
        assert chart["left"] <= title["left"] < title["right"] <= chart["right"]
        assert not [other["text"] for other in titles[at + 1 :] if meet(title, other)]
        others = {id for id, bars in drawn["bars"].items() for bar in bars if meet(title, bar)}
        assert others <= {title["id"]}
    if width <= 640:
        assert all(
            title["bottom"] <= bar["top"] + 2
            for title in titles
            for bar in drawn["bars"][title["id"]]
        )


def test_a_window_that_changes_is_drawn_for_its_new_room(
    new_page: NewPage, dashboard_url: str
) -> None:
    page = new_page(viewport={"width": 1401, "height": 900})
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    settled(page)
    drawn_for = page.locator(".st-key-room button:disabled")
    assert drawn_for.text_content() == str(SCREEN)
    page.set_viewport_size({"width": 400, "height": 900})
    settled(page)

    assert int(drawn_for.text_content() or 0) == STEPS[1]
    # Neither seen nor reached with the keyboard.
    assert not page.locator(".st-key-room").is_visible()


def test_a_phone_is_drawn_for_at_once(new_page: NewPage, dashboard_url: str) -> None:
    phone = "Mozilla/5.0 (Linux; Android 14) Chrome/156.0 Mobile Safari/537.36"
    page = new_page(viewport={"width": 400, "height": 900}, user_agent=phone)
    # The script that measures does nothing.
    page.route("**/static/room.js", lambda route: route.fulfill(body=""))
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    page.wait_for_function("document.querySelector('.bartext')")

    assert page.locator(".st-key-room button:disabled").text_content() == str(STEPS[1])


def test_a_chart_is_saved_as_a_picture_with_its_source(
    page: Page, dashboard_url: str, database: duckdb.DuckDBPyConnection
) -> None:
    ((version,),) = database.execute("SELECT version FROM register").fetchall()
    visit(page, f"{dashboard_url}/timeline?city=istanbul&as_of={AS_OF}")
    settled(page)
    name = f"moscow-partnerships_timeline_chart_{AS_OF}_{version}"
    for format in ("svg", "png"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download this chart as {format.upper()}").click()
        assert download.value.suggested_filename == f"{name}.{format}"
        content = download.value.path().read_bytes()
        if format == "svg":
            texts = [
                "".join(text.itertext())
                for text in ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")
            ]
            said = " ".join(texts)
            assert "2 agreements since 2015; on 21 November 2026: 1 active" in said
            assert f"Source: The Moscow Partnerships Register, version {version}, " in said
            assert "as of 21 November 2026; sources reach to 25 May 2026" in said
            assert "Cooperation protocol 2024-2027" in said
        else:
            assert content[:8] == b"\x89PNG\r\n\x1a\n"
            width, height = struct.unpack(">II", content[16:24])
            box = page.locator(".js-plotly-plot").bounding_box()
            assert box is not None
            assert width == pytest.approx(2 * box["width"], abs=2)
            assert height > 2 * box["height"]


def test_a_picture_of_the_map_says_what_its_marks_mean(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    charts_drawn(page)
    legend = page.locator("ul.legend li")
    meant = legend.all_inner_texts()
    assert {text.partition(" (")[0] for text in meant} >= {"Active", "No end stated", "Expired"}
    # A look of its own for each, none of them cut away.
    looks = legend.locator("> i").evaluate_all("""marks => marks.map(mark => [
        getComputedStyle(mark).clipPath,
        getComputedStyle(mark.firstElementChild).backgroundColor,
    ])""")
    assert len(set(map(tuple, looks))) == len(meant)
    assert all(shape != "none" for shape, _ in looks)

    with page.expect_download() as download:
        page.get_by_role("button", name="Download this chart as SVG").last.click()
    picture = ElementTree.fromstring(download.value.path().read_bytes())
    children = [child.tag.removeprefix("{http://www.w3.org/2000/svg}") for child in picture]
    said = ["".join(text.itertext()) for text in picture.findall("{*}text")]
    assert [text for text in said if text in meant] == meant
    assert children.count("circle") + children.count("polygon") == len(meant)
