"""What is well formed and cannot be: days to come, foretold signings, places elsewhere."""

import csv
from pathlib import Path

import pycountry
import pytest

from etl.validate.plausible import country_bounds
from tests.conftest import REAL_REGISTER, Register
from tests.etl.breaking import change, check, line_of, problems_of, whole_register


@pytest.fixture
def register() -> Register:
    return whole_register()


# --- days; the checks judge on 2026-06-30 -----------------------------------------------------


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("sources", 0, "published_on", "2026-07-01"),
        ("sources", 0, "published_on", "2026-07"),
        ("sources", 0, "accessed_on", "2026-07-01"),
        ("agreements", 1, "signed_on", "2026-07-01"),
        ("agreements", 1, "reported_on", "2027"),
    ],
)
def test_nothing_is_written_or_signed_after_today(
    register: Register, tmp_path: Path, table: str, row: int, column: str, value: str
) -> None:
    change(register, table, row, **{column: value})
    problems = problems_of(register.write(tmp_path / "future"))
    place = f"{table}.csv:{row + 2}: {column} = '{value}'"
    assert any(
        line.startswith(f"{place} lies after the day of the build (2026-06-30)")
        for line in problems
    )


@pytest.mark.parametrize(
    ("table", "row", "column", "value"),
    [
        ("sources", 0, "published_on", "2026-06-30"),
        ("sources", 0, "published_on", "2026"),
        ("sources", 0, "accessed_on", "2026-06"),
        ("agreements", 1, "signed_on", "2026-06-30"),
        ("agreements", 2, "valid_to", "2030"),
        ("events", 0, "date", "2026-07-01"),
    ],
)
def test_what_may_be_by_today_or_begin_later_passes(
    register: Register, tmp_path: Path, table: str, row: int, column: str, value: str
) -> None:
    change(register, table, row, **{column: value})
    assert check(register.write(tmp_path / "today")).output.startswith("The register is valid")


@pytest.mark.parametrize("event", ["announced", "signed"])
def test_what_is_reported_is_over(register: Register, tmp_path: Path, event: str) -> None:
    register.event(event, "2026-07-01")
    problems = problems_of(register.write(tmp_path / "event"))
    assert any("date = '2026-07-01' lies after the day of the build" in line for line in problems)


def test_a_page_is_read_after_it_is_published(register: Register, tmp_path: Path) -> None:
    change(register, "sources", 0, published_on="2024-05-02", accessed_on="2024-05-01")
    problems = problems_of(register.write(tmp_path / "read"))
    assert any(
        "accessed_on = '2024-05-01' is before the page was published (2024-05-02)" in line
        for line in problems
    )


@pytest.mark.parametrize(
    ("field", "value", "page", "refused"),
    [
        ("signed_on", "2019-09-10", {"published_on": "2019-09-09"}, True),
        ("signed_on", "2019-09-10", {"published_on": "2019-09-10"}, False),
        ("signed_on", "2019-09-10", {"published_on": "2019-09"}, False),
        ("signed_on", "2019-09-10", {"published_on": "2019-08"}, True),
        ("signed_on", "2019-09", {"published_on": "2019-09-01"}, False),
        ("signed_on", "2019-10", {"published_on": "2019-09-30"}, True),
        ("signed_on", "2019-09-10", {"accessed_on": "2019-09-09"}, True),
        (
            "signed_on",
            "2019-09-10",
            {"published_on": "2019-09-09", "accessed_on": "2026-01-01"},
            True,
        ),
        ("signed_on", "2019-09-10", {}, False),
        ("reported_on", "2019-09-12", {"published_on": "2019-09-11"}, True),
        ("valid_to", "2021", {"published_on": "2019-09-11"}, False),
    ],
)
def test_no_page_states_a_signing_that_comes_after_it(
    tmp_path: Path, field: str, value: str, page: dict[str, str], refused: bool
) -> None:
    register = Register()
    register.source("page", **page)
    register.agreement(stated=False, **{field: value})
    for name, text in (("partner_id", "ljubljana"), ("instrument", "programme"), (field, value)):
        register.statement("programme", name, text, "page")
    folder = register.write(tmp_path / "foretold")
    if not refused:
        assert check(folder).exit_code == 0
        return
    [problem] = problems_of(folder)
    statement = next(row for row in register.rows["statements"] if row["field"] == field)
    line = line_of(register, "statements", statement)
    column, text = next(iter(page.items()))
    assert problem.startswith(
        f"statements.csv:{line}: value = '{value}' is after the page that states it "
        f"(page, {column} {text})."
    )
    assert "a signing that a page expects is an event announced" in problem


