"""The timeline: a row a partner, windows as bars, signings and events as marks."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count, groupby, pairwise
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.lanes import (
    LANE,
    NAME,
    Bar,
    bar_of,
    dated,
    day_of,
    later,
    place,
    reach_marks,
    signing,
    span,
)
from dashboard.charts.style import AS_OF_LINE, AXIS, EVENT_SYMBOLS, Ink, marker_of
from register import edtf, words
from register.frames import Row, rows
from register.markup import for_chart

# In pixels: the vertical axis counts them, so that a row is as tall on every page.
BAR = 18
FADED = 0.35
SMALL = 11
# So many years are written at most: what has room on a phone.
YEARS = 8
# Between a title and the mark beside it.
SPACE = "\u00a0" * 3
MILLISECONDS = 86_400_000

Trace = dict[str, Any]


class Text(NamedTuple):
    """A text in the chart: on which day, how high, and where it stands from there."""

    day: date
    y: float
    text: str
    position: str


def timeline(agreements: pd.DataFrame, events: pd.DataFrame, as_of: date, ink: Ink) -> go.Figure:
    """Draw the agreements of ``selected.agreements`` and the events of ``selected.events``.

    Bars are coloured and hatched by status. Faded is what may or may not belong to the window: the
    days between which a signing lies, the time from a stated begin to the report of a signing, and
    the time after the as-of day where no end is stated. The first custom datum of a bar or mark is
    its agreement_id ("" for an event of a partnership).
    """
    records = rows(dated(agreements))
    first, last = span(records, as_of)
    bars = [bar_of(record, last, as_of) for record in records]
    happened = rows(events[events["partner_id"].isin(agreements["partner_id"])])
    reach_marks(bars, happened)
    gap = max((last - first) * 0.01, timedelta(days=1))
    names, lanes, height = place(bars, gap)
    years = _years(first, last)
    texts = [
        *_name_texts(bars, names, first),
        *_end_texts(bars),
        *_year_texts(years, height),
        *_as_of_texts(as_of, first, last, height),
    ]
    traces = [
        *_bar_traces(bars),
        _title_trace(lanes, first, last, as_of, ink),
        _band_trace(names, first, last, ink),
        _as_of_trace(names, height, as_of),
        *_signing_traces(bars, ink),
        *_event_traces(happened, bars, names, ink),
        _text_trace(texts, ink),
    ]
    # Room for the legend on a phone, else Plotly would make the bars lower.
    in_legend = sum(trace.get("showlegend", True) for trace in traces)
    top = 60 + 19 * min(3, math.ceil(in_legend / 2))
    return go.Figure(
        traces,
        {
            "height": top + height + 50,
            "margin": {"l": 16, "r": 16, "t": top, "b": 50},
            "barmode": "overlay",
            "uniformtext": {"mode": "hide", "minsize": SMALL},
            "legend": {
                "orientation": "h",
                "x": 0,
                "y": 1 + 44 / max(height, 1),
                "yanchor": "bottom",
                "tracegroupgap": 0,
                "itemclick": False,
                "itemdoubleclick": False,
            },
            "clickmode": "event+select",
            "dragmode": False,
            "hoverlabel": {"align": "left", "bgcolor": ink.paper, "font": {"color": ink.mark}},
            "xaxis": {
                "range": [first.isoformat(), last.isoformat()],
                "type": "date",
                "tickvals": years,
                "showticklabels": False,
                "gridcolor": AXIS,
                "showgrid": True,
                "fixedrange": True,
            },
            "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        },
    )


def _years(first: date, last: date) -> list[date]:
    """The years to write: each, or every second, fifth and so on."""
    steps = (round_number * 10**zeros for zeros in count() for round_number in (1, 2, 5))
    step = next(step for step in steps if last.year - first.year < step * YEARS)
    years = range(-(-first.year // step) * step, last.year + 1, step)
    return [date(year, 1, 1) for year in years]


def _bar_traces(bars: list[Bar]) -> Iterator[Trace]:
    """The bars by status: the certain parts, and faded what is uncertain or open."""
    for status, group in groupby(sorted(bars, key=_position), key=_status):
        of_status = list(group)
        certain = [(bar, bar.start, bar.certain) for bar in of_status]
        faded = [
            (bar, begin, end)
            for bar in of_status
            for begin, end in ((bar.earliest, bar.start), (bar.certain, bar.stop))
            if begin < end
        ]
        for opacity, parts in ((1, certain), (FADED, faded)):
            if parts:
                yield _bars(
                    [(bar, begin, later(end, timedelta(days=1))) for bar, begin, end in parts],
                    width=BAR,
                    name=for_chart(of_status[0].agreement["status_name"]),
                    legendgroup=status,
                    showlegend=opacity == 1,
                    opacity=opacity,
                    marker=marker_of(status),
                    selected={"marker": {"opacity": opacity}},
                    unselected={"marker": {"opacity": opacity * 0.6}},
                )


def _bars(parts: list[tuple[Bar, date, date]], **look: object) -> Trace:
    """A trace of bars that lead to their agreements: from a day up to, not including, another."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": [begin.isoformat() for _, begin, _ in parts],
        "x": [(end - begin).days * MILLISECONDS for _, begin, end in parts],
        "y": [bar.y for bar, _, _ in parts],
        "customdata": [[bar.agreement["agreement_id"]] for bar, _, _ in parts],
        "hovertext": [_hover(bar.agreement) for bar, _, _ in parts],
        "hoverinfo": "text",
        **look,
    }


