"""The files to take away: they open, hold what the register holds, and run nothing."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import frictionless
import openpyxl
import pandas as pd
import pytest

from dashboard import store
from etl.publish import build
from register import about, snapshots, summaries, texts, workbook
from register.export import AGREEMENT_COLUMNS
from register.filters import Filters
from register.frames import rows
from register.queries import dictionary, register, selected, snapshot, versions
from register.queries.snapshot import Snapshot
from tests.conftest import REAL_REGISTER, Register
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
Publish = Callable[[Register], Path]

ALL = Filters(as_of=DAY)
ISTANBUL = Filters(as_of=DAY, city=("istanbul",), horizon=90)
FORMULA = '=HYPERLINK("http://example.org","x")'


def take(database: Path, filters: Filters, *, whole: bool = False) -> Snapshot:
    with duckdb.connect(database, read_only=True) as connection:
        return snapshot.take(connection, filters, whole=whole)


def members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def csv_rows(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def rows_of(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def validate(content: bytes, folder: Path) -> frictionless.Report:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    report: frictionless.Report = frictionless.validate(folder / "datapackage.json")
    return report


@pytest.fixture(scope="session")
def dangerous(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register whose texts a spreadsheet would run, or turn into links."""
    register = Register()
    register.source("portal", publisher="@SUM(1+1)", url="https://portal.example/?a=1")
    register.agreement(title=FORMULA, signed_on="2019-09-10", note="+1", signed_in="-2+3")
    register.label("-culture")
    register.label("https://label.example", source_id="portal")
    folder = tmp_path_factory.mktemp("dangerous")
    return build(register.write(folder / "register"), folder / "build")


# What a selection holds.


def test_a_selection_holds_its_agreements_and_what_belongs_to_them(known: Path) -> None:
    taken = take(known, ISTANBUL)

    ids = {part.table.name: list(part.rows.iloc[:, 0]) for part in taken.parts}
    # istanbul-2023 is not yet known on the day.
    assert ids["agreements"] == ["istanbul-2010", "istanbul-2020"]
    assert list(taken.part("agreements_on_day").rows["agreement_id"]) == ids["agreements"]
    assert ids["partners"] == ["istanbul"]
    assert list(taken.part("partner_names").rows["name"]) == ["Стамбул"]
    assert list(taken.part("events").rows["event"]) == ["suspended", "resumed"]
    assert set(taken.part("statements").rows["record_id"]) == {
        "istanbul-2010",
        "istanbul-2020",
        *ids["events"],
    }
    # city-hall states all; hurriyet only names areas.
    assert ids["sources"] == ["city-hall", "hurriyet"]
    assert {part.table.name: part.total for part in taken.parts}["agreements"] == 11
    assert about.of_all(taken.part("agreements")) == "2 of 11"


def test_an_event_of_a_whole_partnership_belongs_to_its_agreements(known: Path) -> None:
    taken = take(known, replace(ALL, city=("tehran",)))

    assert list(taken.part("events").rows["event"]) == ["announced", "renewed"]


def test_a_district_comes_with_its_city(publish: Publish) -> None:
    register = Register()
    register.partner("bezigrad", name="Bežigrad", kind="district", within="ljubljana")
    register.agreement("district", partner_id="bezigrad")
    register.agreement("city")

    taken = take(publish(register), replace(ALL, city=("bezigrad",)))

    assert list(taken.part("agreements").rows["agreement_id"]) == ["district"]
    assert list(taken.part("partners").rows["partner_id"]) == ["bezigrad", "ljubljana"]


def test_the_whole_register_holds_also_what_was_not_yet_known(known: Path) -> None:
    taken = take(known, ISTANBUL, whole=True)

    on_day = taken.part("agreements_on_day").rows.set_index("agreement_id")
    assert len(on_day) == 11
    assert on_day.loc["istanbul-2023", "status"] == "future"
    assert on_day.loc["istanbul-2020", "status"] == "active", "121 days left, horizon 90"
    assert not taken.filters.restricting


