"""What a reader is told: who did what, what is doubtful, and what each page leaves out or adds."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.sources import sources_by_language
from dashboard.charts.style import LIGHT
from dashboard.charts.timeline import timeline
from dashboard.charts.validity import status_bars
from dashboard.charts.world import world_map
from register import words
from register.filters import Filters, from_address
from register.queries import overview, register, selected
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY, OpenPage, markup_of, opened, plotly, tables, words_of
from tests.dashboard.uneven import ON_DAY

Publish = Callable[[Register], Path]
ALL = Filters(as_of=DAY)


def chart_of(app: AppTest, place: int = 0) -> dict[str, Any]:
    """The figure of a page's chart as the browser gets it."""
    figure: dict[str, Any] = json.loads(app.get("plotly_chart")[place].proto.spec)
    return figure


# Who ended a tie


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ("kyiv", "Terminated on 11 February 2016 by Kyiv"),
        ("turku", "Terminated in April 2014 by Moscow"),
        ("vilnius", "Terminated on 5 June 2015 by both sides"),
        ("riga", "Terminated in 2017\n"),
    ],
)
def test_who_ended_a_tie(city: str, said: str, uneven: Path, open_page: OpenPage) -> None:
    assert said in words_of(open_page("partner", uneven, as_of=ON_DAY, city=city))


def test_the_lapsed_say_who_ended_them(uneven: Path, open_page: OpenPage) -> None:
    app = open_page("validity", uneven, as_of=ON_DAY, section="lapsed")
    lines = [" ".join(map(str, row)) for table in tables(app) for row in table.to_numpy()]
    lines += words_of(app).splitlines()

    def said(*texts: str) -> bool:
        return any(all(text in line for text in texts) for line in lines)

    assert said("Turku", "by Moscow")
    assert said("Kyiv", "by Kyiv")
    assert said("Vilnius", "by both sides")
    assert said("Graz", "ran out")
    assert said("5 partners had dated periods")
    assert said("1 ran out, 4 were ended by an event")


@pytest.mark.parametrize("city", [["turku"], ["turku", "zagreb"]])
def test_what_was_terminated_did_not_run_out(
    city: list[str], uneven: Path, open_page: OpenPage
) -> None:
    said = words_of(open_page("partner", uneven, as_of=ON_DAY, city=city))

    assert "Terminated in April 2014 by Moscow" in said
    assert "Lapsed" not in said


@pytest.mark.parametrize("city", [["graz"], ["graz", "zagreb"]])
def test_what_ran_out_says_when(city: list[str], uneven: Path, open_page: OpenPage) -> None:
    said = words_of(open_page("partner", uneven, as_of=ON_DAY, city=city))

    assert "Lapsed: the last period with an end ran out in 2018" in said


def test_a_partner_with_a_window_has_not_lapsed(uneven: Path, open_page: OpenPage) -> None:
    assert "Lapsed" not in words_of(open_page("partner", uneven, as_of=ON_DAY, city="zagreb"))


# What is doubtful


def test_an_agreement_on_which_sources_disagree_says_so(uneven: Path, open_page: OpenPage) -> None:
    graz = words_of(open_page("partner", uneven, as_of=ON_DAY, city="graz"))
    ankara = words_of(open_page("partner", uneven, as_of=ON_DAY, city="ankara"))
    bonn = words_of(open_page("partner", uneven, as_of=ON_DAY, city="bonn"))

    assert "sources disagree on 1 field\n" in graz + "\n"
    assert "sources disagree on 2 fields" in ankara
    assert "sources disagree" not in bonn


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"signed_on": "2017", "reported_on": "2018"}, "signed 2017"),
        ({"reported_on": "2018-02", "valid_from": "2017"}, "reported February 2018"),
        ({"valid_from": "2017"}, "valid from 2017"),
        ({}, "undated"),
    ],
)
def test_a_begin_alone_is_no_signing(cells: dict[str, str], said: str) -> None:
    row = {"signed_on": None, "reported_on": None, "valid_from": None} | cells

    assert words.dated(row) == said


