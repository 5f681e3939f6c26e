"""The marks of the timeline: signings, events, the line of the as-of day."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pandas as pd

from dashboard.charts.figure import Trace
from dashboard.charts.lanes import day_of, signing
from dashboard.charts.places import NAME, TITLE, Placed, Scale
from dashboard.charts.style import AS_OF_LINE, EVENT_SYMBOLS, SIGNS, Ink, for_hover
from register import edtf, words
from register.frames import Row
from register.markup import for_chart


def key(happened: pd.DataFrame) -> str:
    """What the marks say, in a line of text; ``happened``: rows of ``selected.events``."""
    kinds = happened[["event", "event_name"]].drop_duplicates().sort_values("event")
    return ", ".join(
        [
            f"{SIGNS['diamond']} signed, {SIGNS['diamond-open']} on a day not exactly known",
            *(
                f"{SIGNS[EVENT_SYMBOLS[kind]]} {name.lower()}"
                for kind, name in kinds.itertuples(index=False)
            ),
        ]
    )


def signings(placed: list[Placed], ink: Ink) -> Iterator[Trace]:
    """A diamond on the day of signing, an open one where the day is not exactly known."""
    signed = [(bar.bar, bar.y) for bar in placed if bar.bar.agreement["signed_on"]]
    if not signed:
        return
    dates = [edtf.parse(bar.agreement["signed_on"]) for bar, _ in signed]
    yield {
        "type": "scatter",
        "x": [signing(bar).isoformat() for bar, _ in signed],
        "y": [y for _, y in signed],
        "mode": "markers",
        "name": "Signed",
        "showlegend": False,
        "marker": {
            "symbol": ["diamond" if day.exact else "diamond-open" for day in dates],
            "size": 8,
            "color": ink.mark,
            "line": {
                "width": 1.5,
                "color": [ink.paper if day.exact else ink.mark for day in dates],
            },
        },
        "customdata": [[bar.agreement["agreement_id"]] for bar, _ in signed],
        "hovertext": [
            for_hover(
                f"Signed {words.date_in_words(bar.agreement['signed_on'])}", bar.agreement["title"]
            )
            for bar, _ in signed
        ],
        "hoverinfo": "text",
    }


def events(
    happened: list[Row], bars: list[Placed], names: dict[str, float], ink: Ink
) -> Iterator[Trace]:
    """A mark an event, on its agreement's bar or, for a whole partnership, beside its name."""
    lanes = {bar.bar.agreement["agreement_id"]: bar.y for bar in bars}
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
            "name": for_chart(marks[0][0]["event_name"]),
            "showlegend": False,
            "marker": {
                "symbol": EVENT_SYMBOLS[kind],
                "size": 11,
                "color": ink.mark,
                "line": {"width": 1, "color": ink.paper},
            },
            "customdata": [[event["agreement_id"] or ""] for event, _ in marks],
            "hovertext": [
                for_hover(
                    f"{event['event_name']} {words.date_in_words(event['date'])}", event["partner"]
                )
                for event, _ in marks
            ],
            "hoverinfo": "text",
        }


def as_of_line(
    names: dict[str, float], bars: list[Placed], height: int, as_of: date, scale: Scale
) -> Trace:
    """The line of the as-of day beside each partner's bars; it leaves out the titles it meets."""
    x = scale.x(as_of)
    met = [y for bar in bars if bar.title.left < x < bar.title.right for _, y in bar.lines]
    hidden = sorted([(y, NAME / 2) for y in names.values()] + [(y, TITLE / 2) for y in met])
    y: list[float | None] = []
    for (above, half), (below, other_half) in pairwise([*hidden, (height, 0)]):
        if above + half < below - other_half:
            y += [above + half, below - other_half, None]
    return {
        "type": "scatter",
        "x": [as_of.isoformat()] * len(y),
        "y": y,
        "mode": "lines",
        "line": {"color": AS_OF_LINE, "width": 1, "dash": "dot"},
        "showlegend": False,
        "hoverinfo": "skip",
    }
