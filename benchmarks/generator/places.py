"""The partners of a synthetic register: names, places, and how many agreements each has."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from benchmarks.generator import words
from benchmarks.generator.proportions import Proportions
from etl.transform import M49
from etl.validate.plausible import country_bounds

HOME = "RU"
FLAT = 8
"""So many partners at the top have nearly as many agreements as the first."""


@dataclass(frozen=True)
class Partner:
    """A row of partners.csv; ``latin`` is its name in lower case, which is its id as well."""

    latin: str
    kind: str
    country: str
    within: str
    agreements: int

    @property
    def name(self) -> str:
        return self.latin.capitalize()

    @property
    def language(self) -> str:
        return words.LANGUAGES.get(self.country, "en")


def partners(agreements: int, proportions: Proportions, seed: int) -> list[Partner]:
    """All of them in the order of their ids."""
    chance = Random(f"{seed} partners")
    names = _names(proportions.partners_of(agreements), chance)
    counts = _counts(agreements, len(names), proportions, chance)
    countries = _countries(proportions.countries, chance)
    cities: dict[str, list[str]] = defaultdict(list)
    made = []
    for latin, count in zip(names, counts, strict=True):
        country, kind, drawn = next(countries), "city", chance.random()
        if drawn < proportions.districts and cities[country]:
            kind = "district"
        elif drawn < proportions.districts + proportions.regions:
            kind = "region"
        else:
            cities[country].append(latin)
        within = chance.choice(cities[country]) if kind == "district" else ""
        made.append(Partner(latin, kind, country, within, count))
    return sorted(made, key=lambda partner: partner.latin)


def row(partner: Partner, number: int, chance: Random) -> list[str]:
    """The partner's cells."""
    latitude, longitude = _place(partner.country, chance)
    native = words.written(partner.latin, partner.language)
    number = 1_000_000 + number
    cells = [partner.latin, partner.name, native, partner.kind, partner.country, partner.within]
    return [*cells, f"{latitude:.5f}", f"{longitude:.5f}", str(number)]


def names(partner: Partner, mean: float, chance: Random) -> list[list[str]]:
    """Its rows of partner_names.csv: always the Russian name, and some others."""
    languages = {"ru"}
    while chance.random() > 1 / mean:
        languages.add(chance.choice((*words.ALPHABETS, *words.SYLLABLES, "ko")))
    return sorted(
        [partner.latin, words.written(partner.latin, language), language] for language in languages
    )


def _names(count: int, chance: Random) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found[words.name(chance)] = None
    return list(found)


def _counts(agreements: int, partners: int, proportions: Proportions, chance: Random) -> list[int]:
    """How many agreements each partner has: at least one, and together all."""
    skew = proportions.skew
    weights = list(accumulate((rank + FLAT) ** -skew for rank in range(1, partners + 1)))
    counts, left = [1] * partners, agreements - partners
    of_largest = min(left, max(0, round(proportions.largest * agreements) - 1))
    counts[0] += of_largest
    for chosen in chance.choices(range(partners), cum_weights=weights, k=left - of_largest):
        counts[chosen] += 1
    return counts


def _countries(most: int | None, chance: Random):  # type: ignore[no-untyped-def]
    with M49.open(encoding="utf-8", newline="") as file:
        of_regions = [row["country_code"] for row in csv.DictReader(file) if row["region"]]
    known = [code for code in of_regions if code in country_bounds() and code != HOME]
    chance.shuffle(known)
    known = known[:most]
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(known))))
    while True:
        yield from chance.choices(known, cum_weights=weights, k=100)


def _place(country: str, chance: Random) -> tuple[float, float]:
    """A place well within a box of the country."""
    south, west, north, east = chance.choice(country_bounds()[country])
    return (
        south + (north - south) * (0.1 + 0.8 * chance.random()),
        west + (east - west) * (0.1 + 0.8 * chance.random()),
    )
