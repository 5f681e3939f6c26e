"""How long each question takes by the size of the register, beside a plain aggregate.

``python -m benchmarks.queries DATABASE DAYS`` visits every page for so many days, asks the API the
same, and prints the seconds of each query as JSON: in a process of its own, whose caches are empty.
Each is timed by itself: what pages ask beside their runs shows in how long these take.
"""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.counting import PAGES, ROOT
from benchmarks.figures import Figure, p95
from benchmarks.workshop import Workshop

SUBJECT = "queries"
OF_ONE = "question"
"""The subject of figures of single questions: a table of their own."""

PLAIN = "SELECT partner_id, count(*), max(valid_to_last) FROM agreements GROUP BY ALL ORDER BY ALL"
AIM = 150.0
ASKED = (
    "/api/v1/agreements?as_of={day}",
    "/api/v1/agreements?city={city}&area=culture&as_of={day}",
    "/api/v1/counts/status?as_of={day}",
    "/api/v1/counts/area?as_of={day}",
    "/api/v1/counts/partner?as_of={day}",
    "/api/v1/partners?as_of={day}",
    "/api/v1/events?as_of={day}",
    "/api/v1/sources?as_of={day}",
    "/api/v1/list_mentions",
    "/api/v1/agreements?q=transport&as_of={day}",
    "/api/v1/sources?area=transport&as_of={day}",
    "/feeds/events.atom?as_of={day}",
    "/feeds/expiring.ics?as_of={day}",
    "/feeds/changes.atom",
    "/r/{city}",
    "/r/{agreement}",
)


def figures(workshop: Workshop) -> Iterator[Figure]:
    """The 95th percentile of each question, and of the worst, at each size."""
    days = 12 if workshop.full else 4
    for size in workshop.sizes:
        database = workshop.database(size)
        clock, base = times(database, days), p95(plain(database)) * 1000
        told = {name: p95(seconds) * 1000 for name, seconds in clock.items()}
        for name, value in sorted(told.items()):
            yield Figure(OF_ONE, f"{name}, {size}", value, "ms", aim=AIM)
        worst = max(told, key=lambda name: told[name])
        yield Figure(SUBJECT, f"p95 of the slowest of {len(told)} questions, {size}: {worst}",
                     told[worst], "ms", "a plain aggregate", base, aim=AIM)  # fmt: skip
        middle = p95(told.values())
        yield Figure(SUBJECT, f"p95 of 19 of 20 questions, {size}", middle, "ms", aim=AIM)


def times(database: Path, days: int) -> dict[str, list[float]]:
    """The seconds of each query by its name, asked in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.queries", str(database), str(days)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    clock: dict[str, list[float]] = json.loads(told.stdout.splitlines()[-1])
    return clock


def plain(database: Path) -> list[float]:
    """The seconds of an aggregate that needs no day, in turns."""
    clock = []
    with duckdb.connect(database, read_only=True) as connection:
        for _ in range(21):
            begin = time.perf_counter()
            connection.execute(PLAIN).fetchall()
            clock.append(time.perf_counter() - begin)
    return clock[1:]


def main(database: str, days: int) -> None:
    """Ask on so many days, of which nobody has asked before; what fails is told and left out."""
    os.environ["PARTNERSHIPS_DATABASE"] = database
    os.environ |= {"PARTNERSHIPS_REQUESTS_PER_MINUTE": "0"}
    from benchmarks.inside import inside

    with duckdb.connect(database, read_only=True) as connection:
        ((city, agreement),) = connection.execute(
            "SELECT partner_id, min(agreement_id) FROM agreements "
            "GROUP BY partner_id ORDER BY count(*) DESC, partner_id LIMIT 1"
        ).fetchall()
    clock: dict[str, list[float]] = defaultdict(list)
    with inside(foreseeing=False) as session:
        for number in range(days + 1):
            day = f"{2026 - number}-11-{10 + number}"
            asked = []
            one = {"partner": {"city": city}, "agreement": {"id": agreement}}
            for page in (*PAGES, *one):
                try:
                    name = "" if page == "overview" else page
                    asked += session.visit(name, as_of=day, **one.get(page, {})).queries
                except RuntimeError as error:
                    print(error, file=sys.stderr)
            for address in ASKED:
                known = {"day": day, "city": city, "agreement": agreement}
                asked += session.ask(address.format(**known))
            for name, seconds in asked if number else ():
                clock[name].append(seconds)
    print(f"\n{json.dumps(clock)}")  # Behind what is logged.


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
