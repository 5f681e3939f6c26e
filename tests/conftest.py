"""A small valid register to build and break, and the real one published once."""

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, settings

from etl import expectations
from etl.publish import build
from register.declaration import Table
from register.schema import AGREEMENTS, EVENTS_TABLE, TABLES

# Tests time nothing: a busy machine is no failure. `make fuzz` looks for long; `make mutants`,
# which runs the same tests over and over, for a moment.
settings.register_profile(
    "untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "fuzz",
    settings.get_profile("untimed"),
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "1000")),
    print_blob=True,
)
settings.register_profile(
    "mutants",
    settings.get_profile("untimed"),
    max_examples=20,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "untimed"))

EXPECTATIONS = """\
[[expectation]]
name = "any"
reason = "a register promises something"
query = "SELECT agreement_id FROM agreements"
at_least = 0
"""

Row = dict[str, str]
Connect = Callable[["Register"], duckdb.DuckDBPyConnection]

REAL_REGISTER = Path(__file__).resolve().parent.parent / "data" / "register"


class Register:
    """A register of one city, one area and one source, to which a test adds what it is about.

    Every method adds one row, all cells of which can be given by name, and returns the row's id.
    Agreements and events also get the statements that their chosen values need.
    """

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        self.partner()
        self.source()
        self.area()

    def partner(self, partner_id: str = "ljubljana", **cells: str) -> str:
        name = partner_id.replace("-", " ").title()
        row = {"name": name, "kind": "city", "country_code": "SI"}
        return self._add("partners", partner_id=partner_id, **row | cells)

    def partner_name(self, name: str, language: str = "ru", partner_id: str = "ljubljana") -> str:
        return self._add("partner_names", partner_id=partner_id, name=name, language=language)

    def source(self, source_id: str = "city-hall", **cells: str) -> str:
        row = {"publisher": "City of Ljubljana", "language": "sl", "kind": "official"}
        return self._add("sources", source_id=source_id, **row | cells)

    def area(self, area_id: str = "culture", **cells: str) -> str:
        row = {"name": "Culture", "definition": "Arts and libraries", "cofog": "08.2"}
        return self._add("areas", area_id=area_id, **row | cells)

    def agreement(
        self, agreement_id: str = "programme", *, stated: bool = True, **cells: str
    ) -> str:
        row = {
            "agreement_id": agreement_id,
            "partner_id": "ljubljana",
            "title": "Programme of cooperation",
            "instrument": "programme",
            "moscow_party": "moscow_government",
        } | cells
        if stated:
            self._state(AGREEMENTS, row)
        return self._add("agreements", **row)

    def event(self, event: str, date: str = "", *, stated: bool = True, **cells: str) -> str:
        """An event; with no ``agreement_id`` it is one of the whole partnership."""
        row = {
            "event_id": f"event-{len(self.rows['events']) + 1}",
            "partner_id": "ljubljana",
            "event": event,
            "date": date,
        } | cells
        if stated:
            self._state(EVENTS_TABLE, row)
        return self._add("events", **row)

    def label(self, label: str = "culture", **cells: str) -> str:
        row = {"agreement_id": "programme", "area_id": "culture", "label": label}
        row |= {"language": "en", "source_id": "city-hall"}
        return self._add("agreement_areas", **row | cells)

    def statement(
        self, record_id: str, field: str, value: str, source_id: str = "city-hall"
    ) -> str:
        return self._add(
            "statements", record_id=record_id, field=field, value=value, source_id=source_id
        )

    def list_mention(self, partner: str = "Ljubljana", **cells: str) -> str:
        row = {"country_code": "SI", "list": "Wikidata", "address": "https://example.org/list"}
        row |= {"looked_for_until": "2024-05-01", "outcome": "not_found"}
        return self._add("list_mentions", partner=partner, **row | cells)

    def withdrawn(self, record_id: str = "once-signed", **cells: str) -> str:
        row = {"withdrawn_on": "2024-05-01", "reason": "It was never signed"}
        return self._add("withdrawn", id=record_id, **row | cells)

    def in_order(self, table: Table) -> list[Row]:
        """The rows of a table as they are written, in the order of their keys."""
        return sorted(
            self.rows[table.name], key=lambda row: [row.get(name, "") for name in table.key]
        )

    def write(self, folder: Path) -> Path:
        """Write the files into the folder, which may exist, each row in its place; return it."""
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / expectations.FILE).exists():
            (folder / expectations.FILE).write_text(EXPECTATIONS, encoding="utf-8")
        for table in TABLES:
            with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, table.columns, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(self.in_order(table))
        return folder

    def _add(self, table: str, **cells: str) -> str:
        self.rows[table].append(cells)
        return next(iter(cells.values()))

    def _state(self, table: Table, row: Row) -> None:
        for name, value in row.items():
            if table.field(name).stated and value:
                self.statement(row[table.key[0]], name, value)


@pytest.fixture
def register() -> Register:
    """A valid register without agreements."""
    return Register()


@pytest.fixture
def connect(tmp_path: Path) -> Iterator[Connect]:
    """Build the register it is called with, and open its database to read."""
    connections: list[duckdb.DuckDBPyConnection] = []

    def build_and_open(register: Register) -> duckdb.DuckDBPyConnection:
        folder = tmp_path / f"register-{len(connections)}"
        database = build(register.write(folder), tmp_path / f"build-{len(connections)}")
        connections.append(duckdb.connect(database, read_only=True))
        return connections[-1]

    yield build_and_open
    for connection in connections:
        connection.close()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A built database without agreements, open to write: for tests of its views and macros.

    Whoever writes into it does so in a transaction, and rolls it back.
    """
    folder = tmp_path_factory.mktemp("empty")
    with duckdb.connect(build(Register().write(folder / "register"), folder)) as connection:
        yield connection


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the real register, built once in a session."""
    return build(REAL_REGISTER, tmp_path_factory.mktemp("published"))
