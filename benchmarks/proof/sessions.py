"""What a server holds of memory after many sessions have come and gone."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.proof.promise import must
from benchmarks.proof.served import ROOT, memory, open_files, serving, settled, visitor
from etl.publish import build
from tests.deploy.servers import Server

TIMES = 1000
AT_ONCE = 10
PAGES = ("", "timeline", "areas", "validity", "sources", "events")
DAY = "2026-11-21"
GROWTH = 1.15
"""So much more than after half of the sessions it may be after all: Streamlit keeps those that left
for two minutes, 128 of them at most, in case they come back."""


def run(tries: range, _: int) -> Iterator[str]:
    """So many sessions on the real register, ten at a time, each with two pages."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        database = build(ROOT / "data" / "register", folder / "build")
        with serving(database, folder / "log") as server:
            yield f"{memory(server):.0f} MB before anybody came"
            held = []
            for tenth in tenths(tries):
                asyncio.run(come_and_go(server, tenth))
                settled(server)
                held.append(memory(server))
                files = open_files(server)
                yield f"{held[-1]:.0f} MB, {files} open files after {tenth.stop:,} sessions"
            half, whole = held[(len(held) - 1) // 2], held[-1]
            must(whole <= GROWTH * half, f"{half:.0f} MB grew to {whole:.0f} MB")


def tenths(tries: range) -> Iterator[range]:
    """All of them in ten parts, fewer where there are fewer."""
    size = -(-len(tries) // 10)
    return (tries[first : first + size] for first in range(0, len(tries), size))


async def come_and_go(server: Server, numbers: range) -> None:
    for start in range(0, len(numbers), AT_ONCE):
        at_once = numbers[start : start + AT_ONCE]
        await asyncio.gather(*(session(server, number) for number in at_once))


async def session(server: Server, number: int) -> None:
    """Somebody who looks at two pages and leaves."""
    async with visitor(server) as reader:
        for page in ("", PAGES[number % len(PAGES)]):
            await reader.visit(page, {"as_of": DAY})