def test_one_text_with_several_partners_is_one_disagreement(uneven: Path) -> None:
    with duckdb.connect(uneven, read_only=True) as connection:
        found = overview.disagreements(connection, ALL)

    assert list(zip(found["record_id"], found["field"], strict=True)) == [
        ("ankara-capitals", "signed_in"),
        ("ankara-capitals", "signed_on"),
        ("graz-2015", "valid_to"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "disagree"),
    [
        # A month and any of its days are the same said less exactly.
        ("2019-09", "2019-09-01", False),
        ("2019-09", "2019-09-30", False),
        ("2019-09", "2019-10-01", True),
        ("2019-09", "2019-08-31", True),
        ("2019", "2019-12", False),
        ("2019", "2020", True),
    ],
)
def test_dates_disagree_where_no_day_fits_both(
    one: str, other: str, disagree: bool, register: Register, connect: Connect
) -> None:
    register.source("other")
    register.agreement(signed_on=one, note="The less exact one is kept.")
    register.statement("programme", "signed_on", other, "other")
    found = connect(register).execute("SELECT record_id, field FROM disagreements").fetchall()

    assert found == ([("programme", "signed_on")] if disagree else [])


# Charts


def figure_of(database: Path, as_of: date = DAY, **chosen: object) -> go.Figure:
    filters = Filters(as_of=as_of, **chosen)  # type: ignore[arg-type]
    with duckdb.connect(database, read_only=True) as connection:
        agreements = selected.agreements(connection, filters)
        return plotly(timeline(agreements, selected.events(connection, filters), as_of, LIGHT))


def hovers(figure: go.Figure) -> str:
    return "\n".join(text for trace in figure.data for text in trace.hovertext or ())


def test_an_event_of_a_month_claims_no_day(uneven: Path) -> None:
    said = hovers(figure_of(uneven))

    assert "<b>Terminated April 2014</b><br>Turku" in said
    assert "<b>Terminated 11 February 2016</b><br>Kyiv" in said
    assert "<b>Terminated 2017</b><br>Riga" in said
    assert "30 April" not in said
    assert "31 December" not in said


def test_a_bar_says_title_partner_window_and_days_left(uneven: Path) -> None:
    said = hovers(figure_of(uneven))

    assert (
        "<b>Pact of Zagreb 2020</b><br>Zagreb, programme"
        "<br>signed 10 January 2020 to 31 May 2022<br>Expiring, 91 days left, 1 source" in said
    )
    assert "<br>signed 7 May 2001" not in said
    assert "<b>Signed 10 January 2020</b><br>Pact of Zagreb 2020" in said


def test_what_was_announced_by_the_day_is_drawn_from_its_announcement(
    register: Register, publish: Publish
) -> None:
    register.agreement("announced", signed_on="2022-06-01", valid_to="2024")
    register.event("announced", "2019-01-10", agreement_id="announced")
    register.agreement("signed", signed_on="2020-02-03", valid_to="2024")
    begins = {
        datum[0]: day
        for trace in figure_of(publish(register)).data
        if trace.type == "bar" and trace.opacity == 1
        for datum, day in zip(trace.customdata, trace.base, strict=True)
    }

    assert begins == {"announced": "2019-01-10", "signed": "2020-02-03"}


@pytest.mark.parametrize(("year", "side"), [(1994, "right"), (2022, "left")])
def test_the_as_of_day_is_written_towards_the_middle(year: int, side: str, uneven: Path) -> None:
    figure = figure_of(uneven, date(year, 3, 1), status=("no_end_stated", "future", "terminated"))
    positions = [
        position
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "text"
        for text, position in zip(trace.text, trace.textposition, strict=True)
        if "as of 1 Mar" in text
    ]

    assert positions == [f"top {side}", f"bottom {side}"]


def test_the_map_says_who_has_lapsed(uneven: Path) -> None:
    with duckdb.connect(uneven, read_only=True) as connection:
        figure = plotly(world_map(overview.partners(connection, ALL), "world", LIGHT))
    said = hovers(figure).splitlines()

    assert "<b>Graz</b><br>Austria<br>Expired, lapsed" in said
    assert "<b>Turku</b><br>Finland<br>Terminated, lapsed" in said
    assert "<b>Zagreb</b><br>Croatia<br>Expiring" in said
    assert "<b>Bonn</b><br>Germany<br>No end stated" in said


