"""A register of hostile texts through every page, section, list, plain page, feed and file."""

import asyncio
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from benchmarks.proof.addresses import CANARY, is_text
from benchmarks.proof.promise import must
from benchmarks.proof.served import serving, visitor
from benchmarks.proof.text import stays_text
from benchmarks.websocket import Query
from etl.publish import build
from register.builds import POINTER
from tests import hostile
from tests.deploy.load import ask
from tests.deploy.servers import Server

TIMES = 10_000
"""At most so many records of each kind have their page drawn."""

DAY = "2022-03-01"
SECTIONS: dict[str, list[dict[str, str]]] = {
    "": [{}],
    "timeline": [{}, {"order": "expiry"}],
    "areas": [{}, {"section": "time"}],
    "validity": [{}, {"section": "next"}, {"section": "lapsed"}],
    "events": [{}],
    "sources": [{}, *({"section": name} for name in ("disagree", "single", "coverage", "lists"))],
    "data": [{}],
    "propose": [{}],
}
LISTS = ("agreements", "partners", "events", "areas", "sources", "counts", "statuses", "changes")
FEEDS = ("/feeds/changes.atom", "/feeds/events.atom", "/feeds/expiring.ics", "/sitemap.xml")


def run(tries: range, _: int) -> Iterator[str]:
    """Go to every page and ask for every address once, with these records of each kind."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = build(hostile.register(CANARY).write(folder / "register"), folder / "build")
        ids = of_records(folder / "build" / POINTER, tries)
        with serving(database, folder / "log") as server:
            yield asked(server, ids)
            yield asyncio.run(visited(server, ids))


def of_records(database: Path, tries: range) -> dict[str, list[str]]:
    with duckdb.connect(database, read_only=True) as connection:
        return {
            f"{kind}s": [str(each) for (each,) in ids[tries.start : tries.stop]]
            for kind in ("partner", "agreement", "source")
            for ids in [connection.execute(f"SELECT {kind}_id FROM {kind}s ORDER BY 1").fetchall()]
        }


def asked(server: Server, ids: dict[str, list[str]]) -> str:
    addresses = [f"/api/v1/{name}{form}" for name, form in product(LISTS, ("", ".csv", ".parquet"))]
    addresses += [f"/api/v1/{kind}/{each}" for kind in ids for each in ids[kind]]
    addresses += [f"/r/{each}" for kind in ("partners", "agreements") for each in ids[kind]]
    addresses += ["/r/", "/r/all_sources", "/api/v1/", "/api/v1/openapi.json", *FEEDS]
    answered = 0
    for address in addresses:
        answer = ask(server.url, f"{address}?as_of={DAY}" if "sitemap" not in address else address)
        must(answer.status in {200, 404, 422}, f"{address}: {answer.status}")
        is_text(answer, address)
        answered += answer.status == 200
    return f"{answered:,} of {len(addresses):,} addresses of the API, feeds and plain pages exist"


async def visited(server: Server, ids: dict[str, list[str]]) -> str:
    visits: list[tuple[str, Query]] = [
        (page, {"as_of": DAY} | own) for page, owns in SECTIONS.items() for own in owns
    ]
    visits += [("partner", {"city": [each], "as_of": [DAY]}) for each in ids["partners"]]
    visits += [("agreement", {"id": [each], "as_of": [DAY]}) for each in ids["agreements"]]
    visits += [("sources", {"source": [each], "as_of": [DAY]}) for each in ids["sources"]]
    texts = 0
    for start in range(0, len(visits), 20):
        async with visitor(server) as reader:
            for page, query in visits[start : start + 20]:
                texts += stays_text(await reader.visit(page, query), f"/{page}?{query}")
    return f"{len(visits):,} pages drawn: {texts:,} texts read as markup, none of the register's"