def test_the_numbers_on_the_page_are_those_of_the_snapshot(known: Path) -> None:
    taken = take(known, ISTANBUL)
    with duckdb.connect(known, read_only=True) as connection:
        counts = snapshot.row_counts(connection, ISTANBUL)

    for row in rows(counts):
        part = taken.part(row["name"])
        assert (row["selected"], row["total"]) == (len(part.rows), part.total)
    assert len(counts) == 8


@pytest.mark.parametrize(
    "filters",
    [
        # Of these days events are still to come that have sources of their own.
        Filters(date(2000, 1, 1)),
        Filters(date(2016, 1, 1), city=("berlin", "istanbul", "riga")),
        Filters(date(2026, 11, 26), event=("suspended",)),
    ],
)
def test_the_numbers_on_the_page_are_those_of_the_snapshot_with_what_came_later(
    published: Path, filters: Filters
) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        counts = snapshot.row_counts(connection, filters)
        taken = snapshot.take(connection, filters, whole=False, told=True)

    assert dict(zip(counts["name"], counts["selected"], strict=True)) == {
        part.table.name: part.number
        for part in taken.parts
        if part.table.name in set(counts["name"])
    }


@pytest.mark.parametrize("city", ["krakow", "istanbul", "beijing"])
def test_a_selection_of_the_real_register_counted_from_its_files(
    published: Path, city: str
) -> None:
    def read(name: str) -> list[dict[str, str]]:
        with (REAL_REGISTER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    agreements = {r["agreement_id"] for r in read("agreements") if r["partner_id"] == city}
    events = {
        r["event_id"]
        for r in read("events")
        if r["agreement_id"] in agreements or (not r["agreement_id"] and r["partner_id"] == city)
    }
    statements = [r for r in read("statements") if r["record_id"] in agreements | events]
    areas = [r for r in read("agreement_areas") if r["agreement_id"] in agreements]
    expected = {
        "agreements": len(agreements),
        "events": len(events),
        "statements": len(statements),
        "agreement_areas": len(areas),
        "sources": len({r["source_id"] for r in statements + areas}),
        "partner_names": sum(r["partner_id"] == city for r in read("partner_names")),
    }

    # On a day by which all of them are known.
    taken = take(published, Filters(as_of=date(2100, 1, 1), city=(city,)))

    assert {name: len(taken.part(name).rows) for name in expected} == expected
    assert all(len(read(name)) == taken.part(name).total for name in expected)


# The Data Package.


@pytest.mark.parametrize(
    ("filters", "whole"),
    [
        (ALL, True),
        (Filters(as_of=date(2022, 3, 1), area=("transport",)), False),
        (Filters(as_of=date(2026, 11, 21), city=("istanbul-sisli",)), False),
        # Its agreements follow and carry out others that the selection leaves out.
        (Filters(as_of=date(2026, 11, 21), instrument=("roadmap", "programme")), False),
        (Filters(as_of=date(2026, 11, 21), q="nowhere to be found"), False),
    ],
)
def test_the_data_package_is_valid(
    published: Path, tmp_path: Path, filters: Filters, whole: bool
) -> None:
    taken = take(published, filters, whole=whole)

    report = validate(snapshots.data_package(taken), tmp_path)

    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == len(taken.parts)


def test_the_validator_would_see_a_dangling_key(published: Path, tmp_path: Path) -> None:
    taken = take(published, Filters(as_of=DAY, city=("krakow",)))
    sources = taken.part("sources")
    fewer = replace(sources, rows=sources.rows.iloc[1:])
    broken = replace(taken, parts=tuple(fewer if p is sources else p for p in taken.parts))

    report = validate(snapshots.data_package(broken), tmp_path)

    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}