def test_the_first_status_has_the_bar_on_top(uneven: Path) -> None:
    with duckdb.connect(uneven, read_only=True) as connection:
        figure = plotly(status_bars(selected.status_counts(connection, ALL)))

    assert [(*bar.y, *bar.x, *bar.text) for bar in figure.data] == [
        ("Active", 3, "3"),
        ("Expiring", 1, "1"),
        ("No end stated", 4, "4"),
        ("Terminated", 4, "4"),
        ("Expired", 2, "2"),
    ]
    # Plotly draws the first at the bottom unless told otherwise.
    bottom, top = figure.layout.yaxis.range
    assert bottom > top


def test_the_less_frequent_languages_are_one_bar() -> None:
    counts = pd.DataFrame(
        {
            "language_name": [f"Language {number}" for number in range(15)],
            "own": [20 - number for number in range(15)],
            "repeated": [1] * 12 + [5, 7, 11],
        }
    )
    own, repeated, totals = plotly(sources_by_language(counts)).data

    # 8 + 7 + 6 of their own, 5 + 7 + 11 repeated.
    assert (own.y[-1], own.x[-1]) == ("3 other languages", 21)
    assert (repeated.y[-1], repeated.x[-1]) == ("3 other languages", 23)
    assert totals.text[-1].strip() == "44"
    assert (own.x[0], repeated.x[0], totals.text[0].strip()) == (20, 1, "21")
    assert [own.name, repeated.name] == [
        "The publisher's own text",
        "Repeats another publisher's text",
    ]


def test_thirteen_languages_have_a_bar_each() -> None:
    counts = pd.DataFrame(
        {"language_name": [f"L{n}" for n in range(13)], "own": [2] * 13, "repeated": [0] * 13}
    )

    assert list(plotly(sources_by_language(counts)).data[0].y) == [f"L{n}" for n in range(13)]


# Addresses and the first day


@pytest.mark.parametrize(
    ("address", "first", "last"),
    [
        ({"from": ["2025"]}, 2025, None),
        ({"to": ["1991"]}, None, 1991),
        ({"from": ["2026"]}, None, None),
        ({"to": ["1990"]}, None, None),
    ],
)
def test_the_first_and_the_last_year_can_be_asked_for(
    address: dict[str, list[str]],
    first: int | None,
    last: int | None,
    register: Register,
    connect: Connect,
) -> None:
    register.agreement(signed_on="1991-02-03", valid_to="2025")
    options = options_of(connect(register))
    filters, notices = from_address(address, options, DAY)

    assert (options.first_year, options.last_year) == (1991, 2025)
    assert (filters.from_year, filters.to_year) == (first, last)
    assert len(notices) == (0 if first or last else 1)


options_of = register.options


def test_the_years_play_from_an_announcement_before_the_signing(uneven: Path) -> None:
    with duckdb.connect(uneven, read_only=True) as connection:
        of_bonn = overview.first_day(connection, Filters(as_of=DAY, city=("bonn",)))
        of_oslo = overview.first_day(connection, Filters(as_of=DAY, city=("oslo",)))
        of_all = overview.first_day(connection, ALL)

    assert of_bonn == date(1999, 4, 1)
    assert of_oslo == date(2019, 6, 1)
    assert of_all == date(1992, 7, 8)


# The day while the years play


