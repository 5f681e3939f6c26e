"""The rise and fall, read from its figure: what goes up and down, what is named and where."""

from datetime import date

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import letters
from dashboard.charts.callouts import LINE, Callout, Scale, annotations
from dashboard.charts.rise import DOWN, rise_and_fall
from dashboard.charts.style import DARK, FONT, LIGHT, SMALL, STATUS, letters_on
from register.filters import Filters
from register.queries import years
from tests.dashboard.conftest import DAY, plotly
from tests.dashboard.test_charts import contrast

Cursor = duckdb.DuckDBPyConnection


def drawn(cursor: Cursor, as_of: date = DAY, room: int = 460, **chosen: object) -> go.Figure:
    counts = years.by_year(cursor, Filters(as_of=as_of, **chosen))  # type: ignore[arg-type]
    return plotly(rise_and_fall(counts, LIGHT, room))


def values(figure: go.Figure, name: str, *, projected: bool = False) -> dict[int, int]:
    """The values of a series that are not 0, by year."""
    return {
        year: value
        for trace in figure.data
        if trace.name == name and ((trace.opacity or 1) < 1) == projected
        for year, value in zip(trace.x, trace.y, strict=True)
        if value
    }


def labels(figure: go.Figure) -> list[str]:
    plain = [
        pd.Series([note.text]).str.replace(r"<[^>]+>", "", regex=True)[0]
        for note in figure.layout.annotations
    ]
    return [text.strip() for text in plain]


def test_what_is_signed_goes_up_and_what_ends_goes_down(cursor: Cursor) -> None:
    figure = drawn(cursor)

    assert values(figure, "signed") == {
        1995: 1,
        2010: 1,
        2015: 1,
        2018: 1,
        2019: 1,
        2020: 1,
        2022: 2,
    }
    assert values(figure, "ran_out") == {2018: -1, 2021: -1}
    assert values(figure, "terminated") == {2021: -1}
    assert values(figure, "suspended") == {2021: -1}


def test_what_is_projected_is_paler_and_its_line_dotted(cursor: Cursor) -> None:
    figure = drawn(cursor)
    lines = {trace.line.dash: trace for trace in figure.data if trace.type == "scatter"}
    ahead = [trace for trace in figure.data if trace.type == "bar" and trace.opacity < 1]

    # istanbul-2020 ends in 2022, ljubljana-2022 in 2024, beijing-2022 in 2025.
    assert {year for trace in ahead for year, n in zip(trace.x, trace.y, strict=True) if n} >= {
        2022,
        2024,
    }
    assert max(lines["solid"].x) == 2022
    # It goes on from where the other one ends.
    assert (lines["dot"].x[0], lines["dot"].y[0]) == (2022, lines["solid"].y[-1])
    assert "projected" in labels(figure)


def test_a_year_is_told_when_it_is_pointed_at(cursor: Cursor) -> None:
    (solid,) = (
        trace
        for trace in drawn(cursor).data
        if trace.type == "scatter" and trace.line.dash == "solid"
    )
    told = dict(zip(solid.x, solid.hovertext, strict=True))

    assert told[2021] == "<b>2021</b><br>1 ran out, 1 ended, 1 put on hold; 2 in force"
    assert told[2000] == "<b>2000</b><br>0 in force"


def test_the_extremes_are_named_by_the_data(real: Cursor) -> None:
    as_of = date(2026, 11, 26)
    counts = years.by_year(real, Filters(as_of=as_of))
    known = counts[~counts["projected"]].set_index("year")
    ended = known["terminated"] + known["suspended"]
    said = labels(drawn(real, as_of))

    most, first = int(ended.idxmax()), int(ended[ended > 0].index[0])  # type: ignore[call-overload]
    assert (most, first) == (2022, 2014)
    of_most = known.loc[most]
    assert f"■ {of_most['terminated']} ended ■ {of_most['suspended']} put on hold, 2022" in said
    assert f"■ {known.loc[first]['suspended']} put on hold, 2014" in said
    assert f"■ {known['signed'].max()} signed, {known['signed'].idxmax()}" in said
    assert f"■ {known['in_force'].max()} in force, {known['in_force'].idxmax()}" in said
    assert f"{known['in_force'].iloc[-1]} in force" in said
    assert counts["year"].min() == 1957


@pytest.mark.parametrize("room", [264, 324, 460, 820])
@pytest.mark.parametrize("as_of", [date(1960, 1, 1), date(2016, 6, 1), date(2026, 11, 26)])
def test_it_is_drawn_for_any_width_and_day(as_of: date, room: int, real: Cursor) -> None:
    figure = drawn(real, as_of, room)
    low, high = figure.layout.yaxis.range

    for trace in figure.data:
        assert low <= min(trace.y) <= max(trace.y) <= high
    # Down is no negative number.
    assert not [text for text in figure.layout.yaxis.ticktext if text.startswith("-")]


