"""The page of events: what happened, the latest first, with values worked out by hand."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.events import QUIET, events_by_year
from dashboard.charts.style import STATUS
from etl.publish import build
from register import happened
from register.filters import Filters
from register.queries import events
from register.queries.told import told
from tests.conftest import Register
from tests.dashboard.conftest import DAY, OpenPage, as_read, page_links, plotly, words_of

ON_DAY = DAY.isoformat()
Publish = Callable[[Register], Path]


def listed(app: AppTest) -> list[str]:
    """The first line of each event of the list: when, what, by whom."""
    texts = [as_read(str(block.value)) for block in app.markdown]
    return [text.replace("**", "") for text in texts if " · " in text]


@pytest.fixture(scope="module")
def acted_register() -> Register:
    """Six events of two partnerships, the first of 2020; two years have two each.

    - 2020-03: programme is suspended by the partner; 2021-06-01: resumed by both
    - 2021: Graz suspends its plan
    - 2022-02-24 and 2022-03-01: Graz ends its plan, then the whole partnership
    - undated: programme is announced; nobody says by whom
    """
    register = Register()
    register.source("news", publisher="News", url="https://news.example/1", published_on="2022-03")
    register.partner("graz", name="Graz", country_code="AT")
    register.agreement(title="Programme", signed_on="2019-09-10")
    register.agreement("plan", title="Plan", partner_id="graz", signed_on="2019")
    of_graz: dict[str, Any] = {"partner_id": "graz", "actor": "partner"}
    register.event("suspended", "2020-03", agreement_id="programme", actor="partner")
    register.event("resumed", "2021-06-01", agreement_id="programme", actor="both")
    register.event("suspended", "2021", agreement_id="plan", **of_graz)
    register.event("terminated", "2022-02-24", agreement_id="plan", **of_graz)
    ended = register.event("terminated", "2022-03-01", note="By a vote.", **of_graz)
    register.statement(ended, "date", "2022-03-01", "news")
    register.statement(ended, "date", "2022-02-27")
    register.event("announced", agreement_id="programme")
    return register


@pytest.fixture(scope="module")
def acted(acted_register: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("acted")
    return build(acted_register.write(folder / "register"), folder / "build")


ALL_OF_IT = [
    "1 March 2022 · Terminated by Graz :orange-badge[sources disagree]",
    "24 February 2022 · Terminated by Graz",
    "2021 · Suspended by Graz",
    "1 June 2021 · Resumed by both sides",
    "March 2020 · Suspended by Ljubljana",
    "No date · Announced",
]


def test_what_happened_the_latest_first(acted: Path, open_page: OpenPage) -> None:
    app = open_page("events", acted, as_of=ON_DAY)

    assert not app.exception
    assert listed(app) == ALL_OF_IT
    assert (
        "6 events, March 2020 to 1 March 2022: 1 announced, 2 suspended, 1 resumed, 2 terminated, "
        "1 of them without a date; 4 by the partner's side, 1 by both sides, 1 with no side named."
    ) in words_of(app)


def test_an_event_leads_to_its_partner_what_it_concerns_and_who_says_so(
    acted: Path, open_page: OpenPage
) -> None:
    app = open_page("events", acted, as_of=ON_DAY, happened_from="2022")
    links, text = page_links(app), words_of(app)

    assert links["Graz"] == (
        "partner",
        {"as_of": [ON_DAY], "happened_from": ["2022"], "city": ["graz"]},
    )
    assert links["Plan"][0] == "agreement"
    assert links["Plan"][1]["id"] == ["plan"]
    # What concerns the whole partnership names no agreement.
    assert text.count("Concerns the whole partnership.") == 1
    assert "By a vote. Sources: " in text
    assert "[News, March 2022](<https://news.example/1>)" in text


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ({"event": "suspended"}, [2, 4]),
        ({"event": ["suspended", "resumed"], "happened_from": "2021"}, [2, 3]),
        ({"actor": "partner", "happened_to": "2022-02"}, [1, 2, 4]),
        # A partial date counts from the last day of its period: 2021 is not over in June.
        ({"happened_from": "2021-06-01", "happened_to": "2021-06-30"}, [3]),
        ({"city": "graz"}, [0, 1, 2]),
    ],
)
def test_an_address_chooses_among_the_events(
    address: dict[str, Any], lines: list[int], acted: Path, open_page: OpenPage
) -> None:
    app = open_page("events", acted, as_of=ON_DAY, **address)

    assert listed(app) == [ALL_OF_IT[line] for line in lines]
    assert app.query_params == {"as_of": ON_DAY, **address}
    assert f"These {len(lines)} row" in app.get("download_button")[0].help


def test_the_controls_of_the_page_choose_and_stand_in_the_address(
    acted: Path, open_page: OpenPage
) -> None:
    app = open_page("events", acted, as_of=ON_DAY)
    app.segmented_control(key="filter_event").set_value(["terminated", "suspended"]).run()
    app.segmented_control(key="filter_actor").set_value(["partner"]).run()
    app.text_input(key="filter_happened_from").set_value("2022-02-24").run()
    app.text_input(key="filter_happened_to").set_value("2022-02").run()

    assert listed(app) == [ALL_OF_IT[1]]
    assert app.query_params == {
        "as_of": ON_DAY,
        "event": ["terminated", "suspended"],
        "actor": "partner",
        "happened_from": "2022-02-24",
        "happened_to": "2022-02",
    }


def test_each_choice_says_how_many_events_it_would_leave(acted: Path, open_page: OpenPage) -> None:
    app = open_page("events", acted, as_of=ON_DAY, event="resumed", happened_from="2021")

    assert list(app.segmented_control(key="filter_event").options) == [
        "Suspended (1)",
        "Resumed (1)",
        "Terminated (2)",
    ]
    assert list(app.segmented_control(key="filter_actor").options) == ["Both (1)"]


def test_a_choice_that_leaves_nothing_can_be_taken_back(acted: Path, open_page: OpenPage) -> None:
    app = open_page("events", acted, as_of=ON_DAY, event="resumed", actor="partner")

    assert "nothing that fits all filters" in words_of(app)
    app.segmented_control(key="filter_actor").set_value([]).run()
    assert listed(app) == [ALL_OF_IT[3]]


def test_what_is_no_day_is_said_and_chooses_nothing(acted: Path, open_page: OpenPage) -> None:
    app = open_page("events", acted, as_of=ON_DAY)
    app.text_input(key="filter_happened_from").set_value("24.2.2022").run()

    assert "it takes a day, month or year such as 2022-02-24" in words_of(app)
    assert listed(app) == ALL_OF_IT
    assert app.text_input(key="filter_happened_from").value == "24.2.2022"
    assert app.query_params == {"as_of": ON_DAY}


def test_agreements_to_which_nothing_happened(known: Path, open_page: OpenPage) -> None:
    app = open_page("events", known, as_of=ON_DAY, city="ljubljana")

    (info,) = app.info
    assert "nothing that happened to these agreements" in info.value
    assert not app.get("plotly_chart")


def test_a_long_list_has_pages(publish: Publish, open_page: OpenPage) -> None:
    register = Register()
    register.agreement(signed_on="1990")
    for year in range(1991, 2018):
        register.event("renewed", f"{year}-05-01")
    database = publish(register)

    first = listed(open_page("events", database, as_of=ON_DAY))
    assert (len(first), first[0]) == (25, "1 May 2017 · Renewed")
    second = open_page("events", database, as_of=ON_DAY, page="2")
    assert listed(second) == ["1 May 1992 · Renewed", "1 May 1991 · Renewed"]
    # The file has all of them.
    assert "These 27 rows" in second.get("download_button")[0].help


def test_the_chart_has_a_column_for_each_year_and_kind(
    acted: Path, acted_register: Register
) -> None:
    with duckdb.connect(acted, read_only=True) as connection:
        counts = events.by_year(connection, Filters(as_of=DAY))
    figure = plotly(events_by_year(counts))
    lanes = {trace.customdata[0][0]: trace for trace in figure.data}

    # What decides stands above what does not; the undated announcement is not drawn.
    assert list(lanes) == ["suspended", "terminated", "resumed"]
    assert {name: list(zip(lane.x, lane.text, strict=True)) for name, lane in lanes.items()} == {
        "suspended": [(2020, "1"), (2021, "1")],
        "terminated": [(2022, "2")],
        "resumed": [(2021, "1")],
    }
    assert lanes["terminated"].y[0] == 2 * lanes["resumed"].y[0]
    assert lanes["terminated"].marker.color == STATUS["terminated"].colour
    assert lanes["resumed"].marker.color == QUIET["color"]
    bases = [lane.base for lane in lanes.values()]
    assert bases == sorted(bases, reverse=True)
    assert [note.text for note in figure.layout.annotations] == [
        "<b>Suspended</b> 2 events",
        "<b>Terminated</b> 2 events",
        "<b>Resumed</b> 1 event",
    ]


@pytest.mark.parametrize(("first", "every"), [(2024, 1), (2017, 1), (1979, 5), (1957, 10)])
def test_the_years_of_the_chart_have_room_on_a_phone(first: int, every: int) -> None:
    numbers = [1234] * (2026 - first) + [5678]
    counts = pd.DataFrame(
        [("announced", "Announced", year, n) for year, n in enumerate(numbers, first)],
        columns=["event", "event_name", "year", "events"],
    )
    figure = plotly(events_by_year(counts))

    assert figure.layout.xaxis.dtick == every
    # The number of the highest column stands upright, as large as others, however narrow it is.
    (columns,) = figure.data
    assert [text for text in columns.text if text] == ["5,678"]
    assert (columns.textangle, columns.constraintext) == (0, "none")
    assert columns.hovertext[0] == f"{first}: 1,234 announced"


def test_what_the_chart_cannot_place_is_said(acted: Path, open_page: OpenPage) -> None:
    assert "1 event without a date: only in the list." in words_of(
        open_page("events", acted, as_of=ON_DAY)
    )
    dated = open_page("events", acted, as_of=ON_DAY, happened_from="2020")
    assert "without a date" not in words_of(dated)


def test_the_chart_says_which_year_has_most(acted: Path, open_page: OpenPage) -> None:
    def said(**address: str) -> list[str]:
        app = open_page("events", acted, as_of=ON_DAY, **address)
        return [header.value for header in app.header]

    # 2021 and 2022 have two each.
    assert said() == ["No year has more than 2 events", "The latest first"]
    assert said(happened_from="2020", event="terminated")[0] == "All in 2022: 2 terminated"
    assert said(actor="partner")[0] == "Most in 2022: 2 terminated"
    assert said(event="announced")[0] == "No source gives a date"
    undated = open_page("events", acted, as_of=ON_DAY, event="announced")
    assert not undated.get("plotly_chart")


def test_who_ended_or_suspended_what_since_february_2022(
    real: duckdb.DuckDBPyConnection, published: Path, open_page: OpenPage
) -> None:
    app = open_page(
        "events",
        published,
        as_of="2026-11-26",
        event=["terminated", "suspended"],
        happened_from="2022-02-24",
    )
    lines = listed(app)

    assert len(lines) == 19
    assert sum("Suspended by " in line for line in lines) == 12
    assert sum("Terminated by " in line for line in lines) == 7
    assert "2 March 2022 · Terminated by Riga" in lines
    assert "March 2022 · Terminated by Tallinn" in lines
    assert "all by the partner's side." in words_of(app)
    partners = real.execute(
        "SELECT name FROM events JOIN partners USING (partner_id) "
        "WHERE event IN ('terminated', 'suspended') AND date_last >= '2022-02-24'"
    ).fetchall()
    assert sorted(name for (name,) in partners) == sorted(
        line.partition(" by ")[2].partition(" :")[0] for line in lines
    )


def test_one_event_in_a_sentence(acted: Path) -> None:
    with duckdb.connect(acted, read_only=True) as connection:
        found = told(connection, Filters(as_of=date(2020, 12, 31), actor=("partner",)))

    assert happened.summary(found) == ("1 event, March 2020: 1 suspended; by the partner's side.")