@pytest.mark.parametrize(
    ("event", "refused"), [("announced", True), ("signed", True), ("suspended", False)]
)
def test_a_page_may_report_what_begins_later(tmp_path: Path, event: str, refused: bool) -> None:
    register = Register()
    register.rows["sources"][0]["published_on"] = "2014-09-10"
    register.event(event, "2014-09-15")
    assert (check(register.write(tmp_path / "event")).exit_code == 1) is refused


# --- places -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [
        ("SI", "14.50513", "46.05108"),  # Swapped.
        ("SI", "46.05108", "-14.50513"),
        ("SI", "48.20849", "16.37208"),  # Vienna.
        ("FJ", "18.14161", "178.44149"),  # The other hemisphere.
        ("US", "55.75222", "37.61556"),  # Moscow.
    ],
)
def test_a_place_elsewhere_is_told(
    tmp_path: Path, country: str, latitude: str, longitude: str
) -> None:
    register = Register()
    change(register, "partners", 0, country_code=country, latitude=latitude, longitude=longitude)
    [problem] = problems_of(register.write(tmp_path / "elsewhere"))
    assert problem.startswith(
        f"partners.csv:2: latitude, longitude = '{latitude}, {longitude}' lies outside {country}."
    )
    assert "Mend: check for swapped or mistyped coordinates" in problem


@pytest.mark.parametrize(
    ("country", "latitude", "longitude"),
    [
        ("SI", "46.05108", "14.50513"),
        ("FR", "-20.88231", "55.4504"),  # Saint-Denis, Réunion, overseas.
        ("RE", "-20.88231", "55.4504"),
        ("US", "21.30694", "-157.85833"),  # Honolulu.
        ("FJ", "-18.14161", "178.44149"),  # Suva, near the antimeridian.
        ("SG", "1.28967", "103.85007"),
        ("UA", "44.58883", "33.5224"),  # Sevastopol, as ISO 3166 lists it.
        ("CY", "35.17531", "33.3642"),
        ("RS", "42.67272", "21.16688"),
    ],
)
def test_a_place_of_the_country_passes(
    tmp_path: Path, country: str, latitude: str, longitude: str
) -> None:
    register = Register()
    change(register, "partners", 0, country_code=country, latitude=latitude, longitude=longitude)
    assert check(register.write(tmp_path / "here")).exit_code == 0


@pytest.mark.parametrize(
    ("given", "missing"), [("latitude", "longitude"), ("longitude", "latitude")]
)
def test_half_a_place_is_told(tmp_path: Path, given: str, missing: str) -> None:
    register = Register()
    change(register, "partners", 0, **{given: "14.5"})
    [problem] = problems_of(register.write(tmp_path / "half"))
    assert problem.startswith(
        f"partners.csv:2: {missing} = '' is empty beside the other coordinate"
    )


def test_every_country_of_iso_3166_has_its_bounds() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == country_bounds().keys()
    for boxes in country_bounds().values():
        for south, west, north, east in boxes:
            assert -90 <= south < north <= 90
            assert -180 <= west < east <= 180


def test_the_bounds_are_narrow_enough_to_find_swapped_coordinates() -> None:
    """Of the real partners, which lie right as they are, nearly all would be found."""
    with (REAL_REGISTER / "partners.csv").open(encoding="utf-8", newline="") as file:
        places = [
            (row["country_code"], float(row["latitude"]), float(row["longitude"]))
            for row in csv.DictReader(file)
            if row["latitude"]
        ]
    inside = [
        country
        for country, latitude, longitude in places
        for south, west, north, east in country_bounds()[country]
        if south <= longitude <= north and west <= latitude <= east
    ]
    assert len(places) > 100
    assert len(inside) <= 5
