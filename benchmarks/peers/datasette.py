"""Datasette on the register's rows: what one gets by publishing tables with a general tool."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from benchmarks.browser import DAY
from benchmarks.workshop import started
from tests.deploy.servers import Server, free_port

PINS = Path(__file__).parent / "requirements.txt"

# It has no status rules: it gets the statuses of one day as rows, which is less work than ours.
TABLES = {
    "agreements": f"SELECT * EXCLUDE (areas) FROM agreements_on_day('{DAY}')",
    "agreement_areas": "SELECT DISTINCT agreement_id, area_id FROM agreement_areas",
}
INDEXES = (
    "CREATE INDEX by_city ON agreements (partner_id)",
    "CREATE INDEX by_end ON agreements (ends_on)",
    "CREATE INDEX by_area ON agreement_areas (area_id, agreement_id)",
)
CITY_AND_AREA = """
SELECT * FROM agreements WHERE partner_id = :city AND agreement_id IN (
SELECT agreement_id FROM agreement_areas WHERE area_id = :area)"""
COUNTS = """
SELECT status, count(*) AS agreements, count(DISTINCT partner_id) AS partners
FROM agreements GROUP BY status HAVING count(*) > CAST(:least AS INTEGER) ORDER BY status"""
ENDS_NEXT = "SELECT * FROM agreements WHERE ends_on >= :day ORDER BY ends_on LIMIT :many"


@contextmanager
def serving(folder: Path, database: Path) -> Iterator[Server]:
    """It answers for the rows of a published database."""
    program, file, port = _installed(folder / "peers"), folder / "register.db", free_port()
    _export(database, file)
    command = [str(program), "serve", str(file), "--host", "127.0.0.1", "--port", str(port)]
    server = Server(command, port, folder / "datasette.log")
    with started(server, "/-/versions.json"):
        yield server


def _installed(environment: Path) -> Path:
    """The program; its environment is made if it is not there, or other pins were installed."""
    stamp = environment / "pins.txt"
    if not stamp.exists() or stamp.read_bytes() != PINS.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        install = ["-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(PINS)]
        python = environment / "bin" / "python"
        subprocess.run([python, *install], check=True, stderr=subprocess.DEVNULL)
        stamp.write_bytes(PINS.read_bytes())
    return environment / "bin" / "datasette"


def _export(database: Path, file: Path) -> None:
    file.unlink(missing_ok=True)
    with duckdb.connect(database, read_only=True) as source, sqlite3.connect(file) as target:
        for name, query in TABLES.items():
            found = source.execute(query)
            columns = [column[0] for column in found.description or ()]
            rows = [[_plain(cell) for cell in row] for row in found.fetchall()]
            target.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
            marks = ", ".join("?" for _ in columns)
            target.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
        for index in INDEXES:
            target.execute(index)
    target.close()


def _plain(cell: object) -> object:
    """A cell as SQLite has it."""
    return cell if cell is None or isinstance(cell, int | float | str) else str(cell)
