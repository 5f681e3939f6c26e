"""What is published: whole, under a new name, undisturbed for readers, the same everywhere."""

import csv
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from shutil import copytree

import duckdb
import pytest
from click.testing import CliRunner, Result

from etl.__main__ import main
from etl.publish import build
from register import tables
from register.builds import HISTORY, POINTER
from register.problems import BadRegister
from tests.conftest import REAL_REGISTER, Connect, Register

NASTY = [
    "NULL",
    "nan",
    "NA",
    "None",
    "true",
    "0",
    "007",
    "1e5",
    "-",
    "'",
    '"',
    '""',
    'Programme "Moscow, Ljubljana"',
    ",",
    "a,b",
    ";",
    "\\",
    "\\N",
    "\\n",
    "#",
    "=1+1",
    "=HYPERLINK(\"http://example.org\",'x')",
    "+7",
    "@x",
    "'); DROP TABLE agreements; --",
    "$1 ? {x} %s",
    "<b>x</b>",
    "2019-09-10",
    "Şişli, İstanbul, Ž",
    "北京市",
    "بلدية طهران",
    "می\u200cخواهم",  # noqa: RUF001
    "עיר",
    "\U0001f91d\U0001f3fd",
    "x" * 5000,
]


def publish(register: Path, out: Path) -> Result:
    return CliRunner().invoke(main, ["build", "--register", str(register), "--out", str(out)])


def titles(database: Path) -> list[str]:
    with duckdb.connect(database, read_only=True) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM agreements").fetchall()]


def version(database: Path) -> str:
    with duckdb.connect(database, read_only=True) as connection:
        return str(connection.execute("SELECT version FROM register").fetchall()[0][0])


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    """A written register with one agreement, titled Old."""
    register.agreement(title="Old", signed_on="2019-09-10")
    return register.write(tmp_path / "register")


def retitle(folder: Path, old: str, new: str) -> None:
    path = folder / "agreements.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


# --- the pointer ------------------------------------------------------------------------------


def test_the_pointer_leads_to_the_new_database(folder: Path, tmp_path: Path) -> None:
    result = publish(folder, tmp_path / "new" / "out")
    assert result.exit_code == 0
    assert titles(tmp_path / "new" / "out" / POINTER) == ["Old"]


def test_the_pointer_moves_to_the_next_database(folder: Path, tmp_path: Path) -> None:
    first = build(folder, tmp_path / "out")
    retitle(folder, "Old", "New")
    second = build(folder, tmp_path / "out")
    assert first != second
    assert (tmp_path / "out" / POINTER).resolve() == second
    assert titles(second) == ["New"]


def test_a_folder_of_databases_can_be_moved(folder: Path, tmp_path: Path) -> None:
    build(folder, tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "elsewhere")
    assert titles(tmp_path / "elsewhere" / POINTER) == ["Old"]


def test_the_build_says_what_it_published(folder: Path, tmp_path: Path) -> None:
    result = publish(folder, tmp_path / "out")
    assert "agreements            1 rows\n" in result.stdout
    assert f"Register version {version(tmp_path / 'out' / POINTER)}, " in result.stdout


# --- a failed build ---------------------------------------------------------------------------


def test_a_bad_register_leaves_the_last_database_serving(folder: Path, tmp_path: Path) -> None:
    database = build(folder, tmp_path / "out")
    retitle(folder, ",Old,", ",,")
    assert publish(folder, tmp_path / "out").exit_code == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == {database.name, POINTER, HISTORY}
    assert titles(tmp_path / "out" / POINTER) == ["Old"]


def test_a_register_that_is_not_as_expected_leaves_the_last_database_serving(
    folder: Path, tmp_path: Path
) -> None:
    database = build(folder, tmp_path / "out")
    retitle(folder, "Old", "New")
    (folder / "expectations.toml").write_text(
        '[[expectation]]\nname = "size"\nreason = "x"\nquery = "FROM agreements"\nat_least = 2\n',
        encoding="utf-8",
    )
    assert publish(folder, tmp_path / "out").exit_code == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == {database.name, POINTER, HISTORY}
    assert titles(tmp_path / "out" / POINTER) == ["Old"]


def test_a_bad_register_makes_nothing(folder: Path, tmp_path: Path) -> None:
    (folder / "areas.csv").unlink()
    with pytest.raises(BadRegister):
        build(folder, tmp_path / "out")
    assert list(tmp_path.glob("out/*")) == []


