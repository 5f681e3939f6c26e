"""The pages as scripts: what they say and list, and what they say when there is nothing to list."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element, Markdown, PageLink

from etl.publish import build
from register import clock
from register.builds import POINTER
from tests.conftest import Register
from tests.dashboard.conftest import (
    DAY,
    ROOT,
    OpenPage,
    areas_table,
    as_read,
    go_to,
    known_register,
    markup_of,
    notes_of,
    page_links,
    tables,
    words_of,
)

PAGES = ("overview", "timeline", "areas", "validity", "events")
ALL_PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
ON_DAY = DAY.isoformat()


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """The caches live as long as the process: a test must not see another's."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def widgets(app: AppTest) -> list[Element | Block]:
    """All that can be told by the server what it holds."""
    return [one for one in app if hasattr(getattr(one, "proto", None), "set_value")]


def agreements_table(app: AppTest) -> pd.DataFrame:
    return next(table for table in tables(app) if "Days left" in table.columns)


@pytest.mark.parametrize("page", ALL_PAGES)
def test_a_page_opens_without_trouble(page: str, published: Path, open_page: OpenPage) -> None:
    app = open_page(page, published, as_of="2026-11-21")

    assert not app.exception
    assert not app.error
    assert not app.warning
    of_html = [element for element in app.get("html") if "<h1" in element.proto.body]
    assert len([*app.title, *of_html]) == 1
    assert app.query_params == {"as_of": "2026-11-21"}


@pytest.mark.parametrize("page", ALL_PAGES)
def test_a_run_undoes_nothing_that_a_reader_chooses_meanwhile(
    page: str, known: Path, open_page: OpenPage
) -> None:
    app = open_page(page, known, as_of=ON_DAY).run()

    assert [one.proto.label for one in widgets(app) if one.proto.set_value] == []


@pytest.mark.parametrize("page", ["timeline", "areas", "validity"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ({}, "10 agreements with 5 partners, as of 1 March 2022"),
        ({"city": "ljubljana"}, "2 agreements with 1 partner, as of 1 March 2022"),
        ({"city": ["ljubljana", "istanbul"]}, "4 agreements with 2 partners, as of 1 March 2022"),
        ({"area": "transport"}, "2 agreements with 2 partners, as of 1 March 2022"),
        ({"q": "turizm"}, "1 agreement with 1 partner, as of 1 March 2022"),
        ({"horizon": "100", "status": "active"}, "2 agreements with 2 partners"),
        ({"from": "2023"}, "5 agreements with 4 partners, as of 1 March 2022"),
    ],
)
def test_a_page_says_what_it_shows(
    page: str, address: dict[str, str | list[str]], said: str, known: Path, open_page: OpenPage
) -> None:
    app = open_page(page, known, as_of=ON_DAY, **address)

    assert said in words_of(app)
    # It stays in the address as it was.
    assert app.query_params == {"as_of": ON_DAY, **address}


def of_partner(row: tuple[object, ...]) -> tuple[object, ...]:
    """The partner and the status of a row."""
    return str(row[0]).partition(": ")[0], row[1]


def listed(database: Path, as_of: str, order: str) -> list[tuple[object, ...]]:
    """Partner and title, status and days left of all that is known, without the dashboard."""
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(
            f"""
            SELECT p.name || ': ' || a.title, statuses.name, coalesce(s.days_left, -1)
            FROM agreement_status(CAST(? AS DATE)) AS s
            JOIN statuses USING (status)
            JOIN agreements AS a USING (agreement_id)
            JOIN partners AS p ON p.partner_id = a.partner_id
            WHERE status <> 'future'
            ORDER BY {order}
            """,
            [as_of],
        ).fetchall()


