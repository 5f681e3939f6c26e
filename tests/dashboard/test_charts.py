"""The charts, read from their figures as a reader sees them: where bars lie, what marks say."""

import html
import itertools
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import ImageFont

from dashboard.charts import letters
from dashboard.charts.areas import area_heatmap, areas_by_year
from dashboard.charts.figure import Figure
from dashboard.charts.frame import Around, framed, source_line
from dashboard.charts.heatmap import CELL
from dashboard.charts.style import (
    DARK,
    EVENT_SYMBOLS,
    LIGHT,
    STATUS,
    Ink,
    dress,
    for_hover,
)
from dashboard.charts.timeline import timeline
from dashboard.charts.validity import next_ends, status_bars
from dashboard.room import PHONE, SCREEN
from register.codes import EVENTS, STATUS_ROWS
from register.filters import Filters
from register.queries import areas, selected
from register.queries import timeline as queries
from register.queries.figures import figures
from register.queries.outline import NO_YEAR
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY, plotly

Cursor = duckdb.DuckDBPyConnection
EVENT_NAMES = tuple(event.capitalize() for event in EVENTS)
EVERY_STATUS = tuple(status for status, *_ in STATUS_ROWS)


class Piece(NamedTuple):
    """A part of a bar: the days from ``begin`` up to, not including, ``end``."""

    agreement_id: str
    begin: date
    end: date
    y: float
    faded: bool
    colour: str


def pieces(figure: go.Figure) -> list[Piece]:
    return [
        Piece(
            datum[0],
            date.fromisoformat(begin),
            date.fromisoformat(begin) + timedelta(milliseconds=length),
            y,
            trace.opacity < 1,
            trace.marker.color,
        )
        for trace in figure.data
        if trace.type == "bar" and trace.opacity is not None
        for datum, begin, length, y in zip(
            trace.customdata, trace.base, trace.x, trace.y, strict=True
        )
    ]


class Title(NamedTuple):
    """Where a line of a title has room: between two days, and at which of them it stands."""

    begin: date
    end: date
    y: float
    text: str
    from_begin: bool


def title_lines(figure: go.Figure) -> list[tuple[str, Title]]:
    """The lines of the titles, from above, with their agreements."""
    (trace,) = (trace for trace in figure.data if trace.type == "bar" and trace.text is not None)
    found = []
    for (agreement_id,), base, length, y, text in zip(
        trace.customdata, trace.base, trace.x, trace.y, trace.text, strict=True
    ):
        far = date.fromisoformat(base)
        near = far + timedelta(milliseconds=length)
        line = Title(min(far, near), max(far, near), y, html.unescape(text), near < far)
        found.append((agreement_id, line))
    return found


def titles(figure: go.Figure) -> dict[str, list[Title]]:
    """The lines of the titles by agreement."""
    found: dict[str, list[Title]] = defaultdict(list)
    for agreement_id, line in title_lines(figure):
        found[agreement_id].append(line)
    return found


def of(figure: go.Figure, agreement_id: str) -> list[Piece]:
    return [piece for piece in pieces(figure) if piece.agreement_id == agreement_id]


def certain(figure: go.Figure, agreement_id: str) -> Piece:
    (piece,) = (piece for piece in of(figure, agreement_id) if not piece.faded)
    return piece


def signs(figure: go.Figure, sign: str) -> list[tuple[str, float]]:
    """Where a sign is written: day and height."""
    return [(x, y) for x, y, text in texts(figure) if text == sign]


def texts(figure: go.Figure) -> list[tuple[str, float, str]]:
    """What is written in the chart beside titles: day, height and text."""
    return [
        (x, y, text.replace("<br>", "").strip())
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "text"
        for x, y, text in zip(trace.x, trace.y, trace.text, strict=True)
    ]