def test_the_data_package_says_what_it_is(known: Path) -> None:
    files = members(snapshots.data_package(take(known, ISTANBUL)))

    descriptor = json.loads(files["datapackage.json"])
    assert descriptor["as_of"] == "2022-03-01"
    assert descriptor["horizon_days"] == 90
    assert descriptor["filters"] == {
        "city": ["istanbul"],
        "as_of": ["2022-03-01"],
        "horizon": ["90"],
    }
    assert descriptor["rows"]["agreements"] == "2 of 11"
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"
    readme = files["README.md"].decode()
    assert "| `data/agreements.csv` | 2 of 11 |" in readme
    assert "`?city=istanbul&as_of=2022-03-01&horizon=90`" in readme
    assert f"Register version: {descriptor['version']}" in readme
    assert "2 of 11 agreements" in files["CITATION.txt"].decode()
    assert descriptor["version"] in files["CITATION.txt"].decode()
    assert "CC BY 4.0" in files["LICENSE.md"].decode()
    assert "| signed_on | string | Date of signing (EDTF) |" in files["DICTIONARY.md"].decode()


def test_the_descriptor_describes_every_column_and_table(published: Path) -> None:
    files = members(snapshots.data_package(take(published, ALL, whole=True)))
    resources = {r["name"]: r for r in json.loads(files["datapackage.json"])["resources"]}

    for resource in resources.values():
        content = files[resource["path"]]
        header = next(csv.reader(io.StringIO(content.decode(), newline="")))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert resource["description"]
        assert resource["rows"] == len(csv_rows(content))
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    types = {field["name"]: field["type"] for field in resources["partners"]["schema"]["fields"]}
    assert types["latitude"] == "number"
    assert types["geonames_id"] == "integer"
    assert resources["statements"]["schema"]["primaryKey"] == [
        "record_id",
        "field",
        "value",
        "source_id",
    ]
    keys = {
        (name, key["fields"], key["reference"]["resource"])
        for name, resource in resources.items()
        for key in resource["schema"].get("foreignKeys", [])
    }
    assert {
        ("agreements", "partner_id", "partners"),
        ("agreements", "follows", ""),
        ("agreement_areas", "area_id", "areas"),
        ("events", "agreement_id", "agreements"),
        ("partners", "country_code", "countries"),
        ("partners", "within", ""),
        ("sources", "language", "languages"),
        ("statements", "source_id", "sources"),
        ("agreements_on_day", "status", "statuses"),
    } <= keys


# Each format holds the same.


def test_csv_tables(known: Path) -> None:
    taken = take(known, ALL, whole=True)
    files = members(snapshots.csv_zip(taken))

    assert set(files) == {
        *(f"{part.table.name}.csv" for part in taken.parts),
        "README.md",
        "DICTIONARY.md",
        "LICENSE.md",
        "CITATION.txt",
    }
    assert all(len(csv_rows(files[f"{part.table.name}.csv"])) == part.total for part in taken.parts)
    assert all(files[name].startswith(b"\xef\xbb\xbf") for name in files if name.endswith(".csv"))
    partners = {row["partner_id"]: row for row in csv_rows(files["partners.csv"])}
    assert partners["beijing"]["name_native"] == "北京市"


def test_json(known: Path) -> None:
    whole = json.loads(snapshots.json_records(take(known, ALL, whole=True)))
    selection = json.loads(snapshots.json_records(take(known, ISTANBUL)))

    assert set(selection) == {"about", "agreements_on_day"}
    assert selection["about"]["rows"]["agreements"] == "2 of 11"
    record = selection["agreements_on_day"][1]
    assert list(record) == AGREEMENT_COLUMNS
    assert record["agreement_id"] == "istanbul-2020"
    assert record["as_of"] == "2022-03-01"
    assert record["signed_on"] == "2020-05", "as exact as its source"
    assert record["ends_on"] == "2022-06-30"
    assert record["days_left"] == 121
    assert record["end_approximate"] is False
    assert record["term"] is None
    assert {
        name: f"{len(table)} of {len(table)}" for name, table in whole.items() if name != "about"
    } == whole["about"]["rows"]


