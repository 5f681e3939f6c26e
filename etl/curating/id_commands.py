"""``python -m etl rename`` and ``withdraw``: an id once published never vanishes in silence."""

from typing import Any

import click

from etl.curating.apply_commands import carry_out, changing
from etl.curating.corrected import renamed, withdrawn
from etl.curating.plans import Day, Plan
from etl.extract import Files
from etl.options import once


@click.command("rename")
@changing
@click.argument("old")
@click.argument("new")
def rename_command(old: str, new: str, **options: Any) -> None:
    """Give a partner, source, agreement or event another id; the old one leads to it."""

    def make(files: Files, day: Day) -> Plan:
        return renamed(files, day, old, new)

    carry_out(make, f"rename {old} {new}", **options)


@click.command("withdraw")
@changing
@click.argument("record_id")
@once("--reason", required=True, help="Why, for whoever follows the old address.")
@once("--replaced-by", metavar="ID", help="The record that stands in its place.")
def withdraw_command(record_id: str, reason: str, replaced_by: str | None, **options: Any) -> None:
    """Take out a partner, source, agreement (with its events) or event; its address says why."""

    def make(files: Files, day: Day) -> Plan:
        return withdrawn(files, day, record_id, reason, replaced_by or "")

    carry_out(make, f"withdraw {record_id}", **options)
