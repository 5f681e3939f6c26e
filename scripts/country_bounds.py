"""Write ``etl/validate/country_bounds.csv``: where the land of each country lies.

The outlines are Natural Earth's (1:10 million, version 4.1.0, public domain) as the npm package
``world-atlas`` 2.0.2 ships them::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    .venv/bin/python scripts/country_bounds.py package/countries-10m.json

It needs to run again only for another edition of the outlines or of ISO 3166-1.
"""

import csv
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import Any

import pycountry

Box = tuple[float, float, float, float]
"""South, west, north, east, in degrees."""

OUT = Path(__file__).resolve().parent.parent / "etl" / "validate" / "country_bounds.csv"

MARGIN = 0.2
"""Degrees around each box: the outlines are coarse, and a harbour lies at their edge."""

NEAR = 3.0
"""Islands within so many degrees of one another share a box."""

# What the outlines draw by itself or elsewhere, where ISO 3166 lists it.
UNCODED = {
    "Akrotiri": "CY",
    "Baikonur": "KZ",
    "Cyprus U.N. Buffer Zone": "CY",
    "Dhekelia": "CY",
    "Kosovo": "RS",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "USNB Guantanamo Bay": "CU",
}
MOVED = {"Crimea": ("RU", "UA", (44.0, 32.0, 46.5, 37.0))}

# Codes without an outline of their own: it is part of the other's.
PART_OF = {
    "BQ": "NL",
    "BV": "NO",
    "GF": "FR",
    "GP": "FR",
    "MQ": "FR",
    "RE": "FR",
    "SJ": "NO",
    "TK": "NZ",
    "YT": "FR",
}
INDIAN_OCEAN_TERRITORIES = "Indian Ocean Ter."  # CC and CX together


def main(topology: Path) -> None:
    """Write the table from the TopoJSON file."""
    boxes = {code: merged(found) for code, found in land(json.loads(topology.read_text())).items()}
    boxes |= {code: boxes[whole] for code, whole in PART_OF.items()}
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country_code", "south", "west", "north", "east"])
        writer.writerows([code, *box] for code in sorted(boxes) for box in sorted(boxes[code]))


def land(topology: dict[str, Any]) -> dict[str, list[Box]]:
    """The box of each piece of land by country."""
    arcs = [box_of_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    code_of = {country.numeric: country.alpha_2 for country in pycountry.countries}
    boxes: dict[str, list[Box]] = defaultdict(list)
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        rings = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        pieces = [union(arcs[arc if arc >= 0 else ~arc] for arc in ring[0]) for ring in rings]
        if name == INDIAN_OCEAN_TERRITORIES:
            boxes["CC"] += pieces
            boxes["CX"] += pieces
        elif code := code_of.get(shape.get("id")) or UNCODED.get(name):
            boxes[code] += pieces
    for giver, taker, place in MOVED.values():
        moved = [box for box in boxes[giver] if contains(place, box)]
        boxes[taker] += moved
        boxes[giver] = [box for box in boxes[giver] if box not in moved]
    return boxes


def box_of_arc(arc: list[list[int]], transform: dict[str, list[float]]) -> Box:
    """An arc is a first point and steps, in whole numbers to be scaled (TopoJSON 2.1.2)."""
    (scale_x, scale_y), (x, y) = transform["scale"], transform["translate"]
    east = [x + scale_x * step for step in accumulate(point[0] for point in arc)]
    north = [y + scale_y * step for step in accumulate(point[1] for point in arc)]
    return min(north), min(east), max(north), max(east)


def merged(boxes: list[Box]) -> list[Box]:
    """Fewer boxes, those near one another in one; with a margin, rounded outwards."""
    apart: list[Box] = []
    for box in boxes:
        near = [other for other in apart if is_near(other, box)]
        while near:
            box = union([box, *near])
            apart = [other for other in apart if other not in near]
            near = [other for other in apart if is_near(other, box)]
        apart.append(box)
    return [rounded(widened(box, MARGIN)) for box in apart]


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box around the boxes."""
    south, west, north, east = zip(*boxes, strict=True)
    return min(south), min(west), max(north), max(east)


def contains(outer: Box, inner: Box) -> bool:
    """Whether the inner box lies in the outer one."""
    return union([outer, inner]) == outer


def is_near(one: Box, other: Box) -> bool:
    """Whether no more than ``NEAR`` degrees lie between the boxes."""
    south, west, north, east = widened(one, NEAR)
    return other[0] <= north and other[2] >= south and other[1] <= east and other[3] >= west


def widened(box: Box, by: float) -> Box:
    """The box with so many degrees around it."""
    south, west, north, east = box
    return south - by, west - by, north + by, east + by


def rounded(box: Box) -> Box:
    """To a tenth of a degree outwards, on the globe."""
    south, west, north, east = box
    return (
        max(math.floor(south * 10) / 10, -90.0),
        max(math.floor(west * 10) / 10, -180.0),
        min(math.ceil(north * 10) / 10, 90.0),
        min(math.ceil(east * 10) / 10, 180.0),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
