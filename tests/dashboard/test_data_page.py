"""The Data page: what it offers, what it says of it, on the known register (see conftest.py)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from register.filters import Filters
from register.queries import listed
from tests.api.conftest import Api
from tests.conftest import Register
from tests.dashboard.conftest import OpenPage, words_of

Publish = Callable[[Register], Path]
FORMATS = {"CSV", "Excel", "Parquet", "JSON", "Data Package"}


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.download_button]


def codes(app: AppTest) -> list[str]:
    return [str(block.value) for block in app.code]


def test_the_selection_and_the_whole_register_in_all_formats(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("data", known, as_of="2022-03-01", city="istanbul")

    assert not app.exception
    assert buttons(app)[:11] == [
        *("CSV", "Excel", "Parquet", "JSON", "Data Package"),
        *("CSV tables", "Excel", "Parquet tables", "JSON", "Data Package", "DuckDB database"),
    ]
    text = words_of(app)
    assert "2 agreements with 1 partner, as of 1 March 2022" in text
    assert "2 of 11 agreements." in text
    assert "All tables with 11 agreements, whatever the filters" in text.replace("**", "")


def test_files_that_stand_in_memory_are_made_of_so_many_agreements_only_and_it_says_so(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.sections.data.LARGEST", 2)
    app = open_page("data", known, as_of="2022-03-01", city="istanbul")

    assert buttons(app)[:7] == [
        *("CSV", "Excel", "Parquet", "JSON", "Data Package"),
        *("Parquet tables", "DuckDB database"),
    ]
    assert "made for up to 2 agreements" in words_of(app)
    monkeypatch.setattr("dashboard.sections.data.LARGEST", 1)
    fewer = open_page("data", known, as_of="2022-03-01", city="istanbul")
    assert buttons(fewer)[:2] == ["Parquet tables", "DuckDB database"]
    assert "CSV and Parquet have all; other filters select fewer." in words_of(fewer)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_the_file_of_very_many_agreements_comes_from_the_api(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("dashboard.sections.data.LARGEST", 1)
    app = open_page("data", known, as_of="2022-03-01", city="istanbul", horizon="30")
    (address,) = (
        link.proto.url
        for link in app.get("link_button")
        if f"agreements.{ending}?" in link.proto.url
    )
    answer = Api(known).ask(f"/{address}")

    assert answer.status_code == 200
    # The same day, horizon and version, for ever.
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["register-shown"] == "2"
    if ending == "csv":
        with duckdb.connect(known, read_only=True) as connection:
            filters = Filters(date(2022, 3, 1), 30, city=("istanbul",))
            assert answer.content == listed.csv(connection, filters, "partner")


def test_how_many_rows_of_each_table(known: Path, open_page: OpenPage) -> None:
    app = open_page("data", known, as_of="2022-03-01", city="istanbul")

    counts = pd.DataFrame(app.table[0].value)
    rows = {row[0]: tuple(row[1:3]) for row in counts.itertuples(index=False)}
    assert rows["`agreements`"] == ("2", "11")
    assert rows["`events`"] == ("2", "5")
    assert rows["`partners`"] == ("1", "5")
    assert rows["`agreement_areas`"] == ("2", "7")


def test_citations_of_the_selection_and_of_the_register(known: Path, open_page: OpenPage) -> None:
    app = open_page("data", known, as_of="2022-03-01", city="istanbul")
    with duckdb.connect(known, read_only=True) as connection:
        ((version,),) = connection.execute("SELECT version FROM register").fetchall()

    # The first one is the link to copy.
    selection, whole = codes(app)[1:3]
    assert f"version {version}, as of 1 March 2022, 2 of 11 agreements. CC BY 4.0" in selection
    assert f"version {version}, as of 1 March 2022. CC BY 4.0" in whole


def test_an_empty_selection_leaves_the_register(known: Path, open_page: OpenPage) -> None:
    app = open_page("data", known, as_of="2022-03-01", city="istanbul", status="announced")

    assert not app.exception
    assert "Remove a filter in the sidebar" in words_of(app)
    assert buttons(app)[:2] == ["CSV tables", "Excel"]
    assert not any("0 of 11" in text for text in codes(app))


def test_the_lines_for_other_clients_run_and_agree(known: Path, open_page: OpenPage) -> None:
    app = open_page("data", known, as_of="2022-03-01", horizon="100")

    query = next(text for text in codes(app) if text.startswith("SELECT"))
    with duckdb.connect(known, read_only=True) as connection:
        answer = connection.execute(query).fetchall()
    # istanbul-2020 has 121 days left, ljubljana-2022 has 1036.
    assert [(row[0], row[2], row[5]) for row in answer] == [
        ("istanbul-2020", "active", 121),
        ("ljubljana-2022", "active", 1036),
    ]
    python = next(text for text in codes(app) if text.startswith("import duckdb"))
    (file,) = [part for part in python.split('"') if part.endswith(".duckdb")]
    names: dict[str, pd.DataFrame] = {}
    exec(python.replace(file, str(known)), names)
    assert list(names["in_force"]["agreement_id"]) == ["istanbul-2020", "ljubljana-2022"]
    assert "_register_2022-03-01_" in file


def test_the_dictionary_lists_the_columns_of_what_is_chosen(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("data", known, as_of="2022-03-01")
    app.selectbox(key="own_table").set_value("agreement_status").run()

    columns = pd.DataFrame(app.table[-1].value).set_index("Column")
    meaning = str(columns.loc["`days_left`", "What it means"]).replace("\\", "")
    assert meaning.startswith("Days from the as-of day")
    objects = pd.DataFrame(app.table[1].value)
    kinds = dict(zip(objects["Name"], objects["Kind"], strict=True))
    assert kinds["`statements`"] == "Table"
    assert kinds["`coverage`"] == "View"
    assert kinds["`partner_status`"] == "Macro"


def test_without_an_earlier_version_the_page_says_so(known: Path, open_page: OpenPage) -> None:
    app = open_page("data", known, as_of="2022-03-01")

    assert "no build of another version" in words_of(app)


def test_what_changed_since_the_version_before(publish: Publish, open_page: OpenPage) -> None:
    register = Register()
    register.agreement("old", title="Old")
    publish(register)
    register.agreement("new", title="New")

    app = open_page("data", publish(register), as_of="2022-03-01")

    assert "1 agreement added, 0 agreements removed and 0 agreements changed." in words_of(app)
    changed = next(pd.DataFrame(t.value) for t in app.dataframe if "change" in t.value.columns)
    assert list(changed[["change", "agreement_id"]].itertuples(index=False, name=None)) == [
        ("added", "new")
    ]
