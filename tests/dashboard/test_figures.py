"""A figure is made once for all who see the same view, and anew for whoever sees another."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import figures
from dashboard.charts import places
from dashboard.charts.figure import Figure
from dashboard.charts.frame import Around
from dashboard.charts.style import DARK, LIGHT, Ink
from register.cache import Cache
from tests.dashboard.conftest import OpenPage

AROUND = Around("Numbers", "Source: nobody", "numbers")
NUMBERS = pd.DataFrame({"name": ["a", "b"], "value": [1, 2]})


DRAWN: list[pd.DataFrame] = []


def bars(records: pd.DataFrame, **_: object) -> Figure:
    DRAWN.append(records)
    trace = {"type": "bar", "x": records["value"].tolist(), "text": ["</script>", "é"]}
    return Figure([trace], {"width": 320})


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(figures, "_kept", Cache())
    yield
    DRAWN.clear()


def test_the_same_view_is_drawn_once() -> None:
    first = figures.kept(partial(bars, order=["a", "b"]), LIGHT, AROUND)(NUMBERS)
    second = figures.kept(partial(bars, order=["a", "b"]), LIGHT, AROUND)(NUMBERS.copy())

    assert second is first
    assert len(DRAWN) == 1


@pytest.mark.parametrize(
    ("records", "arguments", "ink", "around"),
    [
        (NUMBERS.assign(value=[1, 3]), {"order": 1, "more": NUMBERS}, LIGHT, AROUND),
        (NUMBERS.rename(columns={"name": "Name"}), {"order": 1, "more": NUMBERS}, LIGHT, AROUND),
        (NUMBERS, {"order": 2, "more": NUMBERS}, LIGHT, AROUND),
        (NUMBERS, {"order": 1, "more": NUMBERS.iloc[::-1]}, LIGHT, AROUND),
        (NUMBERS, {"order": 1, "more": NUMBERS}, DARK, AROUND),
        (NUMBERS, {"order": 1, "more": NUMBERS}, LIGHT, AROUND._replace(source="version 2")),
    ],
    ids=["a cell", "a heading", "an argument", "a frame beside", "the theme", "the version"],
)
def test_another_view_is_drawn_anew(
    records: pd.DataFrame, arguments: dict[str, Any], ink: Ink, around: Around
) -> None:
    figures.kept(partial(bars, order=1, more=NUMBERS), LIGHT, AROUND)(NUMBERS)
    figures.kept(partial(bars, **arguments), ink, around)(records)

    assert len(DRAWN) == 2


def test_a_function_of_a_function_is_refused() -> None:
    with pytest.raises(ValueError, match=r"<lambda> cannot be kept: give partial\(\)"):
        figures.kept(lambda _: Figure([], {}), LIGHT, AROUND)


def test_what_cannot_be_drawn_is_not_kept() -> None:
    draw = figures.kept(bars, LIGHT, AROUND)

    for _ in range(2):
        with pytest.raises(KeyError):
            draw(NUMBERS[["name"]])
    assert len(DRAWN) == 2


def test_the_text_says_what_plotly_would_write() -> None:
    plain = go.Figure(*bars(NUMBERS)[:2]).to_dict()

    made = figures.Made(bars(NUMBERS))
    text = plotly.io.to_json(made.to_dict(), validate=False)

    assert json.loads(text) == json.loads(made.to_json()) == plain
    assert "</script>" not in text
    assert made.layout.width == 320
    assert made.nbytes == len(bars(NUMBERS).text())


def _app() -> None:
    import streamlit as st

    from tests.dashboard.test_figures import SHOWN

    st.plotly_chart(SHOWN[0], key="chart", on_select="rerun")


SHOWN: list[go.Figure] = []


def test_streamlit_sends_the_text_as_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = bars(NUMBERS)
    SHOWN[:] = [figures.Made(plain)]

    def made_anew(*_: object, **__: object) -> None:
        raise AssertionError("a figure was made anew")

    monkeypatch.setattr(go.Figure, "__init__", made_anew)
    monkeypatch.setattr("plotly.basedatatypes.deepcopy", made_anew)
    app = AppTest.from_function(_app).run()

    assert not app.exception
    (chart,) = app.get("plotly_chart")
    assert json.loads(chart.proto.spec) == {"data": plain.data, "layout": plain.layout}


def test_two_sessions_with_the_same_view_share_a_figure(
    published: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    place = places.place

    def counted(*arguments: Any) -> Any:
        drawn.append(arguments)
        return place(*arguments)

    monkeypatch.setattr("dashboard.charts.timeline.place", counted)
    first, second = (open_page("timeline", published, as_of="2022-03-01") for _ in range(2))

    assert len(drawn) == 1
    specs = [app.get("plotly_chart")[0].proto.spec for app in (first, second)]
    assert specs[0] == specs[1]

    open_page("timeline", published, as_of="2021-03-01")

    assert len(drawn) == 2


@pytest.mark.parametrize(
    "page",
    [
        "overview",
        "timeline",
        "areas",
        "areas?section=time",
        "validity",
        "validity?section=next",
        "events",
        "sources?section=coverage",
        "partner?city=istanbul",
    ],
)
def test_plotly_knows_each_value_of_the_charts_of_a_page(
    page: str, known: Path, open_page: OpenPage
) -> None:
    name, _, own = page.partition("?")

    app = open_page(name, known, as_of="2022-03-01", **dict(parse_qsl(own)))

    charts = app.get("plotly_chart")
    assert charts
    for chart in charts:
        go.Figure(json.loads(chart.proto.spec))
