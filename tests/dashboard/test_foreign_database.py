"""A database that is not ours: the pages say so in a sentence, whatever is in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import streamlit as st

from dashboard import store
from register import database, downloaded
from register.filters import Filters
from register.queries import Cursor, snapshot, versions
from tests.dashboard.conftest import DAY, OpenPage, words_of

ON_DAY = DAY.isoformat()


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()


@pytest.fixture
def copy(known: Path, tmp_path: Path) -> Path:
    """A copy of the known register's database, for a test to spoil."""
    return Path(shutil.copy(known, tmp_path / known.name))


def spoil(copy: Path, *statements: str) -> None:
    with duckdb.connect(copy) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM register",
        "INSERT INTO register VALUES ('another')",
        "DROP TABLE register",
        "CREATE OR REPLACE TABLE register AS SELECT NULL::VARCHAR AS version",
        "CREATE OR REPLACE TABLE register AS SELECT 20 AS version",
        "DROP TABLE agreement_windows",
        "DROP MACRO TABLE agreement_status",
        "ALTER TABLE agreements DROP COLUMN note",
        "ALTER TABLE agreements ALTER partner_signatory SET DATA TYPE DATE USING DATE '2020-01-01'",
        "ALTER TABLE agreement_details RENAME COLUMN partner TO name",
        "CREATE OR REPLACE MACRO agreement_status(day, horizon_days := 180) AS TABLE SELECT day",
        "CREATE TABLE more (a INTEGER)",
        "UPDATE agreements SET signed_on = 'yesterday' WHERE agreement_id = 'istanbul-2020'",
        "UPDATE agreement_windows SET window_end = '2022-13' WHERE agreement_id = 'istanbul-2020'",
        "UPDATE agreement_windows SET ends_on = 'infinity' WHERE agreement_id = 'istanbul-2020'",
        "UPDATE agreements SET signed_on_first = '0044-03-15 (BC)' WHERE signed_on IS NOT NULL",
        "UPDATE statements SET value_last = 'infinity' WHERE field = 'signed_on'",
        "UPDATE agreements SET term = 'long' WHERE agreement_id = 'tehran-2015'",
        "UPDATE agreements SET instrument = 'treaty' WHERE agreement_id = 'istanbul-2020'",
        "UPDATE agreements SET partner_id = 'atlantis' WHERE agreement_id = 'istanbul-2020'",
        "UPDATE statements SET field = 'colour' WHERE field = 'signed_on' AND source_id = 'mos-ru'",
        "UPDATE events SET event = 'forgotten'",
        "UPDATE agreement_windows SET ends_on = '2022-12-31' WHERE agreement_id = 'beijing-1995'",
        "UPDATE agreement_windows SET window_end = NULL WHERE agreement_id = 'istanbul-2020'",
        "DELETE FROM agreement_details",
        "INSERT INTO agreement_details FROM agreement_details",
        "DELETE FROM statuses",
        "DELETE FROM agreement_states WHERE since > '0001-01-01' AND until < '9999-12-31'",
        "INSERT INTO agreement_states FROM agreement_states WHERE number = 1",
        "UPDATE agreement_states SET status = 'lost' WHERE number = 1 AND since = '0001-01-01'",
        "UPDATE agreement_states SET partner_number = partner_number + 1",
        "UPDATE agreement_states SET announced_from = '2001-02-03'",
        "UPDATE agreement_states SET partner_place = partner_place + 1",
        "UPDATE agreement_states SET position = position + 1",
        "UPDATE agreement_windows SET partner_number = 0; UPDATE agreement_details "
        "SET partner_number = 0; UPDATE agreement_states SET partner_number = 0",
    ],
)
def test_what_our_build_cannot_have_made_is_not_served(
    statement: str, copy: Path, open_page: OpenPage
) -> None:
    spoil(copy, statement)

    app = open_page("overview", copy, as_of=ON_DAY)

    assert not app.exception
    (error,) = app.error
    assert "Build it anew with make etl" in error.value


