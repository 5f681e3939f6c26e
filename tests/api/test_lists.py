"""Lists: hand-worked values, the pages' figures by another route, forms, paging."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from api.answers import FORMATS, OF_LISTS
from register import export
from register.export import AGREEMENT_COLUMNS
from register.filters import Filters
from register.frames import rows
from register.lists import LISTS
from register.queries import EXPORTS, areas, overview, selected, sources
from tests.api.conftest import ON_DAY, Api
from tests.conftest import Register
from tests.dashboard.conftest import DAY

REAL_DAY = date(2026, 11, 21)
SELECTIONS = (
    ("", Filters(REAL_DAY)),
    ("&status=in_force", Filters(REAL_DAY, status=("in_force",))),
    (
        "&country=CN&country=TR&area=transport",
        Filters(REAL_DAY, country=("CN", "TR"), area=("transport",)),
    ),
    ("&from=2015&to=2018&horizon=30", Filters(REAL_DAY, 30, from_year=2015, to_year=2018)),
    (
        "&q=luzhkov&party=moscow_government",
        Filters(REAL_DAY, q="luzhkov", party=("moscow_government",)),
    ),
    ("&region=western-asia&region=europe", Filters(REAL_DAY, region=("western-asia", "europe"))),
    ("&signed_from=2007&signed_to=2016", Filters(REAL_DAY, signed_from=2007, signed_to=2016)),
    (
        "&event=terminated&actor=partner&happened_from=2022-02-24&happened_to=2022-06",
        Filters(
            REAL_DAY,
            event=("terminated",),
            actor=("partner",),
            happened_from="2022-02-24",
            happened_to="2022-06",
        ),
    ),
    ("&status=future&as_of=1990-05-01", Filters(date(1990, 5, 1), status=("future",))),
)


def test_an_agreement_has_its_status_window_and_days_left(api: Api) -> None:
    answer = api.json(f"/agreements?city=istanbul&status=expiring&{ON_DAY}")
    (agreement,) = answer["data"]
    assert agreement["agreement_id"] == "istanbul-2020"
    assert agreement["status"] == "expiring"
    assert (agreement["begins_on"], agreement["ends_on"]) == ("2020-05-31", "2022-06-30")
    assert agreement["days_left"] == 121
    assert agreement["signed_on"] == "2020-05"
    assert agreement["end_approximate"] is False
    assert list(agreement) == AGREEMENT_COLUMNS


def test_an_answer_says_version_day_horizon_and_counts(api: Api) -> None:
    answer = api.json(f"/agreements?country=CN&{ON_DAY}&limit=3")
    assert answer["version"] == api.store.current().name
    assert (answer["as_of"], answer["horizon"]) == ("2022-03-01", 180)
    assert (answer["total"], answer["matching"], answer["shown"]) == (11, 4, 3)
    head = api.get(f"/agreements.csv?country=CN&{ON_DAY}&limit=3").headers
    assert head["register-version"] == answer["version"]
    assert head["register-as-of"] == "2022-03-01"
    counts = [head[f"register-{name}"] for name in ("total", "matching", "shown")]
    assert counts == ["11", "4", "3"]


def test_without_a_day_it_is_today(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.question.today", lambda: DAY)
    assert api.json("/agreements?city=istanbul&status=expiring")["as_of"] == "2022-03-01"
    assert api.json("/agreements?city=istanbul&status=expiring")["matching"] == 1


def test_counts_by_status_are_one_of_each_but_two_expired(api: Api) -> None:
    counts = {row["status"]: row["agreements"] for row in api.data(f"/counts/status?{ON_DAY}")}
    assert counts == {
        **{"active": 1, "expiring": 1, "upcoming": 1, "no_end_stated": 1, "suspended": 1},
        **{"announced": 1, "undated": 1, "terminated": 1, "expired": 2},
    }


def test_counts_by_area_and_partner(api: Api) -> None:
    assert api.data(f"/counts/area?{ON_DAY}") == [
        {"area_id": "culture", "agreements": 2, "partners": 1},
        {"area_id": "tourism", "agreements": 2, "partners": 2},
        {"area_id": "transport", "agreements": 2, "partners": 2},
    ]
    assert api.data(f"/counts/partner?{ON_DAY}&status=in_force") == [
        {"partner_id": "istanbul", "agreements": 1, "in_force": 1},
        {"partner_id": "ljubljana", "agreements": 1, "in_force": 1},
    ]


def test_events_partners_sources_and_the_controlled_lists(api: Api) -> None:
    assert [event["event_id"] for event in api.data(f"/events?{ON_DAY}&city=anhui")] == ["event-2"]
    (partner,) = api.data(f"/partners?{ON_DAY}&city=tehran")
    assert (partner["status"], partner["lapsed"], partner["agreements"]) == ("announced", True, 2)
    (source,) = [row for row in api.data(f"/sources?{ON_DAY}") if row["source_id"] == "hurriyet"]
    assert (source["kind"], source["published_on"]) == ("official", "2020-05")
    assert [area["area_id"] for area in api.data("/areas")] == ["culture", "tourism", "transport"]
    assert len(api.data("/statuses")) == 10


def test_a_partner_has_its_region_and_when_it_signed(api: Api) -> None:
    (partner,) = api.data(f"/partners?{ON_DAY}&region=southern-asia")
    assert (partner["partner_id"], partner["region"]) == ("tehran", "Asia")
    assert partner["subregion"] == "Southern Asia"
    assert (partner["first_signed"], partner["first_signed_basis"]) == ("2015-11-18", "reported_on")
    (agreement,) = api.data(f"/agreements?{ON_DAY}&region=western-asia&status=expiring")
    assert agreement["subregion"] == "Western Asia"


def test_events_are_those_that_are_asked_for(api: Api) -> None:
    def ids(query: str) -> list[str]:
        return [event["event_id"] for event in api.data(f"/events?{ON_DAY}&{query}")]

    assert ids("event=terminated&event=renewed") == ["event-5", "event-2"]
    assert ids("happened_from=2019-05-31&happened_to=2021") == ["event-5", "event-2", "event-3"]
    assert ids("actor=moscow") == []


def test_who_ended_or_suspended_what_since_february_2022_and_what_has_no_date(
    real_api: Api,
) -> None:
    asked = f"/events?as_of={REAL_DAY}&limit=1000"
    since = "&event=suspended&event=terminated&happened_from=2022-02-24"
    assert real_api.json(asked + since)["matching"] == 19
    assert [event["date"] for event in real_api.data(asked)].count(None) == 5


def test_an_unknown_region_or_span_is_an_error(api: Api) -> None:
    (region,) = api.errors("/agreements?region=Western%20Asia")
    assert region["did_you_mean"][0] == "western-asia"
    (span,) = api.errors("/events?happened_from=2022-2")
    assert "a day, month or year" in span["detail"]


def test_a_controlled_list_takes_no_filter(api: Api) -> None:
    (error,) = api.errors("/areas?city=istanbul")
    assert error["parameter"] == "city"


@pytest.mark.parametrize(("address", "filters"), SELECTIONS)
def test_agreements_are_those_of_the_pages(
    real_api: Api, real: duckdb.DuckDBPyConnection, address: str, filters: Filters
) -> None:
    address = address if "as_of" in address else f"{address}&as_of={REAL_DAY}"
    frame = selected.agreements(real, filters)
    answer = real_api.get(f"/agreements.csv?{address}")
    assert answer.content == export.csv_bytes(frame[AGREEMENT_COLUMNS])
    counts = {
        row["status"]: row["agreements"] for row in real_api.data(f"/counts/status?{address}")
    }
    assert counts == frame["status"].value_counts().to_dict()


@pytest.mark.parametrize(("address", "filters"), SELECTIONS)
def test_partners_events_and_sources_are_those_of_the_pages(
    real_api: Api, real: duckdb.DuckDBPyConnection, address: str, filters: Filters
) -> None:
    address = address if "as_of" in address else f"{address}&as_of={REAL_DAY}"
    for name, key, frame in (
        ("partners", "partner_id", overview.partners(real, filters)),
        ("events", "event_id", selected.events(real, filters)),
        ("sources", "source_id", sources.sources(real, filters)),
    ):
        found = {row[key]: row for row in real_api.data(f"/{name}?limit=1000{address}")}
        assert found.keys() == set(frame[key])
        for row in rows(frame):
            same = {column: row[column] for column in found[row[key]] if column != "date_last"}
            assert {column: found[row[key]][column] for column in same} == same


def test_counts_by_area_are_those_of_the_heatmap(
    real_api: Api, real: duckdb.DuckDBPyConnection
) -> None:
    counts = areas.area_counts(real, Filters(REAL_DAY), ())
    found = real_api.data(f"/counts/area?as_of={REAL_DAY}")
    assert {row["area_id"]: row["agreements"] for row in found} == (
        counts.groupby("area_id")["agreements"].sum().to_dict()
    )
    assert {row["area_id"]: row["partners"] for row in found} == (
        counts.groupby("area_id")["partner_id"].nunique().to_dict()
    )


# --- forms ----------------------------------------------------------------------------------


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: str(listed.name))
def test_a_list_has_the_same_rows_in_each_form(api: Api, listed: Any) -> None:
    day = f"?{ON_DAY}"
    data = api.data(f"/{listed.name}.json{day}&limit=1000")
    names = [column.name for column in listed.columns]
    assert data
    assert all(list(row) == names for row in data)

    table = pq.read_table(BytesIO(api.get(f"/{listed.name}.parquet{day}").content))
    types = {"string": "VARCHAR", "date32[day]": "DATE", "bool": "BOOLEAN"}
    types |= {"int64": "BIGINT", "double": "DOUBLE"}
    assert [(field.name, types[str(field.type)]) for field in table.schema] == [
        (column.name, column.sql_type) for column in listed.columns
    ]
    assert [
        {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in row.items()}
        for row in table.to_pylist()
    ] == data

    content = api.get(f"/{listed.name}.csv{day}").content.decode("utf-8-sig")
    read = pd.read_csv(StringIO(content), dtype=str, keep_default_na=False)
    assert read.to_dict("records") == [
        {name: "" if cell is None else str(cell) for name, cell in row.items()} for row in data
    ]


@pytest.mark.parametrize("name", ["agreements", "events"])
def test_very_many_rows_are_sent_from_a_file_as_they_would_be_from_memory(
    api: Api, known: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    csv, parquet = f"/{name}.csv?{ON_DAY}", f"/{name}.parquet?{ON_DAY}"
    in_memory, table = api.get(csv), pq.read_table(BytesIO(api.get(parquet).content))
    parts: list[int] = []

    def counted(columns: Iterable[Sequence[object]]) -> str:
        told = list(columns)
        parts.append(len(told[0]))
        return export.csv_lines(told)

    monkeypatch.setattr("api.writers.csv_lines", counted)
    monkeypatch.setattr("api.writers.BATCH", 2)
    monkeypatch.setattr("api.answers.MAX_ROWS", 3)
    # What was answered before would be sent again.
    fresh = Api(known)
    from_file = fresh.get(csv)

    assert from_file.content == in_memory.content
    assert max(parts) == 2
    assert sum(parts) == 1 + len(table)
    for header in ("etag", "content-type", "content-disposition", "register-shown"):
        assert from_file.headers[header] == in_memory.headers[header]
    assert fresh.get(csv, if_none_match=in_memory.headers["etag"]).status_code == 304
    whole = fresh.get(parquet).content
    assert pq.read_table(BytesIO(whole)).equals(table, check_metadata=True)
    # DuckDB reads the end of it first.
    end = fresh.get(parquet, range="bytes=-8")
    assert (end.status_code, end.content) == (206, whole[-8:])
    assert fresh.get(csv, range="bytes=-8").content == in_memory.content
    assert [file for file in EXPORTS.iterdir() if file.suffix in (".csv", ".parquet")] == []


@pytest.mark.parametrize("listed", LISTS, ids=lambda listed: str(listed.name))
def test_the_declared_types_are_those_of_the_database(api: Api, listed: Any) -> None:
    def described(cursor: Any) -> list[tuple[str, str]]:
        asked, values = selected.asking(cursor, listed.sql, Filters(DAY))
        names = ", ".join(column.name for column in listed.columns)
        found = cursor.execute(f"DESCRIBE SELECT {names} FROM ({asked})", values)
        return [row[:2] for row in found.fetchall()]

    found = dict(api.store.current().answer(described))
    declared = {column.name: column.sql_type for column in listed.columns}
    assert {name: {"INTEGER": "BIGINT"}.get(kind, kind) for name, kind in found.items()} == declared


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("application/json;q=0.1, text/csv", "csv"),
        ("application/vnd.apache.parquet", "parquet"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "json"),
        ("text/*", "csv"),
    ],
)
def test_without_a_suffix_the_accept_header_says_the_form(api: Api, accept: str, form: str) -> None:
    answer = api.get("/areas", accept=accept)
    assert answer.headers["content-type"].split(";")[0] == FORMATS[form]
    assert "Accept" in answer.headers["vary"]


def test_what_cannot_be_had_is_told(api: Api) -> None:
    assert api.get("/areas", accept="image/png").status_code == 406
    assert ", ".join(FORMATS[form] for form in OF_LISTS) in api.get("/areas", accept="a").text
    assert api.get("/areas.xml").status_code == 404


def test_a_formula_is_no_formula_in_csv(publish: Any) -> None:
    register = Register()
    register.agreement(title="=1+1")
    api = Api(publish(register))
    assert "'=1+1" in api.get("/agreements.csv?fields=title").text
    assert api.data("/agreements?fields=title") == [{"title": "=1+1"}]


# --- paging and fields ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["agreements", "partners", "events", "sources"])
def test_all_pages_together_are_the_whole_and_no_row_comes_twice(real_api: Api, name: str) -> None:
    address: str | None = f"/{name}?limit=37&as_of={REAL_DAY}"
    found: list[dict[str, Any]] = []
    while address:
        answer = real_api.json(address)
        assert answer["shown"] == len(answer["data"]) <= 37
        found += answer["data"]
        address = answer["next"] and answer["next"].removeprefix("/api/v1")
    assert found == real_api.data(f"/{name}?limit=1000&as_of={REAL_DAY}")
    assert len({row[f"{name.removesuffix('s')}_id"] for row in found}) == answer["matching"]


def test_the_next_page_is_of_the_same_version_and_day(api: Api) -> None:
    answer = api.json("/agreements?limit=2&q=programme")
    assert f"version={answer['version']}" in answer["next"]
    assert f"as_of={answer['as_of']}" in answer["next"]
    assert "q=programme" in answer["next"]


def test_a_file_is_whole_unless_a_limit_is_given(
    real_api: Api, real: duckdb.DuckDBPyConnection
) -> None:
    ((number,),) = real.execute("SELECT count(*) FROM sources").fetchall()
    answer = real_api.get(f"/sources.csv?as_of={REAL_DAY}&fields=source_id")
    assert int(answer.headers["register-shown"]) == number == answer.text.count("\r\n") - 1
    limited = real_api.get(f"/sources.csv?as_of={REAL_DAY}&fields=source_id&limit=5")
    assert limited.text.count("\r\n") == 6
    assert 'rel="next"' in limited.headers["link"]


def test_past_the_end_there_is_nothing_and_no_next_page(api: Api) -> None:
    answer = api.json("/areas?offset=3")
    assert (answer["data"], answer["shown"], answer["next"]) == ([], 0, None)


@pytest.mark.parametrize("name", ["agreements", "partners", "events", "sources"])
def test_each_page_of_a_list_says_how_many_rows_fit(api: Api, name: str) -> None:
    whole = len(api.data(f"/{name}?limit=1000&{ON_DAY}"))
    pages = ((0, whole), (0, whole + 1), (1, 1), (1, whole), (whole, 3), (whole + 5, 3))
    for offset, limit in pages:
        answer = api.json(f"/{name}?limit={limit}&offset={offset}&{ON_DAY}")
        assert (answer["matching"], answer["shown"]) == (
            whole,
            max(0, min(limit, whole - offset)),
        )
    assert api.json(f"/{name}?limit=3&q=nosuchword&{ON_DAY}")["matching"] == 0


def test_only_the_fields_asked_for_come_in_the_order_asked_for(api: Api) -> None:
    fields = "fields=days_left,status,as_of"
    (row,) = api.data(f"/agreements?city=tehran&status=expired&{ON_DAY}&{fields}")
    assert list(row.items()) == [
        ("days_left", None),
        ("status", "expired"),
        ("as_of", "2022-03-01"),
    ]
    assert api.get("/areas.csv?fields=name&fields=cofog").text.startswith("\ufeffname,cofog\r\n")
