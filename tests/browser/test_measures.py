"""What the benchmarks wait for in a browser."""

from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import YEAR_BACK
from benchmarks.played import Runs, listen, played
from tests.browser.conftest import idle, visit

EARLY = """
<div data-testid="stApp" data-test-script-state="notRunning">
  <button>Year back</button>
  <section data-testid="stMain">144 partners, as of 21 November 2026.</section>
</div>
<script>
  const app = document.querySelector("[data-testid=stApp]");
  const main = document.querySelector("[data-testid=stMain]");
  document.querySelector("button").onclick = () => {
    history.pushState(null, "", "?as_of=2025-11-21");
    setTimeout(() => (app.dataset.testScriptState = "running"), 100);
    setTimeout(() => (main.textContent = "140 partners, as of 21 November 2025."), 200);
    setTimeout(() => (app.dataset.testScriptState = "notRunning"), 300);
  };
</script>
"""
"""As Streamlit does it: the address first, then that it runs, what is new, and that it is done."""


SEEN = """
    async () => {
        await (YEAR_BACK)();
        return [main.textContent, app.dataset.testScriptState];
    }
""".replace("YEAR_BACK", YEAR_BACK)


def test_a_year_back_is_over_when_the_page_is_new_and_not_when_its_address_is(
    page: Page, dashboard_url: str
) -> None:
    address = f"{dashboard_url}/early?as_of=2026-11-21"
    page.route(address, lambda route: route.fulfill(body=EARLY, content_type="text/html"))
    page.goto(address)

    assert page.evaluate(SEEN) == ["140 partners, as of 21 November 2025.", "notRunning"]


def test_a_page_is_told_the_same_again_without_its_server(
    browser: Browser, dashboard_url: str
) -> None:
    address = f"{dashboard_url}/timeline?as_of=2026-11-21"
    told: Runs = []
    asked: list[str] = []

    def year(page: Page) -> str:
        page.get_by_role("button", name="Year back", exact=True).click()
        expect(page.get_by_test_id("stMain")).to_contain_text("as of 21 November 2025")
        idle(page)
        return page.get_by_test_id("stMain").inner_text()

    with browser.new_context() as context:
        page = context.new_page()
        listen(page, told)
        visit(page, address)
        known = year(page)
    with played(told) as script, browser.new_context(bypass_csp=True) as context:
        page = context.new_page()
        page.on("websocket", lambda socket: asked.append(socket.url))
        page.add_init_script(script)
        visit(page, address)
        again = year(page)

    assert again == known
    assert asked
    assert not any(url.startswith(dashboard_url.replace("http", "ws")) for url in asked)
