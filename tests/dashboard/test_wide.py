"""A register of other proportions: more areas than a chart has room for, many behind one cell."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from etl.publish import build
from tests.conftest import Register
from tests.dashboard.conftest import DAY, OpenPage, areas_table, opened, tables, words_of

ON_DAY = DAY.isoformat()
AREAS, AGREEMENTS = 50, 60
LONG = "of cooperation " * 20
SOURCES = 6


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty agreements on culture; the first is on fifty fields too, the next on one fewer, ..."""
    register = Register()
    for number in range(AREAS):
        register.area(f"field-{number:02}", name=f"Field {number:02}")
    for number in range(AGREEMENTS):
        title = f"Programme {number:02}" + (f" {LONG.strip()}" if number == AGREEMENTS - 1 else "")
        agreement = register.agreement(f"of-{number:02}", title=title, signed_on=f"{1960 + number}")
        register.label(agreement_id=agreement)
        for area in range(AREAS - number):
            label = {"label": f"matters {area:02}", "area_id": f"field-{area:02}"}
            register.label(agreement_id=agreement, **label)
    for number in range(SOURCES):
        source = register.source(f"news-{number}", url=f"https://news.example/{number}")
        register.statement("of-00", "instrument", "programme", source)
    # A partner without any of the areas that most name.
    register.agreement("of-maribor", partner_id=register.partner("maribor"), signed_on="2000")
    register.label("matters 49", agreement_id="of-maribor", area_id="field-49")
    folder = tmp_path_factory.mktemp("wide")
    return build(register.write(folder / "register"), folder / "build")


def traces(app: AppTest, chart: int = 0) -> list[dict[str, Any]]:
    """What is drawn in a chart of the page."""
    found: list[dict[str, Any]] = json.loads(app.get("plotly_chart")[chart].proto.spec)["data"]
    return found


def test_the_areas_that_most_name_are_drawn_and_it_says_so(wide: Path, open_page: OpenPage) -> None:
    app = open_page("areas", wide, as_of=ON_DAY)
    (cells,) = traces(app)

    assert {area for _, area in cells["customdata"]} == {
        "culture",
        *(f"field-{number:02}" for number in range(39)),
    }
    said = words_of(app)
    assert "2 partners and 51 areas" in said
    assert "Of 51 areas the 40 that most agreements name are drawn; the download has all" in said
    table = areas_table(app)
    assert list(table["partner"]) == ["Ljubljana", "Maribor"]
    assert table.columns[2:].tolist() == [
        "Culture",
        *(f"Field {number:02}" for number in range(39)),
    ]
    few = open_page("areas", wide, as_of=ON_DAY, area=["field-48", "field-49"])
    assert {area for _, area in traces(few)[0]["customdata"]} == {"field-48", "field-49"}
    assert "are drawn" not in words_of(few)


def test_areas_over_time_have_as_many_panels_as_can_be_read(
    wide: Path, open_page: OpenPage
) -> None:
    app = open_page("areas", wide, as_of=ON_DAY, section="time")
    names = next(trace for trace in traces(app) if trace["type"] == "scatter")

    assert len(names["text"]) == 40
    assert "Of 51 areas the 40 that come first in this order are drawn" in words_of(app)
    assert len(tables(app)[0]) == 51


def test_the_areas_of_a_partner_are_as_many_as_can_be_read(wide: Path, open_page: OpenPage) -> None:
    app = open_page("partner", wide, as_of=ON_DAY, city="ljubljana")
    (cells,) = traces(app, 1)

    assert len({area for (area,) in cells["customdata"]}) == 40
    assert "Of 51 areas the 40 that most agreements name are drawn" in words_of(app)


def test_of_many_agreements_behind_a_cell_the_latest_are_listed(
    wide: Path, open_page: OpenPage
) -> None:
    app = open_page("areas", wide, as_of=ON_DAY)
    app.selectbox(key="areas_partner").set_value("ljubljana").run()
    app.selectbox(key="areas_area").set_value("culture").run()
    links = [link.proto.label for link in app.get("page_link")]

    assert "The latest 50 to begin, of 60 agreements." in words_of(app)
    listed = [label[:12] for label in links if label.startswith("Programme")]
    assert listed == [f"Programme {number}" for number in range(10, 60)]


def test_of_hundreds_of_long_titles_the_chart_has_the_begin(
    wide: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def words_drawn() -> int:
        app = open_page("timeline", wide, as_of=ON_DAY)
        return str(app.get("plotly_chart")[0].proto.spec).count("cooperation")

    whole = words_drawn()
    assert whole >= 20
    # A hundred letters of it are "Programme 59" and five times these words.
    monkeypatch.setattr("dashboard.sections.timeline.LETTERS", 100 * (AGREEMENTS + 1))
    assert 5 <= words_drawn() <= whole - 15


def test_of_hundreds_of_agreements_those_in_the_chart_can_be_chosen_by_their_begin(
    wide: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.sections.timeline.LETTERS", 60 * (AGREEMENTS + 1))
    app = open_page("timeline", wide, as_of=ON_DAY)

    options = app.selectbox(key="timeline_chart_agreement").options
    assert len(options) == AGREEMENTS + 1
    assert max(map(len, options)) < 100


def test_the_chart_of_a_partner_with_very_many_agreements_has_some_of_them_and_says_so(
    wide: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.sections.timeline.ALONE", 20)
    app = open_page("partner", wide, as_of=ON_DAY, city="ljubljana")
    (titles,) = (trace for trace in traces(app) if "text" in trace and trace["type"] == "bar")

    assert len({agreement for (agreement,) in titles["customdata"]}) == 20
    assert "It has more than 20 agreements: drawn are those in their period" in words_of(app)


def test_of_very_many_sources_of_a_partner_the_table_has_the_latest(
    wide: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.tables.WHOLE", SOURCES)
    monkeypatch.setattr("dashboard.tables.A_PAGE", 3)
    app = open_page("partner", wide, as_of=ON_DAY, city="ljubljana")

    (table,) = tables(opened(app, "partner_sources_table"))
    assert len(table) == 3
    assert f"The latest 3 of {SOURCES + 1}; the download has all." in words_of(app)


def test_of_many_sources_of_a_record_the_form_draws_those_that_are_opened(
    wide: Path, open_page: OpenPage
) -> None:
    app = open_page("propose", wide, as_of=ON_DAY, id="of-00")
    labels = [each.label for each in app.expander if each.label.startswith("Source ")]

    # With the city hall, which states all of it.
    assert len(labels) == SOURCES + 1
    assert "Address" not in [field.label for field in app.text_input]