@pytest.mark.parametrize("content", [b"", b"no database", b"\0" * 8192])
def test_what_is_no_database_is_not_served(
    content: bytes, tmp_path: Path, open_page: OpenPage
) -> None:
    path = tmp_path / "register.duckdb"
    path.write_bytes(content)

    app = open_page("overview", path, as_of=ON_DAY)

    assert not app.exception
    assert len(app.error) == 1


def test_a_folder_or_a_circle_of_links_is_not_served(tmp_path: Path, open_page: OpenPage) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    for path in (tmp_path, circle, circle / "below"):
        app = open_page("overview", path, as_of=ON_DAY)

        assert not app.exception
        assert len(app.error) == 1


def test_nothing_of_another_file_is_shown(copy: Path, tmp_path: Path, open_page: OpenPage) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    read = f"(SELECT content FROM read_text('{secret}'))"
    columns = "* REPLACE ({} AS name)"
    spoil(
        copy,
        "ALTER TABLE partners RENAME TO own_partners",
        f"CREATE VIEW partners AS SELECT {columns.format(read)} FROM own_partners",
    )

    app = open_page("overview", copy, as_of=ON_DAY)

    assert not app.exception
    assert len(app.error) == 1
    assert "the secret" not in words_of(app)


def test_a_macro_that_reads_another_file_reads_nothing(
    copy: Path, tmp_path: Path, open_page: OpenPage
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    spoil(
        copy,
        "CREATE OR REPLACE MACRO states_on_day(as_of, horizon_days := 180) AS TABLE "
        f"FROM agreement_states WHERE status <> (SELECT content FROM read_text('{secret}'))",
    )

    app = open_page("timeline", copy, as_of=ON_DAY)

    assert not app.exception
    assert "the secret" not in words_of(app)
    (error,) = app.error
    assert "PermissionException" in error.value


def test_a_database_writes_only_where_our_exports_go(
    known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(known))

    def write(cursor: Cursor, path: str) -> None:
        cursor.execute(f"COPY partners TO '{path}'")

    store.begin_run()
    with pytest.raises(store.RegisterUnavailable):
        store.later(write, str(tmp_path / "partners.csv"))()
    assert not (tmp_path / "partners.csv").exists()
    exported = store.ask(snapshot.parquet, Filters(as_of=DAY), whole=True)
    assert list(exported) == [table.name for table in downloaded.TABLES]


def test_an_answer_that_takes_too_long_is_given_up(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(known))

    def forever(cursor: Cursor) -> None:
        cursor.execute("SELECT count(*) FROM range(10000000) a, range(10000000) b").fetchall()

    store.begin_run()
    monkeypatch.setattr("register.store.DOWNLOAD_SECONDS", 0.2)
    with pytest.raises(store.RegisterUnavailable, match=r"longer than 0\.2 seconds"):
        store.later(forever)()
    assert store.ask(_version)


def _version(cursor: Cursor) -> str:
    return str(cursor.execute("SELECT version FROM register").fetchall()[0][0])


# The build before, which the page Data compares with.


@pytest.mark.parametrize(
    "statements",
    [
        ["DELETE FROM register"],
        ["DROP TABLE register"],
        ["DROP TABLE agreements", "CREATE TABLE agreements (agreement_id DATE, title DATE)"],
        [
            "DROP TABLE agreements",
            "CREATE VIEW agreements AS SELECT content AS agreement_id, content AS title "
            "FROM read_text('{secret}')",
        ],
    ],
)
def test_a_spoilt_build_before_is_none_to_compare_with(
    statements: list[str], known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    build_before = Path(shutil.copy(known, tmp_path / "before.duckdb"))
    monkeypatch.setattr(versions, "before", lambda database: build_before)

    with database.locked(known) as connection:
        assert versions.changes(connection) is not None
        spoil(build_before, *(statement.format(secret=secret) for statement in statements))
        assert versions.changes(connection) is None
