"""The marks of the timeline: signings, events, the line of the as-of day."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from dashboard.charts.lanes import NAME, Bar, day_of, signing
from dashboard.charts.style import AS_OF_LINE, EVENT_SYMBOLS, Ink, Trace
from register import edtf, words
from register.frames import Row
from register.markup import for_chart


def signings(bars: list[Bar], ink: Ink) -> Iterator[Trace]:
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


def events(
    happened: list[Row], bars: list[Bar], names: dict[str, float], ink: Ink
) -> Iterator[Trace]:
    """A mark an event, on its agreement's bar or, for a whole partnership, beside its name."""
    lanes = {bar.agreement["agreement_id"]: bar.y for bar in bars}
    placed: dict[str, list[tuple[Row, float]]] = {}
    for event in happened:
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


def as_of_line(names: dict[str, float], height: int, as_of: date) -> Trace:
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
