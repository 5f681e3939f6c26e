"""``python -m benchmarks.capacity``: what one core carries, in sessions and in requests a second.

Everything runs on loopback, for some two minutes. What a server costs is read from the processor
time that it used, so that neither the asker nor what else the machine does counts; how long an
answer took is told beside it.
"""

import asyncio
import http.client
import os
import platform
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import duckdb
from playwright.sync_api import sync_playwright

from benchmarks.meter import Meter, show
from benchmarks.sessions import sessions
from etl.publish import build
from register.builds import POINTER
from tests.deploy.servers import Nginx, Server, replica

ROOT = Path(__file__).resolve().parent.parent
API = "/api/v1"
FIRST, LAST = date(1995, 1, 1), date(2026, 11, 21)


@contextmanager
def asker(url: str) -> Iterator[Callable[..., http.client.HTTPResponse]]:
    """Asks over one connection that is kept."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def ask(address: str, **headers: str) -> http.client.HTTPResponse:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"} | headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status in (200, 304), (address, answer.status)
        return answer

    try:
        yield ask
    finally:
        connection.close()


def requests(server: Server, ids: list[str], cities: list[str]) -> None:
    """What a replica itself answers; of the first kinds no question was asked shortly before."""
    chance, number = random.Random(1), count()

    def of_a_city() -> str:
        return f"/agreements?city={chance.choice(cities)}&limit={1 + next(number) % 1000}"

    def on_a_day() -> str:
        return f"/agreements?as_of={FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))}"

    kinds: dict[str, Callable[[], str]] = {
        "one record": lambda: f"/agreements/{chance.choice(ids)}",
        "a city's agreements": of_a_city,
        "a hundred agreements": lambda: f"/agreements?offset={next(number) % 190}",
        "all agreements as CSV": lambda: f"/agreements.csv?offset={next(number) % 90}",
        "all agreements as Parquet": lambda: f"/agreements.parquet?offset={next(number) % 90}",
        "a hundred agreements on a day of its own": on_a_day,
        "a question asked before": lambda: "/agreements",
    }
    meter = Meter(server)
    with asker(server.url) as ask:
        for name, address in kinds.items():
            cost = meter.cost(lambda address=address: ask(API + address()))  # type: ignore[misc]
            show(f"replica: {name}", cost)
        etag = {"If-None-Match": ask(f"{API}/agreements").headers["ETag"]}
        again = meter.cost(lambda: ask(f"{API}/agreements", **etag))
        show("replica: asked again, not changed", again)


def cached(nginx: Nginx) -> None:
    """What is asked of nginx and lies in its cache."""
    meter = Meter(nginx)
    with asker(nginx.url) as ask:
        version = ask(f"{API}/").headers["Register-Version"]
        pinned = f"version={version}&as_of={LAST}"
        for name, address in {
            "a hundred agreements, compressed": f"{API}/agreements?{pinned}",
            "all agreements as Parquet": f"{API}/agreements.parquet?{pinned}",
        }.items():
            cost = meter.cost(lambda address=address: ask(address))  # type: ignore[misc]
            assert ask(address).headers["X-Cache-Status"] == "HIT"
            show(f"nginx: {name}", cost)


def first_visit(nginx: Nginx) -> None:
    """How much a browser that was never here fetches for the overview."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("no chromium: a first visit is not measured")
        return
    before = len(nginx.requests())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(nginx.url)
        page.get_by_text("as of").first.wait_for()
        page.wait_for_load_state("networkidle")
        browser.close()
    fetched = nginx.requests()[before:]
    size = sum(each["bytes"] for each in fetched)
    print(f"a first visit fetches {size / 2**20:.1f} MB in {len(fetched)} requests")


def machine() -> None:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in lines if "model name" in line), "?")
    busy = os.getloadavg()[0]
    print(f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{date.today()}; before it began {busy:.1f} processes were running or waiting")


def main() -> None:
    """Run all of it on the real register."""
    machine()
    with TemporaryDirectory() as folder, ExitStack() as stack:
        place = Path(folder)
        database = build(ROOT / "data" / "register", place / "build")
        with duckdb.connect(database, read_only=True) as connection:
            ids, cities = (
                [name for (name,) in connection.execute(f"SELECT {key} FROM {table}").fetchall()]
                for key, table in (("agreement_id", "agreements"), ("partner_id", "partners"))
            )
        # No limit for one client, since all comes from one.
        limits = {"PARTNERSHIPS_REQUESTS_PER_MINUTE": "0", "PARTNERSHIPS_SESSIONS_PER_CLIENT": "0"}
        server = replica(ROOT, place / "build" / POINTER, place / "log", **limits)
        stack.callback(server.kill)
        server.start()
        server.wait_until_ready()
        requests(server, ids, cities)
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        if program:
            nginx = Nginx(program, place / "nginx", [server.place])
            stack.callback(nginx.drain)
            nginx.start()
            nginx.wait_until_ready()
            cached(nginx)
            first_visit(nginx)
        else:
            print("no nginx: its cache is not measured")
        asyncio.run(sessions(server, cities))


if __name__ == "__main__":
    main()
