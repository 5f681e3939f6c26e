"""The drawer beside a chart: what was chosen in short, and the ways from one to the next."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import (
    NUMBER,
    OpenPage,
    cells_of,
    notes_of,
    page_links,
    words_of,
)

LIST = "timeline_chart_agreement"


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """The caches live as long as the process: a test must not see another's."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def title(app: AppTest) -> str:
    (dialog,) = app.get("dialog")
    return str(dialog.proto.dialog.title)


def step(app: AppTest, label: str) -> AppTest:
    return app.button(key=f"{LIST}_{label}").click().run()


def test_facts_in_short_lead_to_their_sources(known: Path, open_page: OpenPage) -> None:
    app = open_page("timeline", known, as_of="2022-03-01", city="beijing")
    app.selectbox(key=LIST).select("beijing-1995").run()

    facts = dict(cells_of(app))
    assert facts["**Period**"] == "signed 16 May 1995, no end stated (chosen; sources disagree) [1]"
    assert cells_of(app, 1) == [
        [
            "**Signed on :orange-badge[sources disagree]**",
            "16 May 1995 **(chosen)** [1] · 1992 (differs) [2]",
        ]
    ]
    assert list(notes_of(app)) == ["drawer_source_1", "drawer_source_2"]
    assert notes_of(app)["drawer_source_1"].startswith("City of Ljubljana")
    assert "All on Beijing" in page_links(app)


def test_the_next_and_the_one_before_come_in_the_order_of_the_chart(
    known: Path, open_page: OpenPage
) -> None:
    """The latest first agreement is Ānhuī's of 2018, then Ljubljana's of 2019."""
    app = open_page("timeline", known, as_of="2022-03-01", order="latest")
    shown = app.selectbox(key=LIST)
    in_order = [str(option) for option in shown.options]
    shown.set_value("ljubljana-2019").run()
    assert title(app) == "First programme"

    step(app, "Next →")
    assert title(app) == "Second programme"
    assert app.selectbox(key=LIST).value == "ljubljana-2022"
    place = in_order.index("Ljubljana: Second programme")
    assert f"{place + 1} of {len(in_order)}" in words_of(app)

    step(app, "← Previous")
    assert title(app) == "First programme"


def test_there_is_nothing_before_the_first_and_after_the_last(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("timeline", known, as_of="2022-03-01", city="ljubljana")
    app.selectbox(key=LIST).select("ljubljana-2019").run()
    assert app.button(key=f"{LIST}_← Previous").disabled
    assert not app.button(key=f"{LIST}_Next →").disabled

    step(app, "Next →")
    assert not app.button(key=f"{LIST}_← Previous").disabled
    assert app.button(key=f"{LIST}_Next →").disabled


def test_from_the_map_the_agreements_of_the_partner(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of="2022-03-01")
    app.selectbox(key="overview_map_partner").select("ljubljana").run()

    assert title(app) == "Ljubljana"
    assert {"All on Ljubljana", "First programme", "Second programme"} <= page_links(app).keys()
    assert "**Ljubljana**, Slovenia · Active · 2 agreements shown" in words_of(app)
    assert "2022 to 2024 · Active, at most 1,036 days left" in NUMBER.sub("", words_of(app))
