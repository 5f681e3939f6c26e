"""Tables: statuses as badges, room for all texts, days as exact as the end is known."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from PIL import ImageFont
from streamlit.testing.v1 import AppTest

from dashboard.charts.style import DARK, LIGHT, STATUS, Ink, badge
from register.queries import versions
from tests.dashboard.conftest import DAY, OpenPage, tables, words_of
from tests.dashboard.test_charts import INKS, contrast, luminance

ON_DAY = DAY.isoformat()


def on_paper(status: str, ink: Ink) -> str:
    """The colour that a status's badge has before a page."""
    colour = badge(status)
    part = int(colour[7:9], 16) / 255
    channels = [
        round(part * int(colour[at : at + 2], 16) + (1 - part) * int(ink.paper[at : at + 2], 16))
        for at in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def column(app: AppTest, name: str) -> dict[str, Any]:
    """How a column of the first table is drawn."""
    return dict(json.loads(app.dataframe[0].proto.columns)[name])


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("status", STATUS)
def test_the_word_of_a_badge_can_be_read(status: str, ink: Ink) -> None:
    background = on_paper(status, ink)
    # As Streamlit chooses the letters of a coloured option.
    letters = "#000000" if luminance(background) > 0.5 else "#ffffff"

    assert contrast(letters, background) >= 4.5


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_of_the_badges_no_end_stated_is_the_quietest_and_active_the_strongest(ink: Ink) -> None:
    from_paper = {status: contrast(on_paper(status, ink), ink.paper) for status in STATUS}

    assert min(from_paper, key=lambda status: from_paper[status]) == "no_end_stated"
    assert max(from_paper, key=lambda status: from_paper[status]) == "active"


@pytest.mark.parametrize("page", ["timeline", "validity", "overview"])
def test_a_status_is_a_badge_of_its_colour(page: str, known: Path, open_page: OpenPage) -> None:
    app = open_page(page, known, as_of=ON_DAY)
    (listed,) = (table for table in app.dataframe if "Status" in table.value)
    config = json.loads(listed.proto.columns)["Status"]["type_config"]
    colours = {option["value"]: option["color"] for option in config["options"]}

    assert config["type"] == "multiselect"
    assert set(listed.value["Status"]) <= set(colours)
    assert (colours["Active"], colours["No end stated"]) == (
        badge("active"),
        badge("no_end_stated"),
    )


@pytest.mark.parametrize("page", ["timeline", "validity"])
def test_no_title_and_no_end_is_cut(
    page: str, published: Path, open_page: OpenPage, font: ImageFont.FreeTypeFont
) -> None:
    app = open_page(page, published, as_of="2026-11-21")
    (table,) = tables(app)

    # The letters of a table have 13.125 pixels; the cell's edges take 15, the button's and the
    # arrow 45.
    for name, beside in (("Agreement", 45), ("Ends", 15), ("Period", 15)):
        longest = max(font.getlength(text) for text in table[name].dropna()) * 13.125 / 1000
        assert column(app, name)["width"] >= longest + beside
    # At 1400 pixels the table has 969.
    in_sight = 969 - column(app, "Status")["width"] - column(app, "Ends")["width"]
    lengths = [font.getlength(text) * 13.125 / 1000 + 45 for text in table["Agreement"]]
    # Only the longest titles reach beyond what is in sight at once: one in twenty.
    assert sum(length > in_sight for length in lengths) <= len(lengths) / 20
    assert list(table.columns[:3]) == ["Status", "Ends", "Agreement"]


def test_on_a_phone_the_title_comes_first(known: Path, open_page: OpenPage) -> None:
    app = open_page("timeline", known, as_of=ON_DAY)
    app.session_state["room"] = 324
    (table,) = tables(app.run())

    assert list(table.columns[:3]) == ["Agreement", "Status", "Ends"]
    assert "Ljubljana: Second programme" in list(table["Agreement"])


def test_days_left_are_numbers_as_exact_as_the_end(known: Path, open_page: OpenPage) -> None:
    app = open_page("validity", known, as_of=ON_DAY, section="next")
    table = app.dataframe[0].value

    assert list(table["Days left"]) == [121, 1036]
    assert list(table["Ends"]) == ["30 June 2022", "2024"]
    assert list(table["How exact"]) == ["", "at most"]


def test_without_an_end_there_are_no_days_left(known: Path, open_page: OpenPage) -> None:
    app = open_page("timeline", known, as_of=ON_DAY, city="beijing", status="no_end_stated")

    assert app.dataframe[0].value["Days left"].isna().all()
    assert set(app.dataframe[0].value["How exact"]) == {""}
    assert app.dataframe[0].proto.placeholder == "–"


def nothing_changed(cursor: duckdb.DuckDBPyConnection) -> versions.Changes:
    """What ``versions.changes`` finds where a build differs in nothing that it compares."""
    return versions.Changes(
        "one",
        pd.DataFrame(columns=["change", "agreement_id", "title", "field", "before", "now"]),
        pd.DataFrame({"table": ["areas"], "before": 3, "now": 3, "gone": 0, "new": 0}),
    )


def test_where_nothing_changed_a_sentence_says_so(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "changes", nothing_changed)
    app = open_page("data", known, as_of=ON_DAY)
    with duckdb.connect(known, read_only=True) as connection:
        ((version,),) = connection.execute("FROM register").fetchall()

    said = words_of(app)
    assert f"From version one to {version} no agreement was added, removed or changed." in said
    assert "No table has a row that came, went or changed." in said
    assert list(app.dataframe) == []


def test_numbers_have_marks_of_thousands(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY)
    formats = {
        name: column.get("type_config", {}).get("format")
        for table in app.dataframe
        for name, column in json.loads(table.proto.columns).items()
    }

    assert formats["Agreements"] == "localized", formats


def test_the_file_of_a_very_large_table_comes_from_the_api(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ways(app: AppTest) -> tuple[list[str], list[str]]:
        links = [link.proto.url for link in app.get("link_button")]
        return [button.label for button in app.download_button], links

    buttons, links = ways(open_page("timeline", known, as_of=ON_DAY))
    assert buttons == ["Download as CSV"]
    assert not [url for url in links if url.startswith("api/")]
    monkeypatch.setattr("dashboard.tables.LARGEST", 1)
    buttons, links = ways(open_page("timeline", known, as_of=ON_DAY))
    assert buttons == []
    assert [url for url in links if url.startswith(f"api/v1/agreements.csv?as_of={ON_DAY}&version")]
