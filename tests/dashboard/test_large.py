"""A register of thousands: what is sent stays small, is searched and paged, and says so."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from PIL import ImageFont
from streamlit.testing.v1 import AppTest

from dashboard.charts.crowd import crowded_map, degrees
from dashboard.charts.style import LIGHT
from dashboard.charts.world import REGIONS
from register.filters import Filters
from register.frames import rows
from register.queries import beside, choices, outline, overview, places, selected
from register.store import Store
from tests.dashboard.conftest import OpenPage, page_links, plotly, tables, words_of
from tests.large import OF_ONE, PARTNERS

DAY = date(2026, 1, 1)
ON_DAY = DAY.isoformat()
ALL = Filters(as_of=DAY)


@pytest.fixture
def cursor(large: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(large, read_only=True) as connection:
        yield connection


def sent(app: AppTest) -> int:
    """The bytes of all that a run sends."""

    def of(node: object) -> int:
        proto = getattr(node, "proto", None)
        own = len(proto.SerializeToString()) if proto is not None else 0
        return own + sum(map(of, getattr(node, "children", {}).values()))

    return of(app._tree)


PAGES: list[tuple[str, str, dict[str, str | list[str]]]] = [
    ("large", "overview", {}),
    ("large", "partner", {}),
    ("large", "partner", {"city": "city-0000"}),
    ("large", "partner", {"city": ["city-0000", "city-0001"]}),
    ("large", "agreement", {}),
    ("large", "agreement", {"id": "many-0007"}),
    ("large", "sources", {}),
    ("large", "sources", {"section": "single"}),
    ("large", "sources", {"section": "coverage"}),
    ("large", "data", {}),
    ("large", "propose", {}),
    ("large", "propose", {"id": "many-0007"}),
    ("many", "timeline", {}),
    ("many", "timeline", {"city": "ljubljana"}),
    ("many", "areas", {}),
    ("many", "areas", {"section": "time"}),
    ("many", "validity", {}),
    ("many", "validity", {"section": "next"}),
    ("many", "validity", {"section": "lapsed"}),
    ("many", "events", {}),
]
"""Each page over that of the two registers that has the more to show on it."""

MOST_BYTES = {"large": 1_000_000, "many": 400_000}
"""All 2,850 agreements of the second as a table alone are some 800 kilobytes."""


@pytest.mark.parametrize(("register", "page", "address"), PAGES)
def test_a_page_sends_what_it_shows_not_all_there_is(
    register: str,
    page: str,
    address: dict[str, str | list[str]],
    request: pytest.FixtureRequest,
    open_page: OpenPage,
) -> None:
    app = open_page(page, request.getfixturevalue(register), as_of=ON_DAY, **address)

    assert not app.exception
    assert sent(app) < MOST_BYTES[register]


def test_the_overview_says_what_it_does_not_show(large: Path, open_page: OpenPage) -> None:
    app = open_page("overview", large, as_of=ON_DAY)
    said = words_of(app)

    # Of every third city but the first the only agreement has run out.
    by_status = "734 no end stated, 366 expired."
    assert f"1,100 partners in 2 countries on 1 January 2026: {by_status}" in said
    assert "A mark stands for all partners near to one another" in said
    assert "Rows 1 to 100 of 1,100." in said
    (table,) = (table for table in tables(app) if "Partner" in table)
    assert list(table["Country"].unique()) == ["Austria"]
    again = open_page("overview", large, as_of=ON_DAY, rows="11")
    (last,) = (table for table in tables(again) if "Partner" in table)
    assert list(last["Country"].unique()) == ["Slovenia"]
    assert last["Partner"].iloc[-1] == "City 1098"


def test_a_number_in_the_bar_goes_where_it_has_no_room(
    large: Path, open_page: OpenPage, font: ImageFont.FreeTypeFont
) -> None:
    app = open_page("overview", large, as_of=ON_DAY)
    styles = "".join(html.proto.body for html in app.get("html"))
    rule = r"\(max-width: (\d+)px\) \{\s*\.st-key-parts > :nth-child\((\d)\) a strong"
    rooms = {int(place): int(room) for room, place in re.findall(rule, styles)}

    # Letters of 14 pixels; those of the bar are a little bolder than the font's regular ones.
    needed = [font.getlength(number) * 14 / 1000 for number in ("2,034", "366")]
    assert [rooms[1], rooms[2]] == pytest.approx(needed, abs=2)


@pytest.mark.parametrize("region", REGIONS)
def test_the_marks_of_very_many_stand_for_all_of_them(
    region: str, cursor: duckdb.DuckDBPyConnection
) -> None:
    cells = places.cells(cursor, ALL, degrees(region))
    partners = overview.partners(cursor, ALL)
    figure = crowded_map(cells, region, LIGHT)
    drawn = plotly(figure)
    marks = [datum[0] for trace in drawn.data for datum in trace.customdata or ()]

    assert sorted(marks) == sorted(cells["cell"])
    (sizes,) = (trace.marker.size for trace in drawn.data if trace.customdata)
    assert list(sizes) == sorted(sizes, reverse=True), "a large mark lies on a small one"
    meant = re.findall("<span>(.*?)</span>", figure.legend)
    assert sorted(meant) == sorted({f"Mostly {name.lower()}" for name in cells["status_name"]})
    assert cells["partners"].sum() == len(partners)
    counts = [dict(_counted(part) for part in text.split(", ")) for text in cells["by_status"]]
    for status, number in partners["status_name"].str.lower().value_counts().items():
        assert sum(count.get(str(status), 0) for count in counts) == number
    for cell, count in zip(rows(cells), counts, strict=True):
        assert count[cell["status_name"].lower()] == max(count.values())
        named = places.in_cell(cursor, ALL, degrees(region), cell["cell"], 5)
        assert len(named) == min(cell["partners"], 5)


def _counted(part: str) -> tuple[str, int]:
    number, name = part.split(" ", 1)
    return name, int(number)


def test_a_choice_of_a_mark_names_its_partners(large: Path, open_page: OpenPage) -> None:
    app = open_page("overview", large, as_of=ON_DAY)
    box = app.selectbox(key="overview_map_cell")
    box.select(box.options[0]).run()

    assert "The 20 with the most agreements shown:" in words_of(app)
    assert page_links(app)["City 0000"][1]["city"] == ["city-0000"]


def test_a_city_is_found_by_any_name_and_what_is_chosen_stays(
    large: Path, open_page: OpenPage
) -> None:
    app = open_page("timeline", large, as_of=ON_DAY, city="city-0900")
    field = app.text_input(key="find_city")
    assert len(app.multiselect(key="filter_city").options) == choices.OFFERED + 1
    # With the one of which there is no agreement.
    assert "1,101 in all; the first 50 are offered below. Type to find others." in words_of(app)

    field.set_value("семеновск").run()
    box = app.multiselect(key="filter_city")
    assert box.options == ["City 0900 (1)", "City 0700 (1)"]
    assert box.value == ["city-0900"]
    assert "1 fit." in words_of(app)

    box.set_value(["city-0900", "city-0700"]).run()
    assert app.query_params["city"] == ["city-0900", "city-0700"]
    assert "2 agreements with 2 partners" in words_of(app)
    field.set_value("").run()
    assert app.multiselect(key="filter_city").value == ["city-0900", "city-0700"]


def test_the_best_of_a_search_come_first(large: Path) -> None:
    version = Store(large).current()
    offer = version.ask(choices.partners, "city 00")
    # City 0000 to 0099, 0100 to 0900, 1000 to 1009.
    assert offer.fitting == 100 + 9 + 10
    # Of equals the one with the most agreements.
    assert next(iter(offer.labels)) == "city-0000"
    assert version.ask(choices.partners, "nowhere") == ({}, 0)

    found = version.ask(choices.agreements, "plan 0007")
    assert found == ({"many-0007": "City 0000: Plan 0007"}, 1)
    assert version.ask(choices.agreements, "").fitting == PARTNERS + OF_ONE


def test_a_partner_with_very_many_agreements_has_them_by_pages(
    large: Path, open_page: OpenPage, cursor: duckdb.DuckDBPyConnection
) -> None:
    of_one = Filters(as_of=DAY, city=("city-0000",))
    whole = list(selected.agreements(cursor, of_one)["agreement_id"])
    pages = [outline.page(cursor, of_one, at, 50) for at in range(0, len(whole), 50)]
    assert [row for page in pages for row in page["agreement_id"]] == whole

    app = open_page("partner", large, as_of=ON_DAY, city="city-0000", page="2")
    assert "Agreements 51 to 100 of 1,301, by their begin." in words_of(app)
    shown = set(page_links(app))
    titles = selected.agreements(cursor, of_one)["title"]
    assert set(titles[50:100]) <= shown
    assert not set(titles[100:]) & shown


def test_neighbours_are_those_of_the_whole_list(cursor: duckdb.DuckDBPyConnection) -> None:
    of_one = Filters(as_of=DAY, city=("city-0000",))
    ids = list(selected.agreements(cursor, of_one)["agreement_id"])
    near = {
        row["beside"]: row["agreement_id"]
        for row in rows(beside.agreements(cursor, of_one, ids[7]))
    }
    assert near == {-1: ids[6], 0: ids[7], 1: ids[8]}
    assert set(beside.agreements(cursor, of_one, ids[0])["beside"]) == {0, 1}
    assert beside.agreements(cursor, of_one, "nowhere").empty
    assert beside.partners(cursor, "city-0000") == {1: ("city-0001", "City 0001")}


def test_an_outline_names_the_first_the_latest_and_what_lasts(
    known: Path,
) -> None:
    with duckdb.connect(known, read_only=True) as connection:
        of_one = Filters(as_of=date(2022, 3, 1), city=("ljubljana",))
        found = outline.outline(connection, of_one, "ljubljana-2019")
    named = [row and row["agreement_id"] for row in found[1:]]

    assert found.statuses == {"Active": 1, "Expired": 1}
    assert found.agreements == 2
    assert named == ["ljubljana-2019", "ljubljana-2022", "ljubljana-2022", "ljubljana-2019"]


def test_a_proposal_finds_its_partner_and_what_it_follows_on_the_server(
    large: Path, open_page: OpenPage
) -> None:
    app = open_page("propose", large, as_of=ON_DAY)
    said = words_of(app)
    assert "1,101 in all; the first 50 are offered below. Type to find others." in said

    app.text_input(key="propose_find_partner").set_value("семеновск").run()
    (partner,) = [box for box in app.selectbox if box.label == "City, region or district"]
    assert partner.options == ["A partner that is not in the list", "City 0700 (1)"]


def test_what_is_proposed_of_a_record_is_that_of_the_published_register(
    large: Path, open_page: OpenPage
) -> None:
    # The files beside the server are those of the project's own register.
    app = open_page("propose", large, as_of=ON_DAY, id="many-0007")
    (title,) = [field for field in app.text_input if field.label == "Title"]
    (follows,) = [box for box in app.selectbox if str(box.key).endswith("_follows")][:1]

    assert title.value == "Plan 0007"
    assert "what is checked is the form alone" in words_of(app)
    assert len(follows.options) == choices.OFFERED
    app.text_input(key="propose_find_agreement").set_value("plan 0011").run()
    (follows,) = [box for box in app.selectbox if str(box.key).endswith("_follows")][:1]
    assert follows.options == ["City 0000: Plan 0011"]


def test_a_filter_leads_back_to_the_first_page_of_a_list_and_another_day_does_not(
    large: Path, open_page: OpenPage
) -> None:
    app = open_page("timeline", large, as_of=ON_DAY, page="2", rows="7")
    app.date_input(key="filter_as_of").set_value(date(2025, 1, 1)).run()
    assert app.query_params["page"] == "2"
    assert app.query_params["rows"] == "7"

    app.multiselect(key="filter_country").set_value(["AT"]).run()
    assert "page" not in app.query_params
    assert "rows" not in app.query_params
    assert "Rows 1 to 100 of 550." in words_of(app)