def as_of_line(figure: go.Figure) -> list[tuple[str, float, float]]:
    """The pieces of the as-of day's line: day, from which height to which."""
    (trace,) = (trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines")
    return list(zip(trace.x[::3], trace.y[::3], trace.y[1::3], strict=True))


def marks(figure: go.Figure, name: str) -> list[tuple[str, float, str, str]]:
    """Day, height, symbol and agreement of the marks of that name in the legend."""
    found = []
    for trace in figure.data:
        if trace.type == "scatter" and trace.mode == "markers" and trace.name.startswith(name):
            symbols = trace.marker.symbol
            symbols = itertools.repeat(symbols) if isinstance(symbols, str) else symbols
            found += [
                (x, y, symbol, datum[0])
                for x, y, symbol, datum in zip(
                    trace.x, trace.y, symbols, trace.customdata, strict=False
                )
            ]
    return found


def draw(
    cursor: Cursor, as_of: date = DAY, status: tuple[str, ...] = (), room: int = SCREEN
) -> go.Figure:
    filters = Filters(as_of=as_of, status=status)
    return plotly(
        timeline(
            selected.agreements(cursor, filters),
            selected.events(cursor, filters),
            as_of,
            LIGHT,
            room,
        )
    )


@pytest.fixture
def chart(cursor: Cursor) -> go.Figure:
    """The timeline of the known register."""
    return draw(cursor)


def test_every_status_looks_its_own_way() -> None:
    assert set(STATUS) == set(EVERY_STATUS)
    looks = [(style.colour, style.pattern) for style in STATUS.values()]
    assert len(set(looks)) == len(looks)


def test_statuses_of_one_colour_would_still_differ() -> None:
    # Beside the colour a hatching; what is in force is plain, what is past a breath of its colour,
    # what has no stated end is an outline.
    plain = {status: style.fill for status, style in STATUS.items() if not style.pattern}
    assert plain == {
        "active": None,
        "expired": "rgba(138, 143, 152, 0.4)",
        "no_end_stated": "rgba(125, 136, 148, 0)",
    }
    hatched = [
        style.pattern for status, style in STATUS.items() if status not in {*plain, "future"}
    ]
    assert len(set(hatched)) == len(hatched)


def test_every_event_has_its_own_symbol() -> None:
    assert set(EVENT_SYMBOLS) == set(EVENTS)
    assert len(set(EVENT_SYMBOLS.values())) == len(EVENTS)


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


INKS = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("status", STATUS)
def test_every_status_can_be_seen(status: str, ink: Ink) -> None:
    assert contrast(STATUS[status].colour, ink.paper) >= 3


@pytest.mark.parametrize("ink", INKS)
def test_the_number_in_a_cell_can_be_read(ink: Ink) -> None:
    assert min(contrast(*look) for look in ink.cells) >= 4.5


@pytest.mark.parametrize("ink", INKS)
def test_more_agreements_stand_out_more(ink: Ink) -> None:
    from_paper = [contrast(colour, ink.paper) for colour, _ in ink.cells]

    assert from_paper == sorted(set(from_paper))
    assert from_paper[0] > 1.5


def a_bar(number: int) -> Figure:
    return Figure([{"type": "bar", "x": [number], "y": ["a"]}], {})


@pytest.mark.parametrize("ink", INKS)
def test_the_words_of_a_chart_can_be_read(ink: Ink) -> None:
    figure = plotly(dress(a_bar(1), ink))

    assert contrast(figure.layout.font.color, ink.paper) >= 4.5
    assert contrast(figure.layout.hoverlabel.font.color, figure.layout.hoverlabel.bgcolor) >= 4.5


@pytest.mark.parametrize("clickable", [True, False])
def test_nothing_in_a_chart_can_be_dragged_and_marks_are_chosen_where_they_lead_somewhere(
    clickable: bool,
) -> None:
    layout = dress(a_bar(1), LIGHT, clickable).layout

    # What Streamlit makes of it where marks can be chosen.
    assert layout["clickmode"] == ("event+select" if clickable else "event")
    assert layout["dragmode"] == ("pan" if clickable else False)


def test_a_chart_of_other_data_is_drawn_anew() -> None:
    one, same, other = (dress(a_bar(number), LIGHT).layout["datarevision"] for number in (1, 1, 2))

    assert one == same != other


def test_each_dated_agreement_has_a_bar_and_an_undated_one_has_none(
    cursor: Cursor, chart: go.Figure
) -> None:
    agreements = selected.agreements(cursor, Filters(as_of=DAY))
    drawn = {piece.agreement_id for piece in pieces(chart)}

    assert drawn == set(agreements["agreement_id"]) - {"anhui-letter"}
    assert figures(cursor, Filters(as_of=DAY)).undrawn == 1


def test_a_bar_is_its_window(chart: go.Figure) -> None:
    window = certain(chart, "ljubljana-2022")

    # The last day, 31 December 2024, belongs to it.
    assert (window.begin, window.end) == (date(2022, 1, 15), date(2025, 1, 1))
    assert window.colour == STATUS["active"].colour
    assert [piece for piece in of(chart, "ljubljana-2022") if piece.faded] == []


def test_the_days_between_which_a_signing_lies_are_faded(chart: go.Figure) -> None:
    window = certain(chart, "istanbul-2020")
    (before,) = (piece for piece in of(chart, "istanbul-2020") if piece.faded)

    assert window.begin == date(2020, 5, 31)
    assert window.end == date(2022, 7, 1)
    assert before.begin == date(2020, 5, 1)
    assert before.end >= window.begin


def test_from_a_stated_begin_to_the_report_of_the_signing_is_faded(
    publish: Callable[[Register], Path],
) -> None:
    register = Register()
    register.agreement(valid_from="2017", valid_to="2026", reported_on="2025-10")
    with duckdb.connect(publish(register), read_only=True) as connection:
        figure = draw(connection, as_of=date(2026, 11, 21))
    window = certain(figure, "programme")
    (before,) = (piece for piece in of(figure, "programme") if piece.faded)

    # It is certain that it was signed when October is over.
    assert (window.begin, window.end) == (date(2025, 10, 31), date(2027, 1, 1))
    assert before.begin == date(2017, 1, 1)
    assert before.end >= window.begin


def test_a_report_before_the_stated_begin_leaves_nothing_in_doubt(
    publish: Callable[[Register], Path],
) -> None:
    register = Register()
    register.agreement(valid_from="2017", valid_to="2026", reported_on="2016-12-05")
    with duckdb.connect(publish(register), read_only=True) as connection:
        (window,) = of(draw(connection), "programme")

    assert (window.begin, window.end, window.faded) == (date(2017, 1, 1), date(2027, 1, 1), False)


def test_titles_share_the_room_of_their_lane(publish: Callable[[Register], Path]) -> None:
    register = Register()
    register.agreement("early", title="Early & good", signed_on="2001-01-01", valid_to="2001")
    register.agreement("late", title="Late", signed_on="2019-01-01", valid_to="2025")
    with duckdb.connect(publish(register), read_only=True) as connection:
        figure = draw(connection, as_of=date(2020, 6, 1))
    (early,), (late,) = titles(figure)["early"], titles(figure)["late"]

    # In one line: each right of its own bar, where it begins.
    assert early.y == certain(figure, "early").y == certain(figure, "late").y == late.y
    assert (early.text, early.from_begin) == ("Early & good", True)
    assert date(2002, 1, 1) < early.begin < date(2002, 7, 1)
    assert early.end < date(2010, 1, 1)
    # Right of it is too little room for four letters.
    assert (late.text, late.from_begin) == ("Late", False)
    assert date(2016, 1, 1) < late.begin < late.end < date(2019, 1, 1)


def test_no_title_reaches_over_the_line_of_the_day(publish: Callable[[Register], Path]) -> None:
    register = Register()
    register.agreement("early", title="Early early early", signed_on="2001-01-01", valid_to="2001")
    register.agreement("long", title="Long", signed_on="2001-02-01", valid_to="2012")
    with duckdb.connect(publish(register), read_only=True) as connection:
        near, far = (draw(connection, as_of=day) for day in (date(2002, 3, 1), date(2010, 6, 1)))

    # A year is 64 pixels, the title about 85: the line would cross it right of its bar, and is
    # broken where it stands above.
    (title,) = titles(near)["early"]
    assert title.y < certain(near, "early").y
    assert not any(top < title.y < bottom for _, top, bottom in as_of_line(near))
    (title,) = titles(far)["early"]
    assert title.y == certain(far, "early").y
    assert date(2002, 1, 1) < title.begin < title.end < date(2010, 1, 1)


def test_on_a_phone_each_title_has_lines_of_its_own(cursor: Cursor) -> None:
    figure = draw(cursor, room=PHONE)
    bars = {piece.agreement_id: piece.y for piece in pieces(figure)}
    heights = [line.y for _, line in title_lines(figure)]

    assert titles(figure).keys() == bars.keys()
    assert len({*heights, *bars.values()}) == len(heights) + len(bars)
    for agreement_id, lines in titles(figure).items():
        # Right above its bar.
        assert 14 <= bars[agreement_id] - lines[-1].y <= 20


def test_a_title_is_never_shrunk_or_hidden(chart: go.Figure) -> None:
    (trace,) = (trace for trace in chart.data if trace.type == "bar" and trace.text is not None)

    assert (trace.textposition, trace.constraintext, trace.textangle) == ("inside", "none", 0)
    assert chart.layout.uniformtext.mode is None
    assert trace.textfont.size >= 11


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Protocol", ["Protocol"]),
        (
            "Protocol on cooperation of the Moscow City Duma and the Berlin House",
            ["Protocol on cooperation of the Moscow City Duma and the", "Berlin House"],
        ),
        # A word takes 27 pixels of 293, the ellipsis 11, a "w" 8, a "W" 9.5.
        ("W" * 60, ["W" * 29 + "…"]),
        ("word " * 60, ["word " * 10, "word " * 10 + "w…"]),
    ],
)
def test_a_title_is_shortened_only_where_two_lines_are_too_few(
    publish: Callable[[Register], Path], title: str, lines: list[str]
) -> None:
    register = Register()
    register.agreement(title=title.strip(), signed_on="2019")
    with duckdb.connect(publish(register), read_only=True) as connection:
        figure = draw(connection, room=PHONE)

    assert [line.text for line in titles(figure)["programme"]] == [line.strip() for line in lines]


