"""The charts, read from their figures as a reader sees them: where bars lie, what marks say."""

import itertools
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import summaries
from dashboard.charts.areas import area_heatmap, order
from dashboard.charts.style import DARK, EVENT_SYMBOLS, LIGHT, STATUS, count_colour, text_on
from dashboard.charts.timeline import timeline
from dashboard.charts.validity import next_ends, status_bars
from dashboard.filters import Filters
from dashboard.queries import areas, selected
from etl.schema import EVENTS, STATUS_ROWS
from tests.conftest import Register
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
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
            trace.opacity is not None and trace.opacity < 1,
            colour,
        )
        for trace in figure.data
        if trace.type == "bar"
        for datum, begin, length, y, colour in zip(
            trace.customdata, trace.base, trace.x, trace.y, trace.marker.color, strict=True
        )
    ]


def of(figure: go.Figure, agreement_id: str) -> list[Piece]:
    return [piece for piece in pieces(figure) if piece.agreement_id == agreement_id]


def certain(figure: go.Figure, agreement_id: str) -> Piece:
    (piece,) = (piece for piece in of(figure, agreement_id) if not piece.faded)
    return piece


def signs(figure: go.Figure, sign: str) -> list[tuple[str, float]]:
    """Where a sign is written: day and height."""
    return [
        (x, y)
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "text" and trace.text == sign
        for x, y in zip(trace.x, trace.y, strict=True)
    ]


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


