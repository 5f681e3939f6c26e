"""The page of one partner, and of several side by side."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.areas import areas_by_year
from dashboard.charts.style import LIGHT
from register.queries import partner as queries
from register.queries.outline import NO_YEAR
from tests.conftest import Register
from tests.dashboard.conftest import (
    NUMBER,
    OpenPage,
    cells_of,
    known_register,
    notes_of,
    opened,
    page_links,
    plotly,
    tables,
    words_of,
)

Publish = Callable[[Register], Path]


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """The caches live as long as the process: a test must not see another's."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def districts(publish: Publish) -> Path:
    """Istanbul with a district, and with the end of its tie; sources differ on when that was."""
    register = known_register()
    register.partner("sisli", name="Şişli", kind="district", country_code="TR", within="istanbul")
    register.agreement("sisli-memorandum", partner_id="sisli", instrument="memorandum")
    ended = register.event("terminated", "2022-02-01", partner_id="istanbul", actor="partner")
    register.statement(ended, "date", "2022-02-14", "hurriyet")
    register.statement(ended, "date", "2022-02", "mos-ru")
    return publish(register)


def headings(app: AppTest) -> list[str]:
    return [str(heading.value) for heading in app.header]


def test_everything_on_one_partner(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city="ljubljana")

    assert not app.exception
    assert [title.value for title in app.title] == ["Ljubljana"]
    assert headings(app) == [
        "Timeline",
        "Agreements",
        "Areas over the years",
        "Sources",
    ]
    shown = words_of(app)
    assert "City in Slovenia: 2 agreements with Moscow known by 1 March 2022; active." in shown
    assert "Also: Любляна (Russian)" in shown
    assert "2 agreements known by this day: 1 active, 1 expired." in shown
    assert (
        "2022 to 2024 · Active, at most 1,036 days left · Programme · "
        "follows “First programme” · 1 source" in shown
    )


def test_other_filters_leave_the_partner_whole(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city="ljubljana", status="expired", q="x")

    assert "2 agreements known by this day" in words_of(app)
    assert "only the as-of day and the horizon apply here" in words_of(app)


