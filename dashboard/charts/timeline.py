"""The timeline: a row a partner, windows as bars, signings and events as marks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

import pandas as pd
import plotly.graph_objects as go

from dashboard import words
from dashboard.charts.style import AS_OF_LINE, AXIS, EVENT_SYMBOLS, Ink, status_marker
from dashboard.frames import Row, rows
from etl import edtf

# Heights in pixels; the vertical axis counts pixels, so that a row is as tall on every page.
NAME, LANE, GAP = 20, 20, 8
BAR = 14
FADED = 0.35
MILLISECONDS = 86_400_000


@dataclass
class Bar:
    """An agreement as it is drawn: it may begin on ``earliest``, surely on ``start``.

    It is sure up to ``certain`` and goes on to ``stop``; ``lane`` counts from 0 in its partner's
    row, ``y`` is its height in the chart.
    """

    agreement: Row
    earliest: date
    start: date
    certain: date
    stop: date
    open: bool
    lane: int = 0
    y: float = 0


def timeline(agreements: pd.DataFrame, events: pd.DataFrame, as_of: date, ink: Ink) -> go.Figure:
    """Draw the agreements of ``selected.agreements`` and the events of ``selected.events``.

    Bars are coloured and hatched by status. Faded is what may or may not belong to the window: the
    days between which a signing lies, and the time after the as-of day where no end is stated. The
    first custom datum of a bar or mark is its agreement_id ("" for an event of a partnership).
    """
    records = rows(dated(agreements))
    first, last = _span(records, as_of)
    bars = [_bar(record, last, as_of) for record in records]
    names, height = _place(bars, gap=(last - first) * 0.01)
    figure = go.Figure()
    for _, of_status in groupby(sorted(bars, key=_status), key=_status):
        _add_bars(figure, list(of_status))
    _add_ends(figure, bars)
    _add_signings(figure, bars, ink)
    _add_events(figure, events, bars, names, ink)
    _add_names(figure, bars, names, first)
    figure.add_vline(x=as_of.isoformat(), line={"color": AS_OF_LINE, "width": 1, "dash": "dot"})
    figure.update_layout(
        height=height + 110,
        margin={"l": 8, "r": 8, "t": 70, "b": 30},
        barmode="overlay",
        legend={"orientation": "h", "x": 0, "y": 1 + 34 / max(height, 1), "yanchor": "bottom"},
        clickmode="event+select",
        dragmode=False,
        hoverlabel={"align": "left"},
        xaxis={
            "range": [first.isoformat(), last.isoformat()],
            "type": "date",
            "side": "top",
            "gridcolor": AXIS,
            "showgrid": True,
            "tickformat": "%Y",
            "fixedrange": True,
        },
        yaxis={"range": [height, 0], "visible": False, "fixedrange": True},
    )
    return figure


def dated(agreements: pd.DataFrame) -> pd.DataFrame:
    """The agreements that some date places on the timeline."""
    return agreements[agreements["begins_on"].notna() | agreements["announced_from"].notna()]


def _span(records: list[Row], as_of: date) -> tuple[date, date]:
    """From the year of the first day drawn to past the last end and the as-of day."""

    def days(*columns: str) -> Iterator[date]:
        for record in records:
            yield from (day for name in columns if (day := _day(record[name])))

    start = min(
        days("signed_on_first", "valid_from_first", "begins_on", "announced_from"), default=as_of
    )
    reach = max([as_of, *days("ends_on")])
    return date(start.year, 1, 1), reach + max((reach - start) * 0.04, timedelta(days=120))


def _bar(record: Row, last: date, as_of: date) -> Bar:
    """Where the agreement's bar begins and ends."""
    begins, ends = _day(record["begins_on"]), _day(record["ends_on"])
    if begins is None or record["status"] in ("announced", "future"):
        # A planned period; without one the announcement is a mark, not a window.
        start = _day(record["valid_from_first"]) or _day(record["announced_from"]) or begins
        assert start is not None, "only dated agreements are drawn"
        stop = ends or start
        return Bar(record, start, start, stop, stop, open=False)
    possible = [_day(record["signed_on_first"]), _day(record["valid_from_first"])]
    earliest = min(begins, max(day for day in possible if day)) if any(possible) else begins
    if _day(record["signed_on_first"]) is None:
        earliest = begins
    stop = ends or last
    certain = stop if ends else max(begins, min(as_of, last))
    return Bar(record, earliest, begins, certain, stop, open=ends is None)


def _place(bars: list[Bar], gap: timedelta) -> tuple[dict[str, float], int]:
    """Put each bar into the first lane of its partner's row where it lies on no other.

    Returns:
        The height of each partner's name, by partner_id, and of the whole, in pixels.
    """
    of_partner: dict[str, list[Bar]] = {}
    for bar in bars:
        of_partner.setdefault(bar.agreement["partner_id"], []).append(bar)
    names: dict[str, float] = {}
    top = 0
    for partner_id, row in of_partner.items():
        names[partner_id] = top + NAME / 2
        free_from: list[date] = []
        for bar in sorted(row, key=lambda bar: bar.earliest):
            lanes = range(len(free_from))
            bar.lane = next((i for i in lanes if free_from[i] <= bar.earliest), len(free_from))
            free_from[bar.lane : bar.lane + 1] = [bar.stop + max(gap, timedelta(days=1))]
            bar.y = top + NAME + bar.lane * LANE + LANE / 2
        top += NAME + LANE * len(free_from) + GAP
    return names, top


