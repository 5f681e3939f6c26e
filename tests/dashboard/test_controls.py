"""A page's own controls: what they choose is in the address, which alone brings it back."""

from pathlib import Path

import pytest
from streamlit.elements.lib import policies

from tests.dashboard.conftest import DAY, OpenPage, go_to, words_of

ON_DAY = f"{DAY:%Y-%m-%d}"
REAL_DAY = "2026-11-21"
LAST_OF_TIMELINE = "126–144 of 144"


def test_order_and_page_of_the_timeline_stand_in_the_address(
    published: Path, open_page: OpenPage
) -> None:
    app = open_page("timeline", published, as_of=REAL_DAY)
    app.segmented_control(key="own_order").set_value("country").run()
    assert app.query_params == {"as_of": REAL_DAY, "order": "country"}
    app.pagination(key="own_page").set_value(6).run()
    assert app.query_params == {"as_of": REAL_DAY, "order": "country", "page": "6"}
    shown = next(line for line in words_of(app).split("\n") if LAST_OF_TIMELINE in line)

    again = open_page("timeline", published, as_of=REAL_DAY, order="country", page="6")
    assert shown in words_of(again)
    # What nobody chose is left out.
    again.pagination(key="own_page").set_value(1).run()
    again.segmented_control(key="own_order").set_value("name").run()
    assert again.query_params == {"as_of": REAL_DAY}


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("6", LAST_OF_TIMELINE),
        ("99", LAST_OF_TIMELINE),
        ("0", "1–25"),
        ("-1", "1–25"),
        ("٣", "1–25"),
    ],
)
def test_a_page_that_the_list_does_not_have_is_the_nearest(
    published: Path, open_page: OpenPage, page: str, shown: str
) -> None:
    assert shown in words_of(open_page("timeline", published, as_of=REAL_DAY, page=page))


def test_a_page_of_a_list_that_the_address_names_is_no_mistake(
    published: Path,
    open_page: OpenPage,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Streamlit tells once in a process.
    monkeypatch.setattr(policies, "_shown_default_value_warning", False)

    open_page("timeline", published, as_of=REAL_DAY, page="6")

    assert "own_page" not in caplog.text


@pytest.mark.parametrize(
    ("page", "key", "chosen", "address"),
    [
        ("areas", "own_scope", "in_force", {"scope": "in_force"}),
        ("areas", "own_order", "name", {"order": "name"}),
    ],
)
def test_what_is_chosen_beside_one_another(
    known: Path, open_page: OpenPage, page: str, key: str, chosen: str, address: dict[str, str]
) -> None:
    app = open_page(page, known, as_of=ON_DAY)
    app.segmented_control(key=key).set_value(chosen).run()
    assert app.query_params == {"as_of": ON_DAY} | address

    again = open_page(page, known, as_of=ON_DAY, **address)
    assert again.segmented_control(key=key).value == chosen
    # An unknown value is as good as none.
    other = open_page(page, known, as_of=ON_DAY, **dict.fromkeys(address, "x"))
    assert other.segmented_control(key=key).value != chosen
    assert other.query_params == {"as_of": ON_DAY} | dict.fromkeys(address, "x")


def test_the_table_of_the_dictionary(known: Path, open_page: OpenPage) -> None:
    app = open_page("data", known, as_of=ON_DAY, table="sources")
    assert app.selectbox(key="own_table").value == "sources"
    app.selectbox(key="own_table").set_value("events").run()
    assert app.query_params == {"as_of": ON_DAY, "table": "events"}


def test_the_field_of_what_rests_on_one_source(known: Path, open_page: OpenPage) -> None:
    app = open_page("sources", known, as_of=ON_DAY, section="single", field="valid_to")
    assert app.selectbox(key="own_field").value == "valid_to"
    app.selectbox(key="own_field").set_value(None).run()
    assert app.query_params == {"as_of": ON_DAY, "section": "single"}


def test_the_menu_leads_to_each_page_as_it_was_left(known: Path, open_page: OpenPage) -> None:
    app = open_page("areas", known, as_of=ON_DAY, scope="in_force")
    go_to(app, "timeline")
    assert app.query_params == {"as_of": ON_DAY}
    app.segmented_control(key="own_order").set_value("latest").run()

    go_to(app, "areas")
    assert app.query_params == {"as_of": ON_DAY, "scope": "in_force"}
    assert app.segmented_control(key="own_order").value == "total"


def test_what_one_page_has_is_nothing_to_another(known: Path, open_page: OpenPage) -> None:
    app = open_page(
        "validity", known, as_of=ON_DAY, section="next", id="ljubljana-2019", map="asia"
    )

    assert app.query_params == {"as_of": ON_DAY, "section": "next"}
