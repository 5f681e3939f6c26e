"""The sources: who says what, what rests on one, with numbers worked out by hand."""

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.publish import build
from register import frames
from register.filters import Filters
from register.frames import Row
from register.queries import source_pages
from register.queries import sources as queries
from register.queries.choices import OFFERED
from tests.conftest import REAL_REGISTER, Register
from tests.dashboard.conftest import OpenPage, page_links, words_of

DAY = date(2022, 3, 1)
"""The day before the partnership is ended."""
ALL = Filters(as_of=DAY)
Publish = Callable[[Register], Path]


def sourced_register() -> Register:
    """Two agreements and two events with four sources, of which one repeats another's text.

    - programme: City of Ljubljana says all; TASS confirms the signing; Daily has another end, 2022
    - plan: only TASS's text, on TASS itself and on Portal
    - event-1: the partnership is ended on 2022-03-02, says the City
    - event-2: programme is renewed, undated, says the City
    """
    register = Register()
    register.source(
        "tass",
        publisher="TASS",
        language="ru",
        kind="news_agency",
        published_on="2019-09-11",
        url="https://tass.example/1",
        accessed_on="2026-05-01",
    )
    register.source("portal", publisher="Portal", origin="TASS", language="ru", kind="news")
    register.source("daily", publisher="Daily", language="en", kind="news", published_on="2021")
    register.agreement(
        "programme", signed_on="2019-09-10", valid_from="2019", valid_to="2021", title="Programme"
    )
    register.statement("programme", "signed_on", "2019-09-10", "tass")
    register.statement("programme", "valid_to", "2022", "daily")
    register.label("kultura", language="sl")
    register.agreement("plan", title="Plan", signed_on="2019", stated=False)
    for source_id in ("tass", "portal"):
        register.statement("plan", "partner_id", "ljubljana", source_id)
        register.statement("plan", "instrument", "programme", source_id)
        register.statement("plan", "signed_on", "2019", source_id)
    register.event("terminated", "2022-03-02")
    register.event("renewed", agreement_id="programme", note="No source states a new end.")
    return register


@pytest.fixture(scope="session")
def sourced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sourced")
    return build(sourced_register().write(folder / "register"), folder / "build")


@pytest.fixture
def cursor(sourced: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(sourced, read_only=True) as connection:
        yield connection


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    plain = frame[list(columns)].astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))


def test_each_source_with_what_it_supports(cursor: duckdb.DuckDBPyConnection) -> None:
    found = queries.sources(cursor, ALL)

    assert rows(found, "source_id", "voice", "agreements", "events", "fields") == [
        ("daily", "Daily", 1, 0, 1),
        ("tass", "TASS", 2, 0, 4),
        # Partner, instrument, three dates and an area of programme; the undated event.
        ("city-hall", "City of Ljubljana", 1, 1, 7),
        ("portal", "TASS", 1, 0, 3),
    ]


def test_an_event_counts_from_its_day(cursor: duckdb.DuckDBPyConnection) -> None:
    found = queries.sources(cursor, Filters(as_of=date(2022, 3, 2)))

    events = dict(zip(found["source_id"], found["events"], strict=True))
    assert events == {"daily": 0, "tass": 0, "city-hall": 2, "portal": 0}


def test_only_sources_of_the_selection(cursor: duckdb.DuckDBPyConnection) -> None:
    found = queries.sources(cursor, Filters(as_of=DAY, q="Plan"))

    assert set(found["source_id"]) == {"tass", "portal"}


def test_a_repost_is_no_second_witness(cursor: duckdb.DuckDBPyConnection) -> None:
    found = queries.witnesses(cursor, ALL)

    assert rows(found, "record_id", "field", "voices", "sources", "voice", "record_voices") == [
        ("event-2", "event", 1, 1, "City of Ljubljana", 1),
        ("plan", "partner_id", 1, 2, "TASS", 1),
        ("plan", "instrument", 1, 2, "TASS", 1),
        ("plan", "signed_on", 1, 2, "TASS", 1),
        ("programme", "partner_id", 1, 1, "City of Ljubljana", 3),
        ("programme", "instrument", 1, 1, "City of Ljubljana", 3),
        ("programme", "signed_on", 2, 2, None, 3),
        ("programme", "valid_from", 1, 1, "City of Ljubljana", 3),
        # Daily says 2022: it is no witness for the chosen 2021.
        ("programme", "valid_to", 1, 1, "City of Ljubljana", 3),
    ]