def _add_bars(figure: go.Figure, bars: list[Bar]) -> None:
    """The bars of one status: the certain part, and faded what is uncertain or open."""
    parts: list[tuple[float, Callable[[Bar], tuple[date, date]]]] = [
        (1, lambda bar: (bar.start, bar.certain)),
        (FADED, lambda bar: (bar.earliest, bar.start)),
        (FADED, lambda bar: (bar.certain, bar.stop)),
    ]
    for opacity, part in parts:
        shown = [bar for bar in bars if opacity == 1 or part(bar)[0] < part(bar)[1]]
        if not shown:
            continue
        spans = [part(bar) for bar in shown]
        status = shown[0].agreement["status"]
        figure.add_bar(
            orientation="h",
            base=[begin.isoformat() for begin, _ in spans],
            x=[((end - begin).days + 1) * MILLISECONDS for begin, end in spans],
            y=[bar.y for bar in shown],
            width=BAR,
            name=shown[0].agreement["status_name"],
            legendgroup=status,
            showlegend=opacity == 1,
            opacity=opacity,
            marker=status_marker([status] * len(shown)),
            customdata=[[bar.agreement["agreement_id"]] for bar in shown],
            hovertext=[_hover(bar.agreement) for bar in shown],
            hoverinfo="text",
            selected={"marker": {"opacity": opacity}},
            unselected={"marker": {"opacity": opacity * 0.6}},
        )


def _add_ends(figure: go.Figure, bars: list[Bar]) -> None:
    """An arrow where no end is stated, a wavy sign where the end is approximate."""
    _add_text(figure, [bar for bar in bars if bar.open], "▶", "middle left")
    wavy = [bar for bar in bars if bar.agreement["end_approximate"] and not bar.open]
    _add_text(figure, wavy, "≈", "middle right")


def _add_text(figure: go.Figure, bars: list[Bar], sign: str, position: str) -> None:
    if bars:
        figure.add_scatter(
            x=[bar.stop.isoformat() for bar in bars],
            y=[bar.y for bar in bars],
            mode="text",
            text=sign,
            textposition=position,
            showlegend=False,
            hoverinfo="skip",
        )


def _add_signings(figure: go.Figure, bars: list[Bar], ink: Ink) -> None:
    """A diamond on the day of signing, an open one where the day is not exactly known."""
    signed = [bar for bar in bars if bar.agreement["signed_on"]]
    if not signed:
        return
    dates = [edtf.parse(bar.agreement["signed_on"]) for bar in signed]
    figure.add_scatter(
        # An inexact date stands where the bar begins, if it began by a report within that time.
        x=[
            max(day.first, min(day.last, bar.start)).isoformat()
            for bar, day in zip(signed, dates, strict=True)
        ],
        y=[bar.y for bar in signed],
        mode="markers",
        name="Signed (open: day unknown)",
        marker={
            "symbol": ["diamond" if day.exact else "diamond-open" for day in dates],
            "size": 8,
            "color": ink.mark,
            "line": {
                "width": 1.5,
                "color": [ink.paper if day.exact else ink.mark for day in dates],
            },
        },
        customdata=[[bar.agreement["agreement_id"]] for bar in signed],
        hovertext=[
            f"Signed {words.date_in_words(bar.agreement['signed_on'])}"
            f"<br>{escape(bar.agreement['title'])}"
            for bar in signed
        ],
        hoverinfo="text",
    )


def _add_events(
    figure: go.Figure, events: pd.DataFrame, bars: list[Bar], names: dict[str, float], ink: Ink
) -> None:
    """A mark an event, on its agreement's bar or, for a whole partnership, beside its name."""
    lanes = {bar.agreement["agreement_id"]: bar.y for bar in bars}
    placed: dict[str, list[tuple[Row, float]]] = {}
    for event in rows(events):
        y = lanes.get(event["agreement_id"], names.get(event["partner_id"]))
        if y is not None and _day(event["date_last"]):
            placed.setdefault(str(event["event"]), []).append((event, y))
    for kind, marks in sorted(placed.items()):
        figure.add_scatter(
            x=[event["date_last"].date().isoformat() for event, _ in marks],
            y=[y for _, y in marks],
            mode="markers",
            name=f"Event: {marks[0][0]['event_name'].lower()}",
            marker={
                "symbol": EVENT_SYMBOLS[kind],
                "size": 11,
                "color": ink.mark,
                "line": {"width": 1, "color": ink.paper},
            },
            customdata=[[event["agreement_id"] or ""] for event, _ in marks],
            hovertext=[
                f"{escape(event['event_name'])} {words.date_in_words(event['date'])}"
                f"<br>{escape(event['partner'])}"
                for event, _ in marks
            ],
            hoverinfo="text",
        )


def _add_names(figure: go.Figure, bars: list[Bar], names: dict[str, float], first: date) -> None:
    """The partners' names above their rows, inside the chart: they need no margin on a phone."""
    partners = {bar.agreement["partner_id"]: bar.agreement["partner"] for bar in bars}
    figure.add_scatter(
        x=[first.isoformat()] * len(names),
        y=list(names.values()),
        mode="text",
        text=[f"<b>{escape(partners[partner_id])}</b>" for partner_id in names],
        textposition="middle right",
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )


def _hover(agreement: Row) -> str:
    left = words.days_left(agreement["days_left"])
    return "<br>".join(
        [
            f"<b>{escape(agreement['title'])}</b>",
            f"{escape(agreement['partner'])}, {escape(agreement['instrument_name']).lower()}",
            escape(words.window(agreement)),
            f"{escape(agreement['status_name'])}{f', {left}' if left else ''}",
        ]
    )


def _status(bar: Bar) -> int:
    return int(bar.agreement["status_position"])


def _day(value: pd.Timestamp | None) -> date | None:
    return value.date() if value is not None else None