class Box(NamedTuple):
    """Pixels from the left and from above."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def boxes(
    figure: go.Figure, font: ImageFont.FreeTypeFont, width: float
) -> tuple[list[tuple[str, Box]], dict[str, Box]]:
    """Lines of titles, and bars with their marks, in a chart of which the bars have that width."""
    first, last = (date.fromisoformat(edge) for edge in figure.layout.xaxis.range)

    def x(day: date) -> float:
        return (day - first) / (last - first) * width

    lines = []
    for agreement_id, line in title_lines(figure):
        long = font.getlength(line.text) * 11 / 1000
        left = x(line.begin) + 3 if line.from_begin else x(line.end) - 3 - long
        lines.append((agreement_id, Box(left, line.y - 6, left + long, line.y + 6)))
    bars: dict[str, Box] = {}
    for piece in pieces(figure):
        left, right = x(piece.begin), x(piece.end)
        other = bars.get(piece.agreement_id, Box(left, 0, right, 0))
        bars[piece.agreement_id] = Box(
            min(left, other.left), piece.y - 9, max(right, other.right), piece.y + 9
        )
    for name in ("Signed", *EVENT_NAMES):
        for day, _, _, agreement_id in marks(figure, name):
            if bar := bars.get(agreement_id):
                at = x(date.fromisoformat(day))
                bars[agreement_id] = bar._replace(
                    left=min(bar.left, at - 5), right=max(bar.right, at + 5)
                )
    return lines, bars


@pytest.mark.parametrize(
    ("room", "width"), [(PHONE, 300), (PHONE, 346), (PHONE, 616), (SCREEN, 796), (SCREEN, 944)]
)
@pytest.mark.parametrize("as_of", [date(1996, 5, 1), date(2016, 2, 29), date(2026, 11, 21)])
def test_every_bar_has_a_title_that_lies_on_nothing(
    real: Cursor, font: ImageFont.FreeTypeFont, as_of: date, room: int, width: float
) -> None:
    figure = draw(real, as_of, room=room)
    lines, bars = boxes(figure, font, width)
    (day,) = {day for day, *_ in as_of_line(figure)}
    first, last = (date.fromisoformat(edge) for edge in figure.layout.xaxis.range)
    x = (date.fromisoformat(day) - first) / (last - first) * width
    line = [Box(x, top, x, bottom) for _, top, bottom in as_of_line(figure)]

    assert {agreement_id for agreement_id, _ in lines} == bars.keys()
    statuses = {
        piece.agreement_id: piece.colour for piece in pieces(figure) if piece.colour[:4] == "rgba"
    }
    for at, (agreement_id, title) in enumerate(lines):
        assert title.left >= 0
        assert title.right <= width
        assert not any(title.meets(other) for _, other in lines[at + 1 :])
        assert not any(title.meets(piece) for piece in line)
        on = {other for other, bar in bars.items() if title.meets(bar)}
        # At most on its own bar, where that is hollow.
        assert on <= ({agreement_id} & statuses.keys())


def test_a_hover_text_is_wrapped_and_says_what_is_approximate(cursor: Cursor) -> None:
    figure = draw(cursor)
    (said,) = {
        text
        for trace in figure.data
        if trace.type == "bar" and trace.hovertext
        for datum, text in zip(trace.customdata, trace.hovertext, strict=True)
        if datum[0] == "istanbul-2020"
    }

    # Signed on a day in May 2020 that is not known.
    assert "≈ begins about 31 May 2020" in said
    assert said.endswith("Expiring, 121 days left, 2 sources")


def test_a_long_hover_text_has_lines_for_a_phone() -> None:
    said = for_hover("Memorandum & " + "of cooperation " * 5, "Harbin", "")
    title = "Memorandum & of cooperation of cooperation of"

    assert len(title) == 45
    assert said == (
        "<b>Memorandum &amp; of cooperation of cooperation of<br>"
        "cooperation of cooperation of cooperation</b><br>Harbin"
    )


def test_a_chart_knows_what_its_picture_says() -> None:
    source = source_line("abc123", date(2026, 11, 26), "2026-03-03")
    figure = plotly(framed(Figure([], {}), Around("3 are in force", source, "file")))

    assert source == (
        "Source: The Moscow Partnerships Register, version abc123, as of 26 November 2026; "
        "sources reach to 3 March 2026"
    )
    assert source_line("abc123", DAY, None).endswith("version abc123, as of 1 March 2022")
    said = {"title": "3 are in force", "source": source, "file": "file"}
    assert json.loads(figure.layout.meta) == said


def test_letters_are_as_wide_as_the_font_has_them(
    real: Cursor, font: ImageFont.FreeTypeFont
) -> None:
    names = real.execute("SELECT title FROM agreements UNION SELECT name FROM partners").fetchall()

    for (text,) in names:
        drawn = font.getlength(text) * 11 / 1000
        assert drawn <= letters.width(text, 11) <= 1.1 * drawn


@pytest.mark.parametrize(
    ("text", "most"),
    [("北京市", 33.7), ("\u0645\u0648\u0633\u0643\u0648", 39.3), ("e\u0301", 5.7), ("", 0)],
)
def test_letters_of_other_scripts_have_room(text: str, most: float) -> None:
    assert letters.width(text, 11) == pytest.approx(most, abs=0.1)


def test_without_a_stated_end_a_bar_is_open(chart: go.Figure) -> None:
    right_edge = chart.layout.xaxis.range[1]
    for agreement_id in ("beijing-1995", "istanbul-2010"):
        window = certain(chart, agreement_id)
        (after,) = (piece for piece in of(chart, agreement_id) if piece.faded)
        # Sure of nothing beyond the as-of day.
        assert window.end <= DAY + timedelta(days=1)
        assert after.begin <= DAY
        assert after.end >= date.fromisoformat(right_edge)
        assert (right_edge, window.y) in signs(chart, "→")
    assert len(signs(chart, "→")) == 2


def test_an_approximate_end_is_marked(chart: go.Figure) -> None:
    assert signs(chart, "≈") == [("2018-11-18", certain(chart, "tehran-2015").y)]


def test_a_terminated_window_ends_on_its_event(chart: go.Figure) -> None:
    window = certain(chart, "anhui-2018")

    assert window.end == date(2021, 6, 16)
    assert marks(chart, "Terminated") == [("2021-06-15", window.y, "x", "anhui-2018")]


def test_signings_are_marks_open_where_the_day_is_unknown(chart: go.Figure) -> None:
    signed = {
        agreement_id: (day, symbol) for day, _, symbol, agreement_id in marks(chart, "Signed")
    }

    assert signed["ljubljana-2022"] == ("2022-01-15", "diamond")
    assert signed["istanbul-2020"][1] == "diamond-open"
    # Only announced, or only reported: no mark of a signing.
    assert not {"tehran-2004", "tehran-2015"} & set(signed)


def test_an_event_of_a_whole_partnership_stands_beside_its_name(chart: go.Figure) -> None:
    ((day, height, _, agreement_id),) = marks(chart, "Renewed")
    bars = {piece.y for piece in pieces(chart) if piece.agreement_id.startswith("tehran")}

    assert (day, agreement_id) == ("2019-05-31", "")
    assert height < min(bars)
    assert height > max(piece.y for piece in pieces(chart) if "tehran" not in piece.agreement_id)


def test_the_as_of_day_is_a_line_with_its_date(chart: go.Figure) -> None:
    line = as_of_line(chart)
    height = chart.layout.yaxis.range[0]

    assert {day for day, *_ in line} == {"2022-03-01"}
    # Beside every bar that it could cross.
    for piece in pieces(chart):
        assert any(top < piece.y < bottom for _, top, bottom in line)
    assert signs(chart, "as of 1 Mar 2022") == [("2022-03-01", 0), ("2022-03-01", height)]


def test_the_years_stand_above_and_below(chart: go.Figure) -> None:
    # From 1995 to past the end of 2025: every fifth year.
    years = [str(year) for year in range(1995, 2026, 5)]
    height = chart.layout.yaxis.range[0]

    for y in (0, height):
        written = [(day, text) for day, at, text in texts(chart) if at == y and text.isdigit()]
        assert written == [(f"{year}-01-01", year) for year in years]
    assert [str(day)[:4] for day in chart.layout.xaxis.tickvals] == years


def test_no_line_crosses_a_name(chart: go.Figure) -> None:
    names = {text: y for _, y, text in texts(chart) if text.startswith("<b>")}
    (band,) = (trace for trace in chart.data if trace.type == "bar" and trace.customdata is None)
    first, last = (date.fromisoformat(edge) for edge in chart.layout.xaxis.range)

    assert names.keys() == {
        f"<b>{name}</b>" for name in ("Ānhuī", "Beijing", "Istanbul", "Ljubljana", "Tehran")
    }
    for y in names.values():
        assert not any(top < y + 9 and y - 9 < bottom for _, top, bottom in as_of_line(chart))
    # A band as wide as the chart hides the grid.
    assert set(band.y) == set(names.values())
    assert band.width >= 20
    assert band.marker.color == LIGHT.paper
    assert band.base == first.isoformat()
    assert {timedelta(milliseconds=length) for length in band.x} == {last - first}


def test_bars_are_far_enough_apart_for_a_finger(chart: go.Figure) -> None:
    layout = chart.layout
    assert layout.height - layout.margin.t - layout.margin.b == layout.yaxis.range[0]
    heights = sorted({piece.y for piece in pieces(chart)})
    assert min(two - one for one, two in itertools.pairwise(heights)) >= 24


@pytest.mark.parametrize(
    ("by", "partners"),
    [
        ("name", ["anhui", "beijing", "istanbul", "ljubljana", "tehran"]),
        # China, Iran, Slovenia, Türkiye.
        ("country", ["anhui", "beijing", "tehran", "ljubljana", "istanbul"]),
        # Signed 1995, announced 2004, signed 2010, 2018, 2019.
        ("first", ["beijing", "tehran", "istanbul", "anhui", "ljubljana"]),
        # Signed February 2022, January 2022, 2020, 2018, reported 2015.
        ("latest", ["beijing", "ljubljana", "istanbul", "anhui", "tehran"]),
    ],
)
def test_the_partners_in_another_order(cursor: Cursor, by: str, partners: list[str]) -> None:
    found = queries.partners(cursor, Filters(as_of=DAY), by, 0, 25)

    assert list(found["partner_id"]) == partners


def test_partners_without_any_date_come_last(publish: Callable[[Register], Path]) -> None:
    register = Register()
    register.partner("aachen", name="Aachen")
    register.agreement("letter", partner_id="aachen", instrument="letter_of_intent")
    register.agreement(signed_on="2019")
    with duckdb.connect(publish(register), read_only=True) as connection:
        for by in ("first", "latest"):
            found = queries.partners(connection, Filters(as_of=DAY), by, 0, 25)
            assert list(found["partner_id"]) == ["ljubljana", "aachen"]


def test_the_rows_come_in_the_tables_order(cursor: Cursor, chart: go.Figure) -> None:
    heights = {piece.agreement_id.split("-")[0]: piece.y for piece in pieces(chart)}

    assert sorted(heights, key=heights.__getitem__) == [
        "anhui",
        "beijing",
        "istanbul",
        "ljubljana",
        "tehran",
    ]


def test_the_legend_says_each_status_once(chart: go.Figure) -> None:
    named = [trace.name for trace in chart.data if trace.type == "bar" and trace.showlegend]

    assert len(named) == len(set(named))
    assert {"Active", "Expired", "No end stated", "Terminated"} <= set(named)


@pytest.mark.parametrize(
    "as_of", [date(1960, 1, 1), date(1996, 5, 1), date(2016, 2, 29), date(2026, 11, 21)]
)
@pytest.mark.parametrize("status", [(), EVERY_STATUS, ("announced",), ("future",), ("undated",)])
def test_no_bar_lies_on_another(real: Cursor, as_of: date, status: tuple[str, ...]) -> None:
    filters = Filters(as_of=as_of, status=status)
    agreements = selected.agreements(real, filters)
    figure = plotly(timeline(agreements, selected.events(real, filters), as_of, DARK))

    partner = dict(zip(agreements["agreement_id"], agreements["partner_id"], strict=True))
    lanes: dict[float, dict[str, tuple[date, date]]] = defaultdict(dict)
    for piece in pieces(figure):
        begin, end = lanes[piece.y].get(piece.agreement_id, (piece.begin, piece.end))
        whole = min(begin, piece.begin), max(end, piece.end)
        lanes[piece.y][piece.agreement_id] = whole
    for lane in lanes.values():
        assert len({partner[agreement_id] for agreement_id in lane}) == 1
        for (_, one_end), (two_begin, _) in itertools.pairwise(sorted(lane.values())):
            assert one_end <= two_begin
    # All of it lies on the chart.
    if lanes:
        left, right = (date.fromisoformat(edge) for edge in figure.layout.xaxis.range)
        assert left <= min(piece.begin for piece in pieces(figure))
        assert right >= max(piece.end for piece in pieces(figure)) - timedelta(days=1)
        assert max(lanes) < figure.layout.yaxis.range[0] <= figure.layout.height


def test_bars_of_a_single_day_get_lanes_of_their_own(publish: Callable[[Register], Path]) -> None:
    register = Register()
    for name in ("one", "two"):
        register.agreement(name, instrument="twinning")
        register.event("announced", "2019-05-17", agreement_id=name)
    with duckdb.connect(publish(register), read_only=True) as connection:
        figure = draw(connection)

    assert certain(figure, "one").y != certain(figure, "two").y


def test_a_planned_period_is_drawn_for_what_is_only_announced(
    publish: Callable[[Register], Path],
) -> None:
    register = Register()
    register.agreement(valid_from="2024", valid_to="2026")
    register.event("announced", "2019-05-17", agreement_id="programme")
    with duckdb.connect(publish(register), read_only=True) as connection:
        window = certain(draw(connection), "programme")

    assert (window.begin, window.end) == (date(2024, 1, 1), date(2027, 1, 1))
    assert window.colour == STATUS["announced"].colour


def test_text_of_the_register_is_no_markup(publish: Callable[[Register], Path]) -> None:
    register = Register()
    register.partner("x", name="<b>X</b> & co")
    register.agreement(partner_id="x", title="<a href='http://example.org'>x</a>", signed_on="2019")
    with duckdb.connect(publish(register), read_only=True) as connection:
        text = str(draw(connection).to_dict())

    assert "<a href" not in text
    assert "<b>X" not in text


def test_without_any_date_there_is_nothing_to_draw(cursor: Cursor) -> None:
    assert pieces(draw(cursor, status=("undated",))) == []


@pytest.mark.parametrize(
    ("by", "partners"),
    [
        # Three, two and one.
        ("total", ["Ljubljana", "Istanbul", "Ānhuī"]),
        ("name", ["Ānhuī", "Istanbul", "Ljubljana"]),
        # China, Slovenia, Türkiye.
        ("country", ["Ānhuī", "Ljubljana", "Istanbul"]),
    ],
)
def test_the_heatmaps_order(cursor: Cursor, by: str, partners: list[str]) -> None:
    counts = areas.area_counts(cursor, Filters(as_of=DAY), (), by)

    assert list(counts["partner"].unique()) == partners


def test_the_most_named_area_comes_first(connect: Connect) -> None:
    register = Register()
    for area in ("energy", "heritage", "sport", "transport"):
        register.area(area, name=area.title())
    for year, title, named in (
        ("2020", "one", "sport"),
        ("2021", "two", "energy"),
        ("2019", "three", "sport"),
    ):
        register.agreement(title, signed_on=year)
        register.label(named, agreement_id=title, area_id=named)
    register.label("heritage", agreement_id="one", area_id="heritage")
    totals = areas.totals(connect(register), Filters(as_of=DAY), ())

    # Equals come by name.
    assert totals[["area", "agreements", "partners"]].to_numpy().tolist() == [
        ["Sport", 2, 1],
        ["Energy", 1, 1],
        ["Heritage", 1, 1],
    ]
    assert set(totals["of_partners"]) == {1}


def heat(cursor: Cursor) -> go.Figure:
    counts = areas.area_counts(cursor, Filters(as_of=DAY), (), "total")
    named = areas.totals(cursor, Filters(as_of=DAY), ())["area"]
    return plotly(area_heatmap(counts, list(counts["partner"].unique()), list(named), LIGHT))


def drawn(figure: go.Figure) -> dict[tuple[str, str], tuple[int, list[str]]]:
    """Number and custom data of each cell, by the names that stand beside and above it."""
    (trace,) = figure.data
    row, column = (
        dict(zip(axis.tickvals, axis.ticktext, strict=True))
        for axis in (figure.layout.yaxis, figure.layout.xaxis)
    )
    return {
        (row[y], column.get(x, "")): (int(number), list(datum))
        for x, y, number, datum in zip(trace.x, trace.y, trace.text, trace.customdata, strict=True)
    }


def test_a_cell_says_its_number_and_where_it_is(cursor: Cursor) -> None:
    figure = heat(cursor)

    assert drawn(figure) == {
        ("Ānhuī", "Tourism"): (1, ["anhui", "tourism"]),
        ("Istanbul", "Tourism"): (1, ["istanbul", "tourism"]),
        ("Istanbul", "Transport"): (1, ["istanbul", "transport"]),
        ("Ljubljana", "Culture"): (2, ["ljubljana", "culture"]),
        ("Ljubljana", "Transport"): (1, ["ljubljana", "transport"]),
    }
    assert list(figure.layout.yaxis.ticktext) == ["Ljubljana", "Istanbul", "Ānhuī"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]  # from the top


def test_only_the_partners_of_the_page_are_drawn(cursor: Cursor) -> None:
    counts = areas.area_counts(cursor, Filters(as_of=DAY), ())
    named = ["Culture", "Tourism", "Transport"]
    figure = plotly(area_heatmap(counts, ["Ljubljana"], named, LIGHT))

    assert {partner for partner, _ in drawn(figure)} == {"Ljubljana"}
    assert list(figure.layout.xaxis.ticktext) == named


def inside(figure: go.Figure) -> tuple[float, float]:
    """The size of what lies within the margins."""
    layout, margin = figure.layout, figure.layout.margin
    return layout.width - margin.l - margin.r, layout.height - margin.t - margin.b


def test_cells_tile_whatever_is_drawn() -> None:
    names = [f"Area {number}" for number in range(27)]
    for columns in (5, 27):
        counts = pd.DataFrame(
            [("p", "Partner", f"{name}", name, 1) for name in names[:columns]],
            columns=["partner_id", "partner", "area_id", "area", "agreements"],
        )
        figure = plotly(area_heatmap(counts, ["Partner"], names[:columns], LIGHT))

        assert CELL >= 24
        assert figure.data[0].marker.size == CELL
        assert inside(figure) == (columns * CELL, CELL)


def test_streamlit_does_not_stretch_a_narrow_chart() -> None:
    counts = pd.DataFrame(
        [("p", "P", "a", "A", 1)],
        columns=["partner_id", "partner", "area_id", "area", "agreements"],
    )
    figure = plotly(area_heatmap(counts, ["P"], ["A"], LIGHT))

    assert figure.layout.width == 150
    assert inside(figure) == (CELL, CELL)


# Pixels in Chromium, in Source Sans of 12 pixels.
MEASURED = {
    "Rome": 29.1,
    "Managua": 46.0,
    "Genoa": 32.3,
    "Economy and trade": 97.2,
    "Construction and housing": 129.1,
    "Greater Paris Metropolis": 119.8,
    "Mumbai Metropolitan Region": 144.8,
}


@pytest.mark.parametrize("name", MEASURED)
def test_names_have_room_and_not_much_more(name: str) -> None:
    counts = pd.DataFrame(
        [("p", name, "a", name, 1)],
        columns=["partner_id", "partner", "area_id", "area", "agreements"],
    )
    margin = plotly(area_heatmap(counts, [name], [name], LIGHT)).layout.margin

    assert MEASURED[name] <= margin.l <= MEASURED[name] + 30
    # Tilted by 60 degrees, the name rises by its width times 0.87 and goes right by half of it.
    assert 0.87 * MEASURED[name] <= margin.t <= MEASURED[name] + 30
    assert 0.5 * MEASURED[name] - CELL / 2 <= margin.r


def by_year(*years: str) -> go.Figure:
    counts = pd.DataFrame(
        [("culture", "Culture", year, 1) for year in years],
        columns=["area_id", "area", "year", "agreements"],
    )
    return plotly(areas_by_year(counts, LIGHT))


def test_years_without_an_agreement_have_their_place() -> None:
    figure = by_year("2000", "2010", "2021", "2024")

    assert list(figure.data[0].x) == [0, 10, 21, 24]
    assert list(figure.layout.xaxis.ticktext) == ["2000", "2005", "2010", "2015", "2020"]
    assert list(figure.layout.xaxis.tickvals) == [0, 5, 10, 15, 20]
    assert figure.layout.xaxis.tickangle == 0
    assert inside(figure)[0] == 25 * figure.data[0].marker.size


def test_no_date_stands_apart_from_the_years() -> None:
    figure = by_year("2019", "2021", NO_YEAR)

    assert list(figure.layout.xaxis.ticktext) == ["2019", "2020", "2021", NO_YEAR]
    # A column is left empty between them.
    assert list(figure.layout.xaxis.tickvals) == [0, 1, 2, 4]
    assert list(figure.data[0].x) == [0, 2, 4]
    assert list(by_year(NO_YEAR).data[0].x) == [0]


@pytest.mark.parametrize("last", range(2000, 2040))
def test_the_names_of_years_do_not_touch(last: int) -> None:
    figure = by_year("2000", str(last), NO_YEAR)
    size = figure.data[0].marker.size
    # A year's name is 28 pixels wide, that of no date 40.
    edges = [
        (place * size - half, place * size + half)
        for place, name in zip(
            figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext, strict=True
        )
        for half in [20 if name == NO_YEAR else 14]
    ]

    assert len(edges) >= 2
    assert all(one[1] < two[0] for one, two in itertools.pairwise(edges))


@pytest.mark.parametrize(("most", "every"), [(1, 1), (5, 1), (6, None), (4000, None)])
def test_an_axis_of_counts_has_whole_numbers(most: int, every: int | None) -> None:
    counts = pd.DataFrame({"status": ["active"], "status_name": ["Active"], "agreements": [most]})
    axis = plotly(status_bars(counts)).layout.xaxis

    assert axis.dtick == every
    assert axis.tickformat == ",d"


def test_the_bars_by_status(cursor: Cursor) -> None:
    counts = selected.status_counts(cursor, Filters(as_of=DAY))
    bars = plotly(status_bars(counts)).data

    assert {bar.y: bar.x for bar in bars}[("Expired",)] == (2,)
    assert sum(bar.x[0] for bar in bars) == 10
    assert [bar.marker.line.color for bar in bars] == [
        STATUS[status].colour for status in counts["status"]
    ]


def test_what_runs_out_next_is_as_long_as_its_days(cursor: Cursor) -> None:
    agreements = selected.agreements(cursor, Filters(as_of=DAY))
    ending = agreements[agreements["in_force"]].sort_values("ends_on")
    figure = plotly(next_ends(ending))

    assert {(*bar.customdata[0], *bar.x, *bar.y) for bar in figure.data} == {
        ("istanbul-2020", 121, 0),
        ("ljubljana-2022", 1036, 1),
    }
    texts = " ".join(note.text for note in figure.layout.annotations)
    assert "30 June 2022: 121 days left (expiring)" in texts
