"""The timeline: a row a partner, windows as bars, signings and events as marks."""

import math
from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

import pandas as pd

from dashboard.charts import bars, marks, writing
from dashboard.charts.figure import Figure, Trace
from dashboard.charts.lanes import bar_of, dated, reach_marks, span
from dashboard.charts.places import Scale, place
from dashboard.charts.style import AXIS, Ink
from register.frames import rows

# So many years are written at most: what has room on a phone.
YEARS = 8
MARGIN = 12
"""Pixels on both sides: half the name of a year."""

WIDE = 820
"""Pixels that the chart has on most screens."""


def timeline(
    agreements: pd.DataFrame, events: pd.DataFrame, as_of: date, ink: Ink, room: int = WIDE
) -> Figure:
    """Draw the agreements of ``selected.agreements`` and the events of ``selected.events``.

    Bars are coloured and hatched by status. Faded is what may or may not belong to the window: the
    days between which a signing lies, the time from a stated begin to the report of a signing, and
    the time after the as-of day where no end is stated. The first custom datum of a bar or mark is
    its agreement_id ("" for an event of a partnership).

    Args:
        room: the pixels that the chart is wide at least; all titles have room in them.
    """
    records = rows(dated(agreements))
    first, last = span(records, as_of)
    drawn = [bar_of(record, last, as_of) for record in records]
    happened = rows(events[events["partner_id"].isin(agreements["partner_id"])])
    reach_marks(drawn, happened)
    scale = Scale(first, last, room - 2 * MARGIN)
    names, placed, height = place(drawn, scale, as_of)
    years = _years(first, last)
    written = [
        *writing.of_partners(placed, names, first),
        *writing.of_ends(placed),
        *writing.of_years(years, height),
        *writing.of_the_day(as_of, first, last, height),
    ]
    traces = [
        *bars.windows(placed),
        bars.bands(names, first, last, ink),
        marks.as_of_line(names, placed, height, as_of, scale),
        bars.titles(placed, scale, ink),
        *marks.signings(placed, ink),
        *marks.events(happened, placed, names, ink),
        writing.trace(written, ink),
    ]
    layout = _layout(height, _room_for_legend(traces)) | _axes(first, last, years, height)
    return Figure(traces, layout)


def _room_for_legend(traces: Sequence[Trace]) -> int:
    """Pixels above the bars: enough on a phone, else Plotly would make the bars lower."""
    in_legend = sum(bool(trace.get("showlegend", True)) for trace in traces)
    return 60 + 19 * min(3, math.ceil(in_legend / 3))


def _layout(height: int, top: int) -> dict[str, Any]:
    return {
        "height": top + height + 50,
        "margin": {"l": MARGIN, "r": MARGIN, "t": top, "b": 50},
        "barmode": "overlay",
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1 + 44 / max(height, 1),
            "yanchor": "bottom",
            "tracegroupgap": 0,
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }


def _axes(first: date, last: date, years: list[date], height: int) -> dict[str, Any]:
    return {
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
    }


def _years(first: date, last: date) -> list[date]:
    """The years to write: each, or every second, fifth and so on."""
    steps = (round_number * 10**zeros for zeros in count() for round_number in (1, 2, 5))
    step = next(step for step in steps if last.year - first.year < step * YEARS)
    years = range(-(-first.year // step) * step, last.year + 1, step)
    return [date(year, 1, 1) for year in years]
