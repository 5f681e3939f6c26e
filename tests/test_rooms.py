"""The rooms of the house: each knows only those before it (docs/architecture.md)."""

import ast
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WEB = {"streamlit", "fastapi", "starlette", "uvicorn"}
HOUSE = {"register", "etl", "dashboard", "api", "pages"}
KNOWS = {
    "register": set(),
    "etl": {"register"},
    "dashboard": {"register", "streamlit"},
    "pages": {"register", "dashboard", "streamlit"},
    "api": {"register", "fastapi", "starlette", "uvicorn"},
}


DOOR = "dashboard/curating/"
"""The one way from pages to the write side: what is proposed is checked as what is applied."""


def imports(folder: str) -> Iterator[tuple[str, str]]:
    """Each module of a room with each package of the house or of the web that it imports."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                package = name.partition(".")[0]
                if package in (HOUSE | WEB) - {folder}:
                    yield str(path.relative_to(ROOT)), package


@pytest.mark.parametrize("room", KNOWS)
def test_a_room_knows_only_those_before_it(room: str) -> None:
    found = list(imports(room))

    strange = [(path, package) for path, package in found if package not in KNOWS[room]]
    assert [one for one in strange if not (one[0].startswith(DOOR) and one[1] == "etl")] == []
    assert found or room == "register"


@pytest.mark.parametrize("room", ["register", "etl"])
def test_reading_and_writing_need_no_server(room: str) -> None:
    """Every module is imported where Streamlit and all other packages of the web are missing."""
    modules = [
        module.name
        for module in pkgutil.walk_packages([str(ROOT / room)], f"{room}.")
        if not module.name.endswith("__main__")
    ]
    assert len(modules) > 20
    code = (
        "import sys, importlib\n"
        f"sys.modules |= dict.fromkeys({sorted(WEB)!r})\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_no_page_but_that_of_proposals_waits_for_the_write_side() -> None:
    """What all other pages are made of is imported without it."""
    apart = ("dashboard.curating", "dashboard.sections.propose", "dashboard.main")
    modules = [
        module.name
        for module in pkgutil.walk_packages([str(ROOT / "dashboard")], "dashboard.")
        if not module.name.startswith(apart)
    ]
    assert len(modules) > 40
    code = (
        "import sys, importlib\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "sys.exit('etl' in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    of_pages = {
        (path.stem, name)
        for path in (ROOT / "pages").glob("*.py")
        for name in re.findall(r"curating|propose\w*", path.read_text(encoding="utf-8"))
    }
    assert {page for page, _ in of_pages} == {"propose"}


def test_charts_do_not_know_streamlit() -> None:
    """They turn frames into figures."""
    charts = [one for one in imports("dashboard") if one[0].startswith("dashboard/charts/")]

    assert {package for _, package in charts} == {"register"}


LINES = 300
"""What one thought of a module takes at most."""


def test_a_module_has_one_thought() -> None:
    lengths = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n")
        for room in HOUSE
        for path in (ROOT / room).rglob("*.py")
    }

    assert {module: lines for module, lines in lengths.items() if lines > LINES} == {}


def test_nothing_that_is_made_is_kept_with_the_code() -> None:
    """No database, no environment, and no link to a place outside."""
    command = ["git", "ls-files", "--stage"]
    kept = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    files = [line.split(maxsplit=3) for line in kept.splitlines()]
    made = [
        path
        for mode, _, _, path in files
        if path.endswith((".duckdb", ".history")) or (mode == "120000" and path != ".dockerignore")
    ]

    assert files
    assert made == []


def test_the_commands_keep_what_python_has_compiled() -> None:
    told = subprocess.run(
        ["make", "--eval", "told: ; @env", "told"],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert "PATH=" in told.stdout
    assert "PYTHONDONTWRITEBYTECODE" not in told.stdout
