"""``python -m etl review``: what changed in the register since a Git revision."""

import subprocess
from datetime import datetime
from pathlib import Path

import click

from etl.curating.apply_commands import as_of_option
from etl.curating.review import Version, review
from etl.extract import Files, read
from etl.options import once, register_option, today_option
from register.schema import TABLES


@click.command("review")
@register_option
@today_option
@as_of_option
@once("--to", metavar="REVISION", help="Up to this revision; default: the files as they are.")
@click.argument("revision")
def review_command(
    register: Path, today: datetime, as_of: datetime | None, to: str | None, revision: str
) -> None:
    """Print what changed in the register since a Git revision, in Markdown."""
    before = Version(at_revision(register, revision))
    after = Version(at_revision(register, to) if to else read(register))
    for line in review(before, after, (as_of or today).date()):
        click.echo(line)


def at_revision(register: Path, revision: str) -> Files:
    """The register's files as a Git revision has them.

    Raises:
        ClickException: it is no revision of a repository that holds the register.
    """
    _git(register, revision, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    names = _git(register, revision, "ls-tree", "--name-only", revision, "./").decode().split()
    tables = {}
    for table in TABLES:
        if table.file in names:
            tables[table.name] = _git(register, revision, "show", f"{revision}:./{table.file}")
        elif table.added:
            tables[table.name] = f"{','.join(table.columns)}\n".encode()
    if len(tables) < len(TABLES):
        raise click.ClickException(f"{revision} has no register in {register}.")
    return Files(register, tables)


def _git(folder: Path, revision: str, *arguments: str) -> bytes:
    done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise click.ClickException(f"{revision} is no revision that Git knows here. {said}".strip())
    return done.stdout
