"""Text of the register and of an address is drawn as it stands: nothing in it loads, links or runs.

The register is one whose every text some program would read as more than text. A server beside the
dashboard's, the canary, is what those texts lead to: nobody may ask it for anything.
"""

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from etl.publish import build
from register.filters import shortened
from tests import hostile
from tests.browser.conftest import click_point, hover, idle, serving, until, visit

Go = Callable[..., Page]

DAY = "2022-03-01"
OURS = ("https://e.example/", "https://creativecommons.org/")
"""Where the addresses of this register's sources lead to, and the licence's."""


class Canary(http.server.BaseHTTPRequestHandler):
    """Notes what it is asked for."""

    asked: list[str] = []  # noqa: RUF012  # of all requests

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)


@pytest.fixture(scope="module")
def canary() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    assert Canary.asked == []


@pytest.fixture(scope="module")
def texts(canary: str) -> list[str]:
    return hostile.texts(canary)


@pytest.fixture(scope="module")
def everything(texts: list[str]) -> str:
    return " ".join(texts)


@pytest.fixture(scope="module")
def url(canary: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    database = build(hostile.register(canary).write(folder / "register"), folder / "build")
    with serving(database, folder / "log") as address:
        yield address


@pytest.fixture
def go(page: Page, url: str) -> Iterator[Go]:
    """Go to a page, and see that nothing on it is more than text; no dialog may open."""
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    def go_to(name: str, **address: str | list[str]) -> Page:
        visit(page, f"{url}/{name}?{urlencode({'as_of': DAY} | address, doseq=True)}")
        until(page, "!document.querySelector('.js-plotly-plot:not(:has(.main-svg))')")
        text_alone(page.locator("[data-testid=stAppViewContainer]"))
        return page

    page.on("dialog", dismiss)
    yield go_to
    assert dialogs == []


_ELEMENTS = ("stMarkdownContainer", "stCaptionContainer", "stTable")
MARKDOWN = f":is({', '.join(f'[data-testid={name}]' for name in _ELEMENTS)})"


def text_alone(part: Locator) -> None:
    markdown = part.locator(MARKDOWN)
    assert (
        markdown.locator("img, iframe, script, .katex, sub, sup, del, pre, h4, input").count() == 0
    )
    icons = markdown.locator("[role=img]")
    names = icons.evaluate_all("found => found.map(icon => icon.getAttribute('aria-label'))")
    assert set(names) <= {"filter_alt icon"}
    coloured = markdown.locator("[class*=stMarkdownColored], .stMarkdownBadge")
    assert set(coloured.all_inner_texts()) <= {"sources disagree"}
    links = markdown.locator("a").evaluate_all("found => found.map(link => link.href)")
    own = part.page.evaluate("origin")
    assert [link for link in links if not link.startswith((own, *OURS))] == []


def read(part: Page | Locator, selector: str) -> list[str]:
    """What a reader sees in each element."""
    return [text.strip() for text in part.locator(selector).all_inner_texts()]


def cells(page: Page) -> list[str]:
    """What stands in each cell, without the numbers of its sources."""
    return [re.sub(r" \[\d+\]", "", cell) for cell in read(page, MAIN + "td")]


def drawn(page: Page, key: str, selector: str) -> list[str]:
    """What a reader sees in a chart, whose spaces do not break."""
    found = page.locator(f"{key} .js-plotly-plot {selector}").all_text_contents()
    return [text.replace("\u00a0", " ").strip() for text in found]


def hover_text(page: Page, key: str, *datum: str, of: str) -> list[str]:
    """What stands beside the mouse on a mark: before a click, whose run may take it away."""
    hover(page, key, *datum)
    page.locator(f".st-key-{key} .hoverlayer {of}").first.wait_for()
    return drawn(page, f".st-key-{key}", f".hoverlayer {of}")


MAIN = "[data-testid=stMain] "
LINK = MAIN + "[data-testid=stPageLink]"
LINE = MAIN + MARKDOWN + " :is(p, li)"


def test_links_of_titles_and_a_chart_by_areas(go: Go, texts: list[str]) -> None:
    opened = go("partner", city="many")

    links = read(opened, LINK)
    assert [text for text in texts if text not in links] == []
    # By name, as text is sorted; the year's name stands with them.
    names = drawn(opened, ".st-key-partner_areas", ".ytick text")
    assert sorted(names) == sorted(texts)


def test_one_record_with_all_its_fields(go: Go, everything: str) -> None:
    opened = go("agreement", id="everything")

    assert read(opened, "h1") == [f"{everything}: {everything}"]
    lines = read(opened, LINE)
    assert f"Programme · Moscow Government with {everything}, Slovenia" in lines
    assert f"Note. {everything}" in lines
    told = cells(opened)
    signed_by = f"Moscow Government: {everything}; {everything}, Slovenia: {everything}"
    assert signed_by in told
    assert any(f"{everything} or elsewhere (differs)" in cell for cell in told)
    assert f"“{everything}” (English)" in told
    source = f"{everything} after {everything} origin, no date on record, no address on record"
    assert f"{source} (Slovenian; official)" in read(opened, MAIN + "li")
    assert f"All on {everything}" in read(opened, LINK)
    assert "Suspended on 5 April 2021" in read(opened, "h3")
    citation = f"{everything}: {everything}, signed 6 May 2018. In: "
    assert read(opened, "[data-testid=stCode]")[0].startswith(citation)


def test_one_partner_with_all_its_names(go: Go, everything: str, texts: list[str]) -> None:
    opened = go("partner", city="all")

    assert read(opened, "h1") == [everything]
    lines = read(opened, LINE)
    assert f"Also: {everything} own (own language), {everything} too (English)" in lines
    assert f"Compare {everything} with" in read(opened, MAIN + "[data-testid=stWidgetLabel]")
    assert f"1 area in 1 agreement; named by most: {texts[0].lower()} (1)." in lines
    (event,) = (cell for cell in cells(opened) if cell.startswith("Suspended on 5 April 2021"))
    assert f"It concerns {everything}" in event
    assert any(f"ran out in 2021 ({everything})" in cell for cell in cells(opened))


def test_partners_side_by_side(go: Go, texts: list[str]) -> None:
    opened = go("partner", city=["many", "p5", "p8", "p19"])

    assert [texts[5], texts[8], texts[19]] == read(opened, "h3")[-3:]
    assert read(opened, MAIN + "th") == ["Area", "Shared by", "Many", texts[5], texts[8], texts[19]]
    assert sorted(read(opened, MAIN + "td:first-child")) == sorted(texts)
    tags = read(opened, "[data-testid=stSidebar] [data-tag]")
    assert tags == ["Many (25)", *(f"{texts[number]} (1)" for number in (5, 8, 19))]


def test_a_timeline_its_hover_text_and_its_drawer(go: Go, texts: list[str]) -> None:
    opened = go("timeline", city=[f"p{number}" for number in range(len(texts))])

    names = drawn(opened, ".st-key-timeline_chart", ".textpoint text")
    assert [text for text in texts if text not in names] == []
    box = opened.get_by_role("combobox", name="Agreement", exact=True)
    box.focus()
    box.press("ArrowDown")
    opened.locator("[role=option]").nth(5).wait_for()
    options = read(opened, "[role=option]")
    assert set(options) <= {f"{text}: {text}" for text in texts}
    box.press("Escape")
    told = hover_text(opened, "timeline_chart", "own19", of=".line")
    # It is wrapped at 45 characters.
    assert f"{texts[19]} {texts[19]}, programme" == " ".join(told[:3])
    click_point(opened, "timeline_chart", "own19")
    drawer = opened.locator("[role=dialog]")
    drawer.wait_for()
    idle(opened)
    text_alone(drawer)
    assert read(drawer, "h1, h2")[0] == texts[19]
    assert f"All on {texts[19]}" in read(drawer, "[data-testid=stPageLink]")
    assert any(f"{texts[19]} or elsewhere (differs)" in cell for cell in read(drawer, "td"))


def test_areas_by_partner(go: Go, texts: list[str]) -> None:
    opened = go("areas", area=["area8", "area19"])

    assert drawn(opened, ".st-key-areas_chart", ".xtick text") == [texts[19], texts[8]]
    assert (
        f"1 of 1 partner have agreements that name both {texts[8]} and {texts[19]}: Many."
        in read(opened, LINE)
    )
    told = hover_text(opened, "areas_chart", "many", "area19", of="text")
    assert told == [f"Many, {texts[19]}: 1 agreement"]
    click_point(opened, "areas_chart", "many", "area19")
    drawer = opened.locator("[role=dialog]")
    drawer.wait_for()
    idle(opened)
    text_alone(drawer)
    assert read(drawer, "h1, h2")[0] == f"Many: {texts[19]}"
    assert read(drawer, "li") == [
        f"“{texts[19]}” (English), {texts[19]} after {texts[19]}",
    ]
    address = drawer.locator("li a").get_attribute("href")
    assert address == "https://e.example/19?a&lt;$1"


def test_what_runs_out_next(go: Go, texts: list[str]) -> None:
    opened = go("validity", section="next", city=["p8"])

    assert any(
        line.endswith(f"next: {texts[8]}, 30 June 2022 (121 days left).")
        for line in read(opened, LINE)
    )
    (name,) = drawn(opened, ".st-key-validity_chart", ".annotation-text")
    assert name == f"{texts[8]}, 30 June 2022: 121 days left (expiring)"


def test_sources_that_disagree(go: Go, texts: list[str]) -> None:
    opened = go("sources", section="disagree", city=["p19", "p8"])

    lines = read(opened, LINE)
    for number in (8, 19):
        name = f"{texts[number]} after {texts[number]}"
        said = f"{texts[number]} or elsewhere (differs) — {name} (Slovenian)"
        assert said in lines
        assert f"{texts[number]}: {texts[number]}" in read(opened, LINK)


def test_the_overview_and_its_drawer(go: Go, texts: list[str]) -> None:
    opened = go("", city=["p8", "p19"])

    links = read(opened, LINK)
    assert links.count(f"{texts[19]}: {texts[19]}") == 3
    assert f"Signed in: {texts[19]} or {texts[19]} or elsewhere" in read(opened, LINE)
    click_point(opened, "overview_map", "p19")
    drawer = opened.locator("[role=dialog]")
    drawer.wait_for()
    idle(opened)
    text_alone(drawer)
    assert read(drawer, "h1, h2")[0] == texts[19]


def test_what_is_typed_into_the_form_of_proposals(go: Go, texts: list[str]) -> None:
    opened = go("propose")

    typed = [text for text in texts if text != hostile.WORD]
    opened.get_by_label("Title", exact=True).fill(" ".join(typed)[:290])
    for text in typed[:4]:
        field = opened.get_by_label("Published on", exact=True)
        field.fill(text)
        field.press("Tab")
        told = f"Source 1, published on: {text!r} is no date"
        expect(opened.locator("[data-testid=stAlert] li").first).to_contain_text(told)
        idle(opened)
        text_alone(opened.locator("[data-testid=stAppViewContainer]"))


@pytest.mark.parametrize("name", ["", "agreement", "sources"])
def test_an_address_is_text_too(go: Go, name: str, texts: list[str]) -> None:
    some = [text for text in texts if text != hostile.WORD]
    asked = " ".join(some)[:190].strip()
    own = {"id": asked, "section": asked, "source": asked}
    opened = go(name, city=some[9], q=asked, version=some[9], **own)

    alerts = " ".join(read(opened, "[data-testid=stAlert]"))
    assert f"no city “{some[9]}”" in alerts
    assert f"version {some[9][:40]} of the register" in alerts
    if name == "agreement":
        assert f"no agreement “{shortened(asked)}”" in alerts
    assert f"Only “{asked}”" in " ".join(read(opened, LINE)).replace("filter_alt ", "")
