"""What the commands of the ETL have in common."""

from pathlib import Path

import click

from etl import clock

ROOT = Path(__file__).resolve().parent.parent

register_option = click.option(
    "--register",
    type=click.Path(path_type=Path, file_okay=False),
    default=ROOT / "data" / "register",
    help="Folder of the curated CSV tables.",
)

today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: clock.today().isoformat(),
    show_default="today in Moscow",
    help="The day for which dates are judged.",
)
