"""A register too large to be shown whole: the pages of a list, and what is drawn."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from register.export import AGREEMENT_COLUMNS, csv_bytes
from register.filters import Filters
from register.queries import areas, figures, listed, selected, told, validity
from register.queries import timeline as queries
from tests.dashboard.conftest import DAY, OpenPage, areas_table, tables, words_of
from tests.large import CITIES, OF_LJUBLJANA

ON_DAY = DAY.isoformat()
ALL = Filters(as_of=DAY)


@pytest.fixture(scope="module")
def found(many: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(many, read_only=True) as connection:
        yield connection


def agreements(app: AppTest) -> list[str]:
    (table,) = (table for table in tables(app) if "Agreement" in table)
    return list(table["Agreement"])


def test_the_pages_of_a_table_have_each_row_once(
    many: Path, open_page: OpenPage, found: duckdb.DuckDBPyConnection
) -> None:
    of_all = selected.agreements(found, ALL)
    in_order = list(of_all["partner"] + ": " + of_all["title"])
    first, middle, last = (
        open_page("timeline", many, as_of=ON_DAY, **rows)
        for rows in ({}, {"rows": "2"}, {"rows": "29"})
    )

    assert agreements(first) == in_order[:100]
    assert agreements(middle) == in_order[100:200]
    assert agreements(last) == in_order[2800:]
    assert "Rows 1 to 100 of 2,850." in words_of(first)
    assert "Rows 2,801 to 2,850 of 2,850." in words_of(last)
    # Of more pages than there are the last one.
    assert agreements(open_page("timeline", many, as_of=ON_DAY, rows="99")) == in_order[2800:]


def test_the_page_and_the_order_of_a_table_stand_in_the_address(
    many: Path, open_page: OpenPage
) -> None:
    app = open_page("validity", many, as_of=ON_DAY)
    app.button_group(key="own_sort").set_value("end").run()
    (pager,) = app.get("pagination")
    assert app.query_params == {"as_of": ON_DAY, "sort": "end"}
    assert pager.proto.num_pages == 29
    (table,) = tables(app)
    # Of sixty partners one each, of Ljubljana twelve.
    assert list(table["Ends"]) == ["1981"] * 72 + ["1983"] * 28


@pytest.mark.parametrize("order", listed.ORDERS)
def test_no_row_is_lost_between_two_pages(order: str, found: duckdb.DuckDBPyConnection) -> None:
    pages = [listed.page(found, ALL, order, offset, 100) for offset in range(0, 2900, 100)]
    ids = [identity for page in pages for identity in page["agreement_id"]]

    assert len(ids) == 2850
    assert set(ids) == set(selected.agreements(found, ALL)["agreement_id"])


def test_of_a_partner_with_hundreds_those_in_force_are_drawn_and_it_says_so(
    many: Path, open_page: OpenPage, found: duckdb.DuckDBPyConnection
) -> None:
    drawn = queries.agreements(found, ALL, ("ljubljana", "city-00"), 16)
    assert drawn.groupby("partner_id")["in_force"].agg(["size", "sum"]).to_dict("index") == {
        "ljubljana": {"size": 16, "sum": 16},
        "city-00": {"size": 16, "sum": 16},
    }
    # Each partner's by begin, the partners as they were asked for.
    assert list(drawn["partner_id"].unique()) == ["ljubljana", "city-00"]
    for _, of_one in drawn.groupby("partner_id"):
        assert of_one["begins_on"].is_monotonic_increasing

    several = words_of(open_page("timeline", many, as_of=ON_DAY))
    assert "25 partners of these have more than 16 agreements" in several
    alone = words_of(open_page("timeline", many, as_of=ON_DAY, city="ljubljana"))
    assert "It has more than 120 agreements" in alone
    few = words_of(open_page("timeline", many, as_of=ON_DAY, city=["city-01", "city-02"]))
    assert "more than" not in few


def test_what_happened_to_what_is_not_drawn_has_no_mark(
    found: duckdb.DuckDBPyConnection,
) -> None:
    drawn = queries.agreements(found, ALL, ("ljubljana",), 5)
    ids = tuple(drawn["agreement_id"])
    happened = queries.events(found, ALL, ("ljubljana",), ids, 100)

    assert set(happened["agreement_id"]) == {
        identity for identity in ids if int(identity.rpartition("-")[2]) % 3 == 0
    }


def test_the_downloads_are_whole(found: duckdb.DuckDBPyConnection) -> None:
    of_all = selected.agreements(found, ALL)
    assert listed.csv(found, ALL, "partner") == csv_bytes(of_all[AGREEMENT_COLUMNS])

    def lines(content: bytes) -> int:
        return len(content.decode("utf-8-sig").splitlines()) - 1

    assert lines(listed.csv(found, ALL, "end", in_force=True)) == of_all["in_force"].sum()
    assert lines(areas.csv(found, ALL, ())) == CITIES + 1
    assert lines(told.csv(found, ALL)) == told.told(found, ALL).events == OF_LJUBLJANA // 3


def test_the_figures_are_those_of_all(found: duckdb.DuckDBPyConnection) -> None:
    of_all = selected.agreements(found, ALL)

    assert figures.figures(found, ALL) == (
        *(2850, 61, of_all["in_force"].sum(), (of_all["status"] == "expiring").sum(), 0, 0),
        of_all["begins_on"].min().year,
    )
    assert validity.lapsed_figures(found, ALL).partners == 0


def test_the_pages_of_the_list_of_events_follow_one_another(
    many: Path, open_page: OpenPage, found: duckdb.DuckDBPyConnection
) -> None:
    pages = [list(told.page(found, ALL, at, 25)["event_id"]) for at in range(0, 150, 25)]
    in_order = [event for page in pages for event in page]
    assert len(in_order) == len(set(in_order)) == 150
    last = open_page("events", many, as_of=ON_DAY, page="6")
    assert "150 events, 1 January 2020 to 1 October 2020: 150 suspended" in words_of(last)
    assert words_of(last).count("Suspended") == 25


def test_likeness_is_offered_for_as_many_partners_as_a_table_has(
    many: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def orders() -> set[str]:
        app = open_page("areas", many, as_of=ON_DAY, order="likeness", page="3")
        (control,) = (one for one in app.button_group if one.key == "own_order")
        table = areas_table(app)
        assert "City 59" in set(table["partner"]) if "Likeness" in control.options else True
        return set(control.options)

    assert "Likeness" in orders()
    monkeypatch.setattr("dashboard.tables.WHOLE", 50)
    assert "Likeness" not in orders()
    app = open_page("areas", many, as_of=ON_DAY, order="name", page="3")
    named = list(areas_table(app)["partner"])
    assert named == [f"City {at}" for at in range(50, 60)] + ["Ljubljana"]
    assert "the download has all 61" in words_of(app)