def test_excel_holds_the_values_of_the_tables(published: Path) -> None:
    taken = take(published, Filters(as_of=date(2026, 11, 21)), whole=True)
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel(taken)))

    tables = [part.table.name for part in taken.parts]
    assert book.sheetnames == ["In words", "README", "dictionary", *tables]
    for part in taken.parts:
        sheet = book[part.table.name]
        header, *cells = rows_of(sheet)
        assert sheet.freeze_panes == "A2"
        assert list(header) == list(part.rows.columns)
        expected = [
            tuple(cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell for cell in row)
            for row in part.rows.astype(object)
            .where(part.rows.notna(), None)
            .itertuples(index=False, name=None)
        ]
        assert cells == expected


def test_nothing_in_a_workbook_is_a_formula_or_a_link(dangerous: Path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook.excel(take(dangerous, ALL, whole=True))), data_only=False
    )

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert not [cell.coordinate for cell in cells if cell.hyperlink]
    texts = {cell.value for cell in cells}
    assert {FORMULA, "+1", "-2+3", "@SUM(1+1)", "-culture", "https://label.example"} <= texts


def long_register(
    publish: Callable[[Register], Path], note: str, title: str = "Programme"
) -> Snapshot:
    register = Register()
    register.agreement(signed_on="2019-09-10", note=note, title=title)
    return take(publish(register), ALL, whole=True)


def test_what_excel_has_no_room_for_is_cut_and_the_workbook_says_where(
    publish: Callable[[Register], Path],
) -> None:
    taken = long_register(publish, note="n" * 32_768, title="😀" * 16_384 + "a")
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel(taken)))

    header, agreement = rows_of(book["agreements"])
    row = dict(zip(header, agreement, strict=True))
    assert row["note"] == "n" * 32_763 + " […]"
    # Each of them counts as two, and none is cut in half.
    assert row["title"] == "😀" * 16_381 + " […]"
    cuts = [str(fact[1]) for fact in rows_of(book["README"]) if fact[0] == "Cut to fit into Excel"]
    assert "agreements, row 2: note" in " ".join(cuts)
    assert "agreements, row 2: title" in " ".join(cuts)
    assert "CSV, JSON and Parquet have all of it" in cuts[0]
    whole = json.loads(snapshots.json_records(taken))
    assert whole["agreements"][0]["note"] == "n" * 32_768


def test_what_just_fits_is_whole(publish: Callable[[Register], Path]) -> None:
    taken = long_register(publish, note="n" * 32_767)
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel(taken)))

    assert "n" * 32_767 in rows_of(book["agreements"])[1]
    assert "Cut to fit into Excel" not in {fact[0] for fact in rows_of(book["README"])}


def test_more_rows_than_a_sheet_has_are_cut_and_told(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "ROWS", 10)
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel(take(known, ALL, whole=True))))

    assert book["agreements"].max_row == 10
    facts = [str(fact[1]) for fact in rows_of(book["README"]) if fact[0] == "Cut to fit into Excel"]
    assert "agreements: 2 rows left out. CSV, JSON and Parquet have all of them." in facts
    assert not [fact for fact in facts if "partners:" in fact]


def test_a_workbook_says_what_it_is(known: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel(take(known, ISTANBUL))))

    facts = {row[0]: row[1] for row in rows_of(book["README"])}
    assert facts["As-of day"] == datetime(2022, 3, 1)
    assert facts["Horizon in days"] == 90
    assert facts["Rows of agreements"] == "2 of 11"
    assert facts["Filters"] == "?city=istanbul&as_of=2022-03-01&horizon=90"
    described = {(row[0], row[1]): row[3] for row in rows_of(book["dictionary"])[1:]}
    assert described["agreements", "signed_on"] == "Date of signing (EDTF)"


