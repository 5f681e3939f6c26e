"""A record that cannot be drawn takes no chart, table or download from a page."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st

from dashboard.charts import lanes
from dashboard.charts.faults import drawn
from dashboard.charts.figure import Figure
from dashboard.charts.lanes import Bar
from etl import publish as publishing
from register.frames import Row
from register.texts import undrawn
from tests.conftest import Register
from tests.dashboard.conftest import OpenPage, opened, tables, words_of

ON_DAY = "2022-03-01"
Publish = Callable[[Register], Path]


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()


@pytest.fixture
def every_chart_is_drawn() -> None:
    """Not here."""


def numbers(*values: int) -> pd.DataFrame:
    return pd.DataFrame({"partner": [f"Partner {value}" for value in values], "value": values})


def only_even(records: pd.DataFrame) -> Figure:
    if (records["value"] % 2).any():
        raise ValueError("odd")
    return Figure([{"type": "bar", "y": records["value"].tolist()}], {})


def test_what_can_be_drawn_is() -> None:
    figure, left_out = drawn(only_even, numbers(2, 4))

    assert figure is not None
    assert figure.data[0]["y"] == [2, 4]
    assert left_out.empty


def test_what_cannot_be_drawn_is_left_out(caplog: pytest.LogCaptureFixture) -> None:
    figure, left_out = drawn(only_even, numbers(2, 3, 4, 6, 7, 8, 10))

    assert figure is not None
    assert figure.data[0]["y"] == [2, 4, 6, 8, 10]
    assert list(left_out["value"]) == [3, 7]
    assert "ValueError: odd" in caplog.text


def test_where_nothing_can_be_drawn_all_is_left_out() -> None:
    figure, left_out = drawn(only_even, numbers(1, 3))

    assert figure is None
    assert list(left_out["value"]) == [1, 3]


def test_where_no_record_alone_is_at_fault_none_is_named() -> None:
    def not_together(records: pd.DataFrame) -> Figure:
        if len(records) > 1:
            raise ValueError("too many")
        return Figure([], {})

    figure, left_out = drawn(not_together, numbers(1, 2))

    assert figure is None
    assert left_out.empty


def test_the_message_names_a_few_records_and_counts_the_rest() -> None:
    records = pd.DataFrame(
        {
            "partner": "Ankara",
            "title": ["A" * 100, *"BCDEFG"],
            "agreement_id": [f"ankara-{number}" for number in range(7)],
        }
    )

    said = undrawn(records, all_of_it=False)

    assert said.startswith("The chart is not complete. What cannot be drawn: Ankara: AAA")
    assert "A… (ankara-0); Ankara: B (ankara-1); " in said
    assert said.endswith(
        "Ankara: E (ankara-4) and 2 more. The table and the download have everything."
    )
    assert undrawn(records.head(0), all_of_it=True) == (
        "The chart cannot be drawn. The table and the download have everything."
    )


@pytest.fixture
def one_of_two_cannot_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    real = lanes.bar_of

    def bar_of(record: Row, last: date, as_of: date) -> Bar:
        if record["agreement_id"] == "spoilt":
            raise RuntimeError("cannot be drawn")
        return real(record, last, as_of)

    monkeypatch.setattr("dashboard.charts.timeline.bar_of", bar_of)


@pytest.mark.usefixtures("one_of_two_cannot_be_drawn")
@pytest.mark.parametrize("page", ["timeline", "partner"])
def test_the_table_the_download_and_the_rest_of_the_chart_stand(
    page: str, publish: Publish, open_page: OpenPage
) -> None:
    register = Register()
    register.agreement("spoilt", title="Spoilt", signed_on="2019-09-10")
    register.agreement("sound", title="Sound", signed_on="2020-09-10")

    app = open_page(page, publish(register), as_of=ON_DAY, city="ljubljana")
    app = opened(app, "partner_agreements_table")

    assert not app.exception
    assert len(app.get("plotly_chart")) == 1
    text = words_of(app)
    assert "The chart is not complete. What cannot be drawn: Ljubljana: Spoilt (spoilt)." in text
    table = next(table for table in tables(app) if "Agreement" in table.columns)
    assert [title.rpartition(": ")[2] for title in table["Agreement"]] == ["Spoilt", "Sound"]
    assert app.get("download_button")


EXTREMES = {
    "the last day": {"valid_to": "9999-12-31", "reported_on": "2025-01-01"},
    "the last year": {"signed_on": "2020", "valid_from": "9999", "valid_to": "9999"},
    "the first day": {"signed_on": "0001-01-01"},
    "a year with three digits": {"signed_on": "0219-09-10", "valid_to": "0219"},
    "from the first to the last": {"signed_on": "0001", "valid_to": "9999"},
    "one day": {"signed_on": "2022-03-01", "valid_from": "2022-03-01", "valid_to": "2022-03-01"},
    "no date": {},
    "a century and a half": {"signed_on": "1871-01-01"},
}


@pytest.fixture(scope="module", params=EXTREMES.values(), ids=list(EXTREMES))
def extreme(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a register with dates that the checks refuse: a page stands by itself."""
    register = Register()
    register.agreement("extreme", title="Extreme", **request.param)
    register.agreement("plain", title="Plain", signed_on="2019-09-10", valid_to="2021")
    register.label(agreement_id="extreme")
    register.label(agreement_id="plain")
    folder = tmp_path_factory.mktemp("extreme")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "validate", lambda *_, **__: [])
        return publishing.build(register.write(folder / "register"), folder / "build")


@pytest.mark.parametrize("page", ["timeline", "partner"])
def test_any_span_is_drawn(page: str, extreme: Path, open_page: OpenPage) -> None:
    app = open_page(page, extreme, as_of="2026-11-21", city="ljubljana")

    assert "2 agreements" in words_of(app)
    assert not app.exception
    assert not app.warning
    assert not app.error