def test_the_as_of_day_counts(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2020-01-01", city="ljubljana")
    assert "1 agreement known by this day: 1 active." in words_of(app)

    app = open_page("partner", known, as_of="2001-01-01", city="ljubljana")
    assert "By this day no agreement with this partner is known." in words_of(app)
    assert headings(app) == []


def test_each_agreement_leads_to_its_page(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city="ljubljana")

    page, address = page_links(app)["Second programme"]
    assert page == "agreement"
    # The filters go along.
    assert address == {"id": ["ljubljana-2022"], "city": ["ljubljana"], "as_of": ["2022-03-01"]}
    (table,) = tables(opened(app, "partner_agreements_table"))
    assert list(table["Agreement"]) == ["First programme", "Second programme"]
    assert table["Follows"].fillna("").tolist() == ["", "First programme"]
    assert "Implements" not in table.columns


def test_neighbours_come_by_the_alphabet(known: Path, open_page: OpenPage) -> None:
    """Of Ānhuī, Beijing, Istanbul, Ljubljana, Tehran."""
    app = open_page("partner", known, as_of="2022-03-01", city="istanbul")
    assert page_links(app)["← Previous partner: Beijing"][1]["city"] == ["beijing"]
    assert "→ Next partner: Ljubljana" in page_links(app)

    app = open_page("partner", known, as_of="2022-03-01", city="anhui")
    assert "→ Next partner: Beijing" in page_links(app)
    assert not [label for label in page_links(app) if "Previous" in label]


def test_the_box_says_what_to_know_first(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city="ljubljana")

    facts = dict(cells_of(app))
    assert facts.pop("**On 1 March 2022**").startswith("**Active.** ")
    assert facts == {
        "**First tie**": "First programme, signed 10 September 2019",
        "**Latest**": "Second programme, signed 15 January 2022",
        "**In force until**": "2024: Second programme",
    }


def test_who_ended_it_when_says_who(districts: Path, open_page: OpenPage) -> None:
    app = open_page("partner", districts, as_of="2022-03-01", city="istanbul")

    events = [text for name, text in cells_of(app) if name == "**Event**"]
    assert events == [
        "**Terminated on 1 February 2022 by Istanbul.** It concerns the whole partnership. "
        "Sources disagree on when: 1 February 2022 (chosen), February 2022 (less exact), "
        "14 February 2022 (differs). [2]",
        "**Suspended on 1 December 2021.** It concerns Programme of cooperation. [2]",
    ]
    assert notes_of(app)["source_2"].startswith("City of Ljubljana")
    assert app.subheader[0].value == "Terminated on 1 February 2022 by Istanbul"


def test_who_ended_the_tie_with_krakow(published: Path, open_page: OpenPage) -> None:
    app = open_page("partner", published, as_of="2026-11-21", city="krakow")
    event = dict(cells_of(app))["**Event**"]

    assert event.startswith("**Terminated on 2 March 2022 by Kraków.** It concerns the whole")
    assert "2 March 2022 (chosen), 16 September 2022 (differs)." in event
    notes = notes_of(app)
    said = NUMBER.sub(r"[\1]", words_of(app))
    (chosen,) = re.findall(r"2 March 2022 \*\*\(chosen\)\*\* ((?:\[\d+\] ?)+)", said)
    (differs,) = re.findall(r"16 September 2022 \(differs\) ((?:\[\d+\] ?)+)", said)
    city_hall = "https://otwarty.krakow.pl/get_html.php?dok_id=257822"
    assert any(city_hall in notes[f"source_{number}"] for number in re.findall(r"\d+", chosen))
    assert [notes[f"source_{number}"][:10] for number in re.findall(r"\d+", differs)] == [
        "LoveKraków"
    ]


def test_a_city_and_its_district_lead_to_each_other(districts: Path, open_page: OpenPage) -> None:
    app = open_page("partner", districts, as_of="2022-03-01", city="istanbul")
    assert page_links(app)["District with ties of its own: Şişli"][1]["city"] == ["sisli"]

    app = open_page("partner", districts, as_of="2022-03-01", city="sisli")
    assert "District in Türkiye: 1 agreement with Moscow" in words_of(app)
    assert page_links(app)["District of Istanbul"][1]["city"] == ["istanbul"]
    # It has no date, so there is nothing to draw.
    assert "Timeline" not in headings(app)


def test_areas_stand_in_the_year_in_which_agreements_begin(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city="ljubljana")
    (table,) = tables(opened(app, "partner_areas_table"))

    assert table.set_index("area").fillna(0).to_dict("index") == {
        "Culture": {"2019": 1, "2022": 1},
        "Transport": {"2019": 1, "2022": 0},
    }
    app.selectbox(key="partner_area").select("transport").run()
    assert "“promet” (Slovenian), City of Ljubljana" in words_of(app)


def test_sources_say_what_they_support(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city="ljubljana")
    (table,) = tables(opened(app, "partner_sources_table"))

    assert table.set_index("Publisher")["Supports"].to_dict() == {
        "City of Ljubljana": "First programme; Second programme",
        "Mayor of Moscow": "First programme",
    }
    assert table.set_index("Publisher")["Address"].to_dict()["Mayor of Moscow"] == (
        "https://mos.example/1"
    )


def test_without_a_city_one_can_be_chosen(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01")
    assert app.title[0].value == "Partner"

    app.selectbox(key="partner_choice").select("tehran").run()
    assert app.title[0].value == "Tehran"
    assert app.query_params == {"as_of": "2022-03-01", "city": "tehran"}


def test_an_unknown_city_is_left_out_with_a_notice(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city="atlantis")

    assert not app.exception
    assert "no city “atlantis”" in words_of(app)
    assert app.selectbox(key="partner_choice").value is None


def test_partners_side_by_side(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city=["ljubljana", "istanbul", "beijing"])

    assert app.title[0].value == "Ljubljana, Istanbul and Beijing side by side"
    assert headings(app) == ["On 1 March 2022", "Timelines", "Areas shared and not shared"]
    assert [name.value for name in app.subheader] == ["Ljubljana", "Istanbul", "Beijing"]
    shown = words_of(app)
    assert "2 agreements: 1 active, 1 expired. First tie: First programme, signed 10" in shown
    assert "2 agreements: 1 expiring, 1 suspended." in shown
    assert "No area is shared by all." in shown
    matrix = pd.DataFrame(app.table[0].value)
    assert matrix.set_index("Area").to_dict("index") == {
        "Transport": {"Shared by": "2 of 3", "Ljubljana": 1, "Istanbul": 1, "Beijing": 0},
        "Culture": {"Shared by": "1 of 3", "Ljubljana": 2, "Istanbul": 0, "Beijing": 0},
        "Tourism": {"Shared by": "1 of 3", "Ljubljana": 0, "Istanbul": 1, "Beijing": 0},
    }


def test_shared_areas_in_words(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city=["ljubljana", "istanbul"])

    assert "Shared by all: transport. Only Ljubljana: culture. Only Istanbul: tourism." in words_of(
        app
    )


def test_partners_can_be_added_and_taken_out(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="2022-03-01", city="tehran")

    app.multiselect(key="compared_with").select("beijing").run()
    assert app.title[0].value == "Tehran and Beijing side by side"
    assert app.query_params["city"] == ["tehran", "beijing"]
    app.multiselect(key="compared_with").unselect("beijing").run()
    assert app.title[0].value == "Tehran"


def test_more_than_four_are_left_out(known: Path, open_page: OpenPage) -> None:
    cities = ["tehran", "beijing", "anhui", "istanbul", "ljubljana"]
    app = open_page("partner", known, as_of="2022-03-01", city=cities)

    assert app.title[0].value == "Tehran, Beijing, Ānhuī and Istanbul side by side"
    assert "left out: Ljubljana." in words_of(app)
    assert app.query_params["city"] == cities


def test_side_by_side_before_anything_is_known(known: Path, open_page: OpenPage) -> None:
    app = open_page("partner", known, as_of="1901-01-01", city=["tehran", "beijing"])

    assert not app.exception
    assert "No agreement fits" in {info.proto.title for info in app.info}


@pytest.mark.parametrize("city", ["beijing", "krakow", "berlin", "florence", "bratislava", "riga"])
def test_real_partners_open(city: str, published: Path, open_page: OpenPage) -> None:
    app = open_page("partner", published, as_of="2026-11-21", city=city)

    assert not app.exception
    assert not app.warning
    assert not app.error
    assert "Agreements" in headings(app)


def test_the_status_is_that_of_the_database(known: Path) -> None:
    with duckdb.connect(known, read_only=True) as connection:
        found = queries.status(connection, ("anhui", "tehran"), date(2022, 3, 1), 180)

    # Ānhuī has an undated letter beside the agreement that was ended; undated comes first.
    assert found.set_index("partner_id")["status"].to_dict() == {
        "anhui": "undated",
        "tehran": "announced",
    }


def test_the_chart_of_areas_says_what_a_cell_is() -> None:
    counts = pd.DataFrame(
        [("a", "Culture", NO_YEAR, 1), ("a", "Culture", "2019", 7), ("b", "Sport", "2008", 1)],
        columns=["area_id", "area", "year", "agreements"],
    )
    figure = plotly(areas_by_year(counts, LIGHT))

    assert list(figure.layout.yaxis.ticktext) == ["Culture", "Sport"]
    assert [list(datum) for datum in figure.data[0].customdata] == [["a"], ["a"], ["b"]]
    assert figure.data[0].hovertext[1] == "Culture, 2019: 7 agreements"
