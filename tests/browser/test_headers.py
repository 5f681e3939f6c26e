"""What the browser is told to forbid, no page needs; who may embed the pages is a setting."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import NewPage, serving, turn, until, visit

PAGES = {
    "overview": "/",
    "timeline": "/timeline",
    "areas": "/areas",
    "validity": "/validity",
    "events": "/events",
    "partner": "/partner?city=istanbul",
    "agreement": "/agreement?id=istanbul-2024-protocol",
    "sources": "/sources",
    "data": "/data",
    "propose": "/propose?id=istanbul-2024-protocol",
}
DRAWN = "!document.querySelector('.js-plotly-plot:not(:has(.main-svg))')"


PROTOBUF = re.compile(r"script-src wasm-eval \S+/static/js/protobuf\.")


def listen(page: Page) -> None:
    """Note from now on what the browser refuses, also where the console says nothing."""
    page.add_init_script(
        "window.refused = [];"
        "document.addEventListener('securitypolicyviolation', event => window.refused.push("
        "`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));"
    )


def refused(page: Page) -> list[str]:
    """What was refused, but for Streamlit's reader of messages: it can do without WebAssembly."""
    found: list[str] = page.evaluate("window.refused")
    return [each for each in found if not PROTOBUF.match(each)]


@pytest.fixture(scope="module")
def kept_page(contexts: Callable[..., BrowserContext]) -> Iterator[Page]:
    """The window of ``same_page`` in this file: it listens, anew in each document."""
    page = contexts().new_page()
    listen(page)
    yield page
    page.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_a_page_needs_nothing_that_is_forbidden(
    same_page: NewPage, dashboard_url: str, path: str
) -> None:
    page = same_page(color_scheme="dark")
    visit(page, f"{dashboard_url}{path}")
    until(page, DRAWN)
    turn(page, "light")
    assert refused(page) == []


def test_nor_does_what_is_opened_or_downloaded(page: Page, dashboard_url: str) -> None:
    listen(page)
    visit(page, f"{dashboard_url}/data")
    with page.expect_download() as download:
        page.locator("[class*=st-key-download_] button").first.click()
    assert download.value.path().stat().st_size > 1000
    page.get_by_role("link", name="Overview").click()
    for name in ("How to read this", "Copy link"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
        page.keyboard.press("Escape")
    assert refused(page) == []


def test_a_script_that_came_with_a_text_would_not_run(browser: Browser, dashboard_url: str) -> None:
    page = browser.new_page()
    listen(page)
    visit(page, dashboard_url)
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            const image = document.createElement('img');
            image.src = 'https://evil.example/x.png';
            document.body.append(image);
        }"""
    )
    until(page, "window.refused.length >= 2")
    assert page.evaluate("window.ran") is None
    assert sorted(line.split()[0] for line in refused(page)) == ["img-src", "script-src-elem"]
    page.close()


@pytest.fixture
def embedding() -> Iterator[ThreadingHTTPServer]:
    """Another site, whose page shows what its address names in a frame."""

    class Embedding(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(f'<iframe src="{self.path[2:]}" width=900 height=900>'.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Embedding)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_no_other_site_may_embed_a_page(
    browser: Browser, embedding: ThreadingHTTPServer, dashboard_url: str
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for path in ("/", "/api/v1/docs"):
        page.goto(f"http://127.0.0.1:{embedding.server_port}/?{dashboard_url}{path}")
        frame = page.frame_locator("iframe")
        expect(frame.locator("#sub-frame-error-details")).to_be_visible()
    assert sum("frame-ancestors 'none'" in text for text in said) == 2
    page.close()


def test_a_site_that_is_named_may_embed_the_pages(
    page: Page,
    embedding: ThreadingHTTPServer,
    published: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    site = f"http://127.0.0.1:{embedding.server_port}"
    monkeypatch.setenv("PARTNERSHIPS_FRAME_ANCESTORS", site)
    with serving(published, tmp_path / "log") as url:
        page.goto(f"{site}/?{url}/")
        heading = page.frame_locator("iframe").get_by_role("heading", level=1)
        expect(heading).to_contain_text("known to be in force")
        page.goto("about:blank")
