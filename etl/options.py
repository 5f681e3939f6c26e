"""What the commands of the ETL have in common."""

from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click

from register import clock

Command = TypeVar("Command", bound=Callable[..., Any])

ROOT = Path(__file__).resolve().parent.parent


def once(
    *names: str, default: Callable[[], object] = lambda: None, **settings: Any
) -> Callable[[Command], Command]:
    """An option that may be given once: of several click itself takes the last in silence."""

    def only(context: click.Context, option: click.Parameter, values: tuple[object, ...]) -> object:
        if len(values) > 1:
            raise click.BadParameter("is given more than once.", context, option)
        if option.required and values == ("",):
            raise click.BadParameter("is empty.", context, option)
        return values[0] if values else default()

    return click.option(*names, multiple=True, callback=only, **settings)


REGISTER = ROOT / "data" / "register"

BUILD = ROOT / "data" / "build"
"""Where the project's own register is published."""

register_option = once(
    "--register",
    type=click.Path(path_type=Path, file_okay=False),
    default=lambda: REGISTER,
    help="Folder of the curated CSV tables.",
)

today_option = once(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.combine(clock.today(), time()),
    show_default="today in Moscow",
    help="The day for which dates are judged.",
)
