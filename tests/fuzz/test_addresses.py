"""Any address gives filters, few notices, and pages that open."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.filters import PARAMETERS, Options, from_address, to_address
from register.queries import areas, overview, register, selected, snapshot, sources
from tests.dashboard.conftest import DAY, OpenPage
from tests.fuzz.conftest import tried

Address = dict[str, list[str]]

VALUES = st.sampled_from(
    [
        *("istanbul", "beijing", "TR", "CN", "transport", "culture", "programme", "twinning"),
        *("moscow_government", "city_duma", "active", "in_force", "future", "expired"),
        *("1995", "2010", "2022", "2025", "9999", "0", "-1", "180", "3660", "3661", "1e3", "²"),
        *("2022-03-01", "2020-02-29", "2021-02-29", "1900-01-01", "2100-12-31", "9999-12-31"),
        *("Стамбул", "  twin   city ", "%", "_", "'; DROP TABLE agreements; --", "$q", "\\"),
        *("<b>x</b>", ":material/home:", "[x](http://192.0.2.1)", "$x$", "\0", "x" * 5000),
    ]
)
NAMES = st.sampled_from([*PARAMETERS, "id", "source", "section", "ended", "version", "lang", "x"])
ADDRESSES: st.SearchStrategy[Address] = st.dictionaries(
    NAMES | st.text(max_size=8), st.lists(VALUES | st.text(max_size=20), max_size=4), max_size=8
)
"""Addresses as a browser can ask for: texts of any kind, a name with several values or none."""

MANY = st.integers(1, 2000).map(lambda number: {"city": [f"city-{n}" for n in range(number)]})


@pytest.fixture(scope="module")
def options(known: Path) -> Options:
    with duckdb.connect(known, read_only=True) as connection:
        return register.options(connection)


@given(address=ADDRESSES)
def test_an_address_gives_filters_that_can_be_chosen(options: Options, address: Address) -> None:
    filters, _ = from_address(address, options, DAY)

    for name in ("city", "country", "area", "instrument", "party", "status"):
        chosen = getattr(filters, name)
        assert set(chosen) <= set(options.of(name))
        assert len(chosen) == len(set(chosen))
    assert date(1900, 1, 1) <= filters.as_of <= date(2100, 12, 31)
    assert 0 <= filters.horizon <= 3660
    first, last = filters.from_year or options.first_year, filters.to_year or options.last_year
    assert first <= last


@given(address=ADDRESSES | MANY)
def test_the_notices_of_an_address_are_few_and_short(options: Options, address: Address) -> None:
    _, notices = from_address(address, options, DAY)

    # One for each parameter, and one for each of a few values.
    assert len(notices) <= 50
    assert all(len(notice) <= 500 for notice in notices)


@given(address=ADDRESSES)
def test_what_an_address_gives_has_an_address(options: Options, address: Address) -> None:
    filters, _ = from_address(address, options, DAY)
    written = to_address(filters, pin_day=True)

    assert from_address(written, options, date(2030, 1, 1)) == (filters, [])
    assert to_address(filters, pin_day=True) == written


@tried(4)
@given(address=ADDRESSES)
def test_every_query_runs(known: Path, options: Options, address: Address) -> None:
    filters, _ = from_address(address, options, DAY)
    with duckdb.connect(known, read_only=True) as cursor:
        agreements = selected.agreements(cursor, filters)
        counts = selected.status_counts(cursor, filters)
        partners = overview.partners(cursor, filters)
        for query in (
            *(selected.events, selected.lapsed, overview.disagreements, overview.first_day),
            *(sources.counts, sources.sources, sources.disagreements, sources.witnesses),
            snapshot.row_counts,
        ):
            query(cursor, filters)
        areas.area_counts(cursor, filters, ())
        register.alike(cursor, filters.q)

    assert counts["agreements"].sum() == len(agreements)
    assert partners["agreements"].sum() == len(agreements)
    assert set(partners["partner_id"]) == set(agreements["partner_id"])


@tried(20)
@given(
    page=st.sampled_from(
        [
            *("overview", "timeline", "areas", "validity", "events", "partner", "agreement"),
            *("sources", "data"),
        ]
    ),
    address=ADDRESSES,
)
def test_every_page_opens(known: Path, open_page: OpenPage, page: str, address: Address) -> None:
    app = open_page(page, known, **address)

    assert not app.exception
