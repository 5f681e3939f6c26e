"""What refers to another row: keys, districts, chains of agreements, events."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from etl.columns import EMPTY, Cells, Column, Mask, Rows, Tables
from etl.hints import Hints
from register.declaration import Table
from register.problems import Problem
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, TABLES

LINKS = ("follows", "implements")
"""The columns of agreements that lead to an earlier agreement."""

STEPS = 100
"""So often agreements are left out that lead to none that could be in a circle."""

SHOWN = 6
"""So many agreements of a circle are named."""

Link = tuple[str, str]
"""The column and the agreement that it leads to."""


def link_problems(tables: Tables) -> Iterator[Problem]:
    """What is wrong between rows, in one table or in two."""
    for table in TABLES:
        if table.name in tables:
            yield from _reference_problems(table, tables)
    if "partners" in tables:
        yield from _district_problems(tables["partners"])
    if "agreements" in tables:
        yield from _partner_problems(tables["agreements"])
        yield from _circle_problems(tables["agreements"])
    if {"agreements", "events"} <= tables.keys():
        yield from _event_problems(tables["events"], tables["agreements"])


def ids_of(tables: Tables, table: str) -> Column:
    """The ids of a table of one key."""
    parent = next(known for known in TABLES if known.name == table)
    return tables[table][parent.key[0]]


def _reference_problems(table: Table, tables: Tables) -> Iterator[Problem]:
    rows = tables[table.name]
    for field in table:
        if field.references is None or field.references not in tables:
            continue
        parent = next(known for known in TABLES if known.name == field.references)
        ids, column = ids_of(tables, parent.name), rows[field.name]
        lost = column.filled & ~column.is_in(ids)
        if not lost.any():
            continue
        hints = Hints(ids.strings())
        for place in np.flatnonzero(lost).tolist():
            value = column[place] or ""
            mend = hints.mend(value, f"add it there as {parent.key[0]}, or correct it")
            rule = f"is not in {parent.file}"
            yield Problem(table.file, int(rows.lines[place]), field.name, value, rule, mend)


def _district_problems(partners: Rows) -> Iterator[Problem]:
    """``within`` is what a district has and nothing else, and it names a city of its country."""
    within = partners["within"]
    cities = partners.where(partners["partner_id"].is_in(within))
    by_id = {row["partner_id"]: row for _, row in cities}
    for line, row in partners.where(within.filled | partners["kind"].equals("district")):
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


def _partner_problems(agreements: Rows) -> Iterator[Problem]:
    """A link stays within one partner."""
    for link in LINKS:
        for line, row in agreements.where(_strays(agreements, link, agreements)):
            rule = "is an agreement of another partner"
            mend = "link agreements of one partner only"
            yield Problem(AGREEMENTS.file, line, link, row[link] or "", rule, mend)


def _strays(rows: Rows, link: str, agreements: Rows) -> Mask:
    """Which rows lead to an agreement of another partner, where both partners are known."""
    partners = agreements["partner_id"]
    partner_of = np.full(len(agreements["agreement_id"].texts) + 1, EMPTY)
    whole = agreements["agreement_id"].filled & partners.filled
    partner_of[agreements["agreement_id"].codes[whole]] = partners.codes[whole]
    goals = partner_of[rows[link].codes_in(agreements["agreement_id"])]
    found: Mask = (goals != EMPTY) & (goals != rows["partner_id"].codes_in(partners))
    return found


def _circle_problems(agreements: Rows) -> Iterator[Problem]:
    """No agreement leads back to itself, be it over both kinds of links; a problem a circle."""
    linked = {
        row["agreement_id"]: (number, row)
        for number, row in agreements.where(_leads_on(agreements))
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


def _leads_on(agreements: Rows) -> Mask:
    """Which agreements may be in a circle: those that lead to another of them, as far as looked.

    What leads nowhere is left out, then what leads only there, and so on: of chains that are
    shorter than ``STEPS`` nothing remains.
    """
    ids = agreements["agreement_id"]
    goals = [agreements[link].codes_in(ids) for link in LINKS]
    remain = ids.filled
    for _ in range(STEPS):
        # The place behind the last id stands for a goal that is none.
        ahead = np.zeros(len(ids.texts) + 1, bool)
        ahead[ids.codes[remain]] = True
        still = remain & np.any([ahead[goal] for goal in goals], axis=0)
        if (still == remain).all():
            break
        remain = still
    return remain


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


def _event_problems(events: Rows, agreements: Rows) -> Iterator[Problem]:
    for line, row in events.where(_strays(events, "agreement_id", agreements)):
        yield Problem(
            EVENTS_TABLE.file,
            line,
            "agreement_id",
            row["agreement_id"] or "",
            "is an agreement of another partner",
            f"the event's partner is {row['partner_id']}",
        )
    signed = events["agreement_id"].filled & events["event"].equals("signed")
    for line, _ in events.where(signed):
        yield Problem(
            EVENTS_TABLE.file,
            line,
            "event",
            "signed",
            "repeats the agreement's own signing",
            "give the date as signed_on in agreements.csv and remove the event",
        )
