"""What a reader waits for in a browser, beside the barest app with a chart and a filter."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figures import Figure, middle, p95
from benchmarks.played import Runs, listen, played
from benchmarks.workshop import Workshop

SUBJECT = "browser"
FLOOR = "the barest app"
ALONE = "the same messages sent at once"
DAY = "2026-11-21"
PAGES = ("", "timeline", "areas", "validity")
MENU = ("Timeline", "Areas", "Validity", "Sources", "Overview", "Events")
WINDOW = {"width": 1400, "height": 1000}

SLOW = {
    "offline": False,
    "latency": 40,
    "downloadThroughput": 10e6 / 8,
    "uploadThroughput": 10e6 / 8,
}
"""A line of 10 Mbit/s and 40 ms, as Chromium simulates one."""

# From a click until all of another page is drawn, in milliseconds, as the page sees it.
CLICK = """
(find, changed) => new Promise((resolve, reject) => {
    const app = document.querySelector('[data-testid=stApp]');
    const drawn = () => changed() && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]');
    const resolved = () => resolve(performance.now() - begin);
    const look = () => {
        if (drawn()) requestAnimationFrame(() => setTimeout(resolved));
        else if (performance.now() - begin > 60000) reject(new Error('nothing drawn for a minute'));
        else requestAnimationFrame(look);
    };
    const begin = performance.now();
    find().click();
    look();
})
"""
YEAR_BACK = """
() => {
    // What the page says, since its address changes before the page begins to.
    const said = /as of (\\d+ \\w+ \\d+)/;
    const day = () => document.querySelector('[data-testid=stMain]').textContent.match(said)?.[1];
    const before = day();
    const find = () => [...document.querySelectorAll('button')]
        .find(button => button.innerText.trim() === 'Year back');
    return (CLICK)(find, () => day() && day() !== before);
}
""".replace("CLICK", CLICK)
GO_TO = """
name => {
    const link = [...document.querySelectorAll('.st-key-pages a')]
        .find(link => link.innerText.trim() === name);
    const heading = () => document.querySelector('h1')?.innerText;
    const before = heading();
    return (CLICK)(() => link, () => heading() && heading() !== before);
}
""".replace("CLICK", CLICK)


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """A browser, None where there is none."""
    program = shutil.which("chromium")
    if program is None:
        print("no chromium: what a reader waits for in a browser is not measured")
        yield None
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


def figures(workshop: Workshop) -> Iterator[Figure]:
    """First charts, a year back, from page to page."""
    runs = 15 if workshop.full else 5
    with chromium() as browser, workshop.ours() as ours, workshop.floor() as floor:
        if browser is None:
            return
        addresses = {name: f"{ours.url}/{name}?as_of={DAY}" for name in PAGES}
        yield from first_charts(browser, addresses, floor.url, runs)
        yield from first_charts(browser, {"": addresses[""]}, floor.url, max(2, runs // 5), SLOW)
        fetched = first_visit(browser, addresses[""]) / 1e6
        yield Figure(SUBJECT, "first visit: fetched, as it comes on the line", fetched, "MB")
        yield from years_back(browser, addresses, floor.url, 2 * runs)
        clock = page_to_page(browser, addresses[""], 2 * runs)
        yield Figure(SUBJECT, "page to page by the menu: median", middle(clock), "ms")
        yield Figure(SUBJECT, "page to page by the menu: p95", p95(clock), "ms", aim=500)


def first_charts(
    browser: Browser,
    addresses: dict[str, str],
    floor: str,
    runs: int,
    line: dict[str, float] | None = None,
) -> Iterator[Figure]:
    """From nothing to the first chart, in turns with the floor."""
    clock: dict[str, list[float]] = {name: [] for name in (*addresses, FLOOR)}
    for _ in range(runs + 1):
        for name, url in (addresses | {FLOOR: floor}).items():
            clock[name].append(first_chart(browser, url, line))
    medians = {name: middle(seconds[1:]) for name, seconds in clock.items()}
    of = "on a line of 10 Mbit/s and 40 ms" if line else "to the first chart"
    aim = None if line else 1.25
    for name in addresses:
        what = f"fresh browser, {of}, {name or 'overview'}"
        yield Figure(SUBJECT, what, medians[name], "s", FLOOR, medians[FLOOR], aim_times=aim)


def first_chart(browser: Browser, url: str, line: dict[str, float] | None) -> float:
    """Seconds until a browser that has nothing yet has drawn the first chart of a page."""
    with browser.new_context(viewport=WINDOW) as context:  # type: ignore[arg-type]
        page = context.new_page()
        if line:
            session = context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", line)
        page.goto(url, wait_until="commit", timeout=120_000)
        page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached", timeout=120_000)
        return float(page.evaluate("performance.now()")) / 1000


def first_visit(browser: Browser, url: str) -> float:
    """Bytes that a browser that has nothing yet fetches for a page, messages left out."""
    sizes: list[float] = []
    with browser.new_context(viewport=WINDOW) as context:  # type: ignore[arg-type]
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
        session.send("Network.enable")
        page.goto(url)
        page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
        page.wait_for_load_state("networkidle")
    return sum(sizes)


def years_back(
    browser: Browser, addresses: dict[str, str], floor: str, runs: int
) -> Iterator[Figure]:
    """A filter from the click until all is painted; each run has a day of its own."""
    clock = {name: _steps(browser, url, runs) for name, url in addresses.items()}
    base = middle(_steps(browser, floor, runs))
    for name, steps in clock.items():
        what = f"a year back until painted, {name or 'overview'}"
        yield Figure(SUBJECT, f"{what}: median", middle(steps), "ms", FLOOR, base, aim_times=2)
        yield Figure(SUBJECT, f"{what}: p95", p95(steps), "ms", aim=350)
    for name, url in addresses.items():
        told: Runs = []
        _steps(browser, url, runs, told=told)
        with played(told) as script:
            alone = middle(_steps(browser, url, runs, script=script))
        what = f"a year back until painted, {name or 'overview'}: median, and without its server"
        yield Figure(SUBJECT, what, middle(clock[name]), "ms", ALONE, alone)


def _steps(
    browser: Browser, url: str, runs: int, *, told: Runs | None = None, script: str = ""
) -> list[float]:
    with _settled(browser, url, told=told, script=script) as page:
        return [float(page.evaluate(YEAR_BACK)) for _ in range(runs + 1)][1:]


def page_to_page(browser: Browser, url: str, runs: int) -> list[float]:
    """Milliseconds of going round by the menu, the first round left out."""
    with _settled(browser, url) as page:
        go: Callable[[str], float] = lambda name: float(page.evaluate(GO_TO, name))  # noqa: E731
        for name in MENU:
            go(name)
            page.wait_for_timeout(200)
        return [go(MENU[step % len(MENU)]) for step in range(max(runs, 2 * len(MENU)))]


@contextmanager
def _settled(
    browser: Browser, url: str, *, told: Runs | None = None, script: str = ""
) -> Iterator[Page]:
    """A page that has come to rest.

    Args:
        told: takes what its server tells it.
        script: what runs in the page before all else.
    """
    with browser.new_context(viewport=WINDOW, bypass_csp=bool(script)) as context:  # type: ignore[arg-type]
        page = context.new_page()
        if told is not None:
            listen(page, told)
        if script:
            page.add_init_script(script)
        page.goto(url)
        page.get_by_text("as of 21 November 2026").first.wait_for(timeout=120_000)
        page.wait_for_timeout(3000)
        yield page
