"""The filters of the sidebar: what they are called, how much is behind them, what they keep."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from register.filters import LISTS
from register.queries import choices
from register.store import Store
from tests.dashboard.conftest import DAY, OpenPage, go_to, words_of

ON_DAY = f"{DAY:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ({}, "More filters"),
        ({"city": "istanbul"}, "More filters"),
        ({"country": "TR"}, "More filters (1 in use)"),
        ({"horizon": "30", "from": "2020", "to": "2021"}, "More filters (2 in use)"),
        (
            {
                "country": "TR",
                "region": "asia",
                "signed_from": "2020",
                "party": "moscow_government",
            },
            "More filters (4 in use)",
        ),
    ],
)
def test_the_filters_that_are_not_seen_say_how_many_are_in_use(
    known: Path, open_page: OpenPage, address: dict[str, str], label: str
) -> None:
    app = open_page("timeline", known, as_of=ON_DAY, **address)

    assert [box.label for box in app.sidebar.expander] == [label]


def test_each_value_says_how_many_agreements_it_stands_for(known: Path) -> None:
    """By hand: Istanbul has agreements of 2010, 2020 and 2023."""
    version = Store(known).current()
    numbers = {name: version.ask(choices.numbers, name) for name in LISTS}

    assert numbers["city"]["istanbul"] == 3
    assert numbers["country"]["TR"] == 3
    assert numbers["region"]["western-asia"] == 3
    assert sum(numbers["city"].values()) == sum(numbers["instrument"].values()) == 11
    assert version.ask(choices.labels, "city")["istanbul"] == "Istanbul (3)"


def test_the_years_of_signing_stand_in_the_address_and_go_along(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("timeline", known, as_of=ON_DAY)
    app.slider(key="filter_signed").set_value((2019, 2020)).run()
    assert app.query_params == {"as_of": ON_DAY, "signed_from": "2019", "signed_to": "2020"}
    shown = next(line for line in words_of(app).split("\n") if " with " in line)

    go_to(app, "validity")
    assert app.query_params == {"as_of": ON_DAY, "signed_from": "2019", "signed_to": "2020"}
    assert shown in words_of(app)


def test_what_happened_goes_along_though_the_sidebar_does_not_show_it(
    known: Path, open_page: OpenPage
) -> None:
    asked = {"event": "suspended", "happened_from": "2021", "happened_to": "2022-02"}
    app = open_page("timeline", known, as_of=ON_DAY, **asked)
    assert app.query_params == {"as_of": ON_DAY} | asked
    go_to(app, "validity")

    assert app.query_params == {"as_of": ON_DAY} | asked
    app.sidebar.button[-1].click().run()
    assert app.query_params == {}


def test_filters_that_nobody_opened_are_not_drawn_and_hold_all_the_same(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("timeline", known, as_of=ON_DAY, country="TR", horizon="30")
    shown = words_of(app)
    assert {"filter_country", "filter_horizon"} <= keys(app)

    app.session_state["more_filters"] = False
    app.run()
    assert not {"filter_country", "filter_horizon", "filter_years"} & keys(app)
    assert words_of(app) == shown
    app.multiselect(key="filter_city").set_value(["istanbul"]).run()
    assert app.query_params["country"] == "TR"

    app.session_state["more_filters"] = True
    app.run()
    assert app.multiselect(key="filter_country").value == ["TR"]
    assert app.number_input(key="filter_horizon").value == 30


def keys(app: AppTest) -> set[str | None]:
    """The widgets of the sidebar that are drawn."""
    widgets = (*app.sidebar.multiselect, *app.sidebar.slider, *app.sidebar.number_input)
    return {widget.key for widget in widgets}
