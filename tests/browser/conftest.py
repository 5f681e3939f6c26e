"""The dashboard in a server of its own and Chromium before it.

``page`` fails its test when the page asks another host for anything or reports an error of ours.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    ViewportSize,
    WebSocket,
    expect,
    sync_playwright,
)

from dashboard.charts.style import DARK, LIGHT
from etl.publish import build
from tests.large import of_many_partners

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
AS_OF = "2026-11-21"
STARTED = 60
"""Seconds that a server may take to start."""

PATIENCE = 30_000
"""Milliseconds that a page may take; it is long, because a busy machine is no failure."""

expect.set_options(timeout=PATIENCE)

# Playwright's own, whose list is not read beside another.
FEATURES_OFF = [
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    # And ours: scripts are not compiled while they come, as the process has most of them compiled.
    "ScriptStreaming",
]

# Nothing of the browser's own goes over the network.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # All windows of a context run in one process, which keeps the scripts it has compiled.
    "--process-per-site",
    # No window is open for so long that what compiles the busiest scripts anew would pay.
    "--js-flags=--no-opt --no-maglev",
    f"--disable-features={','.join(FEATURES_OFF)}",
]
# Streamlit looks for itself below a page's address before it looks above it.
STREAMLITS_OWN = ("/_stcore/host-config", "/_stcore/health")
# Plotly's own, when the map is left before its coastlines have come: it then draws the name of
# Moscow into a chart that is gone. It does not ask before it draws, and the name is worth more.
PLOTLYS_OWN = "Cannot read properties of undefined (reading 'typesetMath')"

WINDOW: ViewportSize = {"width": 1400, "height": 1000}
NewPage = Callable[..., Page]
Scheme = Literal["light", "dark"]
MENU_AND_LETTERS: dict[Scheme, tuple[str, str]] = {
    "light": ("rgb(251, 250, 247)", LIGHT.mark),
    "dark": ("rgb(24, 23, 21)", DARK.mark),
}
"""The background of the menu, which is of our style sheets, and the colour of letters in charts."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder need the browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@contextmanager
def serving(database: Path, log: Path) -> Iterator[str]:
    """Run the dashboard over a database; the value is its address."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless", "true"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--server.address", "127.0.0.1", "--server.port", str(port)],
            cwd=ROOT,
            env=os.environ | {"PARTNERSHIPS_DATABASE": str(database)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        give_up = time.monotonic() + STARTED
        while not _healthy(url):
            if server.poll() is not None or time.monotonic() > give_up:
                pytest.fail(f"The dashboard does not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        try:
            server.wait(timeout=10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="package")
def dashboard_url(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard over the real register, shared by all tests."""
    with serving(published, tmp_path_factory.mktemp("server") / "log") as url:
        yield url


@pytest.fixture(scope="package")
def large_dashboard_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dashboard over a register of thousands, see ``tests.large``."""
    folder = tmp_path_factory.mktemp("large")
    database = build(of_many_partners().write(folder / "register"), folder / "build")
    with serving(database, folder / "log") as url:
        yield url


@pytest.fixture
def fresh_dashboard_url(published: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a dashboard that has just started and served nobody yet."""
    with serving(published, tmp_path / "log") as url:
        yield url


