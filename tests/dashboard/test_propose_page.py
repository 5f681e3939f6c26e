"""The form of proposals, with values worked out by hand; in public it writes nothing."""

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.curating import known as curating
from etl import options
from tests.dashboard.conftest import (
    DAY,
    as_read,
    known_register,
)

ON_DAY = DAY.isoformat()


@pytest.fixture(autouse=True)
def register_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the known register, which the page takes for the project's own."""
    folder = known_register().write(tmp_path / "register")
    monkeypatch.setattr(options, "REGISTER", folder)
    monkeypatch.setattr(curating, "_bases", {})
    return folder


def field(app: AppTest, label: str, place: int = 0) -> Any:
    """The field of that name; of several the one at that place."""
    found = [
        each
        for kind in (app.text_input, app.text_area, app.selectbox)
        for each in kind
        if as_read(each.label) == label and str(each.key).startswith("propose_")
    ]
    return found[place]


def fill(app: AppTest, place: int = 0, /, **values: str) -> AppTest:
    """Type into fields, or choose in them; ``_`` stands for a blank in their names."""
    for name, value in values.items():
        field(app, name.replace("_", " "), place).set_value(value)
    return app.run()


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    return [each for each in app.button if as_read(each.label) == label][place].click().run()


def new_programme(app: AppTest) -> AppTest:
    """A programme with Ljubljana of 2022, as one source tells of it."""
    fill(
        app,
        City__region_or_district="",
    ) if False else None
    field(app, "City, region or district").set_value("ljubljana")
    fill(app, Type_of_document="programme", Who_signs_for_Moscow="moscow_government")
    fill(app, Title="Third programme", Address="https://news.example/7", Publisher="News")
    fill(app, Published_on="27.02.2022", Language="sl", Kind_of_source="news")
    field(app, "Type of document", 1).set_value("programme")
    return fill(app, Signed_on="25 Feb 2022", Valid_from="2022", Valid_to="2022-06")


def to_mend(app: AppTest) -> list[str]:
    """What is still to be mended, a line each."""
    (alert,) = [each for each in app.warning if "Still to mend" in str(each.proto.title)]
    return [as_read(line.removeprefix("- ")).replace("**", "") for line in alert.value.split("\n")]
