"""Three questions asked of our API, and of Datasette on the same rows: as data, and as a page.

A client of ours (``http.client``, one connection that is kept) asks one after the other; each
question has another city, horizon or count, so that none is answered from memory, and is then asked
once more.
"""

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import duckdb
from playwright.sync_api import Browser

from benchmarks.browser import DAY, WINDOW, chromium
from benchmarks.figures import Figure, middle
from benchmarks.meter import Cost, Meter
from benchmarks.peers import datasette
from benchmarks.workshop import Workshop
from tests.deploy.servers import Server

SUBJECT = "lists"
PEER = "Datasette"
API = "/api/v1"
SECONDS = 3.0

Ask = Callable[[], str]
"""Gives the address to ask for next."""


@contextmanager
def asker(url: str) -> Iterator[Callable[[str], http.client.HTTPResponse]]:
    """Asks over one connection that is kept."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)

    def ask(address: str) -> http.client.HTTPResponse:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (address, answer.status, body[:200])
        return answer

    try:
        yield ask
    finally:
        connection.close()


def ours(pairs: list[tuple[str, str]]) -> dict[str, Ask]:
    """The questions in the words of our API, by what is asked."""
    turns, horizons = cycle(pairs), count(30)

    def city_and_area() -> str:
        city, area = next(turns)
        return f"{API}/agreements?{urlencode({'city': city, 'area': area, 'as_of': DAY})}"

    def counts() -> str:
        return f"{API}/counts/status?as_of={_another_day(horizons)}"

    def ends_next() -> str:
        return f"{API}/agreements?status=expiring&as_of={DAY}&horizon={next(horizons)}&limit=10"

    return {
        "one city and one area": city_and_area,
        "counts by status": counts,
        "what ends next": ends_next,
    }


def theirs(pairs: list[tuple[str, str]]) -> dict[str, Callable[[str], str]]:
    """The same in SQL, as JSON or as a page (``.json`` or nothing)."""
    turns, limits = cycle(pairs), count(10)

    def asked(form: str, sql: str, **values: object) -> str:
        return f"/register{form}?{urlencode({'sql': sql, '_shape': 'objects'} | values)}"

    def city_and_area(form: str) -> str:
        city, area = next(turns)
        return asked(form, datasette.CITY_AND_AREA, city=city, area=area)

    return {
        "one city and one area": city_and_area,
        "counts by status": lambda form: asked(form, datasette.COUNTS, least=-next(limits)),
        "what ends next": lambda form: asked(form, datasette.ENDS_NEXT, day=DAY, many=next(limits)),
    }


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Time of the server for each question, and of a fresh browser for its page."""
    database = workshop.database("real")
    pairs = _pairs(database)
    with datasette.serving(workshop.folder, database) as peer, workshop.ours() as server:
        asked = ours(pairs)
        yield from as_data(server, peer, asked, pairs)
        with chromium() as browser:
            if browser:
                yield from as_pages(browser, server, peer, pairs)
        yield from requests(server, asked)


def as_data(
    server: Server, peer: Server, asked: dict[str, Ask], pairs: list[tuple[str, str]]
) -> Iterator[Figure]:
    """The medians of both, in turns: what nobody has asked for, and the same once more."""
    with asker(server.url) as ask, asker(peer.url) as ask_peer:
        for (what, address), other in zip(asked.items(), theirs(pairs).values(), strict=True):
            clocks: dict[str, tuple[list[float], list[float]]] = {
                "for the first time": ([], []),
                "again": ([], []),
            }
            for _ in range(60):
                mine, base = address(), other(".json")
                for of_ours, of_peer in clocks.values():
                    _timed(of_ours, partial(ask, mine))
                    _timed(of_peer, partial(ask_peer, base))
            for when, both in clocks.items():
                value, at_peer = (middle(clock[5:]) * 1000 for clock in both)
                name = f"{what}, as JSON, {when}"
                yield Figure(SUBJECT, name, value, "ms", PEER, at_peer, aim_times=1)


def as_pages(
    browser: Browser, server: Server, peer: Server, pairs: list[tuple[str, str]]
) -> Iterator[Figure]:
    """A fresh browser until the page has loaded: the plain page beside Datasette's."""
    city, _ = pairs[0]
    pages = {
        "one city and one area": f"/r/{city}",
        "what ends next": "/r/",
    }
    for what, page in pages.items():
        other = theirs(pairs)[what]
        mine, base = [], []
        for _ in range(6):
            mine.append(loaded(browser, server.url + page))
            base.append(loaded(browser, peer.url + other("")))
        value, of_peer = middle(mine[1:]) * 1000, middle(base[1:]) * 1000
        what = f"{what}, as a plain page in a fresh browser"
        yield Figure(SUBJECT, what, value, "ms", PEER, of_peer, aim_times=1)


def loaded(browser: Browser, url: str) -> float:
    """Seconds until a browser that has nothing yet has loaded a page."""
    with browser.new_context(viewport=WINDOW) as context:  # type: ignore[arg-type]
        page = context.new_page()
        begin = time.perf_counter()
        page.goto(url, wait_until="load")
        return time.perf_counter() - begin


def requests(server: Server, asked: dict[str, Ask]) -> Iterator[Figure]:
    """Processor time of what programs ask for."""
    meter, number = Meter(server), count()
    kinds = asked | {
        "a hundred agreements": lambda: f"{API}/agreements?{_place(next(number))}",
        "all as CSV": lambda: f"{API}/agreements.csv?{_place(next(number))}",
        "all as Parquet": lambda: f"{API}/agreements.parquet?{_place(next(number))}",
        "asked before": lambda: f"{API}/agreements",
    }
    with asker(server.url) as ask:
        for what, address in kinds.items():
            cost: Cost = meter.cost(lambda address=address: ask(address()), SECONDS)  # type: ignore[misc]
            yield Figure(SUBJECT, f"processor time, {what}", cost.each * 1000, "ms")


def _place(number: int) -> str:
    """A place in a list that nobody asked for before: what was asked comes out of memory."""
    return f"offset={number % 90}&horizon={180 + number // 90}"


def _timed(clock: list[float], ask: Callable[[], object]) -> None:
    begin = time.perf_counter()
    ask()
    clock.append(time.perf_counter() - begin)


def _another_day(numbers: Iterator[int]) -> str:
    return (date.fromisoformat(DAY) - timedelta(next(numbers))).isoformat()


def _pairs(database: Path) -> list[tuple[str, str]]:
    """Cities with an area of theirs."""
    with duckdb.connect(database, read_only=True) as connection:
        return [
            (str(city), str(area))
            for city, area in connection.execute(
                "SELECT DISTINCT partner_id, area_id FROM agreements "
                "JOIN agreement_areas USING (agreement_id) ORDER BY ALL"
            ).fetchall()
        ]
