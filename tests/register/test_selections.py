"""Selections that are kept: the answers are those of the macros, bounded, and of their version."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from etl.publish import build
from register import days, lists
from register.codes import STATUS_ROWS
from register.database import locked
from register.days import Days
from register.filters import Filters
from register.frames import rows
from register.lists import LISTS
from register.queries import (
    Cursor,
    areas,
    events,
    figures,
    happenings,
    overview,
    places,
    selected,
    snapshot,
    sources,
    timeline,
    years,
)
from register.store import Store, Version
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY, known, known_register

__all__ = ["known"]

NOW = Filters(DAY)
FILTERS = [
    NOW,
    Filters(DAY, status=("expired", "future")),
    Filters(DAY, status=("in_force",)),
    Filters(DAY, city=("istanbul", "anhui")),
    Filters(DAY, region=("asia",), signed_to=2020),
    Filters(DAY, event=("suspended", "terminated")),
    Filters(DAY, happened_from="2022", q="a"),
    Filters(DAY, q="no such word anywhere"),
    Filters(date(1950, 1, 1)),
]
QUERIES = (
    *(selected.agreements, selected.events, selected.status_counts, selected.lapsed),
    *(overview.partners, overview.disagreements, years.by_year, events.events),
    *(sources.sources, sources.disagreements, sources.witnesses),
)


@pytest.fixture
def plain(known: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(known, read_only=True) as connection:
        yield connection


@pytest.fixture(params=[0, 3, 10_000], ids=["read_each_time", "some_as_rows", "as_rows"])
def opened(
    request: pytest.FixtureRequest, known: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Days]:
    monkeypatch.setattr(days, "WHOLE_ROWS", request.param)
    with locked(known) as connection:
        yield Days(connection)


OF_ANY_STATUS = tuple(str(status) for status, *_ in STATUS_ROWS if status != "future")


def happened(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """Signings and what happened, as pages and feeds tell it."""
    return happenings.happenings(cursor, filters, 0, 100)[0]


OF_KNOWN = (
    happened,
    *(selected.events, sources.sources, sources.disagreements, snapshot.row_counts),
    partial(areas.totals, statuses=()),
    partial(areas.area_counts, statuses=()),
)


@pytest.mark.parametrize("query", OF_KNOWN)
@pytest.mark.parametrize("year", [1950, 1990, 2012, 2019, 2020, 2022, 2026])
def test_what_is_known_on_a_day_is_what_is_told_of_each_agreement_that_is_known(
    plain: duckdb.DuckDBPyConnection, query: Callable[..., pd.DataFrame], year: int
) -> None:
    """Without filters agreements are not looked at: each record has the day that it is known."""
    whole = Filters(date(year, 6, 30))

    pd.testing.assert_frame_equal(
        query(plain, whole), query(plain, replace(whole, status=OF_ANY_STATUS))
    )


@pytest.mark.parametrize("year", [1950, 1990, 2012, 2020, 2026])
def test_the_places_of_all_are_those_of_each_partner_of_which_something_is_known(
    plain: duckdb.DuckDBPyConnection, year: int
) -> None:
    whole = Filters(date(year, 6, 30))
    found = places.places(plain, whole)

    assert found == places.places(plain, replace(whole, status=OF_ANY_STATUS))
    assert found.partners == selected.agreements(plain, whole)["partner_id"].nunique()


@pytest.mark.parametrize("area", [(), ("culture",)])
def test_a_page_of_partners_by_areas_has_those_whose_agreements_name_most(
    plain: duckdb.DuckDBPyConnection, area: tuple[str, ...]
) -> None:
    filters = Filters(DAY, area=area)
    named = Counter(
        (row["partner_id"], name)
        for row in rows(selected.agreements(plain, filters))
        for name in (row["areas"] or "").split("; ")
        if name and (not area or name == "Culture")
    )
    totals: Counter[str] = Counter()
    for (partner_id, _), number in named.items():
        totals[partner_id] += number
    page = rows(areas.area_counts(plain, filters, (), "total", 0, 2))
    shown = list(dict.fromkeys(row["partner_id"] for row in page))

    assert [totals[partner_id] for partner_id in shown] == sorted(totals.values())[::-1][:2]
    assert {(row["partner_id"], row["area"]): row["agreements"] for row in page} == {
        place: number for place, number in named.items() if place[0] in shown
    }
    assert shown


def test_partners_have_their_first_and_their_latest_signing_and_come_by_them(
    register: Register, connect: Connect
) -> None:
    register.partner("graz", country_code="AT")
    for partner_id, signings in (("ljubljana", (2001, 2019)), ("graz", (2005, 2010))):
        for year in signings:
            name = f"{partner_id}-{year}"
            register.agreement(name, partner_id=partner_id, signed_on=f"{year}-01-02")
    cursor = connect(register)
    by = {order: timeline.partners(cursor, NOW, order, 0, 9) for order in ("name", "latest")}
    signed = overview.partners(cursor, NOW).set_index("partner_id")

    assert list(by["name"]["partner_id"]) == ["graz", "ljubljana"]
    assert list(by["latest"]["partner_id"]) == ["ljubljana", "graz"]
    assert list(signed.loc["graz", ["first_signed", "latest_signed"]]) == [
        "2005-01-02",
        "2010-01-02",
    ]


@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: repr(filters)[8:60])
def test_a_selection_that_is_kept_has_the_answers_of_the_macros(
    opened: Days, plain: duckdb.DuckDBPyConnection, filters: Filters
) -> None:
    for query in QUERIES:
        expected = query(plain, filters)
        for _ in range(2):
            with opened.cursor() as cursor:
                pd.testing.assert_frame_equal(query(cursor, filters), expected)


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize(
    "listed", [listed for listed in LISTS if listed.filtered], ids=lambda listed: str(listed.name)
)
def test_a_list_is_that_of_the_macros_whole_and_in_pages(
    opened: Days, plain: duckdb.DuckDBPyConnection, listed: lists.List, filters: Filters
) -> None:
    fields = tuple(column.name for column in listed.columns)
    whole = lists.page(plain, listed, filters, fields, 0, None)

    assert lists.count(plain, listed, filters) == len(whole)
    with opened.cursor() as cursor:
        assert lists.count(cursor, listed, filters) == len(whole)
        assert lists.page(cursor, listed, filters, fields, 0, None) == whole
        assert lists.page(cursor, listed, filters, fields, 1, 2) == whole[1:3]


def test_questions_of_the_same_filters_share_one_selection(opened: Days) -> None:
    for query in (selected.agreements, selected.status_counts, years.by_year):
        with opened.cursor() as cursor:
            query(cursor, NOW)
    assert len(_selections(opened)) == 1
    for other in (replace(NOW, horizon=30), replace(NOW, as_of=date(2025, 1, 1))):
        with opened.cursor() as cursor:
            selected.agreements(cursor, other)
    assert len(_selections(opened)) == 3


def test_few_that_are_selected_of_many_are_kept_as_rows(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is asked of them then reads no others."""
    monkeypatch.setattr(days, "WHOLE_ROWS", 3)
    with locked(known) as connection, Days(connection).cursor() as cursor:
        assert len(selected.agreements(cursor, replace(NOW, city=("tehran",)))) in range(1, 4)
        kept = "SELECT table_name FROM duckdb_tables() WHERE database_name LIKE 'kept_%'"
        assert {"selected", "judged"} <= {name for (name,) in connection.execute(kept).fetchall()}


