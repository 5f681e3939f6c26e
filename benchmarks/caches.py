"""What nginx before the dashboard costs for what lies in its cache."""

import os
import shutil
from collections.abc import Iterator

from benchmarks.browser import DAY
from benchmarks.figures import Figure
from benchmarks.lists import API, SECONDS, asker
from benchmarks.meter import Meter
from benchmarks.workshop import Workshop
from tests.deploy.servers import Nginx

SUBJECT = "nginx"


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Processor time of an answer out of its cache."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        print("no nginx: its cache is not measured")
        return
    folder = workshop.folder / "nginx"
    shutil.rmtree(folder, ignore_errors=True)
    with workshop.ours() as server:
        nginx = Nginx(program, folder, [server.place])
        nginx.start()
        try:
            nginx.wait_until_ready()
            yield from _cached(nginx)
        finally:
            nginx.drain()


def _cached(nginx: Nginx) -> Iterator[Figure]:
    meter = Meter(nginx)
    with asker(nginx.url) as ask:
        version = ask(f"{API}/").headers["Register-Version"]
        pinned = f"version={version}&as_of={DAY}"
        for what, address in {
            "a hundred agreements, compressed": f"{API}/agreements?{pinned}",
            "all agreements as Parquet": f"{API}/agreements.parquet?{pinned}",
        }.items():
            cost = meter.cost(lambda address=address: ask(address), SECONDS)  # type: ignore[misc]
            assert ask(address).headers["X-Cache-Status"] == "HIT"
            yield Figure(SUBJECT, f"processor time, {what}", cost.each * 1000, "ms")