def draw(cursor: Cursor, as_of: date = DAY, status: tuple[str, ...] = ()) -> go.Figure:
    filters = Filters(as_of=as_of, status=status)
    return timeline(
        selected.agreements(cursor, filters), selected.events(cursor, filters), as_of, LIGHT
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
    # Beside the colour a hatching; what is in force is plain, what is past hollow.
    plain = {status for status, style in STATUS.items() if not style.pattern}
    assert plain == {"active", "expired"}
    assert {status for status in plain if STATUS[status].fill} == {"expired"}
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


@pytest.mark.parametrize("count", range(1, 12))
def test_the_number_in_a_cell_can_be_read(count: int) -> None:
    darker, lighter = sorted([luminance(count_colour(count)), luminance(text_on(count))])

    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_each_dated_agreement_has_a_bar_and_an_undated_one_has_none(
    cursor: Cursor, chart: go.Figure
) -> None:
    agreements = selected.agreements(cursor, Filters(as_of=DAY))
    drawn = {piece.agreement_id for piece in pieces(chart)}

    assert drawn == set(agreements["agreement_id"]) - {"anhui-letter"}
    assert "1 agreement without any date" in summaries.timeline(agreements, Filters(as_of=DAY))


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


def test_without_a_stated_end_a_bar_is_open(chart: go.Figure) -> None:
    right_edge = chart.layout.xaxis.range[1]
    for agreement_id in ("beijing-1995", "istanbul-2010"):
        window = certain(chart, agreement_id)
        (after,) = (piece for piece in of(chart, agreement_id) if piece.faded)
        # Sure of nothing beyond the as-of day.
        assert window.end <= DAY + timedelta(days=1)
        assert after.begin <= DAY
        assert after.end >= date.fromisoformat(right_edge)
        assert (right_edge, window.y) in signs(chart, "▶")
    assert len(signs(chart, "▶")) == 2


def test_an_approximate_end_is_marked(chart: go.Figure) -> None:
    assert signs(chart, "≈") == [("2018-11-18", certain(chart, "tehran-2015").y)]


def test_a_terminated_window_ends_on_its_event(chart: go.Figure) -> None:
    window = certain(chart, "anhui-2018")

    assert window.end == date(2021, 6, 16)
    assert marks(chart, "Event: terminated") == [("2021-06-15", window.y, "x", "anhui-2018")]


def test_signings_are_marks_open_where_the_day_is_unknown(chart: go.Figure) -> None:
    signed = {
        agreement_id: (day, symbol) for day, _, symbol, agreement_id in marks(chart, "Signed")
    }

    assert signed["ljubljana-2022"] == ("2022-01-15", "diamond")
    assert signed["istanbul-2020"][1] == "diamond-open"
    # Only announced, or only reported: no mark of a signing.
    assert not {"tehran-2004", "tehran-2015"} & set(signed)


def test_an_event_of_a_whole_partnership_stands_beside_its_name(chart: go.Figure) -> None:
    ((day, height, _, agreement_id),) = marks(chart, "Event: renewed")
    bars = {piece.y for piece in pieces(chart) if piece.agreement_id.startswith("tehran")}

    assert (day, agreement_id) == ("2019-05-31", "")
    assert height < min(bars)
    assert height > max(piece.y for piece in pieces(chart) if "tehran" not in piece.agreement_id)


def test_the_as_of_day_is_a_line(chart: go.Figure) -> None:
    assert [(line.x0, line.x1) for line in chart.layout.shapes] == [("2022-03-01", "2022-03-01")]


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
    figure = timeline(agreements, selected.events(real, filters), as_of, DARK)

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


def cells(cursor: Cursor) -> pd.DataFrame:
    return areas.area_counts(cursor, Filters(as_of=DAY), ())


@pytest.mark.parametrize(
    ("by", "partners"),
    [
        # Three, two and one.
        ("Total", ["Ljubljana", "Istanbul", "Ānhuī"]),
        ("Name", ["Ānhuī", "Istanbul", "Ljubljana"]),
        # China, Slovenia, Türkiye.
        ("Country", ["Ānhuī", "Ljubljana", "Istanbul"]),
    ],
)
def test_the_heatmaps_order(cursor: Cursor, by: str, partners: list[str]) -> None:
    # Two agreements name each area; equals come by name.
    assert order(cells(cursor), by) == (partners, ["Culture", "Tourism", "Transport"])


def test_the_most_named_area_comes_first(cursor: Cursor) -> None:
    counts = cells(cursor).query("area != 'Tourism'")
    more = pd.concat([counts, counts[counts["area"] == "Transport"].assign(partner="Harbin")])

    assert order(more, "Total")[1] == ["Transport", "Culture"]


def test_a_cell_says_its_number_and_where_it_is(cursor: Cursor) -> None:
    counts = cells(cursor)
    figure = area_heatmap(counts, *order(counts, "Total"))
    (trace,) = figure.data
    shown = {
        (partner, area): (int(number), list(datum))
        for partner, area, number, datum in zip(
            trace.y, trace.x, trace.text, trace.customdata, strict=True
        )
    }

    assert shown == {
        ("Ānhuī", "Tourism"): (1, ["anhui", "tourism"]),
        ("Istanbul", "Tourism"): (1, ["istanbul", "tourism"]),
        ("Istanbul", "Transport"): (1, ["istanbul", "transport"]),
        ("Ljubljana", "Culture"): (2, ["ljubljana", "culture"]),
        ("Ljubljana", "Transport"): (1, ["ljubljana", "transport"]),
    }
    assert trace.marker.size >= 24


def test_the_bars_by_status(cursor: Cursor) -> None:
    counts = selected.status_counts(cursor, Filters(as_of=DAY))
    (trace,) = status_bars(counts).data

    assert dict(zip(trace.y, trace.x, strict=True))["Expired"] == 2
    assert sum(trace.x) == 10
    assert list(trace.marker.line.color) == [STATUS[status].colour for status in counts["status"]]


def test_what_runs_out_next_is_as_long_as_its_days(cursor: Cursor) -> None:
    agreements = selected.agreements(cursor, Filters(as_of=DAY))
    ending = agreements[agreements["in_force"]].sort_values("ends_on")
    figure = next_ends(ending)
    (trace,) = figure.data

    assert list(trace.x) == [121, 1036]
    assert [datum[0] for datum in trace.customdata] == ["istanbul-2020", "ljubljana-2022"]
    texts = " ".join(note.text for note in figure.layout.annotations)
    assert "30 June 2022: 121 days left (expiring)" in texts
