"""Small mistakes in Python, made and run by mutmut (``[tool.mutmut]`` in pyproject.toml)."""

import json
import random
import subprocess
import sys
from fnmatch import fnmatch

import click

from benchmarks.mutants import ROOT

MADE = ROOT / "mutants"
"""Where mutmut keeps the mutated files and what became of them."""

KILLED = {1, 3, 24, 36, 37, 152, 255, -24}
"""The exit codes by which mutmut knows that a test failed, or that it ran without an end."""


def run(number: int, draw: random.Random, only: str) -> tuple[int, list[str]]:
    """Run so many mistakes. Returns how many were run, and a line for each that no test noticed."""
    # Makes all mistakes and learns which tests run which function, then finds none of that name.
    _mutmut("run", "none")
    names = sorted(name for name in _results() if fnmatch(_path(name), only))
    chosen = sorted(draw.sample(names, min(number, len(names))))
    _mutmut("run", "--max-children", "1", *chosen)
    results = _results()
    if any(results[name] is None for name in chosen):
        raise click.ClickException("mutmut stopped; `python -m mutmut run` says why")
    survived = [name for name in chosen if results[name] not in KILLED]
    return len(chosen), [f"{name}\n{_change(name)}" for name in survived]


def _mutmut(*arguments: str) -> str:
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout


def _results() -> dict[str, int | None]:
    """What became of each mistake, by its name."""
    results: dict[str, int | None] = {}
    for file in MADE.rglob("*.py.meta"):
        results |= json.loads(file.read_text(encoding="utf-8"))["exit_code_by_key"]
    return results


def _path(name: str) -> str:
    """The file of a mistake: ``register.words.x_span__mutmut_1`` is in register/words.py."""
    return name.rpartition(".")[0].replace(".", "/") + ".py"


def _change(name: str) -> str:
    return "\n".join(
        line
        for line in _mutmut("show", name).splitlines()
        if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))
    )
