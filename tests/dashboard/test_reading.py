"""The register changes while it is read: each page shows one version of it, and loses nothing."""

import os
from collections.abc import Callable, Iterator
from itertools import count, cycle
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import store
from etl.publish import build
from tests.conftest import Register
from tests.dashboard.conftest import ROOT, OpenPage, known_register, tables, words_of

ON_DAY = "2022-03-01"

PAGES: dict[str, dict[str, Any]] = {
    "overview": {},
    "timeline": {"q": "nothing like it"},
    "areas": {"area": ["culture", "tourism"]},
    "validity": {"section": "lapsed"},
    "events": {"event": "terminated"},
    "partner": {"city": "anhui"},
    "agreement": {"id": "anhui-2018"},
    "sources": {"section": "disagree"},
    "data": {"country": "CN"},
}
"""Each page, and what leads to more of what it asks."""


class Versions(NamedTuple):
    """Two published versions; the second has lost a partner, an agreement, and its first years."""

    first: Path
    second: Path


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    yield
    st.cache_data.clear()


def without_anhui(register: Register) -> Register:
    """The register without one of its partners, and without the agreement that it begins with."""
    gone = {"anhui-2018", "anhui-letter", "beijing-1995", "event-2"}
    for name, rows in register.rows.items():
        register.rows[name] = [
            row
            for row in rows
            if row.get("partner_id") != "anhui"
            and not gone & {row.get("agreement_id"), row.get("record_id"), row.get("event_id")}
        ]
    return register


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> Versions:
    folder = tmp_path_factory.mktemp("versions")
    return Versions(
        build(known_register().write(folder / "one"), folder / "first"),
        build(without_anhui(known_register()).write(folder / "two"), folder / "second"),
    )


@pytest.fixture
def pointer(tmp_path: Path, versions: Versions) -> Path:
    """What leads to the published version: the first, for now."""
    path = tmp_path / "pointer.duckdb"
    path.symlink_to(versions.first)
    return path


def switch(pointer: Path, database: Path) -> None:
    """Publish a version under a name of its own."""
    build = next(
        path
        for number in count()
        if not (path := pointer.with_name(f"{database.stem}-{number}.duckdb")).exists()
    )
    build.hardlink_to(database)
    link = pointer.with_suffix(".link")
    link.symlink_to(build)
    os.replace(link, pointer)


@pytest.fixture
def change_after_each_question(
    monkeypatch: pytest.MonkeyPatch, pointer: Path, versions: Versions
) -> None:
    """Publish the second version anew after each question that a page asks."""
    real = store.ask

    def ask(*arguments: Any, **named: Any) -> Any:
        answer = real(*arguments, **named)
        switch(pointer, versions.second)
        return answer

    monkeypatch.setattr(store, "ask", ask)


def shown(app: AppTest) -> tuple[str, list[str], list[str], list[str]]:
    """All that a page says, in words, tables, code and lists to choose from."""
    assert not app.exception
    assert not app.error
    return (
        words_of(app),
        [table.to_csv(index=False) for table in tables(app)],
        [str(block.value) for block in app.code],
        [option for widget in (*app.multiselect, *app.selectbox) for option in widget.options],
    )


