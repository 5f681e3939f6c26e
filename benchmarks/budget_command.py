"""``python -m benchmarks budget``."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks import counting
from benchmarks.generator import generate
from benchmarks.generator.proportions import Proportions
from etl.options import REGISTER
from etl.publish import build

SYNTHETIC = 3000
"""Agreements of the synthetic register: more than any list shows at once."""


def databases(folder: Path) -> dict[str, Path]:
    """The real register and a synthetic one, built into the folder."""
    generate(folder / "register", SYNTHETIC, Proportions(), seed=1)
    registers = {"real": REGISTER, "synthetic": folder / "register"}
    return {name: build(register, folder / name) for name, register in registers.items()}


@click.command("budget")
@click.option("--write", is_flag=True, help="Record what is counted now, with some room.")
def budget_command(write: bool) -> None:
    """Count queries, rows, bytes, elements and modules, and hold them against the budget."""
    with TemporaryDirectory() as folder:
        counts = {name: counting.count(path) for name, path in databases(Path(folder)).items()}
    if write:
        text = json.dumps(counting.budget_of(counts), indent=1)
        counting.BUDGET.write_text(f"{text}\n", encoding="utf-8")
        click.echo(f"{counting.BUDGET.name} is written: say in the commit why it changed")
        return
    budget = json.loads(counting.BUDGET.read_text(encoding="utf-8"))
    beyond = [
        line
        for name, told in counts.items()
        for line in counting.exceeded(name, told, budget[name])
    ]
    click.echo("\n".join(beyond) or "All counts are within the budget.")
    sys.exit(bool(beyond))