def test_nothing_in_a_csv_file_can_run(dangerous: Path) -> None:
    taken = take(dangerous, ALL, whole=True)
    archives = (snapshots.csv_zip(taken), snapshots.data_package(taken))
    tables = [
        row
        for archive in archives
        for name, content in members(archive).items()
        if name.endswith(".csv")
        for row in csv_rows(content)
    ]

    assert not [cell for row in tables for cell in row.values() if cell[:1] in tuple("=+-@\t\r")]
    assert sum(f"'{FORMULA}" in row.values() for row in tables) == 4, "two tables, two archives"


@pytest.mark.parametrize("whole", [True, False])
def test_parquet(known: Path, tmp_path: Path, whole: bool) -> None:
    taken = take(known, ISTANBUL, whole=whole)
    with duckdb.connect(known, read_only=True) as connection:
        files = snapshot.parquet(connection, ISTANBUL, whole=whole)
    with duckdb.connect(known, read_only=True) as connection:
        told = snapshot.take(connection, ISTANBUL, whole=whole, told=True)
    archive = members(snapshots.parquet_zip(taken, files))

    for part in taken.parts:
        file = tmp_path / f"{part.table.name}.parquet"
        file.write_bytes(archive[file.name])
        with duckdb.connect() as connection:
            read = connection.read_parquet(str(file)).df()
        pd.testing.assert_frame_equal(read, part.rows)
    assert "README.md" in archive
    # Its texts need no row in memory.
    assert all(part.rows.empty for part in told.parts)
    assert members(snapshots.parquet_zip(told, files)) == archive


def test_parquet_of_the_selection_holds_the_columns_of_its_csv(known: Path, tmp_path: Path) -> None:
    with duckdb.connect(known, read_only=True) as connection:
        (tmp_path / "x.parquet").write_bytes(snapshot.selection_parquet(connection, ISTANBUL))
        expected = selected.agreements(connection, ISTANBUL)[AGREEMENT_COLUMNS]
    with duckdb.connect() as connection:
        read = connection.read_parquet(str(tmp_path / "x.parquet"))
        pd.testing.assert_frame_equal(read.df(), expected)
        types = dict(zip(read.columns, map(str, read.types), strict=True))
    assert (types["as_of"], types["days_left"]) == ("DATE", "BIGINT")


def test_the_database_itself(known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(known))
    store.begin_run()
    (tmp_path / "copy.duckdb").write_bytes(store.file()())
    with duckdb.connect(tmp_path / "copy.duckdb", read_only=True) as copy:
        assert copy.execute("SELECT count(*) FROM agreements").fetchall() == [(11,)]


@pytest.mark.parametrize(
    "make", [snapshots.csv_zip, workbook.excel, snapshots.json_records, snapshots.data_package]
)
def test_the_same_snapshot_makes_the_same_file(
    known: Path, make: Callable[[Snapshot], bytes]
) -> None:
    content = make(take(known, ISTANBUL))

    assert content == make(take(known, ISTANBUL))
    if make is snapshots.json_records:
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()
        # No member says when it was made, but for the workbook's as-of day.
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_tables_are_counted_in_the_registers_order(known: Path) -> None:
    with duckdb.connect(known, read_only=True) as connection:
        counts = snapshot.row_counts(connection, ISTANBUL)

    # Of eleven agreements two with Istanbul are known by the day.
    of_tables = counts[counts["name"] != "statements"][["name", "selected", "total"]]
    assert list(of_tables.itertuples(index=False, name=None)) == [
        ("agreements", 2, 11),
        ("agreement_areas", 2, 7),
        ("partners", 1, 5),
        ("partner_names", 1, 2),
        ("events", 2, 5),
        ("sources", 2, 3),
        ("list_mentions", 1, 2),
    ]


