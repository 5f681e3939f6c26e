"""Places of GeoNames for new cities: shown, and taken only where they are asked for and alone."""

from pathlib import Path

import pytest

from etl.curating import places
from tests.conftest import Register
from tests.etl.curator import apply, rows, small_register

# As geonames.org has it: 3195506, Maribor, at 46.6 degrees north and 15.6 east.
MARIBOR = "name: Maribor\nkind: city\ncountry: SI\n"


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    return small_register(register, tmp_path / "register")


def test_the_place_is_shown_and_taken_only_where_it_is_asked_for(folder: Path) -> None:
    shown = apply(folder, MARIBOR, options=("--dry-run",))
    assert "geonames_id 3195506" in shown.stderr
    assert "or take it with --propose" in shown.stderr
    assert "latitude: " not in shown.stdout
    assert apply(folder, MARIBOR, options=("--propose",)).exit_code == 0
    [row] = [row for row in rows(folder, "partners") if row["partner_id"] == "maribor"]
    assert row["geonames_id"] == "3195506"
    assert (round(float(row["latitude"]), 1), round(float(row["longitude"]), 1)) == (46.6, 15.6)


def test_of_several_places_none_is_taken() -> None:
    said: list[str] = []
    birmingham = {"name": "Birmingham", "kind": "city", "country": "US"}
    assert places.proposed(birmingham, said.append) == birmingham
    assert len(said) > 2
    assert "several places" in said[-1]


def test_the_id_that_is_given_tells_which() -> None:
    given = {"name": "Birmingham", "kind": "city", "country": "US", "geonames_id": "4049979"}
    [place] = places.find(given)
    assert (place.name, place.latitude[:4], place.longitude[:5]) == ("Birmingham", "33.5", "-86.8")


@pytest.mark.parametrize(
    "document",
    [
        {"name": "Maribor", "kind": "city", "country": "AT"},
        {"name": "Maribor", "kind": "region", "country": "SI"},
        {"name": "Maribor", "kind": "city", "country": "SI", "latitude": "1", "longitude": "1"},
    ],
)
def test_nothing_is_proposed_elsewhere_for_other_kinds_or_beside_what_is_given(
    document: dict[str, str],
) -> None:
    assert places.find(document) == []