def _title_trace(lanes: list[list[Bar]], first: date, last: date, as_of: date, ink: Ink) -> Trace:
    """The titles beside their bars, each where its lane has more room, if it has enough.

    Each is the text in a bar without colour, because Plotly leaves out a text that its bar cannot
    hold, whatever the width of the screen. None reaches over the line of the as-of day.
    """
    titled: list[tuple[Bar, date, date]] = []
    for lane in lanes:
        free_from = first
        for bar, following in zip(lane, [*lane[1:], None], strict=True):
            begin = max(free_from, as_of) if bar.left > as_of else free_from
            end = following.left if following else last
            end = min(end, as_of) if bar.right < as_of else end
            free_from = bar.right
            if end - bar.right > bar.left - begin:
                titled.append((bar, end, bar.right))
                free_from = end
            else:
                titled.append((bar, begin, bar.left))
    return _bars(
        titled,
        width=LANE,
        marker={"color": "rgba(0, 0, 0, 0)"},
        text=[f"{SPACE}{for_chart(bar.agreement['title'])}{SPACE}" for bar, _, _ in titled],
        textposition="inside",
        # The end of the bar that is drawn towards its agreement's.
        insidetextanchor="end",
        textangle=0,
        textfont={"size": SMALL, "color": ink.mark, "shadow": _halo(ink)},
        showlegend=False,
    )


def _halo(ink: Ink) -> str:
    """A shadow that keeps lines away from a text."""
    return ", ".join(f"{x}px {y}px 1px {ink.paper}" for x in (-2, 0, 2) for y in (-1, 1))


