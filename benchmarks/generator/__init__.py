"""A synthetic register of any size in the shape of the real one; the same bytes for a seed."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.generator import days, places, sources, words
from benchmarks.generator.proportions import Proportions
from benchmarks.generator.records import Maker
from etl import expectations
from etl.options import REGISTER
from register.schema import AREAS, TABLES

Rows = Iterable[Any]
LISTS = ("Encyclopaedia, list of twin towns", "Sister cities dataset", "Twin towns by country")
LOOKED_ON = days.NEWEST.isoformat()
SIGNERS = (2, 20)
"""How many partners a multilateral text has, from and to."""

EXPECTATIONS = '''\
# What is expected of a synthetic register as a whole.

[[expectation]]
name = "agreements"
query = "SELECT agreement_id FROM agreements"
at_least = {count}
at_most = {count}
reason = "so many were asked for"

[[expectation]]
name = "sources that support nothing"
query = """
SELECT source_id FROM sources
WHERE source_id NOT IN (SELECT source_id FROM record_sources)"""
at_most = 0
reason = "a source stands in the register for what it states"
'''


def generate(folder: Path, agreements: int, proportions: Proportions, seed: int) -> None:
    """Write a register of so many agreements into a folder; partner after partner, none kept."""
    folder.mkdir(parents=True, exist_ok=True)
    labels = words.labels(proportions.more_areas)
    partners = places.partners(agreements, proportions, seed)
    texts = _multilateral(partners, agreements, proportions, seed)
    with ExitStack() as stack:
        write = {}
        for table in TABLES:
            file = stack.enter_context(
                (folder / table.file).open("w", encoding="utf-8", newline="")
            )
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.columns)
            write[table.name] = writer.writerows
        references: set[str] = set()
        write["list_mentions"](_mentions(partners, proportions, seed))
        for number, partner in enumerate(partners):
            chance = Random(f"{seed} {partner.latin}")
            write["partners"]([places.row(partner, number, chance)])
            write["partner_names"](places.names(partner, proportions.names, chance))
            made = Maker(partner, proportions, labels, chance).make(texts.get(partner.latin, []))
            write["agreements"](made.agreements)
            write["agreement_areas"](made.areas)
            write["events"](made.events)
            write["statements"](made.statements)
            write["sources"](made.sources)
            write["withdrawn"](_withdrawn(partner, proportions, chance))
            references |= made.references
        write["sources"](sources.reference(name) for name in sorted(references))
    _areas(folder / AREAS.file, proportions.more_areas)
    filled = EXPECTATIONS.format(count=agreements)
    (folder / expectations.FILE).write_text(filled, encoding="utf-8")


def _areas(path: Path, more: int) -> None:
    """The real register's areas, and some that are made up."""
    with (REGISTER / AREAS.file).open(encoding="utf-8", newline="") as file:
        header, *known = csv.reader(file)
    made = [
        [words.area_id(number), f"Field {number}", f"What belongs to field {number}", "01.1"]
        for number in range(more)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *sorted([*known, *made])])


def _multilateral(
    partners: list[places.Partner], agreements: int, proportions: Proportions, seed: int
) -> dict[str, list[tuple[str, date]]]:
    """The multilateral texts, id and day, of each partner that has a part in one."""
    chance = Random(f"{seed} multilateral")
    of: dict[str, list[tuple[str, date]]] = {}
    left, number = int(agreements * proportions.multilateral), 0
    while left > 1 and len(partners) > 1:
        count = min(left, len(partners), chance.randint(*SIGNERS))
        number += 1
        day = days.some_day(chance, proportions.year)
        for partner in chance.sample(partners, count):
            of.setdefault(partner.latin, []).append((f"cities-{day.year}-{number:05}", day))
        left -= count
    return of


def _mentions(
    partners: list[places.Partner], proportions: Proportions, seed: int
) -> Iterator[Rows]:
    """What other lists name: partners of the register, and half as many that are none."""
    chance = Random(f"{seed} mentions")
    for partner in partners:
        share = proportions.mentions / len(LISTS)
        others = "" if chance.random() < 0.66 else partner.latin
        for name in (listed for listed in LISTS if chance.random() < share):
            found = [partner.latin, f"https://lists.example/{len(name)}", LOOKED_ON, "found", ""]
            none = ["", f"https://lists.example/{len(name)}", LOOKED_ON, "not_found", ""]
            cells = found if not others else none
            mentioned = partner.name if not others else f"{partner.name} Bay"
            yield [mentioned, partner.country, cells[0], name, *cells[1:]]


def _withdrawn(partner: places.Partner, proportions: Proportions, chance: Random) -> Iterator[Rows]:
    for number in range(partner.agreements):
        if chance.random() < proportions.withdrawn:
            reason = "It was the record of another document."
            yield [f"{partner.latin}-withdrawn-{number:05}", LOOKED_ON, reason, partner.latin]
