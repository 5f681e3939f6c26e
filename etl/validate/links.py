"""What refers to another row: keys, districts, chains of agreements, events."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from etl.extract import Frames
from etl.frames import Cells, rows
from etl.frames import line as line_number
from etl.hints import Hints
from register.declaration import Table
from register.problems import Problem
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, TABLES

LINKS = ("follows", "implements")
"""The columns of agreements that lead to an earlier agreement."""

SHOWN = 6
"""So many agreements of a circle are named."""

Link = tuple[str, str]
"""The column and the agreement that it leads to."""


def link_problems(frames: Frames) -> Iterator[Problem]:
    """What is wrong between rows, in one table or in two."""
    for table in TABLES:
        if table.name in frames:
            yield from _reference_problems(table, frames)
    if "partners" in frames:
        yield from _district_problems(frames["partners"])
    if "agreements" in frames:
        yield from _partner_problems(frames["agreements"])
        yield from _circle_problems(frames["agreements"])
    if {"agreements", "events"} <= frames.keys():
        yield from _event_problems(frames["events"], frames["agreements"])


def known_ids(frames: Frames, table: str) -> set[str]:
    """The ids of a table of one key."""
    parent = next(known for known in TABLES if known.name == table)
    return set(frames[table][parent.key[0]].dropna())


def _reference_problems(table: Table, frames: Frames) -> Iterator[Problem]:
    for field in table:
        if field.references is None or field.references not in frames:
            continue
        parent = next(known for known in TABLES if known.name == field.references)
        ids = known_ids(frames, parent.name)
        hints = Hints(ids)
        cells = frames[table.name][field.name].dropna()
        for label, value in cells[~cells.isin(ids)].items():
            mend = hints.mend(value, f"add it there as {parent.key[0]}, or correct it")
            rule = f"is not in {parent.file}"
            yield Problem(table.file, line_number(label), field.name, value, rule, mend)


def _district_problems(partners: pd.DataFrame) -> Iterator[Problem]:
    """``within`` is what a district has and nothing else, and it names a city of its country."""
    by_id = {row["partner_id"]: row for _, row in rows(partners)}
    for line, row in rows(partners):
        if fault := _district_fault(row, by_id):
            yield Problem(PARTNERS.file, line, "within", row["within"] or "", *fault)


def _district_fault(row: Cells, by_id: Mapping[str | None, Cells]) -> tuple[str, str] | None:
    """Rule and mend, or None where all is well."""
    if row["kind"] != "district":
        if row["within"] is None:
            return None
        return f"is given for a {row['kind']}", "leave it empty; only districts have it"
    if row["within"] is None:
        return "is empty for a district", "give the partner_id of its city"
    city = by_id.get(row["within"])
    if city is None or city["kind"] != "city":
        return "is not a city", "give the partner_id of a city"
    if city["country_code"] != row["country_code"]:
        rule = f"is a city of another country ({city['country_code']})"
        return rule, f"give a city of {row['country_code']}, or correct country_code"
    return None


# --- chains of agreements ---------------------------------------------------------------------


def _partner_problems(agreements: pd.DataFrame) -> Iterator[Problem]:
    """A link stays within one partner."""
    partner_of = _partner_of(agreements)
    for line, row in rows(agreements):
        for link in LINKS:
            goal = row[link]
            if goal and partner_of.get(goal, row["partner_id"]) != row["partner_id"]:
                rule = "is an agreement of another partner"
                mend = "link agreements of one partner only"
                yield Problem(AGREEMENTS.file, line, link, goal, rule, mend)


def _circle_problems(agreements: pd.DataFrame) -> Iterator[Problem]:
    """No agreement leads back to itself, be it over both kinds of links; a problem a circle."""
    linked = {
        row["agreement_id"]: (number, row)
        for number, row in rows(agreements)
        if row["agreement_id"] is not None
    }
    links = {
        agreement: [(link, goal) for link in LINKS if (goal := row[link]) is not None]
        for agreement, (_, row) in linked.items()
    }
    for circle, last, link in circles(links):
        rule = f"leads back to itself ({' -> '.join([*circle, circle[0]])})"
        number, _ = linked[last]
        yield Problem(AGREEMENTS.file, number, link, circle[0], rule, "break the circle")


def circles(links: Mapping[str, Sequence[Link]]) -> Iterator[tuple[list[str], str, str]]:
    """Circles as (its agreements, the one whose link closes it, that link).

    No circle is left without those links. A walk in depth that goes over each link once; of a
    long circle only the ends are given, so that each costs the same.
    """
    done: set[str] = set()
    for start in links:
        if start in done:
            continue
        way, place, ahead = [start], {start: 0}, [iter(links[start])]
        while way:
            link, goal = next(ahead[-1], ("", ""))
            if not link:
                ahead.pop()
                done.add(way.pop())
            elif goal in place and goal not in done:
                yield _ends(way, place[goal]), way[-1], link
            elif goal in links and goal not in done:
                place[goal] = len(way)
                way.append(goal)
                ahead.append(iter(links[goal]))


def _ends(way: list[str], at: int) -> list[str]:
    """The way from there on, its middle left out where it is long."""
    if len(way) - at <= SHOWN:
        return way[at:]
    return [*way[at : at + SHOWN - 1], "…", way[-1]]


def _event_problems(events: pd.DataFrame, agreements: pd.DataFrame) -> Iterator[Problem]:
    partner_of = _partner_of(agreements)
    for line, row in rows(events):
        agreement = row["agreement_id"]
        if partner_of.get(agreement, row["partner_id"]) != row["partner_id"]:
            yield Problem(
                EVENTS_TABLE.file,
                line,
                "agreement_id",
                str(agreement),
                "is an agreement of another partner",
                f"the event's partner is {row['partner_id']}",
            )
        if agreement is not None and row["event"] == "signed":
            yield Problem(
                EVENTS_TABLE.file,
                line,
                "event",
                "signed",
                "repeats the agreement's own signing",
                "give the date as signed_on in agreements.csv and remove the event",
            )


def _partner_of(agreements: pd.DataFrame) -> dict[str | None, str]:
    """The partner of each agreement that has its id and its partner."""
    complete = agreements.dropna(subset=["agreement_id", "partner_id"])
    return dict(zip(complete["agreement_id"], complete["partner_id"], strict=True))
