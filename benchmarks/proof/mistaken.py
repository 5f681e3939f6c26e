"""Small registers with mistakes, drawn by a seed."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random

from benchmarks.proof.side_by_side import COLUMNS, Small
from register.schema import STATEMENTS
from tests.etl.breaking import whole_register
from tests.fuzz.mistakes import CELLS, CODES, DATES, TERMS, TEXTS, Mistake, Rows

OF_ROWS = ("cell", "cell of another row", "row gone", "row twice", "row too long")
"""Mistakes that leave the other rows of a file what they are."""

OF_FILES = ("bytes", "cut", "file gone", "file more", "column gone", "column moved", "column named")

IDS = {"area_id", "partner_id", "within", "agreement_id", "follows", "implements", "source_id"}
IDS |= {"event_id", "record_id", "id", "replaced_by"}
NAMES = {("partners", "name"), ("areas", "name"), ("list_mentions", "partner")}

NUMBER = "\0"
"""Stands for a register's number in its ids and names."""

DATED = {
    "agreements": ("signed_on", "reported_on", "valid_from", "valid_to", "term"),
    "events": ("date", "date", "date", "valid_to", "event"),
}
KINDS = ["announced", "terminated", "suspended", "resumed", "replaced"]
SINCE = {"agreements": 1995, "events": 2018}
"""Drawn dates lie from this year on, so that not all are in a wrong order."""

VALUES = {"term": TERMS, "event": CODES}


def small(number: int, chance: Random) -> Small:
    """A register with one to three mistakes; most of those are other facts, stated as such."""
    tables = valid(number)
    told = []
    for _ in range(chance.choice([1, 1, 2, 3])):
        if chance.random() < 0.6:
            told.append(tell_otherwise(tables, chance))
        else:
            mistake = drawn(OF_ROWS, chance)
            table = chance.choice([name for name, rows in tables.items() if rows])
            rows = tables[table]
            CELLS[mistake.what](mistake, rows, mistake.line % len(rows))
            told.append(f"{table}: {mistake}")
    return Small(number, tables, "; ".join(told))


def drawn(kinds: tuple[str, ...], chance: Random) -> Mistake:
    file, line, column, other = (chance.randint(0, 2000) for _ in range(4))
    return Mistake(chance.choice(kinds), file, line, column, text(chance), other)


def text(chance: Random) -> str:
    if chance.random() < 0.2:
        return "".join(chr(chance.randrange(1, 0x2FFF)) for _ in range(chance.randint(1, 12)))
    return chance.choice(DATES + TERMS + CODES + TEXTS)


def valid(number: int) -> dict[str, Rows]:
    """A valid register of two cities, whose ids and names no other has."""
    own = f"{number:06}"
    return {
        table: [[cell.replace(NUMBER, own) for cell in row] for row in rows]
        for table, rows in _any_valid().items()
    }


@cache
def _any_valid() -> dict[str, Rows]:
    """The register with a sign where the number is to be."""
    rows = whole_register().rows
    return {
        table: [[_marked(table, name, row) for name in columns] for row in rows[table]]
        for table, columns in COLUMNS.items()
    }


def _marked(table: str, column: str, row: dict[str, str]) -> str:
    cell = row.get(column, "")
    is_id = column in IDS or (column == "value" and row.get("field") in IDS)
    if not cell or not (is_id or (table, column) in NAMES):
        return cell
    return f"r{NUMBER}-{cell}" if is_id else f"{NUMBER} {cell}"


def tell_otherwise(tables: dict[str, Rows], chance: Random) -> str:
    """Another date, length or kind of event, stated by the source; now and then a new event."""
    if chance.random() < 0.3:
        add_event(tables, chance)
    table = chance.choice([name for name in DATED if tables[name]])
    row = chance.choice(tables[table])
    column = chance.choice(DATED[table])
    place = COLUMNS[table].index(column)
    if place >= len(row):
        return "nothing"
    row[place] = (
        some_date(chance, SINCE[table]) if column not in VALUES else chance.choice(VALUES[column])
    )
    state(tables, row[0], column, row[place])
    return f"{row[0]}: {column} = {row[place]!r}, as stated"


def some_date(chance: Random, since: int) -> str:
    if chance.random() < 0.1:
        return chance.choice(["", *DATES])
    day = date(chance.randint(since, 2025), chance.randint(1, 12), chance.randint(1, 28))
    return day.isoformat()[: chance.choice([10, 10, 7, 4])] + chance.choice(["", "", "?", "~"])


def add_event(tables: dict[str, Rows], chance: Random) -> None:
    """An event of an agreement or of the whole partnership, as its source has it."""
    agreement = chance.choice(tables["agreements"] or [[""] * 2])
    prefix = agreement[0][:8]
    cells = {
        "event_id": f"{prefix}z-event-{len(tables['events'])}",
        "partner_id": agreement[1] if len(agreement) > 1 else "",
        "agreement_id": chance.choice([agreement[0], ""]),
        "event": chance.choice(KINDS),
        "date": some_date(chance, SINCE["events"]),
    }
    tables["events"].append([cells.get(name, "") for name in COLUMNS["events"]])
    for name in ("event", "date"):
        state(tables, cells["event_id"], name, cells[name])


def state(tables: dict[str, Rows], record: str, field: str, value: str) -> None:
    """The source states this value of the field, and no other."""
    statements = [row for row in tables["statements"] if row[:2] != [record, field]]
    if value:
        source = next(iter(tables["sources"]), [""])[0]
        statements.append([record, field, value, source])
    tables["statements"] = sorted(statements) if in_order(tables) else statements


def in_order(tables: dict[str, Rows]) -> bool:
    """Whether nothing has disordered the statements yet: a mistake is not to be mended here."""
    keys = [row[: len(STATEMENTS.key)] for row in tables["statements"]]
    return keys == sorted(keys)


def smalls(first: int, count: int, chance: Random) -> Iterator[Small]:
    for number in range(first, first + count):
        yield small(number, chance)