def test_filters_of_one_day_share_what_they_choose_from(opened: Days) -> None:
    known = [len(_selections(opened))]
    for city in ("ljubljana", "ljubljana", "tehran", "istanbul"):
        with opened.cursor() as cursor:
            selected.agreements(cursor, replace(NOW, city=(city,)))
        known.append(len(_selections(opened)))
    # Of few agreements the rows of a day that is asked for again are kept too, to choose from.
    assert known in ([0, 1, 1, 3, 4], [0, 1, 1, 2, 3])


def test_only_so_much_is_kept_and_what_is_in_use_stays(opened: Days) -> None:
    opened.kept.max_bytes = 0
    with opened.cursor() as held:
        number = figures.figures(held, NOW).agreements
        for year in range(2000, 2020):
            with opened.cursor() as cursor:
                figures.figures(cursor, Filters(date(year, 1, 1)))
        assert len(_selections(opened)) == 1
        assert figures.figures(held, NOW).agreements == number
    assert opened.kept.asked_for() == []
    with opened.cursor() as cursor:
        assert figures.figures(cursor, NOW).agreements == number


def test_what_could_not_be_made_is_made_when_it_is_asked_for_again(opened: Days) -> None:
    with opened.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.select("no_such_column", "", {"as_of": DAY}, as_rows=True)
    assert _selections(opened) == []
    with opened.cursor() as cursor:
        assert figures.figures(cursor, NOW).agreements > 0