@pytest.mark.parametrize("more", [False, True], ids=["plain", "more"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_one_version_whatever_is_published_meanwhile(
    page: str,
    more: bool,
    versions: Versions,
    pointer: Path,
    open_page: OpenPage,
    request: pytest.FixtureRequest,
) -> None:
    address = PAGES[page] if more else {}
    undisturbed = shown(open_page(page, versions.first, as_of=ON_DAY, **address))

    request.getfixturevalue("change_after_each_question")
    disturbed = open_page(page, pointer, as_of=ON_DAY, **address)

    assert shown(disturbed) == undisturbed
    # The next run shows the new one.
    assert "Ānhuī (2)" in disturbed.multiselect(key="filter_city").options
    assert "Ānhuī" not in " ".join(disturbed.run().multiselect(key="filter_city").options)


@pytest.mark.usefixtures("change_after_each_question")
def test_a_callback_and_its_page_are_no_trouble_in_between(
    pointer: Path, open_page: OpenPage
) -> None:
    app = open_page("overview", pointer)
    app.button(key="overview_Year back").click().run()
    next(button for button in app.button if button.label == "Play the years").click().run()
    next(button for button in app.button if button.label == "Pause").click().run()
    app.slider(key="filter_years").set_value((2000, 2022)).run()
    next(button for button in app.button if button.label == "Reset filters").click().run()

    assert not app.exception
    assert not app.error
    assert app.slider(key="filter_years").value == (2004, 2025)
    assert "from" not in app.query_params


# Sessions that stay open.


def register_until(last: str, first: str = "2010", *more: str) -> Register:
    register = Register()
    register.agreement(signed_on=f"{min(first, '2024')}-09-10", valid_from=first, valid_to=last)
    for partner_id in more:
        register.partner(partner_id, name=partner_id.capitalize(), country_code="AT")
        register.agreement(
            f"of-{partner_id}", partner_id=partner_id, signed_on="2015-01-01", valid_to=last
        )
    return register


@pytest.mark.parametrize(
    ("first", "last"), [("2010", "2032"), ("2010", "2020"), ("2005", "2027"), ("2030", "2040")]
)
def test_years_that_nobody_chose_follow_the_register(
    first: str, last: str, publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    app = open_page("validity", publish(register_until("2027")), as_of="2031-01-01")
    publish(register_until(last, first))
    app.run()

    assert not app.exception
    assert not app.warning
    assert app.query_params == {"as_of": "2031-01-01"}
    # What is in force from 2030 was signed in 2024.
    assert app.slider(key="filter_years").value == (min(int(first), 2024), int(last))
    assert "1 agreement with 1 partner" in words_of(app)


def test_chosen_years_stay(publish: Callable[[Register], Path], open_page: OpenPage) -> None:
    app = open_page("validity", publish(register_until("2027")), as_of=ON_DAY)
    app.slider(key="filter_years").set_value((2012, 2027)).run()
    publish(register_until("2032"))
    app.run()

    assert app.slider(key="filter_years").value == (2012, 2032)
    assert app.query_params == {"as_of": ON_DAY, "from": "2012"}
    assert not app.warning


def test_chosen_years_that_the_register_has_lost_are_said(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    app = open_page("validity", publish(register_until("2027")), as_of=ON_DAY)
    app.slider(key="filter_years").set_value((2026, 2027)).run()
    publish(register_until("2020"))
    app.run()

    assert not app.exception
    assert len(app.warning) == 1
    text = words_of(app)
    assert "The register has changed since" in text
    assert "“from=2026” is left out: the register's years are 2010 to 2020." in text
    assert app.slider(key="filter_years").value == (2010, 2020)


def test_a_chosen_partner_that_the_register_has_lost_is_said(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    app = open_page(
        "timeline",
        publish(register_until("2027", "2010", "graz", "linz")),
        as_of=ON_DAY,
        city=["graz", "linz"],
    )
    without_graz = register_until("2027", "2010", "linz")
    without_graz.withdrawn("graz")
    without_graz.withdrawn("of-graz")
    publish(without_graz)
    app.run()

    assert not app.exception
    (warning,) = app.warning
    assert "The register has no city “graz”" in words_of(app)
    assert warning.value.startswith("The register has changed since")
    assert app.query_params == {"as_of": ON_DAY, "city": "linz"}
    # What is said stays said until a reader takes it back.
    app.run()
    assert len(app.warning) == 1
    next(button for button in app.button if button.label == "Reset filters").click().run()
    assert not app.warning


def test_what_is_chosen_in_the_run_of_the_new_version_holds(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    app = open_page("timeline", publish(register_until("2027", "2010", "graz")), as_of=ON_DAY)
    publish(register_until("2032", "2010", "graz"))
    app.multiselect(key="filter_city").set_value(["graz"]).run()

    assert app.query_params == {"as_of": ON_DAY, "city": "graz"}
    assert "1 agreement with 1 partner" in words_of(app)


def test_five_sessions_stay_open_while_thirty_versions_are_published(
    pointer: Path, versions: Versions, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(pointer))
    longer = known_register()
    longer.agreement("new", title="The new one", signed_on="2021-02-01", valid_to="2040")
    third = build(longer.write(tmp_path / "register"), tmp_path / "third")
    # Filters that every version has; the pages also show what only some have.
    addresses: dict[str, dict[str, str | list[str]]] = {
        "overview": {"country": ["CN", "SI"]},
        "timeline": {"city": ["istanbul", "ljubljana"], "from": "2012", "to": "2024"},
        "agreement": {"id": "istanbul-2020", "q": "roads"},
        "sources": {"section": "single", "area": "tourism", "horizon": "30"},
        "data": {"status": ["active", "in_force"], "party": "moscow_government"},
    }
    sessions = {}
    for page, address in addresses.items():
        app = AppTest.from_file(ROOT / "dashboard" / "main.py", default_timeout=60)
        app.query_params.update({"as_of": ON_DAY} | address)
        sessions[page] = app.switch_page(f"../pages/{page}.py").run()

    visits = cycle(sessions.items())
    published = cycle([versions.second, third, versions.first])
    for _ in range(30):
        switch(pointer, next(published))
        page, app = next(visits)
        app.run()
        assert not app.exception, page
        assert not app.error, page
        assert not app.warning, page
        assert app.query_params == {"as_of": ON_DAY} | addresses[page]
