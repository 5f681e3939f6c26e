"""What the commands of the ETL have in common."""

from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent

register_option = click.option(
    "--register",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "data" / "register",
    help="Folder of the curated CSV tables.",
)
