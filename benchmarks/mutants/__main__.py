"""Put small mistakes into a copy of the code, one at a time, and list those that no test notices.

mutmut makes those in Python, ``sql.py`` those in SQL; both are drawn by a seed (docs/testing.md).
"""

import os
import random
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import click
import duckdb
import hypothesis
import pandas
import plotly.graph_objects as plotly
import pytest
import streamlit

from benchmarks.mutants import ROOT, python, sql

COPIED = [
    *(".streamlit", "app.py", "conftest.py", "dashboard", "data", "docs", "etl", "pages"),
    *("pyproject.toml", "README.md", "tests"),
]
SECONDS = 300
"""After so long at work a mistake has been noticed: a query without an end."""

PRELOADED = (duckdb, hypothesis, pandas, plotly, streamlit)
"""What takes seconds to import, and no mistake is in."""

DASHBOARD = "tests/dashboard/test_"
TESTS = {
    "register/sql/[12]0_*.sql": ["tests/etl/test_status.py", "tests/etl/test_status_properties.py"],
    "register/sql/[345]0_*.sql": [
        "tests/etl/test_publish.py",
        "tests/etl/test_curation.py",
        f"{DASHBOARD}told.py",
        f"{DASHBOARD}queries.py",
    ],
    "*/queries/areas.py": [f"{DASHBOARD}orders.py", f"{DASHBOARD}queries.py"],
    "*/queries/dictionary.py": [f"{DASHBOARD}snapshots.py", f"{DASHBOARD}data_page.py"],
    "*/queries/overview.py": [f"{DASHBOARD}told.py", f"{DASHBOARD}overview_page.py"],
    "*/queries/partner.py": [f"{DASHBOARD}orders.py", f"{DASHBOARD}partner_page.py"],
    "*/queries/record.py": [
        f"{DASHBOARD}orders.py",
        f"{DASHBOARD}queries.py",
        f"{DASHBOARD}agreement_page.py",
    ],
    "*/queries/register.py": [f"{DASHBOARD}orders.py", f"{DASHBOARD}pages.py"],
    "*/queries/selected.py": [
        f"{DASHBOARD}queries.py",
        f"{DASHBOARD}orders.py",
        f"{DASHBOARD}told.py",
    ],
    "*/queries/snapshot.py": [f"{DASHBOARD}snapshots.py"],
    "*/queries/sources.py": [f"{DASHBOARD}orders.py", f"{DASHBOARD}sources_page.py"],
    "*/queries/versions.py": [f"{DASHBOARD}snapshots.py"],
    "*": ["tests/etl", "tests/dashboard"],
}
"""By which tests a mistake in a file should be noticed, the fastest first; the first that fits."""


class Mutant(NamedTuple):
    """A mistake in the SQL of a file."""

    path: str
    change: sql.Change

    def __str__(self) -> str:
        text = (ROOT / self.path).read_text(encoding="utf-8")
        before = text[: self.change.start]
        was = " ".join(text[self.change.start : self.change.end].split())
        return f"{self.path}:{before.count(chr(10)) + 1}: “{was}” became “{self.change.new}”"


@click.command()
@click.option("--sql", "in_sql", default=100, show_default=True, help="How many mistakes in SQL.")
@click.option("--python", "in_python", default=150, show_default=True, help="How many in Python.")
@click.option("--seed", default=1, show_default=True, help="Which of all possible ones.")
@click.option("--only", default="*", show_default=True, help="In files whose path fits this.")
def main(in_sql: int, in_python: int, seed: int, only: str) -> None:
    """Report how many mistakes the tests notice, and list the others."""
    draw = random.Random(seed)
    found = drawn([mutant for mutant in mutants() if fnmatch(mutant.path, only)], in_sql, draw)
    for path in {mutant.path: None for mutant in found}:
        if unnoticed(Mutant(path, sql.Change(0, 0, ""))) is None:
            raise click.ClickException(f"the tests of {path} fail without a mistake")
    report("SQL", len(found), filter(None, map(unnoticed, found)))
    if in_python:
        tried, survived = python.run(in_python, draw, only)
        report("Python", tried, survived)


def drawn(found: list[Mutant], number: int, draw: random.Random) -> list[Mutant]:
    """So many of the mistakes, in their order."""
    return sorted(draw.sample(found, min(number, len(found))), key=str)


def report(language: str, tried: int, survived: Iterable[str]) -> None:
    """Say each that was not noticed as it is found, and at last how many were."""
    if not tried:
        return
    noticed = tried
    for line in survived:
        click.echo(f"not noticed: {line}")
        noticed -= 1
    click.echo(f"{language}: {noticed} of {tried} mistakes noticed, {noticed / tried:.0%}")


def mutants() -> Iterator[Mutant]:
    """All mistakes in SQL."""
    for path in sorted([*ROOT.glob("register/sql/*.sql"), *ROOT.glob("register/queries/*.py")]):
        text = path.read_text(encoding="utf-8")
        changes = sql.of_script(text) if path.suffix == ".sql" else sql.of_module(text)
        for change in changes:
            yield Mutant(path.relative_to(ROOT).as_posix(), change)


def unnoticed(mutant: Mutant) -> str | None:
    """The mistake in words if no test fails with it, in a copy of the project."""
    tests = next(tests for pattern, tests in TESTS.items() if fnmatch(mutant.path, pattern))
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in COPIED:
            _copy(ROOT / name, copy / name)
        text = (ROOT / mutant.path).read_text(encoding="utf-8")
        (copy / mutant.path).write_text(mutant.change.applied(text), encoding="utf-8")
        run = get_context("fork").Process(target=_run, args=(copy, tests))
        run.start()
        run.join()
    return None if run.exitcode else str(mutant)


def _copy(source: Path, to: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__", "build"))
    else:
        shutil.copy(source, to)


def _run(folder: Path, tests: list[str]) -> None:
    """Run the tests of a folder, in a process that has imported what they all need (PRELOADED)."""
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.chdir(folder)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
        sys.exit(pytest.main(["-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests]))


if __name__ == "__main__":
    main()
