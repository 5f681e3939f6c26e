"""What a start has done before anybody is let in."""

import ast
import asyncio
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.configuration import Settings
from api.operations import starting
from api.operations.starting import prepared
from dashboard import routes
from tests.deploy.load import ask
from tests.deploy.servers import Server, free_port

ROOT = Path(__file__).parents[2]
FEW = 512


@pytest.fixture(scope="module")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    port = free_port()
    here = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *here]
    log = tmp_path_factory.mktemp("first") / "log"
    server = Server(command, port, log, ROOT, PARTNERSHIPS_DATABASE=str(published))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # As on a machine where a process may open few files unless it asks for more.
    resource.setrlimit(resource.RLIMIT_NOFILE, (FEW, hard))
    try:
        server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    yield server
    server.kill()


def test_a_server_that_listens_has_opened_the_first_page(server: Server) -> None:
    server.wait_until_ready()

    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line[:1] == "{"]
    begun = [line for line in lines if line["message"] in ("run", "request")]
    assert [begun[0].get(name) for name in ("message", "page", "outcome")] == [
        *("run", "overview", "done")
    ]
    assert not [line for line in lines if "traceback" in line]


def test_a_server_may_open_the_files_that_its_sessions_need(server: Server) -> None:
    server.wait_until_ready()

    lines = ask(server.url, "/metrics").body.decode().splitlines()
    [most] = [float(line.split()[1]) for line in lines if line.startswith("process_max_fds ")]
    assert most >= 4 * Settings().sessions > FEW


def printed(code: str) -> list[str]:
    """What code prints in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return ended.stdout.split()


PAGES = "import sys, app; from dashboard import first; first.import_pages()"


@pytest.mark.parametrize(
    ("imports", "absent"),
    [
        ("import sys, api.__main__", {"streamlit", "plotly", "pandera", "dashboard", "etl"}),
        (PAGES, {"pandera", "etl"}),
        ("import sys, register.store", {"streamlit", "plotly", "pandera", "fastapi"}),
    ],
    ids=["the API alone", "the pages", "the read side"],
)
def test_nothing_is_imported_that_is_not_needed(imports: str, absent: set[str]) -> None:
    assert printed(f"{imports}\nprint(*(set(sys.modules) & {absent}))") == []


def test_no_page_of_the_menu_waits_for_a_module() -> None:
    imports = [
        ast.unparse(line)
        for name in routes.MENU
        for line in ast.parse((routes.PAGES / f"{name}.py").read_text(encoding="utf-8")).body
        if isinstance(line, ast.Import | ast.ImportFrom)
    ]
    assert len(imports) > 20
    code = [PAGES, "known = set(sys.modules)", *imports, "print(*(set(sys.modules) - known))"]
    assert printed("\n".join(code)) == []


def test_a_server_that_cannot_be_prepared_starts_all_the_same(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fails() -> None:
        raise RuntimeError("no page")

    async def start() -> bool:
        async with prepared(fails):
            return True

    assert asyncio.run(start())
    assert "The first answer could not be prepared" in caplog.text


def test_a_server_on_a_busy_machine_lets_readers_in_all_the_same(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(starting, "SECONDS", 0.01)

    async def start() -> bool:
        async with prepared(asyncio.Event().wait):
            return True

    assert asyncio.run(start())
    assert [record.exc_info for record in caplog.records] == [None]
