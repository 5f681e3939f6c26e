"""Each rule of ``docs/register.md`` is enforced: a register that breaks it is refused by name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from etl.publish import build
from tests.conftest import EXPECTATIONS, Register
from tests.etl.breaking import PUBLISHED, change, problems_of, whole_register

DOCS = Path(__file__).resolve().parents[2] / "docs" / "register.md"


@dataclass(frozen=True)
class Breach:
    """What breaks a rule, in the rows or in the files, and what is said of it."""

    said: str
    rows: Callable[[Register], object] = lambda _: None
    files: Callable[[Path], object] = lambda _: None


def cell(table: str, at: int, **cells: str) -> Callable[[Register], object]:
    return lambda register: change(register, table, at, **cells)


def content(file: str, old: bytes, new: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / file).write_bytes(
        (folder / file).read_bytes().replace(old, new)
    )


def twice(register: Register) -> None:
    register.partner("istanbul", name="Constantinople", country_code="TR")


def shared_id(register: Register) -> None:
    register.event("suspended", "2021", agreement_id="third", event_id="third")


def other_partner(register: Register) -> None:
    change(register, "agreements", 3, follows="third")


def foretold(register: Register) -> None:
    change(register, "sources", 0, published_on="2019-09-09")


def published_before(folder: Path) -> None:
    register = whole_register()
    register.partner("sisak", country_code="HR")
    build(register.write(folder.parent / "before"), folder.parent / PUBLISHED)


BREACHES = {
    "Only the register's files": Breach(
        "is no file of the register", files=lambda folder: (folder / "x.txt").touch()
    ),
    "Encoding": Breach("is not UTF-8", files=content("partners.csv", "Ş".encode(), b"\xde")),
    "Commas and quotes": Breach(
        "is separated by semicolons", files=content("partners.csv", b",", b";")
    ),
    "One record a line": Breach("has carriage returns", files=content("areas.csv", b"\n", b"\r\n")),
    "Columns": Breach("did you mean cofog?", files=content("areas.csv", b"cofog", b"COFOG")),
    "Order of rows": Breach(
        "move it after line 4 (sisli)",
        files=content("partners.csv", b"\nistanbul,", b"\nzz-istanbul,"),
    ),
    "Required cells": Breach("is empty but required", cell("areas", 0, definition="")),
    "Text": Breach("has spaces around it", cell("areas", 0, name=" Culture")),
    "Ids": Breach("is not a slug", cell("areas", 0, area_id="Culture")),
    "Dates": Breach("is no date", cell("agreements", 2, signed_on="2019-02-30")),
    "Days": Breach("is no day of", cell("withdrawn", 0, withdrawn_on="2024-05")),
    "Lengths": Breach("is not an ISO 8601 duration", cell("agreements", 3, term="3 years")),
    "Addresses": Breach("is not an address", cell("sources", 0, url="http://localhost/")),
    "Countries": Breach("did you mean SI?", cell("partners", 1, country_code="SVN")),
    "Languages": Breach("did you mean sl?", cell("sources", 0, language="slv")),
    "Coordinates": Breach("is empty beside the other", cell("partners", 1, latitude="46.05108")),
    "GeoNames ids": Breach("is not a whole number", cell("partners", 1, geonames_id="3.1")),
    "COFOG": Breach("is no division or group", cell("areas", 0, cofog="8.2")),
    "Controlled lists": Breach(
        "did you mean memorandum?", cell("agreements", 2, instrument="Memorandum")
    ),
    "Unique ids": Breach("is already in line 2", twice),
    "One place, one partner": Breach(
        "is the GeoNames id of line 2 (istanbul) too",
        lambda register: [change(register, "partners", at, geonames_id="745044") for at in (0, 1)],
    ),
    "One page, one source": Breach(
        "leads to the page of line 2 (city-hall) too",
        lambda register: [
            change(register, "sources", 0, url="https://example.org/1"),
            register.source("other", url="http://www.example.org/1/?utm_source=x#top"),
        ],
    ),
    "One document, one agreement": Breach(
        "has the partner, title and date of line 4 (third)",
        lambda register: register.agreement("third-again", signed_on="2019-09-10"),
    ),
    "One event, one record": Breach(
        "is the event of line 2 (event-1) too, on the same date",
        lambda register: register.event("suspended", "2020-03", agreement_id="third"),
    ),
    "Nothing said twice": Breach(
        "is mapped to the same area in line 2",
        lambda register: register.label("Culture and the Arts", agreement_id="third"),
    ),
    "Keys lead somewhere": Breach(
        "did you mean third?", cell("agreement_areas", 0, agreement_id="thrid")
    ),
    "Districts": Breach("is not a city", cell("partners", 2, within="sisli")),
    "One partner": Breach("is an agreement of another partner", other_partner),
    "No circles": Breach(
        "(first -> third -> second -> first)", cell("agreements", 0, implements="third")
    ),
    "Signings are no events": Breach(
        "repeats the agreement's own signing", cell("events", 0, event="signed")
    ),
    "Areas named": Breach("no label may be lost", cell("agreement_areas", 0, area_id="")),
    "The partner that is meant": Breach(
        "is not the country of istanbul (TR)", cell("list_mentions", 0, partner_id="istanbul")
    ),
    "One partner, one finding": Breach(
        "outcome = 'found' differs from line 2 (not_found)",
        lambda register: register.list_mention("Maribor", list="X", outcome="found"),
    ),
    "None vanishes in silence": Breach(
        "partners.csv: partner_id = 'sisak' was published", files=published_before
    ),
    "Withdrawn, so gone": Breach(
        "withdrawn.csv:3: id = 'third' is still the agreement_id",
        lambda register: register.withdrawn("third"),
    ),
    "Replaced by what is there": Breach(
        "did you mean third?", cell("withdrawn", 0, replaced_by="thrid")
    ),
    "About a field of a record": Breach(
        "is neither an agreement_id nor an event_id",
        lambda register: register.statement("fourth", "signed_on", "2019"),
    ),
    "In the field's form": Breach(
        "is no date", lambda register: register.statement("third", "signed_on", "yesterday")
    ),
    "Chosen, so stated": Breach(
        "is stated by no source",
        lambda register: register.rows["agreements"][2].update(signed_in="Moscow"),
    ),
    "Stated, so chosen": Breach(
        "is empty, though sources state Moscow",
        lambda register: register.statement("third", "signed_in", "Moscow"),
    ),
    "Order of dates": Breach("ends before it begins", cell("agreements", 2, valid_from="2022")),
    "New ends": Breach("is given for: suspended", cell("events", 0, valid_to="2024")),
    "An end or a length": Breach("stands beside valid_to", cell("agreements", 2, term="P2Y")),
    "Plausible years": Breach("is not between 1900", cell("agreements", 0, valid_from="1000")),
    "Not after today": Breach(
        "lies after the day of the build (2026-06-30)",
        cell("sources", 0, published_on="2026-07-01"),
    ),
    "No signing foretold": Breach("is after the page that states it (city-hall", foretold),
    "Within the country": Breach(
        "lies outside SI", cell("partners", 1, latitude="14.50513", longitude="46.05108")
    ),
    "Expectations": Breach(
        "breaks the expectation of at least 5",
        files=content("expectations.toml", b"at_least = 0", b"at_least = 5"),
    ),
    "Declarations": Breach(
        "has no reason",
        files=lambda folder: (folder / "expectations.toml").write_text(
            re.sub("reason.*", "", EXPECTATIONS), encoding="utf-8"
        ),
    ),
}


def test_each_rule_of_the_docs_is_broken_here() -> None:
    rules = DOCS.read_text(encoding="utf-8").partition("## Rules")[2].partition("\n## ")[0]
    assert re.findall(r"^\* \*\*(.+)\.\*\*", rules, re.MULTILINE) == list(BREACHES)
    assert rules.count("\n* ") == len(BREACHES)


@pytest.mark.parametrize("rule", BREACHES)
def test_a_register_that_breaks_the_rule_is_refused(rule: str, tmp_path: Path) -> None:
    register, breach = whole_register(), BREACHES[rule]
    breach.rows(register)
    folder = register.write(tmp_path / "register")
    breach.files(folder)
    assert breach.said in "\n".join(problems_of(folder))