@pytest.fixture
def playing(uneven: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The overview while the years play, at 30 June 2019."""
    monkeypatch.setattr("dashboard.day.clock.today", lambda: date(2022, 3, 1))
    app = open_page("overview", uneven, as_of="2019-06-30", city="oslo")
    press(app, "Play the years")
    assert "Pause" in buttons(app)
    return app


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def buttons(app: AppTest) -> set[str]:
    return {button.label for button in app.button}


@pytest.mark.parametrize(
    ("button", "day"),
    [("Year back", "30 June 2018"), ("Year on", "30 June 2020"), ("Today", "1 March 2022")],
)
def test_a_step_ends_the_play(playing: AppTest, button: str, day: str) -> None:
    press(playing, button)

    assert "Play the years" in buttons(playing)
    assert f"as of {day}" in words_of(playing)


def test_a_reset_ends_the_play_on_today(playing: AppTest) -> None:
    press(playing, "Reset filters")

    assert "Play the years" in buttons(playing)
    assert "as of 1 March 2022" in words_of(playing)
    assert playing.query_params == {}


def test_enter_in_a_filter_does_not_choose_all(uneven: Path, open_page: OpenPage) -> None:
    app = open_page("overview", uneven, as_of=ON_DAY)

    assert app.sidebar.multiselect
    assert not [box.label for box in app.sidebar.multiselect if box.proto.select_all]


# Pages


def test_a_note_stands_with_its_agreement_alone(uneven: Path, open_page: OpenPage) -> None:
    graz = open_page("agreement", uneven, as_of=ON_DAY, id="graz-2015")
    assert "A note on Graz." in words_of(graz)

    other = open_page("agreement", uneven, as_of=ON_DAY, id="zagreb-2020")
    assert "Note" not in markup_of(other)


def test_the_sources_of_a_partner_are_those_of_its_events_too(
    register: Register, publish: Publish, open_page: OpenPage
) -> None:
    register.source("herald", publisher="Herald", published_on="2021-07-01")
    register.source("tribune", publisher="Tribune", published_on="2021-07-01")
    register.agreement(signed_on="2019-09-10")
    happened = register.event("suspended", "2021-06-30")
    register.statement(happened, "date", "2021-06-30", "herald")
    later = register.event("resumed", "2024-06-30")
    register.statement(later, "date", "2024-06-30", "tribune")
    app = open_page("partner", publish(register), as_of=ON_DAY, city="ljubljana")
    (table,) = tables(opened(app, "partner_sources_table"))

    # What happened after the day is not known yet.
    assert set(table["Publisher"]) == {"Herald", "City of Ljubljana"}


def test_a_page_of_the_timeline_draws_its_own_partners(
    register: Register, publish: Publish, open_page: OpenPage
) -> None:
    for number in range(40):
        name = f"City {number:02}"
        register.partner(f"city-{number:02}", name=name)
        register.agreement(
            f"pact-{number:02}", partner_id=f"city-{number:02}", signed_on="2019-09-10"
        )
    app = open_page("timeline", publish(register), as_of=ON_DAY)
    drawn = {
        text
        for trace in chart_of(app)["data"]
        for text in trace.get("text") or ()
        if text.startswith("<b>City")
    }
    (shown,) = [caption.value for caption in app.caption if "of 40" in caption.value]

    assert "City 00" in shown
    assert "<b>City 00</b>" in drawn
    assert "<b>City 39</b>" not in drawn
    assert f"1–{len(drawn)} of 40" in shown


@pytest.fixture
def downloaded(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What the buttons of the pages opened since would download, by the name of the file."""
    files: dict[str, bytes] = {}

    def button(label: str, data: Any, file_name: str, **_: object) -> None:
        files[file_name] = data() if callable(data) else data

    monkeypatch.setattr("dashboard.elements.download_button", button)
    return files


@pytest.mark.parametrize(
    ("scope", "statuses"),
    [(None, "any"), ("in_force_or_open", "active; expiring; no_end_stated")],
)
def test_the_areas_say_which_statuses_they_count(
    scope: str | None,
    statuses: str,
    known: Path,
    open_page: OpenPage,
    downloaded: dict[str, bytes],
) -> None:
    app = open_page("areas", known, as_of=ON_DAY)
    if scope:
        downloaded.clear()
        app.button_group(key="own_scope").set_value(scope).run()
    (content,) = downloaded.values()
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))

    assert {row["as_of"] for row in rows} == {ON_DAY}
    assert {row["statuses"] for row in rows} == {statuses}
    # Of any status six cells; of those in force culture of 2022 and two of Istanbul's protocol.
    assert sum(int(row["agreements"]) for row in rows) == (3 if scope else 6)
