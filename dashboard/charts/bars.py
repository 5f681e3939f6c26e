"""The bars of the timeline: windows by status, their titles, the bands behind the names."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from dashboard.charts.figure import Trace
from dashboard.charts.lanes import day_of, later
from dashboard.charts.places import NAME, TITLE, Placed, Scale, days_of
from dashboard.charts.style import SMALL, Ink, for_hover, marker_of
from register import words
from register.frames import Row
from register.markup import for_chart

# In pixels: the vertical axis counts them, so that a row is as tall on every page.
BAR = 18
FADED = 0.35
MILLISECONDS = 86_400_000


def windows(bars: list[Placed]) -> Iterator[Trace]:
    """The bars by status: the certain parts, and faded what is uncertain or open."""
    for status, group in groupby(sorted(bars, key=_position), key=_status):
        of_status = list(group)
        certain = [(placed, placed.bar.start, placed.bar.certain) for placed in of_status]
        faded = [
            (placed, begin, end)
            for placed in of_status
            for bar in [placed.bar]
            for begin, end in ((bar.earliest, bar.start), (bar.certain, bar.stop))
            if begin < end
        ]
        for opacity, parts in ((1, certain), (FADED, faded)):
            if parts:
                yield _bars(
                    [(bar, begin, later(end, timedelta(days=1))) for bar, begin, end in parts],
                    hovertext=[_hover(bar.bar.agreement) for bar, _, _ in parts],
                    width=BAR,
                    name=for_chart(of_status[0].bar.agreement["status_name"]),
                    legendgroup=status,
                    showlegend=opacity == 1,
                    opacity=opacity,
                    marker=marker_of(status),
                    selected={"marker": {"opacity": opacity}},
                    unselected={"marker": {"opacity": opacity * 0.6}},
                )


def _bars(parts: list[tuple[Placed, date, date]], **look: object) -> Trace:
    """A trace of bars that lead to their agreements: from a day up to, not including, another."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": [begin.isoformat() for _, begin, _ in parts],
        "x": [(end - begin).days * MILLISECONDS for _, begin, end in parts],
        "y": [bar.y for bar, _, _ in parts],
        "customdata": [[bar.bar.agreement["agreement_id"]] for bar, _, _ in parts],
        "hoverinfo": "text",
    } | look


def titles(placed: list[Placed], scale: Scale, ink: Ink) -> Trace:
    """The titles, each line the text in a bar without colour that leads to the agreement too.

    Such a bar is drawn from the end that its text stands at.
    """
    parts, written, hovers = [], [], []
    for bar in placed:
        begin, end = days_of(bar.title, scale)
        base, tip = (end, begin) if bar.title.from_left else (begin, end)
        parts += [(bar, base, tip)] * len(bar.title.lines)
        written += list(bar.lines)
        # Once for all lines: it is long.
        hovers += [_hover(bar.bar.agreement), *[""] * (len(bar.title.lines) - 1)]
    return _bars(
        parts,
        y=[y for _, y in written],
        hovertext=hovers,
        width=TITLE,
        marker={"color": "rgba(0, 0, 0, 0)"},
        text=[for_chart(line) for line, _ in written],
        textposition="inside",
        insidetextanchor="end",
        # They have their room: no browser shall shrink them.
        constraintext="none",
        textangle=0,
        textfont={"size": SMALL, "color": ink.mark, "shadow": _halo(ink)},
        showlegend=False,
    )


def _halo(ink: Ink) -> str:
    """A shadow that keeps lines away from a text."""
    return ", ".join(f"{x}px {y}px 1px {ink.paper}" for x in (-2, 0, 2) for y in (-1, 1))


def bands(names: dict[str, float], first: date, last: date, ink: Ink) -> Trace:
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


def _hover(agreement: Row) -> str:
    begin = day_of(agreement["begins_on"]) if agreement["begin_approximate"] else None
    return for_hover(
        agreement["title"],
        f"{agreement['partner']}, {agreement['instrument_name'].lower()}",
        words.window(agreement),
        f"≈ begins about {words.day_in_words(begin)}" if begin else "",
        words.listed(
            agreement["status_name"],
            words.days_left(agreement),
            words.counted(agreement["sources"], "source"),
        ),
    )


def _status(placed: Placed) -> str:
    return str(placed.bar.agreement["status"])


def _position(placed: Placed) -> int:
    return int(placed.bar.agreement["status_position"])