@pytest.mark.parametrize("script", ["10_first.sql", "99_last.sql"])
def test_a_failure_halfway_leaves_the_last_database_serving(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    database = build(folder, tmp_path / "out")
    sql = Path(copytree(tables.SQL, tmp_path / "sql"))
    (sql / script).write_text("SELECT * FROM no_such_table", encoding="utf-8")
    monkeypatch.setattr(tables, "SQL", sql)
    retitle(folder, "Old", "New")

    result = publish(folder, tmp_path / "out")

    assert result.exit_code == 1
    assert "A fault of this program (CatalogException: " in result.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {database.name, POINTER, HISTORY}
    assert titles(tmp_path / "out" / POINTER) == ["Old"]


# --- readers ----------------------------------------------------------------------------------


def test_an_open_reader_keeps_its_database_and_a_new_one_sees_the_next(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    build(folder, out)
    with duckdb.connect((out / POINTER).resolve(), read_only=True) as reader:
        # The third of these builds removes the reader's file.
        for old, new in pairwise(["Old", "New", "Newer", "Newest", "Last"]):
            retitle(folder, old, new)
            build(folder, out, kept=timedelta(0))
            assert titles((out / POINTER).resolve()) == [new]
            assert reader.execute("SELECT title FROM agreements").fetchall() == [("Old",)]
        assert reader.execute("SELECT value FROM statements WHERE field = 'signed_on'").fetchall()


# --- the version ------------------------------------------------------------------------------


def test_the_same_content_has_the_same_version_anywhere(folder: Path, tmp_path: Path) -> None:
    copy = Path(copytree(folder, tmp_path / "copy"))
    assert version(build(folder, tmp_path / "one")) == version(build(copy, tmp_path / "other"))


@pytest.mark.parametrize("table", ["agreements", "areas", "partner_names"])
def test_another_content_has_another_version(
    register: Register, folder: Path, tmp_path: Path, table: str
) -> None:
    first = version(build(folder, tmp_path / "out"))
    match table:
        case "agreements":
            register.rows[table][0]["title"] = "New"
        case "areas":
            register.area("sport", name="Sport")
        case _:
            register.partner_name("Любляна")
    assert version(build(register.write(folder), tmp_path / "out")) != first


# --- the content ------------------------------------------------------------------------------


def test_every_row_of_the_register_is_published(published: Path) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        for path in sorted(REAL_REGISTER.glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            columns = ", ".join(header)
            found = connection.execute(f"SELECT {columns} FROM {path.stem}").fetchall()
            assert len(found) == len(rows), path.stem
            if path.stem != "partners":  # whose numbers are not kept as text
                assert {tuple(str(cell or "") for cell in row) for row in found} == {
                    tuple(row) for row in rows
                }


def test_coordinates_are_numbers(register: Register, connect: Connect) -> None:
    register.partner(
        "quito",
        country_code="EC",
        latitude="-0.22985",
        longitude="-78.52495",
        geonames_id="3652462",
    )
    row = connect(register).execute(
        "SELECT latitude, longitude, geonames_id FROM partners WHERE partner_id = 'quito'"
    )
    assert row.fetchall() == [(-0.22985, -78.52495, 3652462)]


@pytest.mark.parametrize(("kind", "name"), [("tables", "table"), ("views", "view")])
def test_every_table_and_view_has_a_comment(published: Path, kind: str, name: str) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        comments = dict(
            connection.execute(
                f"SELECT {name}_name, comment FROM duckdb_{kind}() WHERE NOT internal "
                "AND database_name = current_database()"
            ).fetchall()
        )
    assert comments
    assert [name for name, comment in comments.items() if not (comment or "").strip()] == []


def test_every_column_has_a_comment(published: Path) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        comments = connection.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal "
            "AND database_name = current_database()"
        ).fetchall()
    # Views are among them, too.
    assert {"agreements", "agreement_windows"} <= {table for table, _, _ in comments}
    assert [row for row in comments if not (row[2] or "").strip()] == []


def test_every_table_macro_has_a_comment(published: Path) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        comments = dict(
            connection.execute(
                "SELECT function_name, comment FROM duckdb_functions() "
                "WHERE NOT internal AND database_name = current_database()"
            ).fetchall()
        )
    assert {"agreement_status", "partner_status"} <= comments.keys()
    assert all(comments.values())


def test_text_of_any_kind_stays_as_it_is(register: Register, connect: Connect) -> None:
    # What is required has a letter, and no two read alike.
    named = [f"A{number} {text}" for number, text in enumerate(NASTY)]
    for number, (text, name) in enumerate(zip(NASTY, named, strict=True)):
        register.agreement(f"a-{number:02}", title=name, signed_in=name, note=text)
        register.partner_name(name)
    connection = connect(register)
    rows = connection.execute("SELECT title, signed_in, note FROM agreements ORDER BY agreement_id")
    assert rows.fetchall() == list(zip(named, named, NASTY, strict=True))
    names = connection.execute("SELECT name FROM partner_names")
    assert set(names.fetchall()) == {(name,) for name in named}
    stated = connection.execute("SELECT value FROM statements WHERE field = 'signed_in'")
    assert set(stated.fetchall()) == {(name,) for name in named}


def test_an_empty_cell_is_null(register: Register, connect: Connect) -> None:
    register.agreement()
    row = connect(register).execute("SELECT signed_on, signed_on_last, note FROM agreements")
    assert row.fetchall() == [(None, None, None)]


def test_dates_keep_their_text_and_get_their_bounds(register: Register, connect: Connect) -> None:
    register.agreement(signed_on="2024-02~")
    row = connect(register).execute(
        "SELECT signed_on, signed_on_first::VARCHAR, signed_on_last::VARCHAR FROM agreements"
    )
    assert row.fetchall() == [("2024-02~", "2024-02-01", "2024-02-29")]


def test_codes_countries_and_languages_have_names(register: Register, connect: Connect) -> None:
    register.partner("istanbul", country_code="TR")
    connection = connect(register)
    code = connection.execute("SELECT name FROM codes WHERE code = 'letter_of_intent'").fetchall()
    assert code == [("Letter of intent",)]
    countries = connection.execute("FROM countries ORDER BY ALL").fetchall()
    # With their names in the language of the only source, where there are some.
    assert countries == [("SI", "Slovenia", "Slovenija"), ("TR", "Türkiye", "Türkiye")]
    languages = connection.execute("FROM languages").fetchall()
    assert languages == [("sl", "Slovenian")]


def test_empty_tables_are_published(connect: Connect) -> None:
    empty = Register()
    for table in ("partners", "sources", "areas"):
        empty.rows[table].clear()
    connection = connect(empty)
    assert connection.execute("SELECT count(*) FROM partners").fetchall() == [(0,)]
    assert connection.execute("FROM agreement_status(DATE '2026-11-21')").fetchall() == []
    assert connection.execute("FROM partner_status(DATE '2026-11-21')").fetchall() == []
    assert connection.execute("FROM disagreements").fetchall() == []


# --- disagreements and sources ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "disagree"),
    [
        ("2019", "2019-09-10", False),
        ("2019-09", "2019-09-10", False),
        ("2019?", "2019", False),
        ("2019", "2020", True),
        ("2019-09-10", "2019-09-11", True),
        ("2019-08", "2019-09-10", True),
    ],
)
def test_dates_disagree_where_no_day_fits_both(
    register: Register, connect: Connect, first: str, second: str, disagree: bool
) -> None:
    register.agreement(signed_on=second)
    register.statement("programme", "signed_on", first)
    found = connect(register).execute("SELECT record_id, field FROM disagreements").fetchall()
    assert found == ([("programme", "signed_on")] if disagree else [])


def test_a_disagreement_gives_the_most_stated_value_first(
    register: Register, connect: Connect
) -> None:
    register.source("agency", publisher="An agency")
    register.agreement(instrument="programme")
    register.statement("programme", "instrument", "agreement")
    register.statement("programme", "instrument", "programme", "agency")
    found = connect(register).execute("SELECT versions FROM disagreements").fetchall()
    assert found == [(["programme", "agreement"],)]


def test_the_sources_of_a_record_come_with_what_they_state(
    register: Register, connect: Connect
) -> None:
    register.source("agency", publisher="An agency")
    register.agreement(note="Where it was signed is doubtful.")
    register.statement("programme", "signed_in", "Moscow", "agency")
    register.label(source_id="agency")
    found = (
        connect(register)
        .execute("SELECT record_id, source_id, fields FROM record_sources ORDER BY source_id")
        .fetchall()
    )
    assert found == [
        ("programme", "agency", ["areas", "signed_in"]),
        ("programme", "city-hall", ["instrument", "partner_id"]),
    ]
