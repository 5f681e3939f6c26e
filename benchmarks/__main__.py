"""``python -m benchmarks``: medians of the build, queries, charts and a filter change."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import click
import duckdb
from playwright.sync_api import Browser, sync_playwright

from benchmarks.generator.command import generate_command
from dashboard.charts.areas import area_heatmap, order
from dashboard.charts.style import LIGHT
from dashboard.charts.timeline import timeline
from etl.publish import build
from register.builds import POINTER
from register.filters import Filters
from register.queries import areas, register, selected

ROOT = Path(__file__).resolve().parent.parent
FILTERS = Filters(as_of=date(2026, 11, 21))
RUNS = 7


def report(name: str, action: Callable[[], object], runs: int = RUNS) -> None:
    """Print the median and the longest of several runs, after one that does not count."""
    action()
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - begin)
    show(name, seconds)


def show(name: str, seconds: list[float]) -> None:
    print(f"{name:<44} {median(seconds) * 1000:8.0f} ms   longest {max(seconds) * 1000:8.0f} ms")


def bench_build(out: Path) -> None:
    report("build the database", lambda: build(ROOT / "data" / "register", out), runs=3)


def bench_queries(database: Path) -> None:
    with duckdb.connect(database, read_only=True) as connection:
        report("query: options of the filters", lambda: register.options(connection))
        for query in (selected.agreements, selected.events, selected.status_counts):
            report(f"query: {query.__name__}", lambda query=query: query(connection, FILTERS))
        report("query: area_counts", lambda: areas.area_counts(connection, FILTERS, ()))
        agreements = selected.agreements(connection, FILTERS)
        events = selected.events(connection, FILTERS)
        counts = areas.area_counts(connection, FILTERS, ())
    first = agreements[agreements["partner_id"].isin(agreements["partner_id"].unique()[:25])]
    report("chart: timeline of 25 partners", lambda: timeline(first, events, FILTERS.as_of, LIGHT))
    partners, columns = order(counts, "Total")
    report(
        "chart: heatmap of 25 partners",
        lambda: area_heatmap(counts, partners[:25], columns, LIGHT),
    )


@contextmanager
def serving(app: Path, database: Path) -> Iterator[str]:
    """An app of Streamlit on a free port of this machine; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("--server.address=127.0.0.1", f"--server.port={port}")
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", app.name, *options],
        cwd=app.parent,
        env=os.environ | {"PARTNERSHIPS_DATABASE": str(database)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urlopen(f"{address}/_stcore/health", timeout=1)
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def bench_browser(database: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no chromium: the dashboard in a browser is not measured")
        return
    with (
        serving(ROOT / "app.py", database) as address,
        serving(ROOT / "benchmarks" / "floor" / "app.py", database) as floor,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        bench_first_chart(browser, floor, address)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        for name in ("", "timeline", "areas", "validity", "sources"):
            page.goto(f"{address}/{name}?as_of=2026-11-21")
            page.get_by_text("as of 21 November 2026").first.wait_for()
            page.wait_for_timeout(3000)
            # Each run has a day of its own: no answer comes from a cache.
            seconds = [page.evaluate(YEAR_BACK) / 1000 for _ in range(RUNS + 1)]
            show(f"browser: a year back, {name or 'overview'}", seconds[1:])
        browser.close()


def bench_first_chart(browser: Browser, floor: str, address: str) -> None:
    """From nothing to the first chart, beside the barest app with one, in turns."""
    apps = {"the barest app": floor} | {
        name or "overview": f"{address}/{name}?as_of=2026-11-21"
        for name in ("", "timeline", "areas", "validity")
    }
    seconds: dict[str, list[float]] = {name: [] for name in apps}
    for _ in range(RUNS + 1):
        for name, url in apps.items():
            seconds[name].append(first_chart(browser, url))
    for name, measured in seconds.items():
        show(f"browser: first chart, {name}", measured[1:])
        ratio = median(measured[1:]) / median(seconds["the barest app"][1:])
        print(f"{'':<44} {ratio:8.2f} times the barest app's")


def first_chart(browser: Browser, url: str) -> float:
    """Seconds until a browser that has nothing yet has drawn the first chart of a page."""
    with browser.new_context(viewport={"width": 1400, "height": 1000}) as context:
        page = context.new_page()
        page.goto(url, wait_until="commit")
        page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
        return float(page.evaluate("performance.now()")) / 1000


# From the click on "Year back" until all is drawn, in milliseconds, as the page itself sees it.
YEAR_BACK = """
() => new Promise(resolve => {
    const line = () => [...document.querySelectorAll('strong')]
        .map(text => text.innerText).find(text => text.includes('as of'));
    const app = document.querySelector('[data-testid=stApp]');
    const drawn = () => line() && line() !== before
        && app.dataset.testScriptState === 'notRunning'
        && !document.querySelector('[data-stale=true], [data-testid=stSkeleton]');
    const look = () => drawn()
        ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begin)))
        : requestAnimationFrame(look);
    const before = line();
    const button = [...document.querySelectorAll('button')]
        .find(button => button.innerText.trim() === 'Year back');
    const begin = performance.now();
    button.click();
    look();
})
"""


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """Run all benchmarks on the real register."""
    if context.invoked_subcommand:
        return
    with TemporaryDirectory() as folder:
        bench_build(Path(folder))
        database = (Path(folder) / POINTER).resolve()
        bench_queries(database)
        bench_browser(database)


main.add_command(generate_command)

if __name__ == "__main__":
    main()
