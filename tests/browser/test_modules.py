"""What pages need comes before it is asked for, and nothing that they do not need."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import modules
from tests.browser.conftest import PATIENCE, charts_drawn, idle, until, visit

GIVEN = """
async address => {
    const socket = new WebSocket(address);
    const given = [];
    const some = new Promise(done => {
        socket.addEventListener('message', ({ data }) => { given.push(data); done(); });
    });
    for (const data of ['first', 'second']) {
        socket.dispatchEvent(new MessageEvent('message', { data }));
    }
    const atOnce = [...given];
    await some;
    return [atOnce, given];
}
"""
"""What a page is given of two messages: when they come, and when it is first given any."""

SENT = """
address => {
    window.given = [];
    const socket = new WebSocket(address);
    socket.addEventListener('message', ({ data }) => window.given.push(data));
    socket.dispatchEvent(new MessageEvent('message', { data: 'drawn' }));
}
"""
"""A page is sent something; ``given`` is what it has been given."""

ASKED_FOR = "performance.getEntriesByType('resource').map(one => new URL(one.name).pathname)"

BELOW = """
new MutationObserver((_, observer) => {
    if (!document.querySelector('.js-plotly-plot .main-svg')) return;
    window.below = document.querySelectorAll('#partners, .st-key-lists').length;
    observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
"""``below``: how much of what the Overview has below its charts is there with the first one."""


@pytest.fixture
def new_visitor(browser: Browser) -> Page:
    """A window of somebody who has been here never."""
    return browser.new_context().new_page()


def test_a_browser_asks_for_what_a_page_needs_before_the_page_has_started(
    new_visitor: Page, dashboard_url: str
) -> None:
    unused: list[str] = []
    new_visitor.on(
        "console",
        lambda message: unused.append(message.text) if "preload" in message.text else None,
    )
    visit(new_visitor, f"{dashboard_url}/?as_of=2026-11-21")
    asked_for = new_visitor.evaluate(ASKED_FOR)
    # With this Streamlit's page begins to connect.
    started = asked_for.index("/_stcore/host-config")
    early, late = asked_for[:started], asked_for[started:]

    assert {f"/{module[2:]}" for module in modules.needed()} <= set(early)
    for kind in modules.KINDS:
        assert any(f"/{kind}." in path for path in early)
    assert any("/DataFrame." in path for path in late)
    assert len(asked_for) == len(set(asked_for))
    assert unused == []
    new_visitor.context.close()


def test_each_module_comes_after_the_page_s_own_and_once(page: Page, dashboard_url: str) -> None:
    html = page.request.get(dashboard_url).text()
    links = [
        html.index(f'rel="modulepreload" crossorigin href="{one}"') for one in modules.needed()
    ]

    assert min(links) > html.index('<script type="module"')
    assert all(html.count(f'"{one}"') == 1 for one in modules.needed())


def test_charts_are_ready_to_be_drawn_when_the_server_answers(
    new_visitor: Page, dashboard_url: str
) -> None:
    def unanswered(messages: WebSocketRoute) -> None:
        server = messages.connect_to_server()
        server.on_message(lambda _: None)

    new_visitor.route_web_socket("**/_stcore/stream", unanswered)
    new_visitor.goto(dashboard_url)

    # Plotly puts them there when it runs.
    expect(new_visitor.locator("style[id^='plotly.js']")).to_be_attached()
    new_visitor.context.close()


def test_the_first_chart_is_drawn_before_what_stands_below_it(
    new_visitor: Page, dashboard_url: str
) -> None:
    answer: list[str | bytes] = []
    sockets: list[WebSocketRoute] = []

    def unanswered(messages: WebSocketRoute) -> None:
        sockets.append(messages)
        messages.connect_to_server().on_message(lambda message: answer.append(message))

    new_visitor.route_web_socket("**/_stcore/stream", unanswered)
    new_visitor.add_init_script(BELOW)
    new_visitor.goto(f"{dashboard_url}/?as_of=2026-11-21")
    expect(new_visitor.locator("style[id^='plotly.js']")).to_be_attached()
    for _ in range(PATIENCE // 50):
        if not any(map(_ends, answer)):
            new_visitor.wait_for_timeout(50)
    for message in answer:
        sockets[0].send(message)

    expect(new_visitor.locator("#partners")).to_be_attached()
    assert new_visitor.evaluate("window.below") == 0
    new_visitor.context.close()


@pytest.mark.parametrize("name", ["", "timeline", "areas", "validity", "events"])
def test_a_chart_is_drawn_once(new_visitor: Page, dashboard_url: str, name: str) -> None:
    def counting(route: Route) -> None:
        module = route.fetch()
        text = re.sub(
            r"(\w)\._doPlot=(\w+),",
            r"\1._doPlot=(at,...of)=>{at.drawn=(at.drawn??0)+1;return \2(at,...of)},",
            module.text(),
        )
        assert text != module.text()
        route.fulfill(response=module, body=text)

    new_visitor.route("**/PlotlyChart.*.js", counting)
    visit(new_visitor, f"{dashboard_url}/{name}?as_of=2026-11-21")
    new_visitor.get_by_role("button", name="Year back").first.click()
    expect(new_visitor.get_by_text("as of 21 November 2025").first).to_be_visible()
    idle(new_visitor)
    charts_drawn(new_visitor)
    new_visitor.wait_for_timeout(1000)

    # Each run has charts of its own.
    drawn = new_visitor.locator(".js-plotly-plot").evaluate_all(
        "plots => plots.map(at => at.drawn)"
    )
    assert drawn
    assert set(drawn) == {1}
    new_visitor.context.close()


def _ends(message: str | bytes) -> bool:
    return (
        isinstance(message, bytes)
        and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"
    )


def test_what_comes_together_is_given_to_the_page_together(page: Page, dashboard_url: str) -> None:
    page.route_web_socket("**/together", lambda _: None)
    visit(page, dashboard_url)
    given = page.evaluate(GIVEN, f"{dashboard_url.replace('http', 'ws')}/together")

    assert given == [[], ["first", "second"]]


def test_nothing_is_drawn_anew_under_what_is_pressed(page: Page, dashboard_url: str) -> None:
    page.route_web_socket("**/pressed", lambda _: None)
    visit(page, dashboard_url)
    page.mouse.move(1, 500)
    page.mouse.down()
    page.evaluate(SENT, f"{dashboard_url.replace('http', 'ws')}/pressed")
    page.wait_for_timeout(200)
    held = page.evaluate("window.given.length")
    page.mouse.up()

    assert held == 0
    until(page, "window.given.length === 1")
