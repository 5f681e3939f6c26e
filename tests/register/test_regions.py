"""Regions of the world: the UN's table, the filter, the search, the partners' rows."""

import csv
from dataclasses import replace
from datetime import date
from importlib import resources

import duckdb
import pycountry
import pytest

from etl.transform import M49
from register.filters import Filters
from register.queries import overview, register, selected
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
ALL = Filters(as_of=DAY)
REAL = Filters(as_of=date(2026, 11, 26))


def found(cursor: Cursor, filters: Filters) -> set[str]:
    return set(selected.agreements(cursor, filters)["agreement_id"])


def partners(cursor: Cursor, filters: Filters) -> set[str]:
    return set(selected.agreements(cursor, filters)["partner_id"])


def test_the_table_is_the_one_that_another_package_has() -> None:
    with M49.open(encoding="utf-8", newline="") as file:
        ours = {
            row["country_code"]: row["intermediate_region"] or row["subregion"]
            for row in csv.DictReader(file)
        }
    with resources.files("country_converter").joinpath("country_data.tsv").open() as file:
        # Of two countries it has a pattern for several codes: "^GB$|^UK$".
        theirs = {
            row["ISO2"].split("|")[0].strip("^$"): row["UNregion"]
            for row in csv.DictReader(file, delimiter="\t")
        }
    # M49 gives Antarctica no region and has no row for Taiwan.
    assert {country.alpha_2 for country in pycountry.countries} - ours.keys() == {"AQ", "TW"}
    # Nauru lies in Micronesia by M49.
    assert {code for code, part in ours.items() if theirs[code] != part} == {"NR"}


@pytest.mark.parametrize(
    ("regions", "expected"),
    [
        (("asia",), {"istanbul", "beijing", "tehran", "anhui"}),
        (("western-asia",), {"istanbul"}),
        (("eastern-asia", "southern-asia"), {"beijing", "anhui", "tehran"}),
        (("western-asia", "europe"), {"istanbul", "ljubljana"}),
        (("southern-europe",), {"ljubljana"}),
    ],
)
def test_a_region_selects_all_that_lies_in_it(
    cursor: Cursor, regions: tuple[str, ...], expected: set[str]
) -> None:
    assert partners(cursor, replace(ALL, region=regions)) == expected


def test_regions_can_be_chosen_where_there_are_partners_each_before_its_parts(
    cursor: Cursor,
) -> None:
    assert list(register.options(cursor).region.items()) == [
        ("asia", "Asia"),
        ("eastern-asia", "Eastern Asia"),
        ("southern-asia", "Southern Asia"),
        ("western-asia", "Western Asia"),
        ("europe", "Europe"),
        ("southern-europe", "Southern Europe"),
    ]


def test_a_partner_and_an_agreement_have_their_region(cursor: Cursor) -> None:
    rows = overview.partners(cursor, ALL).set_index("partner_id")
    agreements = selected.agreements(cursor, ALL).set_index("agreement_id")

    assert tuple(rows.loc["tehran", ["region", "subregion"]]) == ("Asia", "Southern Asia")
    assert tuple(rows.loc["ljubljana", ["region", "subregion"]]) == ("Europe", "Southern Europe")
    assert agreements.loc["istanbul-2020", "subregion"] == "Western Asia"


def test_the_search_understands_regions(cursor: Cursor) -> None:
    assert partners(cursor, replace(ALL, q="Western Asia")) == {"istanbul"}
    assert partners(cursor, replace(ALL, q="europe")) == {"ljubljana"}
    assert register.alike(cursor, "Evrope") == ["Europe"]


def test_a_country_that_has_no_region_is_in_none_and_stays(connect: Connect) -> None:
    own = Register()
    own.partner("taipei", name="Taipei", country_code="TW")
    own.agreement(partner_id="taipei", signed_on="2019-09-10")
    # NA is Namibia.
    own.partner("windhoek", name="Windhoek", country_code="NA")
    own.agreement("windhoek-2020", partner_id="windhoek", signed_on="2020-09-10")
    cursor = connect(own)
    rows = overview.partners(cursor, ALL).set_index("partner_id")

    assert rows.loc[["taipei", "windhoek"], "region"].fillna("").tolist() == ["", "Africa"]
    assert found(cursor, replace(ALL, region=("southern-africa",))) == {"windhoek-2020"}


def test_africa_has_16_partners_by_search_and_by_filter(real: Cursor) -> None:
    by_search = found(real, replace(REAL, q="Africa"))

    assert by_search == found(real, replace(REAL, region=("africa",)))
    assert len(partners(real, replace(REAL, region=("africa",)))) == 16
    assert found(real, replace(REAL, region=("western-asia",))) <= found(
        real, replace(REAL, q="Western Asia")
    )