def test_a_register_of_any_size_has_few_ticks_with_room_for_their_numbers(real: Cursor) -> None:
    counts = years.by_year(real, Filters(as_of=DAY))
    numbers = ["signed", *DOWN, "in_force"]
    figure = plotly(
        rise_and_fall(counts.assign(**{name: counts[name] * 2000 for name in numbers}), LIGHT, 460)
    )

    ticks = figure.layout.yaxis.ticktext
    assert 3 <= len(ticks) <= 8
    assert max(map(len, ticks)) >= len("10,000")
    assert figure.layout.margin.l >= max(letters.width(text, SMALL) for text in ticks)


def test_labels_give_way_to_one_another() -> None:
    said = tuple(
        Callout(year, value, (("8 ran out", "#888888"),))
        for year, value in ((2017, -8), (2016, -8), (2015, -7), (2017, 8))
    )
    shown, highest, lowest = annotations(said, Scale(2000, 2020, 10, 10), [], LIGHT)
    width = letters.width(said[0].text, SMALL)
    boxes = [
        (note["x"] * 10 - width, note["x"] * 10, note["y"] * 10 - note["ay"]) for note in shown
    ]

    for at, (left, right, height) in enumerate(boxes):
        for other_left, other_right, other_height in boxes[:at]:
            apart = right <= other_left or other_right <= left
            assert apart or abs(height - other_height) >= LINE
    assert [note["xanchor"] for note in shown] == ["right"] * 4
    # As far as the last of them had to go.
    assert lowest <= min(height for *_, height in boxes) - LINE / 2
    assert highest >= max(height for *_, height in boxes) + LINE / 2


def even(count: int, in_force: int) -> pd.DataFrame:
    """Years of which each is as strong as the others but for the last known, and two ahead."""
    known = [(2026 - count + at, False, 900, 300, 40, 60, in_force) for at in range(count)]
    ahead = [(2026, True, 0, 700, 0, 0, 400), (2027, True, 0, 900, 0, 0, 100)]
    return pd.DataFrame(
        [*known, (2026, False, 950, 310, 45, 65, in_force - 5), *ahead],
        columns=["year", "projected", "signed", *DOWN, "in_force"],
    )


@pytest.mark.parametrize("room", [264, 460, 820])
@pytest.mark.parametrize("count", [2, 35])
@pytest.mark.parametrize("in_force", [1200, 500, 123_456])
def test_no_label_stands_over_a_bar(count: int, in_force: int, room: int) -> None:
    years = even(count, in_force)
    figure = plotly(rise_and_fall(years, LIGHT, room))
    layout, margin = figure.layout, figure.layout.margin
    (first, last), (low, high) = layout.xaxis.range, layout.yaxis.range
    across = (room - margin.l - margin.r) / (last - first)
    up = (layout.height - margin.t - margin.b) / (high - low)
    fall = years[list(DOWN)].sum(axis=1).groupby(years["year"]).sum()
    signed = years.groupby("year")["signed"].sum()

    for note, text in zip(layout.annotations, labels(figure), strict=True):
        needed = letters.width(text, FONT if text in ("projected", labels(figure)[-2]) else SMALL)
        x = (note.x - first) * across + (note.xshift or 0)
        y = note.y * up + (note.yshift or 0) - (note.ay or 0)
        y -= LINE / 2 if note.yanchor == "top" else 0
        left, right = (x - needed, x) if note.xanchor == "right" else (x, x + needed)
        # All of it within the picture.
        assert right <= room - margin.l, text
        assert low * up <= y - LINE / 2 < y + LINE / 2 <= high * up, text
        for year in signed.index:
            middle = (year - first) * across
            if left < middle + 0.4 * across and middle - 0.4 * across < right:
                assert y + 5 <= -fall[year] * up or y - 5 >= signed[year] * up, (text, year)


def test_labels_stand_towards_the_middle() -> None:
    said = [Callout(year, 3, (("3 signed", "#888888"),)) for year in (2001, 2019)]
    shown, _, _ = annotations(said, Scale(2000, 2020, 10, 10), [], LIGHT)

    assert {note["x"]: note["xanchor"] for note in shown} == {2001: "left", 2019: "right"}


@pytest.mark.parametrize("status", [status for status, style in STATUS.items() if not style.fill])
def test_the_number_in_a_part_of_the_bar_can_be_read(status: str) -> None:
    letters_colour = letters_on(status)

    assert letters_colour is not None
    assert contrast(letters_colour, STATUS[status].colour) >= 4.5


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_a_part_without_a_colour_of_its_own_has_the_page_s_letters(ink: object) -> None:
    hollow = [status for status, style in STATUS.items() if style.fill]

    assert hollow
    assert [letters_on(status) for status in hollow] == [None] * len(hollow)
