"""``python -m benchmarks generate N DIR``."""

from dataclasses import fields
from pathlib import Path

import click

from benchmarks.generator import generate
from benchmarks.generator.proportions import Proportions


def _set(context: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]) -> Proportions:
    """The proportions with those that were named changed."""
    known = {field.name: field.type for field in fields(Proportions)}
    changed: dict[str, float] = {}
    for pair in pairs:
        name, _, number = pair.partition("=")
        if name not in known:
            raise click.BadParameter(f"{name!r} is none of {', '.join(sorted(known))}")
        try:
            changed[name] = float(number) if known[name] is float else int(number)
        except ValueError:
            raise click.BadParameter(f"{pair!r} is not written {name}=NUMBER") from None
    return Proportions(**changed)  # type: ignore[arg-type]


@click.command("generate")
@click.argument("agreements", metavar="N", type=click.IntRange(min=1))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", default=1, show_default=True, help="The same seed, the same bytes.")
@click.option(
    "--set",
    "proportions",
    metavar="NAME=NUMBER",
    multiple=True,
    callback=_set,
    help="Another proportion than the real register's, as in benchmarks/generator/proportions.py.",
)
def generate_command(agreements: int, folder: Path, seed: int, proportions: Proportions) -> None:
    """Write a synthetic register of N agreements into DIR."""
    generate(folder, agreements, proportions, seed)
    click.echo(f"{agreements} agreements, made up, are in {folder}")
