"""``python -m api``: serves what stands beside the pages alone, or writes it into a folder."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import click
import uvicorn
from starlette.applications import Starlette

from api import settings, site
from api.export.folder import NotWritable
from api.export.writing import ExportFailed, export
from register.store import RegisterUnavailable, published


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """API, feeds and plain pages of the register; without a command they are served."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


@main.command()
def serve() -> None:
    """Serve on HOST and PORT (127.0.0.1 and 8502) until stopped."""
    if not re.fullmatch("[0-9]{1,5}", settings.PORT) or int(settings.PORT) > 65535:
        raise SystemExit(f"PORT={settings.PORT!r} is no port: give a number up to 65535.")
    app = Starlette(routes=site.routes(), middleware=site.middleware())
    uvicorn.run(app, host=settings.HOST, port=int(settings.PORT))


def _base_url(_: click.Context, __: click.Parameter, text: str) -> str:
    """An address to which paths can be added."""
    base = text.rstrip("/")
    try:
        parts = urlsplit(base)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise click.BadParameter("give an address such as https://register.example/moscow")
    return base


@main.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--base-url",
    required=True,
    callback=_base_url,
    help="Where readers will find it, for the addresses that have to be whole.",
)
def write(folder: Path, base_url: str) -> None:
    """Write everything that is served into DIR, as files for a plain web server.

    DIR becomes a link to a new folder beside it, so that it is always whole; run again, the link is
    switched to the next one (docs/plain-pages.md).
    """
    try:
        files = export(published(), folder, base_url)
    except (NotWritable, ExportFailed, RegisterUnavailable) as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror}.") from None
    click.echo(f"{files:,} files in {folder}")


if __name__ == "__main__":
    main()
