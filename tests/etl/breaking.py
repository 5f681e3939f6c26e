"""A register to break, and what ``etl check`` says of it."""

from pathlib import Path

from click.testing import CliRunner, Result

from etl.__main__ import main
from register.schema import AGREEMENTS, EVENTS_TABLE, TABLES
from tests.conftest import Register, Row

TODAY = "2026-06-30"
"""The day for which the checks judge."""

PUBLISHED = "published"
"""The folder of the databases beside that of the register."""

STATED = {
    table.name: {field.name for field in table if field.stated}
    for table in (AGREEMENTS, EVENTS_TABLE)
}


def whole_register() -> Register:
    """Two cities, a district, a chain of three agreements, and something in every table."""
    register = Register()
    register.partner("istanbul", name="Istanbul", country_code="TR")
    register.partner("sisli", name="Şişli", kind="district", country_code="TR", within="istanbul")
    register.partner_name("Любляна")
    register.agreement("first", signed_on="2000", valid_from="2000", valid_to="2003")
    register.agreement("second", signed_on="2008-05", valid_from="2008", follows="first")
    register.agreement("third", signed_on="2019-09-10", valid_to="2021", follows="second")
    register.agreement("turkish", partner_id="istanbul", signed_on="2015", term="P3Y")
    register.label("culture and the arts", agreement_id="third")
    register.event("suspended", "2020-03", agreement_id="third")
    register.list_mention("Maribor")
    register.withdrawn(replaced_by="third")
    register.rows = {table.name: register.in_order(table) for table in TABLES}
    return register


def check(folder: Path) -> Result:
    """`check` a register's folder, also against what is published beside it."""
    options = ["--register", str(folder), "--out", str(folder.parent / PUBLISHED)]
    return CliRunner().invoke(main, ["check", *options, "--today", TODAY])


def problems_of(folder: Path) -> list[str]:
    """What `check` reports, one problem a line, without its last line, the count."""
    result = check(folder)
    assert result.exit_code == 1, result.output
    assert result.stdout == ""
    *problems, count = result.stderr.splitlines()
    noun = "problem" if len(problems) == 1 else "problems"
    assert count == f"{len(problems)} {noun}. Nothing was published."
    return problems


def is_reported(problems: list[str], place: str, cell: str, mend: str) -> bool:
    """Whether a line begins with the place and the cell, and gives this advice as its mend."""
    return any(
        line.startswith(f"{place}: {cell}") and mend in line.partition(" Mend: ")[2]
        for line in problems
    )


def change(register: Register, table: str, at: int, **cells: str) -> Row:
    """Change cells of a row, and what its sources state of them."""
    row = register.rows[table][at]
    row |= cells
    record = next(iter(row.values()))
    for name in cells.keys() & STATED.get(table, set()):
        register.rows["statements"] = [
            cell
            for cell in register.rows["statements"]
            if (cell["record_id"], cell["field"]) != (record, name)
        ]
        if cells[name]:
            register.statement(record, name, cells[name])
    return row


def line_of(register: Register, table: str, row: Row) -> int:
    """The line of a row in the file that is written."""
    owner = next(each for each in TABLES if each.name == table)
    return next(at for at, other in enumerate(register.in_order(owner), 2) if other is row)