def _band_trace(names: dict[str, float], first: date, last: date, ink: Ink) -> Trace:
    """A band behind each partner's name, so that no line crosses it."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": first.isoformat(),
        "x": [(last - first).days * MILLISECONDS] * len(names),
        "y": list(names.values()),
        "width": NAME,
        "marker": {"color": ink.paper},
        "unselected": {"marker": {"opacity": 1}},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _as_of_trace(names: dict[str, float], height: int, as_of: date) -> Trace:
    """The line of the as-of day beside each partner's bars."""
    y: list[float | None] = []
    for name, following in pairwise([*names.values(), height + NAME / 2]):
        y += [name + NAME / 2, following - NAME / 2, None]
    return {
        "type": "scatter",
        "x": [as_of.isoformat()] * len(y),
        "y": y,
        "mode": "lines",
        "line": {"color": AS_OF_LINE, "width": 1, "dash": "dot"},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _signing_traces(bars: list[Bar], ink: Ink) -> Iterator[Trace]:
    """A diamond on the day of signing, an open one where the day is not exactly known."""
    signed = [bar for bar in bars if bar.agreement["signed_on"]]
    if not signed:
        return
    dates = [edtf.parse(bar.agreement["signed_on"]) for bar in signed]
    yield {
        "type": "scatter",
        "x": [signing(bar).isoformat() for bar in signed],
        "y": [bar.y for bar in signed],
        "mode": "markers",
        "name": "Signed (open: day unknown)",
        "marker": {
            "symbol": ["diamond" if day.exact else "diamond-open" for day in dates],
            "size": 8,
            "color": ink.mark,
            "line": {
                "width": 1.5,
                "color": [ink.paper if day.exact else ink.mark for day in dates],
            },
        },
        "customdata": [[bar.agreement["agreement_id"]] for bar in signed],
        "hovertext": [
            f"Signed {words.date_in_words(bar.agreement['signed_on'])}"
            f"<br>{for_chart(bar.agreement['title'])}"
            for bar in signed
        ],
        "hoverinfo": "text",
    }


def _event_traces(
    events: list[Row], bars: list[Bar], names: dict[str, float], ink: Ink
) -> Iterator[Trace]:
    """A mark an event, on its agreement's bar or, for a whole partnership, beside its name."""
    lanes = {bar.agreement["agreement_id"]: bar.y for bar in bars}
    placed: dict[str, list[tuple[Row, float]]] = {}
    for event in events:
        y = lanes.get(event["agreement_id"], names.get(event["partner_id"]))
        if y is not None and day_of(event["date_last"]):
            placed.setdefault(str(event["event"]), []).append((event, y))
    for kind, marks in sorted(placed.items()):
        yield {
            "type": "scatter",
            "x": [event["date_last"].date().isoformat() for event, _ in marks],
            "y": [y for _, y in marks],
            "mode": "markers",
            "name": f"Event: {for_chart(marks[0][0]['event_name'].lower())}",
            "marker": {
                "symbol": EVENT_SYMBOLS[kind],
                "size": 11,
                "color": ink.mark,
                "line": {"width": 1, "color": ink.paper},
            },
            "customdata": [[event["agreement_id"] or ""] for event, _ in marks],
            "hovertext": [
                f"{for_chart(event['event_name'])} {words.date_in_words(event['date'])}"
                f"<br>{for_chart(event['partner'])}"
                for event, _ in marks
            ],
            "hoverinfo": "text",
        }


def _text_trace(texts: Sequence[Text], ink: Ink) -> Trace:
    days, heights, written, positions = zip(*texts, strict=True)
    return {
        "type": "scatter",
        "x": [day.isoformat() for day in days],
        "y": heights,
        "mode": "text",
        "text": written,
        "textposition": positions,
        "textfont": {"color": ink.mark},
        "cliponaxis": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _name_texts(bars: list[Bar], names: dict[str, float], first: date) -> Iterator[Text]:
    """The partners' names above their rows, inside the chart: they need no margin on a phone."""
    partners = {bar.agreement["partner_id"]: bar.agreement["partner"] for bar in bars}
    for partner_id, y in names.items():
        yield Text(first, y, f"<b>{for_chart(partners[partner_id])}</b>", "middle right")


def _end_texts(bars: list[Bar]) -> Iterator[Text]:
    """An arrow where no end is stated, a wavy sign where the end is approximate."""
    for bar in bars:
        if bar.open:
            yield Text(bar.stop, bar.y, "▶", "middle left")
        elif bar.agreement["end_approximate"]:
            yield Text(bar.stop, bar.y, "≈", "middle right")


def _year_texts(years: list[date], height: int) -> Iterator[Text]:
    """The years above and below the bars: a chart can be higher than the screen."""
    for year in years:
        yield Text(year, 0, str(year.year), "top center")
        yield Text(year, height, str(year.year), "bottom center")


def _as_of_texts(as_of: date, first: date, last: date, height: int) -> Iterator[Text]:
    """The day at its line, beyond the years so that it covers none, and towards the middle."""
    day = f"as of {as_of.day} {as_of:%b %Y}"
    side = "left" if as_of - first > last - as_of else "right"
    yield Text(as_of, 0, f"{day}<br>\u00a0", f"top {side}")
    yield Text(as_of, height, f"\u00a0<br>{day}", f"bottom {side}")


def _hover(agreement: Row) -> str:
    left = words.days_left(agreement)
    return "<br>".join(
        [
            f"<b>{for_chart(agreement['title'])}</b>",
            f"{for_chart(agreement['partner'])}, {for_chart(agreement['instrument_name']).lower()}",
            for_chart(words.window(agreement)),
            f"{for_chart(agreement['status_name'])}{f', {left}' if left else ''}",
        ]
    )


def _status(bar: Bar) -> str:
    return str(bar.agreement["status"])


def _position(bar: Bar) -> int:
    return int(bar.agreement["status_position"])
