"""The filters and an address are each other's mirror; nonsense in it is said and left out."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.filters import (
    DEFAULT_HORIZON,
    FIRST_DAY,
    LAST_DAY,
    LISTS,
    MAX_HORIZON,
    MAX_SEARCH,
    PARAMETERS,
    Filters,
    Options,
    from_address,
    in_order,
    search_in,
    to_address,
)

TODAY = date(2026, 11, 21)
OPTIONS = Options(
    city={"istanbul": "Istanbul", "ljubljana": "Ljubljana", "tehran": "Tehran"},
    country={"TR": "Türkiye", "SI": "Slovenia"},
    region={"asia": "Asia", "western-asia": "Western Asia"},
    area={"transport": "Transport", "culture": "Culture"},
    instrument={"programme": "Programme", "protocol": "Protocol"},
    party={"moscow_government": "Moscow Government"},
    status={"active": "Active", "expired": "Expired", "future": "Not yet known"},
    event={"suspended": "Suspended", "terminated": "Terminated"},
    actor={"moscow": "Moscow", "partner": "Partner"},
    first_year=1957,
    last_year=2029,
)

words = st.text(max_size=MAX_SEARCH).map(search_in)


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """Any filters that can be chosen in the sidebar."""
    begin, end = sorted(draw(st.tuples(*[st.integers(1957, 2029)] * 2)))
    signed = sorted(draw(st.tuples(*[st.integers(1957, 2029)] * 2)))
    happened = sorted(draw(st.tuples(*[st.dates(FIRST_DAY, LAST_DAY)] * 2)))
    forms = [draw(st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"])) for _ in happened]
    since, until = (day.strftime(form) for day, form in zip(happened, forms, strict=True))
    lists: dict[str, Any] = {
        name: tuple(draw(st.lists(st.sampled_from(list(OPTIONS.of(name))), unique=True)))
        for name in LISTS
    }
    return Filters(
        as_of=draw(st.dates(FIRST_DAY, LAST_DAY)),
        horizon=draw(st.integers(0, MAX_HORIZON)),
        from_year=draw(st.sampled_from([None, begin])),
        to_year=draw(st.sampled_from([None, end])),
        signed_from=draw(st.sampled_from([None, signed[0]])),
        signed_to=draw(st.sampled_from([None, signed[1]])),
        happened_from=draw(st.sampled_from([None, since])),
        happened_to=draw(st.sampled_from([None, until])),
        q=draw(words),
        **lists,
    )


@given(filters())
def test_an_address_keeps_the_filters(chosen: Filters) -> None:
    address = to_address(chosen, pin_day=True)

    assert from_address(address, OPTIONS, TODAY) == (chosen, [])


@given(filters())
def test_without_a_pinned_day_a_view_moves_on_with_today(chosen: Filters) -> None:
    address = to_address(chosen, pin_day=False)
    tomorrow, notices = from_address(address, OPTIONS, date(2026, 11, 22))

    assert "as_of" not in address
    assert tomorrow.as_of == date(2026, 11, 22)
    assert not notices


NAMES = [*PARAMETERS, "utm_source"]
VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["istanbul", "TR", "active", "2019", "1900", "9999", "2019-02", "2019-02-29", "-1", "0"]
    ),
    st.integers(-(10**12), 10**12).map(str),
)


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=3)))
def test_any_address_gives_filters_that_can_be_shown(address: dict[str, list[str]]) -> None:
    chosen, _ = from_address(address, OPTIONS, TODAY)

    for name in LISTS:
        assert set(getattr(chosen, name)) <= set(OPTIONS.of(name))
    assert FIRST_DAY <= chosen.as_of <= LAST_DAY
    assert 0 <= chosen.horizon <= MAX_HORIZON
    assert chosen.from_year is None or chosen.from_year <= OPTIONS.last_year
    assert chosen.to_year is None or chosen.to_year >= OPTIONS.first_year
    # The address that the page then writes says the same, with nothing left to complain about.
    assert from_address(to_address(chosen, pin_day=True), OPTIONS, TODAY) == (chosen, [])


def test_an_empty_address_shows_all_of_today() -> None:
    chosen, notices = from_address({}, OPTIONS, TODAY)

    assert chosen == Filters(as_of=TODAY, horizon=180)
    assert not chosen.restricting
    assert not notices


def test_defaults_leave_the_address_empty() -> None:
    assert to_address(Filters(as_of=TODAY), pin_day=False) == {}
    assert to_address(Filters(as_of=TODAY, horizon=DEFAULT_HORIZON), pin_day=True) == {
        "as_of": ["2026-11-21"]
    }


def test_an_address_says_ids_and_codes() -> None:
    chosen = Filters(
        as_of=date(2022, 3, 1),
        horizon=0,
        city=("istanbul", "tehran"),
        country=("TR",),
        area=("transport",),
        status=("active",),
        from_year=2015,
        to_year=2019,
        signed_from=2014,
        happened_to="2022-02",
        q="Стамбул",
    )

    assert to_address(chosen, pin_day=True) == {
        "city": ["istanbul", "tehran"],
        "country": ["TR"],
        "area": ["transport"],
        "status": ["active"],
        "from": ["2015"],
        "to": ["2019"],
        "signed_from": ["2014"],
        "happened_to": ["2022-02"],
        "q": ["Стамбул"],
        "as_of": ["2022-03-01"],
        "horizon": ["0"],
    }


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_value_is_said_and_left_out(name: str) -> None:
    known = next(iter(OPTIONS.of(name)))
    chosen, notices = from_address({name: ["atlantis", known]}, OPTIONS, TODAY)

    assert getattr(chosen, name) == (known,)
    assert len(notices) == 1
    assert "atlantis" in notices[0]
    assert name in notices[0]


def test_a_label_is_no_value() -> None:
    chosen, notices = from_address({"city": ["Istanbul"]}, OPTIONS, TODAY)

    assert chosen.city == ()
    assert "Istanbul" in notices[0]


def test_each_parameter_has_one_notice_of_all_its_unknown_values() -> None:
    _, notices = from_address(
        {"city": ["atlantis", "avalon"], "country": ["XX"], "horizon": ["soon"]}, OPTIONS, TODAY
    )

    assert len(notices) == 3
    assert "no city “atlantis”, “avalon”," in notices[0]


def test_notices_stay_short_whatever_an_address_holds() -> None:
    cities = [f"nowhere-{number}" for number in range(1000)]
    address = {
        "city": cities,
        **{name: ["x" * 50_000] for name in ("country", "from", "to", "horizon", "as_of")},
    }

    _, notices = from_address(address, OPTIONS, TODAY)

    assert "“nowhere-0”, " in notices[0]
    assert "“nowhere-4” and 995 more," in notices[0]
    assert len(notices) == 6
    assert all(len(notice) < 250 for notice in notices)
    assert all(f"{'x' * 60}…" in notice for notice in notices[1:])


def test_a_value_given_twice_counts_once() -> None:
    chosen, notices = from_address({"city": ["istanbul", "istanbul"]}, OPTIONS, TODAY)

    assert chosen.city == ("istanbul",)
    assert not notices


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("from", "soon"),
        ("from", "0"),
        ("from", "10000"),
        ("from", "-1999"),
        ("from", "1999.5"),
        ("from", " 1999"),
        ("from", "١٩٩٩"),
        ("from", "2²"),
        ("from", ""),
        ("to", "9" * 5000),
        ("horizon", "-1"),
        ("horizon", "3661"),
        ("horizon", "6 months"),
    ],
)
def test_a_bad_number_is_said_and_left_out(name: str, text: str) -> None:
    chosen, notices = from_address({name: [text]}, OPTIONS, TODAY)

    assert chosen == Filters(as_of=TODAY)
    assert len(notices) == 1
    assert name in notices[0]
    assert "whole number" in notices[0]


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2019-02-29",
        "2019-02-30",
        "2019-2-3",
        "20190203",
        "2019-W05-7",
        "2019-02",
        "03.02.2019",
        "2019-02-03T00:00",
        "1899-12-31",
        "2101-01-01",
        "",
    ],
)
def test_a_bad_day_is_said_and_today_holds(text: str) -> None:
    chosen, notices = from_address({"as_of": [text]}, OPTIONS, TODAY)

    assert chosen.as_of == TODAY
    assert len(notices) == 1
    assert "as_of" in notices[0]
    assert "2026-11-21" in notices[0]


def test_swapped_years_are_put_right_and_said() -> None:
    chosen, notices = from_address({"from": ["2020"], "to": ["2010"]}, OPTIONS, TODAY)

    assert (chosen.from_year, chosen.to_year) == (2010, 2020)
    assert len(notices) == 1
    assert "swapped" in notices[0]


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        ("signed_from", "signed_to", "The years 2020 to 2010 are swapped."),
        ("happened_from", "happened_to", "The days 2020 to 2010 are swapped."),
    ],
)
def test_other_spans_are_put_right_too(since: str, until: str, text: str) -> None:
    address = {since: ["2020"], until: ["2010"]}
    chosen, notices = from_address(address, OPTIONS, TODAY)

    assert to_address(chosen, pin_day=False) == {since: ["2010"], until: ["2020"]}
    assert notices == [text]


def test_a_month_and_a_year_that_holds_it_are_in_order() -> None:
    address = {"happened_from": ["2022-02-24"], "happened_to": ["2022"]}
    chosen, notices = from_address(address, OPTIONS, TODAY)

    assert (chosen.first_happened, chosen.last_happened) == (date(2022, 2, 24), date(2022, 12, 31))
    assert not notices


@pytest.mark.parametrize(
    "text", ["2022-2", "2022-02-30", "2022?", "22", "1899", "2101", "2022-W05"]
)
def test_what_is_no_day_month_or_year_is_said_and_left_out(text: str) -> None:
    chosen, (notice,) = from_address({"happened_from": [text]}, OPTIONS, TODAY)

    assert chosen == Filters(as_of=TODAY)
    assert "2022-02-24, 2022-02 or 2022" in notice


@pytest.mark.parametrize(
    "address",
    [{"from": ["2030"]}, {"to": ["1956"]}, {"signed_from": ["2030"]}, {"signed_to": ["1956"]}],
)
def test_years_outside_the_register_are_said_and_left_out(address: dict[str, list[str]]) -> None:
    chosen, notices = from_address(address, OPTIONS, TODAY)

    assert not chosen.restricting
    assert len(notices) == 1
    assert "1957 to 2029" in notices[0]


def test_one_year_is_a_range_of_years() -> None:
    chosen, notices = from_address({"from": ["2020"], "to": ["2020"]}, OPTIONS, TODAY)

    assert (chosen.from_year, chosen.to_year) == (2020, 2020)
    assert not notices


def test_of_a_single_valued_parameter_the_last_counts() -> None:
    chosen, _ = from_address({"as_of": ["2019-01-01", "2020-01-01"]}, OPTIONS, TODAY)

    assert chosen.as_of == date(2020, 1, 1)


def test_a_search_is_trimmed_and_cut() -> None:
    chosen, _ = from_address({"q": ["  twin \t\n city "]}, OPTIONS, TODAY)
    long, _ = from_address({"q": ["a" * 5000]}, OPTIONS, TODAY)

    assert chosen.q == "twin city"
    assert len(long.q) == MAX_SEARCH


def test_strange_parameters_are_none_of_our_business() -> None:
    assert from_address({"utm_source": ["x"]}, OPTIONS, TODAY) == (Filters(as_of=TODAY), [])


def test_the_parameters_of_a_view_have_one_order() -> None:
    address = {"id": ["x"], "horizon": ["90"], "q": ["tram"], "to": ["2020"], "city": ["kyiv"]}
    expected = {"city": ["kyiv"], "to": ["2020"], "q": ["tram"], "horizon": ["90"], "id": ["x"]}

    assert list(in_order(address).items()) == list(expected.items())


def test_only_what_narrows_the_view_is_restricting() -> None:
    assert not Filters(as_of=date(1999, 1, 1), horizon=30).restricting
    assert Filters(as_of=TODAY, city=("istanbul",)).restricting
    assert Filters(as_of=TODAY, to_year=2019).restricting
    assert Filters(as_of=TODAY, q="x").restricting


@pytest.mark.parametrize("unseen", ["\u200b", " \u2060 \u00ad", "\ufeff"])
def test_a_search_for_nothing_that_can_be_seen_is_none(unseen: str) -> None:
    filters, notices = from_address({"q": [unseen]}, OPTIONS, TODAY)

    assert not filters.restricting
    assert not notices
