"""``python -m api``: serves what stands beside the pages alone, or writes it into a folder."""

import signal
import sys
from pathlib import Path
from urllib.parse import urlsplit

import click
import uvicorn

from api.export.folder import NotWritable
from api.export.writing import ExportFailed, export
from api.operations import logs
from api.operations.state import of_this_process
from api.site import Site
from register.store import RegisterUnavailable, published


@click.group(invoke_without_command=True)
@click.pass_context
def main(context: click.Context) -> None:
    """API, feeds and plain pages of the register; without a command they are served."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


@main.command()
def serve() -> None:
    """Serve until stopped (docs/operations.md has the settings)."""
    state = of_this_process()
    settings = state.settings
    # Uvicorn hands the signal on when it has ended: to be stopped is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logs.install(settings.log_format)
    uvicorn.run(
        Site(state).application(),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.stop_seconds,
    )


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
