"""Charts of the sources: when they were published, and in which languages."""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.figure import Figure, Layout
from dashboard.charts.style import AXIS, whole_numbers, years
from register.markup import for_chart
from register.words import counted

LANGUAGES = 12
"""How many languages have a bar of their own."""

# Green and violet: no status has them.
_TEXTS = {
    "own": ("The publisher's own text", {"color": "#1d8a6e"}),
    "repeated": (
        "Repeats another publisher's text",
        {
            "color": "#9272b8",
            "pattern": {
                "shape": "/",
                "fillmode": "overlay",
                "fgcolor": "rgba(255, 255, 255, 0.75)",
            },
        },
    ),
}


def sources_by_year(counts: pd.DataFrame) -> Figure:
    """A column a year from ``queries.sources.by_year``; what has no date is not drawn."""
    dated = counts[counts["year"].notna()]
    ends = (int(dated["year"].min()), int(dated["year"].max())) if len(dated) else (0, 0)
    columns = [
        {
            "type": "bar",
            "x": dated["year"].astype(int).tolist(),
            "y": dated[texts].tolist(),
            "name": name,
            "marker": marker,
            "hovertemplate": "%{x}: %{y:,}",
        }
        for texts, (name, marker) in _TEXTS.items()
    ]
    axes = {
        "xaxis": years(*ends) | {"showgrid": False, "fixedrange": True},
        "yaxis": _numbers(dated["own"] + dated["repeated"]) | {"automargin": True},
    }
    return Figure(columns, _stacked(260) | axes)


def sources_by_language(counts: pd.DataFrame) -> Figure:
    """A bar a language from ``queries.sources.by_language``, the less frequent ones in one."""
    rows = _with_others(counts)
    totals = rows["own"] + rows["repeated"]
    names = [for_chart(name) for name in rows["language_name"]]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "x": rows[texts].tolist(),
            "y": names,
            "name": name,
            "marker": marker,
            "hovertemplate": "%{y}: %{x:,}",
        }
        for texts, (name, marker) in _TEXTS.items()
    ]
    numbers = {
        "type": "scatter",
        "x": totals.tolist(),
        "y": names,
        "mode": "text",
        "text": [f" {total:,}" for total in totals],
        "textposition": "middle right",
        "cliponaxis": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }
    axes = {
        "xaxis": _numbers(totals),
        "yaxis": {
            "autorange": "reversed",
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
        },
    }
    return Figure([*bars, numbers], _stacked(24 * len(rows) + 80) | axes)


def _with_others(counts: pd.DataFrame) -> pd.DataFrame:
    if len(counts) <= LANGUAGES + 1:
        return counts
    rest = counts.iloc[LANGUAGES:]
    others: Sequence[object] = [
        f"{counted(len(rest), 'other language')}",
        rest["own"].sum(),
        rest["repeated"].sum(),
    ]
    return pd.concat(
        [counts.head(LANGUAGES), pd.DataFrame([others], columns=counts.columns)], ignore_index=True
    )


def _numbers(totals: pd.Series) -> dict[str, object]:
    """An axis from 0 for numbers of sources."""
    return {"gridcolor": AXIS, "fixedrange": True} | whole_numbers(totals)


def _stacked(height: int) -> Layout:
    return {
        "barmode": "stack",
        "bargap": 0.25,
        "height": height,
        "margin": {"l": 8, "r": 40, "t": 8, "b": 30},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.02,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
    }