@pytest.mark.parametrize(
    ("page", "order"),
    [
        ("timeline", "strip_accents(p.name), s.begins_on NULLS LAST, a.agreement_id"),
        ("validity", "statuses.position, s.ends_on NULLS LAST, strip_accents(p.name)"),
    ],
)
@pytest.mark.parametrize("as_of", ["2016-06-01", "2026-11-21"])
def test_the_table_is_what_the_database_says(
    page: str, order: str, as_of: str, published: Path, open_page: OpenPage
) -> None:
    table = agreements_table(open_page(page, published, as_of=as_of))
    shown = table.assign(**{"Days left": table["Days left"].fillna(-1)})[
        ["Agreement", "Status", "Days left"]
    ]
    rows = list(shown.itertuples(index=False, name=None))
    expected = listed(published, as_of, order)

    assert sorted(rows, key=str) == sorted(expected, key=str)
    # Of several that end on one day with one partner, any may come first.
    assert list(map(of_partner, rows)) == list(map(of_partner, expected))


def test_the_areas_table_has_the_numbers_of_the_cells(known: Path, open_page: OpenPage) -> None:
    table = areas_table(open_page("areas", known, as_of=ON_DAY))
    numbers = table.set_index(table.columns[0])[["Culture", "Tourism", "Transport"]]

    assert numbers.to_dict("index") == {
        "Ljubljana": {"Culture": 2, "Tourism": 0, "Transport": 1},
        "Istanbul": {"Culture": 0, "Tourism": 1, "Transport": 1},
        "Ānhuī": {"Culture": 0, "Tourism": 1, "Transport": 0},
    }
    assert list(numbers.index) == ["Ljubljana", "Istanbul", "Ānhuī"]


def test_the_areas_of_what_is_in_force(known: Path, open_page: OpenPage) -> None:
    app = open_page("areas", known, as_of=ON_DAY)
    app.button_group(key="own_scope").set_value("in_force").run()
    table = areas_table(app)

    assert set(table.iloc[:, 0]) == {"Istanbul", "Ljubljana"}
    assert "1 partner" not in words_of(app)


def test_areas_of_nothing_in_force_help_on(known: Path, open_page: OpenPage) -> None:
    app = open_page("areas", known, as_of=ON_DAY, city="anhui")
    app.button_group(key="own_scope").set_value("in_force").run()

    assert not app.exception
    assert "Choose another count or other filters" in words_of(app)
    # And back again.
    app.button_group(key="own_scope").set_value("any").run()
    assert list(areas_table(app)["partner"]) == ["Ānhuī"]


def test_the_timeline_pages_follow_the_chosen_order(published: Path, open_page: OpenPage) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        names = connection.execute(
            "SELECT name FROM partner_status('2026-11-21') JOIN partners USING (partner_id) "
            "ORDER BY strip_accents(name)"
        ).fetchall()
        ((oldest,),) = connection.execute(
            "SELECT arg_min(name, signed_on_first) FROM agreements JOIN partners USING (partner_id)"
        ).fetchall()
    app = open_page("timeline", published, as_of="2026-11-21")
    assert f"{names[0][0]} to {names[24][0]}, 1–25 of {len(names)}" in words_of(app)

    app.segmented_control(key="own_order").set_value("first").run()
    assert f"{oldest} to " in words_of(app)


def test_validity_says_how_many_have_which_status(known: Path, open_page: OpenPage) -> None:
    text = words_of(open_page("validity", known, as_of=ON_DAY))

    assert "On 1 March 2022: 1 active, 1 expiring, 1 upcoming" in text


def test_validity_says_what_runs_out_next(known: Path, open_page: OpenPage) -> None:
    app = open_page("validity", known, as_of=ON_DAY)
    app.segmented_control(key="own_section").set_value("next").run()

    assert (
        "1 agreement of 2 in force run out within 180 days; "
        "next: Istanbul, 30 June 2022 (121 days left)."
    ) in words_of(app)
    assert app.query_params == {"as_of": ON_DAY, "section": "next"}
    (table,) = tables(app)
    assert list(table["Agreement"]) == [
        "Istanbul: Programme of cooperation",
        "Ljubljana: Second programme",
    ]


