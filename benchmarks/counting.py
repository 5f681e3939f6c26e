"""Counts that do not depend on the machine, and the budget that they must keep to.

``python -m benchmarks.counting DATABASE`` visits every page and prints what it counted as JSON: in
a process of its own, since modules that somebody else imported would be counted too.
"""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUDGET = ROOT / "benchmarks" / "budget.json"
RENEW = "python -m benchmarks budget --write"

DAY, BEFORE = "2026-11-21", "2025-11-21"
PAGES = ("overview", "timeline", "areas", "validity", "events", "sources", "data", "propose")

ROOM = {"rows": 10, "sent": 10, "modules": 3}
"""So many percent more are let through: the register grows, and releases of Python differ."""

LOOP = "joins each row with each"
"""What is said of a query that does."""

Counts = dict[str, dict[str, int]]
"""By place (a page and how one came there) and kind."""

MEANING = {
    "queries": "queries that a run asks, those answered from memory left out",
    "rows": "rows that their answers have",
    "loops": "queries whose plan joins each row with each, a nested loop",
    "sent": "bytes that a run sends to the browser",
    "elements": "elements that a run draws",
    "modules": "modules that are imported",
}
ADVICE = {
    "queries": "ask for it in one of the queries that are there, or only where it is seen",
    "rows": "let the query aggregate or page",
    "loops": "join on an equal key (an OR in a join's condition is two joins)",
    "sent": "send a page of it, or only what is seen",
    "elements": "draw only what is seen",
    "modules": "import it where it is used",
}


def count(database: Path) -> Counts:
    """Visit every page in a process of its own.

    Raises:
        RuntimeError: a page failed; the text is what the process said.
    """
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.counting", str(database)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if told.returncode:
        raise RuntimeError(told.stderr)
    for line in told.stderr.splitlines():
        if LOOP in line:
            print(line, file=sys.stderr)
    counts: Counts = json.loads(told.stdout.splitlines()[-1])
    return counts


def budget_of(counts: Mapping[str, Counts]) -> dict[str, Counts]:
    """What is let through of what was counted, by register."""
    return {
        register: {
            place: {
                kind: math.ceil(value * (100 + ROOM.get(kind, 0)) / 100)
                for kind, value in kinds.items()
            }
            for place, kinds in places.items()
        }
        for register, places in counts.items()
    }


def exceeded(register: str, counts: Counts, budget: Counts) -> Iterator[str]:
    """What is beyond the budget, each with what to do."""
    for place, kinds in counts.items():
        for kind, found in kinds.items():
            known = budget.get(place, {}).get(kind)
            if known is None:
                yield f"{register}, {place}: {kind} has no budget. Record it: {RENEW}"
            elif found > known:
                yield (
                    f"{register}, {place}: {found} {kind} ({MEANING[kind]}), "
                    f"the budget is {known}. "
                    f"Mend: {ADVICE[kind]}; or, with the reason in the commit, {RENEW}"
                )


def main(database: str) -> None:
    """Print the counts of all pages."""
    os.environ["PARTNERSHIPS_DATABASE"] = database
    from benchmarks.inside import inside

    counts: Counts = {}
    with inside(plans=True) as session:
        counts["start"] = {"modules": len(sys.modules)}
        for page in PAGES:
            name = "" if page == "overview" else page
            for how, day in (("first", DAY), ("another day", BEFORE)):
                seen = session.visit(name, as_of=day)
                for query in seen.loops:
                    print(f"{page}: {LOOP}: {' '.join(query.split())}", file=sys.stderr)
                counts[f"{page}, {how}"] = {
                    "queries": len(seen.queries),
                    "rows": seen.rows,
                    "loops": len(seen.loops),
                    "sent": seen.sent,
                    "elements": seen.elements,
                }
                if how == "first":
                    counts[f"{page}, first"]["modules"] = seen.modules
    print(f"\n{json.dumps(counts)}")  # Behind what is logged.


if __name__ == "__main__":
    main(sys.argv[1])