def test_who_says_what_where_sources_disagree(cursor: duckdb.DuckDBPyConnection) -> None:
    found = queries.disagreements(cursor, ALL)

    assert rows(found, "agreement_id", "field", "value", "chosen", "publisher") == [
        ("programme", "valid_to", "2021", "2021", "City of Ljubljana"),
        ("programme", "valid_to", "2022", "2021", "Daily"),
    ]


def test_what_one_source_says(cursor: duckdb.DuckDBPyConnection) -> None:
    city = queries.supported(cursor, ALL, "city-hall")
    daily = queries.supported(cursor, ALL, "daily")

    assert rows(city, "record_id", "field", "value", "named", "area") == [
        ("event-2", "event", "renewed", None, None),
        ("programme", "partner_id", "ljubljana", "Ljubljana", None),
        ("programme", "instrument", "programme", None, None),
        ("programme", "signed_on", "2019-09-10", None, None),
        ("programme", "valid_from", "2019", None, None),
        ("programme", "valid_to", "2021", None, None),
        ("programme", "areas", "kultura", None, "Culture"),
    ]
    assert rows(daily, "field", "value", "chosen") == [("valid_to", "2022", "2021")]


def test_numbers_by_year_have_the_years_between_and_those_without(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    found = source_pages.by_year(cursor, ALL)

    assert rows(found, "year", "own", "repeated") == [
        (2019, 1, 0),
        (2020, 0, 0),
        (2021, 1, 0),
        (None, 1, 1),
    ]


def test_numbers_by_language(cursor: duckdb.DuckDBPyConnection) -> None:
    found = source_pages.by_language(cursor, ALL)

    assert rows(found.head(1), "language_name", "own", "repeated") == [("Russian", 1, 1)]
    assert set(rows(found, "language_name", "own")) == {
        ("Russian", 1),
        ("English", 1),
        ("Slovenian", 1),
    }


def test_of_nothing_there_are_no_numbers(cursor: duckdb.DuckDBPyConnection) -> None:
    nowhere = Filters(as_of=DAY, q="Nowhere")

    assert queries.sources(cursor, nowhere).empty
    assert source_pages.by_year(cursor, nowhere).empty
    assert source_pages.by_language(cursor, nowhere).empty
    assert source_pages.disputes(cursor, nowhere) == (0, 0, 0)
    assert source_pages.counted_witnesses(cursor, nowhere) == ({}, {}, 0, 0)


def test_the_real_register_counted_from_its_files(published: Path) -> None:
    """What rests on one voice, worked out from the CSV files without the database."""

    def read(name: str) -> list[dict[str, str]]:
        with (REAL_REGISTER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    voice = {row["source_id"]: row["origin"] or row["publisher"] for row in read("sources")}
    voices: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in read("statements"):
        voices[row["record_id"], row["field"], row["value"]].add(voice[row["source_id"]])
    chosen = {
        (row[key], field, value)
        for name, key in (("agreements", "agreement_id"), ("events", "event_id"))
        for row in read(name)
        for field, value in row.items()
        if value
    }
    expected = {stated: len(said_by) for stated, said_by in voices.items() if stated in chosen}
    # On a day by which all of it has happened.
    filters = Filters(as_of=date(2100, 1, 1))
    with duckdb.connect(published, read_only=True) as connection:
        found = queries.witnesses(connection, filters)
        cited = queries.sources(connection, filters)

    keys = zip(found["record_id"], found["field"], found["value"], strict=True)
    assert dict(zip(keys, found["voices"], strict=True)) == expected
    assert set(cited["source_id"]) == set(voice)


def test_the_page_says_how_many_and_who(sourced: Path, open_page: OpenPage) -> None:
    app = open_page("sources", sourced, as_of="2022-03-01")

    assert not app.exception
    assert {metric.label: metric.value for metric in app.metric} == {
        "Sources": "4",
        "Independent": "3",
        "Without a date": "2",
        "Languages": "3",
        "Disputed fields": "1",
        "On one source": "8",
    }
    links = page_links(app)
    assert links["Who says what"] == ("sources", {"section": ["disagree"], "as_of": ["2022-03-01"]})


def test_the_page_says_who_disagrees(sourced: Path, open_page: OpenPage) -> None:
    text = words_of(open_page("sources", sourced, as_of="2022-03-01", section="disagree"))

    assert "Sources disagree on 1 field of 1 record." in text
    assert "2021 — City of Ljubljana (Slovenian, no address on record)" in text
    assert "2022 (differs) — Daily, 2021 (English, no address on record)" in text


def test_a_section_is_chosen_and_its_address_kept(sourced: Path, open_page: OpenPage) -> None:
    app = open_page("sources", sourced, as_of="2022-03-01")
    app.segmented_control(key="own_section").set_value("single").run()

    assert app.query_params["section"] == "single"
    assert (
        "8 of 9 chosen values rest on one independent source; "
        "1 of 2 agreements are known from one alone."
    ) in words_of(app)


def test_the_page_says_from_when_and_in_which_languages(sourced: Path, open_page: OpenPage) -> None:
    text = words_of(open_page("sources", sourced, as_of="2022-03-01", section="coverage"))

    assert (
        "2 dated sources from 2019 to 2021, most from 2021 (1) and 2019 (1); "
        "2 sources without a date on record." in text
    )
    assert "1 of 4 sources repeat another publisher's text." in text


def test_a_source_in_the_address_is_shown_with_what_it_supports(
    sourced: Path, open_page: OpenPage
) -> None:
    app = open_page("sources", sourced, as_of="2022-03-01", source="tass")

    text = words_of(app)
    assert "TASS, 11 September 2019" in text
    assert "News agency in Russian, read on 1 May 2026. States 4 fields of 2 agreements." in text
    assert "Signed on: 10 September 2019" in text.replace("**", "")
    assert app.selectbox(key="own_source").value == "tass"


def test_a_source_can_be_chosen_and_its_address_kept(sourced: Path, open_page: OpenPage) -> None:
    app = open_page("sources", sourced, as_of="2022-03-01")
    app.selectbox(key="own_source").set_value("portal").run()

    assert "Portal after TASS, no date on record" in words_of(app)
    assert app.query_params["source"] == "portal"


def test_a_source_that_supports_nothing_of_the_selection_is_not_shown(
    sourced: Path, open_page: OpenPage
) -> None:
    app = open_page("sources", sourced, as_of="2022-03-01", q="Plan", source="daily")

    assert not app.exception
    assert "supports nothing of what the filters select" in words_of(app)
    assert app.metric[0].value == "2"


def test_one_field_of_what_rests_on_one_source(sourced: Path, open_page: OpenPage) -> None:
    app = open_page("sources", sourced, as_of="2022-03-01", section="single")
    field = next(box for box in app.selectbox if box.label == "Field")
    field.set_value("signed_on").run()

    table = next(pd.DataFrame(t.value) for t in app.dataframe if "Only source" in t.value.columns)
    assert rows(table, "Record", "Value", "Only source", "Pages with it") == [
        (":material/arrow_forward: Ljubljana: Plan", "2019", "TASS", 2)
    ]


def test_without_disagreement_the_page_says_so(sourced: Path, open_page: OpenPage) -> None:
    app = open_page("sources", sourced, as_of="2022-03-01", q="Plan", section="disagree")

    assert "On the records shown, sources disagree nowhere." in words_of(app)


def test_fewer_disagreements_than_the_page_that_was_open(
    published: Path, open_page: OpenPage
) -> None:
    app = open_page("sources", published, as_of="2026-11-21", section="disagree")
    app.pagination(key="own_page").set_value(2).run()
    app.multiselect(key="filter_city").set_value(["beijing"]).run()

    assert not app.exception
    assert "Sources disagree on 2 fields of 2 records." in words_of(app)


def test_what_other_lists_say_and_what_was_found(
    register: Register, tmp_path: Path, open_page: OpenPage
) -> None:
    register.agreement(signed_on="2019-09-10")
    register.list_mention(outcome="found", partner_id="ljubljana")
    register.list_mention("Maribor", note="A visit is reported, no document")
    database = build(register.write(tmp_path / "register"), tmp_path / "build")
    app = open_page("sources", database, as_of="2022-03-01", section="lists")

    text = words_of(app)
    assert (
        "Other lists name 2 partners of Moscow: of 1 a document was found, of 1 none, looked for "
        "until 1 May 2024." in text
    )
    assert "Wikidata: 2 partners, of 1 of them a document was found" in text.replace(
        "[", ""
    ).replace("](<https://example.org/list>)", "")
    columns = ("As listed", "Document", "Looked for until", "What was found", "Lists")
    assert rows(pd.DataFrame(app.dataframe[0].value), *columns) == [
        ("Maribor", "Not found", "1 May 2024", "A visit is reported, no document", 1),
        ("Ljubljana", "Found", "1 May 2024", None, 1),
    ]

    app.segmented_control(key="own_outcome").set_value("not_found").run()
    assert app.query_params["outcome"] == "not_found"
    assert rows(pd.DataFrame(app.dataframe[0].value), "As listed") == [("Maribor",)]


def test_without_mentions_the_section_says_so(sourced: Path, open_page: OpenPage) -> None:
    app = open_page("sources", sourced, as_of="2022-03-01", section="lists")

    assert not app.exception
    assert "No mention of another list is on record." in words_of(app)
    assert not app.dataframe


def test_nothing_fits(sourced: Path, open_page: OpenPage) -> None:
    app = open_page("sources", sourced, as_of="1950-01-01")

    assert not app.exception
    assert "Remove a filter in the sidebar" in words_of(app)
    assert not app.metric


def test_the_figures_are_those_of_the_lists(real: duckdb.DuckDBPyConnection) -> None:
    filters = Filters(as_of=date(2026, 11, 21), country=("PL", "TR"))
    sources = queries.sources(real, filters)
    disputes = queries.disagreements(real, filters)
    witnesses = queries.witnesses(real, filters)

    assert queries.counts(real, filters) == (
        len(sources),
        sources["voice"].nunique(),
        sources["published_on"].isna().sum(),
        sources["language"].nunique(),
        len(disputes.drop_duplicates(["record_id", "field"])),
        (witnesses["voices"] == 1).sum(),
    )


def test_the_pages_of_a_list_are_the_list(real: duckdb.DuckDBPyConnection) -> None:
    filters = Filters(as_of=date(2026, 11, 21), country=("PL", "TR", "DE"))
    sources, disputes = queries.sources(real, filters), queries.disagreements(real, filters)
    witnesses = queries.witnesses(real, filters)
    single = witnesses[witnesses["voices"] == 1].reset_index(drop=True)
    fields = len(disputes.drop_duplicates(["record_id", "field"]))
    assert min(len(sources), fields, len(single)) > 7

    def pages(page: Callable[[int, int], pd.DataFrame], number: int) -> list[Row]:
        return [row for at in range(0, number, 7) for row in frames.rows(page(at, 7))]

    assert pages(partial(source_pages.page, real, filters), len(sources)) == frames.rows(sources)
    disputed = pages(partial(source_pages.disputes_page, real, filters), fields)
    assert disputed == frames.rows(disputes)
    on_one = pages(partial(source_pages.single, real, filters, None), len(single))
    assert on_one == frames.rows(single)
    of_one_field = source_pages.single(real, filters, "signed_on", 0, None)
    assert len(of_one_field) == (single["field"] == "signed_on").sum() > 0


def test_what_rests_on_one_source_is_counted(real: duckdb.DuckDBPyConnection) -> None:
    filters = Filters(as_of=date(2026, 11, 21))
    witnesses = queries.witnesses(real, filters)
    of_agreements = witnesses[witnesses["event_name"].isna()].drop_duplicates("record_id")
    found = source_pages.counted_witnesses(real, filters)

    assert found.values == witnesses["field"].value_counts().to_dict()
    assert found.single == witnesses["field"][witnesses["voices"] == 1].value_counts().to_dict()
    assert found.agreements == len(of_agreements)
    assert found.alone == (of_agreements["record_voices"] == 1).sum()


def test_what_a_source_says_comes_a_page_of_records_at_a_time(
    real: duckdb.DuckDBPyConnection,
) -> None:
    filters = Filters(as_of=date(2026, 11, 21))
    sources = queries.sources(real, filters)
    most = max(frames.rows(sources), key=lambda row: row["agreements"] + row["events"])
    records, source_id = most["agreements"] + most["events"], most["source_id"]
    whole = queries.supported(real, filters, source_id)
    pages = [queries.supported(real, filters, source_id, at, 3) for at in range(0, records, 3)]

    assert records > 3
    assert max(page["record_id"].nunique() for page in pages) == 3
    assert [row for page in pages for row in frames.rows(page)] == frames.rows(whole)


@pytest.mark.parametrize("q", ["", "mos.ru", "Hürriyet", "HURRIYET", "no such publisher"])
def test_a_source_is_found_by_publisher_and_address(
    q: str, real: duckdb.DuckDBPyConnection
) -> None:
    filters = Filters(as_of=date(2026, 11, 21))
    sources = queries.sources(real, filters)
    found, fitting = source_pages.fitting(real, filters, q)
    word = "hurriyet" if q.lower().startswith("h") else q
    texts = sources[["publisher", "url", "source_id"]].fillna("").agg(" ".join, axis=1)
    expected = texts.str.lower().str.replace("ü", "u").str.contains(word, regex=False)

    assert fitting == expected.sum()
    assert list(found["source_id"]) == list(sources["source_id"][expected].head(OFFERED))