@pytest.fixture(scope="package")
def database(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The real register, to ask without the dashboard."""
    with duckdb.connect(published, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("Chromium is missing: run `make chromium`, or leave out -m browser")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def contexts(browser: Browser, dashboard_url: str) -> Callable[..., BrowserContext]:
    """A context for each set of options, kept: what it has fetched once serves all tests.

    A window of it stays open, so that its process does too: a page then costs half the time.
    """
    made: dict[str, BrowserContext] = {}

    def context(**options: object) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in made:
            settings = {"viewport": WINDOW, "reduced_motion": "reduce"}
            made[key] = browser.new_context(**settings | options)  # type: ignore[arg-type]
            made[key].set_default_timeout(PATIENCE)
            made[key].new_page().goto(f"{dashboard_url}/_stcore/health")
        return made[key]

    return context


@pytest.fixture
def watch() -> Iterator[Callable[[Page], None]]:
    """Note from now on which hosts a window asks and what errors it has; both fail the test."""
    pages: list[Page] = []
    hosts: set[str] = set()
    errors: list[str] = []

    def asked(request: Request | WebSocket) -> None:
        hosts.add(_host(request.url))

    def console(message: ConsoleMessage) -> None:
        url = message.location["url"]
        if message.type == "error" and not url.endswith(STREAMLITS_OWN):
            errors.append(f"{message.text} ({url})")

    def failed(error: Error) -> None:
        if error.message != PLOTLYS_OWN:
            errors.append(str(error))

    listeners: dict[Any, Any] = {
        "request": asked,
        "websocket": asked,
        "console": console,
        "pageerror": failed,
    }

    def begin(page: Page) -> None:
        pages.append(page)
        for event, listener in listeners.items():
            page.on(event, listener)

    yield begin
    for page in pages:
        if not page.is_closed():
            for event, listener in listeners.items():
                page.remove_listener(event, listener)
    assert hosts - {""} <= {"127.0.0.1"}, "the page asked another host"
    assert errors == [], "the browser's console has errors"


@pytest.fixture
def new_page(
    contexts: Callable[..., BrowserContext], watch: Callable[[Page], None]
) -> Iterator[NewPage]:
    """Open windows with options of their own (``viewport``, ``color_scheme``), as ``page`` does."""
    pages: list[Page] = []

    def open_window(
        viewport: ViewportSize | None = None, color_scheme: Scheme | None = None, **options: object
    ) -> Page:
        page = contexts(**options).new_page()
        pages.append(page)
        if viewport:
            page.set_viewport_size(viewport)
        if color_scheme:
            page.emulate_media(color_scheme=color_scheme)
        watch(page)
        return page

    yield open_window
    for page in pages:
        _forget(page)
        page.close()


@pytest.fixture(scope="package")
def kept_page(contexts: Callable[..., BrowserContext]) -> Page:
    """The window of ``same_page``."""
    return contexts().new_page()


@pytest.fixture
def same_page(kept_page: Page, watch: Callable[[Page], None]) -> Iterator[NewPage]:
    """Take the one window that all such tests take, a third cheaper than a new one.

    For those that only look at what an address shows: a script or a listener would stay in it.
    """

    def take_window(viewport: ViewportSize = WINDOW, color_scheme: Scheme = "light") -> Page:
        kept_page.set_viewport_size(viewport)
        kept_page.emulate_media(color_scheme=color_scheme)
        watch(kept_page)
        return kept_page

    yield take_window
    _forget(kept_page)
    kept_page.goto("about:blank")


def _forget(page: Page) -> None:
    """Let no other window find what this one has stored."""
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear()")


def _host(url: str) -> str:
    """The host, empty for what is not fetched (data:, blob:)."""
    return urlsplit(url).hostname or ""


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A window of 1400 by 1000 pixels."""
    return new_page()


def until(page: Page, expression: str, arg: object = None) -> None:
    """Wait until the expression or function holds in the page.

    Playwright's ``wait_for_function`` evaluates text within the page again and again, which the
    content security policy forbids.
    """
    assert holds(page, expression, arg, PATIENCE), f"It never held in the page: {expression}"


def holds(page: Page, expression: str, arg: object, patience: int) -> bool:
    """Whether the expression or function holds in the page within so many milliseconds."""
    give_up = time.monotonic() + patience / 1000
    while not page.evaluate(expression, arg):
        if time.monotonic() > give_up:
            return False
        page.wait_for_timeout(50)
    return True


def charts_drawn(page: Page) -> None:
    """Wait until each chart that is there has been drawn.

    A page draws its charts last, and others in their place once it is told how much room it has.
    """
    until(
        page,
        "[...document.querySelectorAll('.js-plotly-plot')]"
        ".every(chart => chart.querySelector('.main-svg'))",
    )


def idle(page: Page) -> None:
    """Wait until Streamlit has drawn the page and has nothing more to do."""
    state = "[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
    page.wait_for_selector(f"[data-testid=stApp]{state}")
    until(page, "!document.querySelector('[data-stale=true], [data-testid=stSkeleton]')")


IN_SCHEME = """
([menu, letters]) =>
    getComputedStyle(document.querySelector('div:has(> .st-key-menu)')).backgroundColor === menu
    && [...document.querySelectorAll('.js-plotly-plot')]
        .every(chart => chart.layout.font.color === letters)
"""


def turn(page: Page, scheme: Scheme) -> None:
    """Have the open page in the other scheme, with all colours that it has when opened in it.

    It comes to them by itself, which costs a quarter of opening the page.
    """
    page.emulate_media(color_scheme=scheme)
    until(page, IN_SCHEME, MENU_AND_LETTERS[scheme])
    idle(page)
    charts_drawn(page)
    drawn(page)


def visit(page: Page, address: str) -> None:
    """Go to an address and wait until the page is there."""
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    idle(page)


def back(page: Page) -> None:
    """Go back when the page is there: a run still under way would bring its page back."""
    idle(page)
    page.go_back()


def forward(page: Page) -> None:
    """Go forward when the page is there."""
    idle(page)
    page.go_forward()


def drawn(page: Page) -> None:
    """Wait until what has just happened in the page is painted, and its events have come."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


HIGHLIGHTED = """
wanted => {
    const id = document.activeElement.getAttribute("aria-activedescendant");
    const option = id && document.getElementById(id);
    return option?.role === "option" && option.textContent.includes(wanted);
}
"""


def offer(field: Locator, text: str, option: str | None = None) -> None:
    """Type into a list that searches, until the option is the highlighted one.

    The text comes at once when the page stands still: Streamlit's list closes when the page is
    scrolled, as it is to a field that gets the focus, and when a letter comes while it draws what
    fits the letters before. It also closes when a run brings other options: then it is typed again.

    Args:
        option: what the option is called, if not by the text that is typed.
    """
    page, patience = field.page, PATIENCE // 10
    for _ in range(PATIENCE // patience):
        field.fill("")
        field.focus()
        drawn(page)
        page.keyboard.insert_text(text)
        if holds(page, HIGHLIGHTED, option or text, patience):
            return
    pytest.fail(f"No option “{option or text}” is highlighted for “{text}”")


def choose(field: Locator, text: str, option: str | None = None) -> None:
    """Choose in a list by the keyboard what is searched for, and close the list."""
    offer(field, text, option)
    page = field.page
    page.keyboard.press("Enter")
    if field.locator("xpath=ancestor::*[@data-testid='stMultiSelect']").count():
        # More can be chosen, so it stays open. Where one is chosen Escape would take it back.
        page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    idle(page)


MIDDLE_OF_A_POINT = """
([key, datum]) => {
    const chart = document.querySelector(`.st-key-${key} .js-plotly-plot`);
    for (const trace of chart ? chart.querySelectorAll('.trace') : []) {
        const data = trace.__data__[0].trace.customdata;
        for (const point of trace.querySelectorAll('.point')) {
            const own = data && data[point.__data__.i];
            if (own && datum.every((value, at) => own[at] === value)) {
                point.scrollIntoView({block: 'center', inline: 'center'});
                const box = point.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
            }
        }
    }
    return null;
}
"""


def click_point(page: Page, key: str, *datum: str) -> None:
    """Click the first bar or mark of a chart with that custom data."""
    # Plotly picks what the mouse hovers over.
    page.mouse.click(*hover(page, key, *datum))


def hover(page: Page, key: str, *datum: str) -> tuple[float, float]:
    """Move the mouse onto the first bar or mark of a chart with that custom data; where that is."""
    until(page, MIDDLE_OF_A_POINT, arg=[key, list(datum)])
    x, y = page.evaluate(MIDDLE_OF_A_POINT, [key, list(datum)])
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    return x, y
