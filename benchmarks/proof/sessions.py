"""What a server holds of memory after many sessions have come and gone."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.proof.promise import must
from benchmarks.proof.served import ROOT, Server, memory, open_files, serving, settled, visitor
from etl.publish import build

TIMES = 1000
AT_ONCE = 10
PAGES = ("", "timeline", "areas", "validity", "sources", "events")
DAY = "2026-11-21"
GROWTH = 1.15
"""So much more than after half of the sessions it may be after all: Streamlit keeps those that left
for two minutes, 128 of them at most, in case they come back."""


def run(times: int, _: int) -> Iterator[str]:
    """So many sessions on the real register, ten at a time, each with two pages."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = build(ROOT / "data" / "register", folder / "build")
        with serving(database, folder / "log") as server:
            yield f"{memory(server):.0f} MB before anybody came"
            marks = sorted({times // 10 or 1, times // 2 or 1, times})
            held, gone = {}, 0
            for mark in marks:
                asyncio.run(come_and_go(server, gone, mark))
                gone = mark
                settled(server)
                held[mark] = memory(server)
                files = open_files(server)
                yield f"{held[mark]:.0f} MB, {files} open files after {mark:,} sessions"
            half, whole = held[marks[-2] if len(marks) > 1 else times], held[times]
            must(whole <= GROWTH * half, f"{half:.0f} MB grew to {whole:.0f} MB")


async def come_and_go(server: Server, first: int, last: int) -> None:
    for start in range(first, last, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, last))
        await asyncio.gather(*(session(server, number) for number in numbers))


async def session(server: Server, number: int) -> None:
    """Somebody who looks at two pages and leaves."""
    async with visitor(server) as reader:
        for page in ("", PAGES[number % len(PAGES)]):
            await reader.visit(page, {"as_of": DAY})