def test_validity_says_what_lapsed_and_how(known: Path, open_page: OpenPage) -> None:
    app = open_page("validity", known, as_of=ON_DAY, section="lapsed")
    (lapsed,) = tables(app)

    assert "2 partners had dated periods" in words_of(app)
    assert lapsed.iloc[:, :4].to_numpy().tolist() == [
        ["Ānhuī", "15 June 2021", "terminated", "Programme of cooperation"],
        ["Tehran", "about November 2018", "ran out", "Programme of cooperation"],
    ]


def test_what_lapsed_in_some_years(known: Path, open_page: OpenPage) -> None:
    app = open_page("validity", known, as_of=ON_DAY, section="lapsed")
    app.slider(key="own_ended").set_value((2018, 2020)).run()

    assert app.query_params == {"as_of": ON_DAY, "section": "lapsed", "ended": "2018-2020"}
    (lapsed,) = tables(app)
    assert list(lapsed["Partner"]) == ["Tehran"]
    # The address alone brings it back; years beyond those that occur do no harm.
    for ended, partners in (("2018-2020", ["Tehran"]), ("2021-2090", ["Ānhuī"]), ("x", None)):
        again = open_page("validity", known, as_of=ON_DAY, section="lapsed", ended=ended)
        assert list(tables(again)[0]["Partner"]) == (partners or ["Ānhuī", "Tehran"])


def test_every_status_is_explained(known: Path, open_page: OpenPage) -> None:
    (explained,) = (
        box
        for box in open_page("validity", known, as_of=ON_DAY).expander
        if "status means" in box.label
    )

    assert len(explained.markdown) == 10
    assert "this does not say that it is in force" in words_of_box(explained)


def words_of_box(box: object) -> str:
    return "\n".join(element.value for element in box.markdown)  # type: ignore[attr-defined]


def test_an_agreement_is_shown_with_who_says_what(known: Path, open_page: OpenPage) -> None:
    app = open_page("timeline", known, as_of=ON_DAY)
    app.selectbox(key="timeline_chart_agreement").set_value("beijing-1995").run()
    text = words_of(app)

    assert not app.exception
    assert "16 May 1995" in text
    assert "1992" in text
    assert "sources disagree" in text
    sources = " ".join(notes_of(app).values())
    assert "City of Ljubljana" in sources
    assert "<https://mos.example/1>" in sources


def test_the_choice_stays_within_what_is_shown(known: Path, open_page: OpenPage) -> None:
    app = open_page("timeline", known, as_of=ON_DAY)
    app.selectbox(key="timeline_chart_agreement").set_value("beijing-1995").run()
    app.multiselect(key="filter_city").set_value(["istanbul"]).run()

    assert not app.exception
    assert app.selectbox(key="timeline_chart_agreement").value is None
    assert "16 May 1995" not in words_of(app)


def test_a_cell_is_shown_in_the_sources_words(known: Path, open_page: OpenPage) -> None:
    app = open_page("areas", known, as_of=ON_DAY)
    app.selectbox(key="areas_partner").set_value("ljubljana").run()
    app.selectbox(key="areas_area").set_value("culture").run()
    text = words_of(app)

    assert "Ljubljana: Culture" in text
    assert {"First programme (expired)", "Second programme (active)"} <= page_links(app).keys()
    assert "“kultura” (Slovenian)" in text
    assert "“культура” (Russian)" in text
    assert "promet" not in text