def test_the_dictionary_marks_keys_and_names_each_column_once(known: Path) -> None:
    with duckdb.connect(known, read_only=True) as connection:
        columns = dictionary.columns(connection)

        objects = dictionary.objects(connection)
    ours = list(zip(objects["kind"], objects["name"], strict=True))

    def of(table: str, mark: str) -> list[str]:
        marked = columns[(columns["name"] == table) & columns[mark]]
        return marked["column"].tolist()

    assert not columns.duplicated(["name", "column"]).any()
    assert columns["name"].is_monotonic_increasing
    # Tables, views, macros, each by name, and none that are DuckDB's own.
    assert ours == sorted(ours, key=lambda it: (["Table", "View", "Macro"].index(it[0]), it[1]))
    assert [name for kind, name in ours if kind == "View"] == ["agreement_coverage", "coverage"]
    of_sources = columns[columns["name"] == "sources"]["column"]
    assert list(of_sources.head(3)) == ["source_id", "url", "publisher"]
    assert of("agreements", "key") == ["agreement_id"]
    assert of("statements", "key") == ["record_id", "field", "value", "source_id"]
    assert of("partner_names", "required") == ["partner_id", "name", "language"]


def test_a_workbook_opens_on_what_people_read(known: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel(take(known, ISTANBUL))))
    sheet = book["In words"]
    header, first, second = rows_of(sheet)

    assert book.active is sheet
    assert header[:4] == ("Partner", "Country", "Agreement", "Type of document")
    assert first[5:8] == ("Suspended", "signed 3 March 2010", "signed 3 March 2010, no end stated")
    # As exact as the sources, and nothing but what belongs to the selection.
    assert second[5:10] == (
        *("Active", "signed May 2020", "signed May 2020 to 30 June 2022", "121 days left"),
        "Tourism; Transport",
    )
    assert sheet.auto_filter.ref == "A1:L3"
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")


def test_the_readable_sheet_of_the_whole_register_has_all_agreements(known: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook.excel(take(known, ISTANBUL, whole=True))))

    assert len(rows_of(book["In words"])) == 1 + 11


def test_a_workbook_is_of_the_as_of_day(known: Path) -> None:
    properties = openpyxl.load_workbook(
        io.BytesIO(workbook.excel(take(known, ISTANBUL)))
    ).properties

    assert (properties.created, properties.modified) == (datetime(2022, 3, 1), datetime(2022, 3, 1))


def test_a_download_stays_with_the_version_that_its_name_tells(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Register()
    one.agreement()
    pointer = publish(one)
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(pointer))
    store.begin_run()
    version = store.ask(register.version)
    asked_for, file = store.later(snapshot.take, ALL, whole=True), store.file()
    one.agreement("another")
    build = pointer.resolve()
    publish(one)
    content = build.read_bytes()
    build.unlink()
    store.begin_run()

    assert file() == content
    assert store.ask(register.version) != version
    assert asked_for().version == version
    assert len(asked_for().part("agreements").rows) == 1


# The dictionary, and the query for other clients.


def test_everything_in_the_database_is_described(published: Path) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        objects = dictionary.objects(connection)
        columns = dictionary.columns(connection)

    assert not objects[objects["comment"].isna()]["name"].to_list()
    assert not columns[columns["comment"].isna()][["name", "column"]].to_dict("records")
    kinds = dict(zip(objects["name"], objects["kind"], strict=True))
    assert kinds["agreements"] == "Table"
    assert kinds["coverage"] == "View"
    assert kinds["agreement_status"] == "Macro"
    described = set(zip(columns["name"], columns["column"], strict=True))
    assert ("agreement_status", "days_left") in described
    assert ("partner_status", "lapsed") in described
    keys = columns[columns["key"]]
    assert set(keys[keys["name"] == "statements"]["column"]) == {
        "record_id",
        "field",
        "value",
        "source_id",
    }