def test_many_threads_ask_for_many_selections_while_few_are_kept(
    opened: Days, plain: duckdb.DuckDBPyConnection
) -> None:
    opened.kept.max_places = 2
    asked = FILTERS * 4
    expected = {filters: figures.figures(plain, filters) for filters in FILTERS}

    def ask(filters: Filters) -> figures.Figures:
        with opened.cursor() as cursor:
            return figures.figures(cursor, filters)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, asked)) == [expected[filters] for filters in asked]


def test_a_selection_is_of_its_version(tmp_path: Path) -> None:
    register, out = known_register(), tmp_path / "build"
    first = Version(build(register.write(tmp_path / "register"), out), Store(out).cache)
    before = first.ask(figures.figures, NOW).agreements
    register.agreement("ljubljana-2020", signed_on="2020-01-02")
    second = Version(build(register.write(tmp_path / "register"), out), Store(out).cache)
    assert second.ask(figures.figures, NOW).agreements == before + 1
    assert first.answer(figures.figures, NOW).agreements == before


def test_a_database_of_another_order_is_not_ours(known: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    with duckdb.connect(other) as connection:
        connection.execute(f"ATTACH '{known}' AS ours (READ_ONLY)")
        connection.execute("COPY FROM DATABASE ours TO other")
        connection.execute("CREATE TEMP TABLE details AS FROM agreement_details")
        connection.execute("DELETE FROM agreement_details")
        connection.execute("INSERT INTO agreement_details FROM details ORDER BY agreement_id DESC")
    with pytest.raises(Exception, match="same order"):
        Store(other).current()


def test_a_database_with_its_sources_in_another_order_is_not_ours(
    known: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.duckdb"
    with duckdb.connect(other) as connection:
        connection.execute(f"ATTACH '{known}' AS ours (READ_ONLY)")
        connection.execute("COPY FROM DATABASE ours TO other")
    assert Store(other).current().name
    other = tmp_path / "turned.duckdb"
    with duckdb.connect(other) as connection:
        connection.execute(f"ATTACH '{known}' AS ours (READ_ONLY)")
        connection.execute("COPY FROM DATABASE ours TO turned")
        connection.execute("CREATE TEMP TABLE turned_round AS FROM sources")
        connection.execute("DELETE FROM sources")
        connection.execute("INSERT INTO sources FROM turned_round ORDER BY source_id DESC")
    with pytest.raises(Exception, match="order of one build"):
        Store(other).current()


def _selections(opened: Days) -> list[object]:
    return [key for key in opened.kept.asked_for() if isinstance(key, tuple) and key[0] == "judged"]


@pytest.mark.parametrize("filters", [*FILTERS, Filters(date(2019, 1, 1))])
def test_pages_by_country_have_each_partner_that_is_known_once(
    plain: duckdb.DuckDBPyConnection, filters: Filters
) -> None:
    partners = overview.partners(plain, filters)
    ordered = partners.sort_values(["country", "partner", "partner_id"])["partner_id"].tolist()

    for first in range(len(ordered) + 1):
        page = overview.by_country(plain, filters, first, 2)
        assert page["partner_id"].tolist() == ordered[first : first + 2]