def test_agreements_of_one_title_are_told_apart(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    register = Register()
    register.agreement("old", signed_on="2010-01-01", valid_to="2012")
    register.agreement("new", signed_on="2020-01-01", valid_to="2024")
    register.label("old words", agreement_id="old")
    register.label("new words", agreement_id="new")
    app = open_page("areas", publish(register), as_of=ON_DAY)
    app.selectbox(key="areas_partner").set_value("ljubljana").run()
    app.selectbox(key="areas_area").set_value("culture").run()
    (dialog,) = app.get("dialog")
    assert isinstance(dialog, Block)
    said = [
        element.value if isinstance(element, Markdown) else element.proto.label
        for element in dialog
        if isinstance(element, (Markdown, PageLink))
    ]

    assert [text.replace("\\", "").split(",")[0] for text in said] == [
        "Programme of cooperation (expired)",
        "- “old words” (English)",
        "Programme of cooperation (active)",
        "- “new words” (English)",
    ]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "address",
    [
        {"city": "ljubljana", "country": "CN"},
        {"q": "atlantis"},
        {"status": "future", "city": "beijing"},
        {"to": "1995", "city": "ljubljana"},
    ],
)
def test_with_nothing_to_show_a_page_helps_on(
    page: str, address: dict[str, str], known: Path, open_page: OpenPage
) -> None:
    app = open_page(page, known, as_of=ON_DAY, **address)

    assert not app.exception
    assert not app.error
    (help_on,) = app.info
    assert "On 1 March 2022 the register knows of nothing that fits all filters." in help_on.value
    assert "reset the filters" in help_on.value
    assert not app.dataframe
    assert not app.get("plotly_chart")


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_agreement_there_is_nothing(
    page: str, published: Path, open_page: OpenPage
) -> None:
    app = open_page(page, published, as_of="1900-01-01", city="istanbul")

    assert not app.exception
    assert "nothing that fits all filters" in words_of(app)


AGREEMENTS: dict[str, list[dict[str, Any]]] = {
    "nothing": [],
    "one without an end": [{"signed_on": "2019-09-10"}],
    "one of one year": [{"signed_on": "2019-09-10", "valid_to": "2019"}],
    "undated": [{}],
}