@pytest.mark.parametrize("filters", [ALL, replace(ALL, horizon=30, as_of=date(2019, 9, 10))])
def test_the_query_for_other_clients_gives_the_answer_of_the_pages(
    cursor: Cursor, filters: Filters
) -> None:
    shown = selected.agreements(cursor, replace(filters, status=("active", "expiring")))
    answer = cursor.execute(texts.status_query(filters)).df()

    assert set(answer["agreement_id"]) == set(shown["agreement_id"])
    assert dict(zip(answer["agreement_id"], answer["status"], strict=True)) == dict(
        zip(shown["agreement_id"], shown["status"], strict=True)
    )


# What changed between versions.


@pytest.fixture
def changes(publish: Publish) -> Callable[[Register], versions.Changes | None]:
    def publish_and_compare(register: Register) -> versions.Changes | None:
        with duckdb.connect(publish(register).resolve(), read_only=True) as connection:
            return versions.changes(connection)

    return publish_and_compare


def test_after_the_first_build_there_is_nothing_to_compare(
    changes: Callable[[Register], versions.Changes | None],
) -> None:
    assert changes(Register()) is None


def test_the_same_register_built_again_is_no_other_version(
    changes: Callable[[Register], versions.Changes | None],
) -> None:
    changes(Register())

    assert changes(Register()) is None


def test_what_was_added_removed_and_changed(
    changes: Callable[[Register], versions.Changes | None], publish: Publish
) -> None:
    before, now = Register(), Register()
    before.agreement("kept", title="Kept")
    before.agreement("gone", title="Gone")
    before.agreement("other", title="Old title", signed_on="2019", note="A note")
    now.withdrawn("gone")
    now.agreement("kept", title="Kept")
    now.agreement("other", title="New title", signed_on="2019-09", signed_in="Moscow")
    now.agreement("new-1", title="New 1")
    now.agreement("new-2", title="New 2")
    now.agreement("new-3", title="New 3")
    now.agreement("second", title="Second", note="Now noted")
    before.agreement("second", title="Second")
    changes(before)

    found = changes(now)

    assert found is not None
    frame = found.agreements.astype(object).where(found.agreements.notna(), None)
    assert list(frame.itertuples(index=False, name=None)) == [
        ("added", "new-1", "New 1", None, None, None),
        ("added", "new-2", "New 2", None, None, None),
        ("added", "new-3", "New 3", None, None, None),
        ("changed", "other", "New title", "note", "A note", None),
        ("changed", "other", "New title", "signed_in", None, "Moscow"),
        ("changed", "other", "New title", "signed_on", "2019", "2019-09"),
        ("changed", "other", "New title", "title", "Old title", "New title"),
        ("changed", "second", "Second", "note", None, "Now noted"),
        ("removed", "gone", "Gone", None, None, None),
    ]
    tables = found.tables.set_index("table")
    # Of four rows three are gone in that form; of six five are new.
    assert tables.loc["agreements"].to_dict() == {"before": 4, "now": 6, "gone": 3, "new": 5}
    assert tuple(tables.loc["areas"]) == (1, 1, 0, 0)
    assert tuple(tables.loc["withdrawn"]) == (0, 1, 0, 1)
    assert summaries.changes(found.agreements, "a", "b") == (
        "From version a to b: 3 agreements added, 1 agreement removed and 2 agreements changed."
    )


def test_a_version_gone_back_to_is_compared_with_the_one_before_it(
    changes: Callable[[Register], versions.Changes | None],
) -> None:
    one, two = Register(), Register()
    one.agreement(title="Old title")
    two.agreement(title="New title")
    changes(one)
    changes(two)

    found = changes(one)

    assert found is not None
    assert list(found.agreements["now"]) == ["Old title"]


def test_a_build_of_the_time_before_a_table_is_compared_in_the_others(
    changes: Callable[[Register], versions.Changes | None], publish: Publish
) -> None:
    with duckdb.connect(publish(Register()).resolve()) as older:
        older.execute("DROP TABLE withdrawn")
    now = Register()
    now.agreement("new")

    found = changes(now)

    assert found is not None
    assert list(found.agreements["change"]) == ["added"]
    assert "withdrawn" not in set(found.tables["table"])
