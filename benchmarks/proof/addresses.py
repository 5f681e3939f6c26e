"""Hostile addresses: no page, list, feed or file has a fault, and none takes text for more."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from benchmarks.proof.promise import must
from benchmarks.proof.served import serving, visitor
from benchmarks.proof.text import is_page_of_text, stays_text
from dashboard.routes import NAMES
from etl.publish import build
from register.filters import PARAMETERS
from tests import hostile
from tests.dashboard.conftest import known_register
from tests.deploy.load import Answer, ask
from tests.deploy.servers import Server

TIMES = 5000
CANARY = "http://127.0.0.1:9"
IN_A_SESSION = 20
"""Addresses of pages that one visitor goes to; of five addresses one is a page's."""

API = [
    f"/api/v1/{path}"
    for path in (
        *("", "agreements", "agreements.csv", "agreements.parquet", "partners", "partners.csv"),
        *("events", "areas", "sources", "sources.csv", "counts", "statuses", "changes", "x"),
        *("agreements/istanbul-2020", "partners/istanbul", "openapi.json", "docs"),
    )
]
OTHERS = ["/feeds/changes.atom", "/feeds/events.atom", "/feeds/expiring.ics", "/r/", "/r/istanbul"]
OTHERS += ["/r/all_sources", "/sitemap.xml", "/robots.txt", "/healthz", "/readyz", "/static/x"]
OTHERS += ["/app/static/x", "/embed", "/media/x"]
NAMES_OF_VALUES = [*PARAMETERS, "id", "source", "section", "order", "page", "version", "lang", "x"]
NAMES_OF_VALUES += ["limit", "offset", "fields", "sort", "format", "embed", "city[]", "", "more"]

SENSIBLE = ["istanbul", "TR", "transport", "programme", "active", "in_force", "2022-03-01", "180"]
SENSIBLE += ["1995", "10", "next", "disagree", "title", "istanbul-2020", "sistercities", "-1"]
HOSTILE = [*hostile.texts(CANARY), "\0", "%00", "\ufeff", "\u202e", "9" * 400, "1e400", "nan", "-0"]
HOSTILE += ["../../etc/passwd", "..%2f..", "'; DROP TABLE agreements; --", "$1", "{x}", "{{7*7}}"]
HOSTILE += ["2021-02-29", "0000-00-00", "99999-01-01", "²", "١٢", "a" * 3000, "\r\nSet-Cookie: a=b"]
HOSTILE += ["${jndi:ldap://127.0.0.1:9/a}", "\ud800", "\x1b[31m", "<!--", "]]>", "&#0;", "%s%n"]
EXPECTED = {200, 301, 304, 307, 308, 400, 404, 405, 406, 410, 414, 422, 431}


def run(tries: range, seed: int) -> Iterator[str]:
    """Ask for these addresses, one in five a page's."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = build(known_register().write(folder / "register"), folder / "build")
        with serving(database, folder / "log") as server:
            pages = len(tries) // 5
            yield from asked(server, len(tries) - pages, Random(f"{seed}-{tries.start}-asked"))
            yield asyncio.run(visited(server, pages, Random(f"{seed}-{tries.start}-visited")))


def value(chance: Random) -> str:
    if chance.random() < 0.15:
        return "".join(chr(chance.randrange(1, 0x2FFF)) for _ in range(chance.randint(0, 20)))
    return chance.choice(SENSIBLE if chance.random() < 0.4 else HOSTILE)


def query(chance: Random) -> dict[str, list[str]]:
    """Parameters of an address, some of them several times."""
    return {
        chance.choice(NAMES_OF_VALUES) if chance.random() < 0.95 else value(chance): [
            value(chance) for _ in range(chance.choice([1, 1, 1, 2, 5]))
        ]
        for _ in range(chance.randint(0, 6))
    }


def asked(server: Server, times: int, chance: Random) -> Iterator[str]:
    """The API, the feeds, plain pages and files."""
    statuses: Counter[int] = Counter()
    for _ in range(times):
        path = chance.choice(API + OTHERS)
        if chance.random() < 0.3:
            path += "/" + quote(value(chance), safe="", errors="replace")
        address = f"{path}?{urlencode(query(chance), doseq=True, errors='replace')}"
        answer = ask(server.url, address)
        must(answer.status in EXPECTED, f"{address}: {answer.status}")
        is_text(answer, address)
        statuses[answer.status] += 1
    said = ", ".join(f"{count:,} with {status}" for status, count in sorted(statuses.items()))
    yield f"{times:,} addresses of the API, feeds, plain pages and files answered: {said}"


def is_text(answer: Answer, address: str) -> None:
    """See that nothing in the answer is more than text because the address had it."""
    kind = answer.headers.get("content-type", "")
    must(answer.headers.get("x-content-type-options") == "nosniff", f"{address}: can be sniffed")
    must("a=b" not in answer.headers.get("set-cookie", ""), f"{address}: sets a cookie")
    leads = answer.headers.get("location", "/")
    must(re.match(r"/(?![/\\])|http://127\.0\.0\.1:(?!9/)", leads), f"{address}: leads to {leads}")
    if "html" in kind and "/r" in address:
        is_page_of_text(answer.body.decode(), CANARY, address)
    elif "xml" in kind:
        ElementTree.fromstring(answer.body)
    elif "json" in kind and answer.body:
        answer.json()


async def visited(server: Server, times: int, chance: Random) -> str:
    """The pages, by the websocket as a browser comes to them."""
    texts = pages = 0
    while pages < times:
        async with visitor(server) as reader:
            for _ in range(min(IN_A_SESSION, times - pages)):
                page = "" if (name := chance.choice(NAMES)) == NAMES[0] else name
                asked_for = query(chance)
                drawn = await reader.visit(page, asked_for)
                texts += stays_text(drawn, f"/{page}?{asked_for}")
                pages += 1
    return f"{pages:,} addresses of pages drawn: {texts:,} texts read as markup, none brought any"
