from pathlib import Path

import duckdb
import pytest

from register.database import locked, time_limit


@pytest.fixture
def somebodys(tmp_path: Path) -> Path:
    """A database whose view reads another file."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    path = tmp_path / "somebodys.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE partners AS SELECT 'Ankara' AS name")
        connection.execute(f"CREATE VIEW spy AS SELECT content FROM read_text('{secret}')")
    return path


def test_rows_can_be_read(somebodys: Path) -> None:
    with locked(somebodys) as connection:
        assert connection.execute("SELECT name FROM partners").fetchall() == [("Ankara",)]


def test_a_view_reads_no_other_file(somebodys: Path) -> None:
    with locked(somebodys) as connection, pytest.raises(duckdb.PermissionException):
        connection.execute("FROM spy")


@pytest.mark.parametrize(
    "query",
    [
        "COPY partners TO '{folder}/written.csv'",
        "ATTACH '{folder}/another.duckdb'",
        "FROM read_csv('https://127.0.0.1:9/x.csv')",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "RESET lock_configuration",
        "CREATE TABLE new (a INTEGER)",
    ],
)
def test_no_query_leads_out(somebodys: Path, query: str) -> None:
    with locked(somebodys) as connection, pytest.raises(duckdb.Error):
        connection.execute(query.format(folder=somebodys.parent))
    assert sorted(path.name for path in somebodys.parent.iterdir()) == [
        "secret.txt",
        "somebodys.duckdb",
    ]


def test_our_own_exports_write_where_they_may(somebodys: Path, tmp_path: Path) -> None:
    exports = tmp_path / "exports"
    exports.mkdir()
    with locked(somebodys, [exports]) as connection:
        connection.execute(f"COPY partners TO '{exports}/partners.csv'")
        with pytest.raises(duckdb.PermissionException):
            connection.execute(f"COPY partners TO '{tmp_path}/partners.csv'")
    assert (exports / "partners.csv").read_text() == "name\nAnkara\n"


def test_a_query_without_an_end_is_stopped(somebodys: Path) -> None:
    with (
        locked(somebodys) as connection,
        time_limit(connection, 0.2),
        pytest.raises(duckdb.InterruptException),
    ):
        connection.execute("SELECT count(*) FROM range(1000000) a, range(1000000) b").fetchall()