@pytest.fixture(scope="module", params=AGREEMENTS)
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a register with at most one agreement."""
    register = Register()
    for cells in AGREEMENTS[request.param]:
        register.agreement(**cells)
    folder = tmp_path_factory.mktemp("small")
    return build(register.write(folder / "register"), folder / "build")


@pytest.mark.parametrize("page", PAGES)
def test_a_small_register_is_a_register(page: str, small: Path, open_page: OpenPage) -> None:
    app = open_page(page, small, as_of=ON_DAY)

    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "status",
    ["undated", "announced", "future", "terminated", "suspended", "upcoming", "no_end_stated"],
)
def test_any_one_status_can_be_shown(
    page: str, status: str, known: Path, open_page: OpenPage
) -> None:
    app = open_page(page, known, as_of=ON_DAY, status=status)

    assert not app.exception
    assert "nothing that fits all filters" not in words_of(app)


def trouble(app: AppTest) -> str:
    """The one message of a page that cannot be shown."""
    assert not app.exception
    assert not app.title
    assert not app.dataframe
    (message,) = app.error
    return as_read(str(message.value))


@pytest.mark.parametrize("page", PAGES)
def test_without_a_database_a_page_says_what_to_do(
    page: str, tmp_path: Path, open_page: OpenPage
) -> None:
    assert trouble(open_page(page, tmp_path / POINTER)) == (
        "The register's database is missing. Build it with make etl."
    )


def test_a_pointer_to_nowhere_is_a_missing_database(tmp_path: Path, open_page: OpenPage) -> None:
    (tmp_path / POINTER).symlink_to("partnerships-gone.duckdb")

    assert "missing" in trouble(open_page("timeline", tmp_path / POINTER))


def garbage(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 64)


def text(path: Path) -> None:
    path.write_text("agreement_id,partner_id\n", encoding="utf-8")


def half(path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE numbers AS FROM range(100000)")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def folder(path: Path) -> None:
    path.mkdir()


def other_tables(path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.execute("CREATE TABLE agreements (id INTEGER)")


def tables_without_macros(path: Path) -> None:
    built = build(Register().write(path.parent / "register"), path.parent / "whole")
    with duckdb.connect(path) as connection:
        connection.execute(f"ATTACH '{built}' AS whole (READ_ONLY)")
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'whole'"
        ).fetchall():
            connection.execute(f"CREATE TABLE {name} AS FROM whole.{name}")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("make", [garbage, text, half, folder, other_tables, tables_without_macros])
def test_of_a_database_that_cannot_be_read_a_page_says_what_to_do(
    page: str, make: Callable[[Path], None], tmp_path: Path, open_page: OpenPage
) -> None:
    make(tmp_path / POINTER)
    message = trouble(open_page(page, tmp_path / POINTER))

    assert "cannot be read" in message
    assert "make etl" in message
    # Nothing of where or how it is kept.
    assert str(tmp_path) not in message


def test_once_the_database_is_there_the_page_is_too(tmp_path: Path, open_page: OpenPage) -> None:
    app = open_page("timeline", tmp_path / POINTER, as_of=ON_DAY)
    assert app.error
    build(known_register().write(tmp_path / "register"), tmp_path)
    app.run()

    assert not app.error
    assert "10 agreements with 5 partners" in words_of(app)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_unknown_is_said_and_left_out(page: str, known: Path, open_page: OpenPage) -> None:
    app = open_page(
        page, known, as_of="2022-02-30", city=["atlantis", "istanbul"], horizon="soon", area="magic"
    )
    notices = words_of(app)

    assert not app.exception
    assert len(app.warning) == 1
    for value in ("atlantis", "2022-02-30", "soon", "magic"):
        assert value in notices
    assert app.query_params == {"city": "istanbul"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "years", [{"from": "2500"}, {"to": "1066"}, {"from": "2500", "to": "1066"}]
)
def test_years_outside_the_register_are_no_error(
    page: str, years: dict[str, str], known: Path, open_page: OpenPage
) -> None:
    app = open_page(page, known, as_of=ON_DAY, **years)

    assert not app.exception
    assert app.warning


def test_swapped_years_are_put_right(known: Path, open_page: OpenPage) -> None:
    app = open_page("timeline", known, as_of=ON_DAY, **{"from": "2020", "to": "2010"})

    assert "swapped" in app.warning[0].value
    assert app.query_params == {"as_of": ON_DAY, "from": "2010", "to": "2020"}


def test_an_address_is_text_not_markup(known: Path, open_page: OpenPage) -> None:
    image = "![x](http://example.org/x.png)"
    app = open_page("timeline", known, as_of=ON_DAY, city=image, version=image)

    assert len(app.warning) == 1
    assert "![x](" not in markup_of(app)


def test_a_choice_in_the_sidebar_is_in_the_address_and_on_the_next_page(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("timeline", known, as_of=ON_DAY)
    app.multiselect(key="filter_city").set_value(["istanbul"]).run()
    assert app.query_params == {"as_of": ON_DAY, "city": "istanbul"}

    go_to(app, "validity")
    assert app.query_params == {"as_of": ON_DAY, "city": "istanbul"}
    assert "2 agreements with 1 partner, as of 1 March 2022" in words_of(app)


def test_reset_empties_filters_and_address(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 2))
    app = open_page(
        "timeline",
        known,
        as_of=ON_DAY,
        city=["istanbul", "atlantis"],
        q="x",
        to="2020",
        horizon="1",
    )
    next(button for button in app.button if button.label == "Reset filters").click().run()

    assert app.query_params == {}
    assert not app.warning
    assert "10 agreements with 5 partners, as of 2 March 2022" in words_of(app)
    assert app.number_input(key="filter_horizon").value == 180


def test_without_a_day_the_page_is_of_today(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 1))
    app = open_page("timeline", known)
    assert "as of 1 March 2022" in words_of(app)
    assert app.query_params == {}

    # A page left open over midnight follows.
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 2))
    app.run()
    assert "as of 2 March 2022" in words_of(app)


def test_a_chosen_day_is_pinned(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 1))
    app = open_page("timeline", known)
    app.date_input(key="filter_as_of").set_value(date(2021, 6, 14)).run()
    assert app.query_params == {"as_of": "2021-06-14"}
    assert "as of 14 June 2021" in words_of(app)

    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 2))
    app.run()
    assert "as of 14 June 2021" in words_of(app)


def test_the_horizon_decides_what_is_expiring(known: Path, open_page: OpenPage) -> None:
    app = open_page("validity", known, as_of=ON_DAY, section="next")
    app.number_input(key="filter_horizon").set_value(120).run()

    assert app.query_params == {"as_of": ON_DAY, "horizon": "120", "section": "next"}
    assert "0 agreements of 2 in force run out within 120 days" in words_of(app)


@pytest.mark.parametrize("page", PAGES)
def test_each_download_says_how_many_rows_of_which_day_and_version(
    page: str, known: Path, open_page: OpenPage
) -> None:
    app = open_page(page, known, as_of=ON_DAY)
    with duckdb.connect(known, read_only=True) as connection:
        ((version,),) = connection.execute("FROM register").fetchall()
    buttons = app.get("download_button")

    assert buttons
    for button in buttons:
        assert "1 March 2022" in button.help
        assert version in button.help
    if page in ("timeline", "validity"):
        assert any("These 10 rows" in button.help for button in buttons)


def test_a_newly_published_register_is_shown_on_the_next_run(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    register = Register()
    register.agreement(title="Old title", signed_on="2019-09-10")
    app = open_page("timeline", publish(register), as_of=ON_DAY)
    before = app.get("download_button")[0].help
    assert list(agreements_table(app)["Agreement"]) == ["Ljubljana: Old title"]

    register.rows["agreements"][0]["title"] = "New title"
    register.partner("graz", name="Graz", country_code="AT")
    register.agreement("graz", partner_id="graz", title="Another", signed_on="2020-01-01")
    publish(register)
    app.run()

    assert not app.exception
    assert list(agreements_table(app)["Agreement"]) == ["Graz: Another", "Ljubljana: New title"]
    assert "2 agreements with 2 partners" in words_of(app)
    assert "Graz (1)" in app.multiselect(key="filter_city").options
    assert app.get("download_button")[0].help != before


def test_a_register_that_loses_a_chosen_city_is_no_error(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    register = Register()
    register.agreement(signed_on="2019-09-10")
    register.partner("graz", name="Graz", country_code="AT")
    app = open_page("timeline", publish(register), as_of=ON_DAY, city="graz")
    register.rows["partners"].pop()
    register.withdrawn("graz")
    publish(register)
    app.run()

    assert not app.exception
    assert not app.error


def test_nonsense_in_an_address_is_said_in_one_short_box(known: Path, open_page: OpenPage) -> None:
    cities = [f"nowhere-{number}" for number in range(900)]
    app = open_page("timeline", known, as_of="x" * 50_000, city=[*cities, "y" * 50_000])

    assert not app.exception
    (warning,) = app.warning
    assert "nowhere" in warning.value
    assert "and 896 more" in warning.value
    assert len(warning.value) < 800


def test_an_endless_id_is_cut_in_the_message_and_in_the_address(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("agreement", known, as_of=ON_DAY, id="z" * 50_000)

    assert not app.exception
    assert f"no agreement “{'z' * 60}…”" in words_of(app)
    assert len(app.query_params["id"]) == 200


def test_what_the_register_says_is_no_markup(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    register = Register()
    register.source("x", publisher="![x](http://example.org/a.png)", language="en")
    register.agreement(
        title="![x](http://example.org/b.png)",
        signed_on="2019",
        note="![x](http://example.org/c.png)",
        moscow_signatory="![x](http://example.org/d.png)",
    )
    register.statement("programme", "signed_in", "Ljubljana", "x")
    register.label("![x](http://example.org/e.png)", source_id="x")
    database = publish(register)
    timeline = open_page("timeline", database, as_of=ON_DAY)
    timeline.selectbox(key="timeline_chart_agreement").set_value("programme").run()
    areas = open_page("areas", database, as_of=ON_DAY)
    areas.selectbox(key="areas_partner").set_value("ljubljana").run()
    areas.selectbox(key="areas_area").set_value("culture").run()

    for app in (timeline, areas):
        assert not app.exception
        assert "![x](" not in markup_of(app)
