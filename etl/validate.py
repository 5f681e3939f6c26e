"""Check the tables against every rule of ``docs/register.md`` and report all breaches at once."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import pandas as pd
import pandera.pandas as pa
import pycountry

from etl import clock, dates, edtf
from etl.addresses import is_address
from etl.duration import parse as parse_duration
from etl.extract import Frames
from etl.frames import line as line_number
from etl.frames import rows
from etl.problems import Problem
from etl.schema import (
    AGREEMENTS,
    EVENTS_TABLE,
    PARTNERS,
    STATEMENTS,
    TABLES,
    UNSTATEABLE,
    Field,
    Kind,
    Table,
)
from etl.text import Flaw, flaws, fold

Rule = tuple[Callable[[str], bool], str, str]
"""A test of one cell's text, the rule it stands for, and the mend."""


def validate(frames: Frames, *, today: date | None = None) -> list[Problem]:
    """All breaches in the frames of ``extract``; an absent table is not reported again.

    Args:
        today: the day of the build; default: today in Moscow.
    """
    today = today or clock.today()
    problems: list[Problem] = []
    for table in TABLES:
        if table.name in frames:
            problems += _text_problems(table, frames[table.name])
            problems += _cell_problems(table, frames[table.name])
            problems += _duplicate_problems(table, frames[table.name])
            problems += _reference_problems(table, frames)
    if "partners" in frames:
        problems += _district_problems(frames["partners"])
    if "agreements" in frames:
        problems += _date_order_problems(frames["agreements"])
        problems += _chain_problems(frames["agreements"])
    if {"agreements", "events"} <= frames.keys():
        problems += _event_problems(frames["events"], frames["agreements"])
    if {"agreements", "events", "statements"} <= frames.keys():
        problems += _statement_problems(frames)
    problems += dates.problems(frames, today)
    return problems


# --- one cell -------------------------------------------------------------------------------


def _is_duration(text: str) -> bool:
    try:
        parse_duration(text)
    except ValueError:
        return False
    return True


def _is_language(text: str) -> bool:
    # pycountry itself takes a code in any case.
    return text.islower() and (
        pycountry.languages.get(alpha_2=text) is not None
        if len(text) == 2
        else pycountry.languages.get(alpha_3=text) is not None
    )


def _is_number_within(limit: float) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        return (
            re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]+)?", text) is not None and abs(float(text)) <= limit
        )

    return test


KIND_RULES: dict[Kind, Rule] = {
    Kind.SLUG: (
        lambda text: re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) is not None,
        "is not a slug",
        "use a-z, 0-9 and single hyphens between them",
    ),
    Kind.EDTF: (
        lambda text: edtf.read(text) is not None,
        "is no date, or no day of the calendar",
        f"write {edtf.GRAMMAR}",
    ),
    Kind.DURATION: (_is_duration, "is not an ISO 8601 duration", "write for example P3Y or P18M"),
    Kind.URL: (
        is_address,
        "is not an address",
        "write the full http:// or https:// address of a public host, without a user or password; "
        "other signs than RFC 3986 has are percent-encoded (a space is %20)",
    ),
    Kind.COUNTRY: (
        lambda text: text.isupper() and pycountry.countries.get(alpha_2=text) is not None,
        "is not an ISO 3166-1 alpha-2 code",
        "write two capital letters from ISO 3166-1",
    ),
    Kind.LANGUAGE: (_is_language, "is not an ISO 639 code", "write for example ru, zh or crh"),
    Kind.LATITUDE: (_is_number_within(90), "is no latitude", "write degrees from -90 to 90"),
    Kind.LONGITUDE: (_is_number_within(180), "is no longitude", "write degrees from -180 to 180"),
    Kind.INTEGER: (
        lambda text: re.fullmatch(r"[1-9][0-9]{0,17}", text) is not None,
        "is not a whole number",
        "write digits only, at most 18",
    ),
}


def _rules(field: Field) -> tuple[Rule, ...]:
    if field.codes is not None:
        codes = field.codes
        return (
            (
                lambda text: text in codes,
                "is not in the list",
                f"use one of {', '.join(codes)}",
            ),
        )
    return (KIND_RULES[field.kind],) if field.kind in KIND_RULES else ()


def _cell_schema(table: Table) -> pa.DataFrameSchema:
    """Pandera's form of the table's declaration; a check's ``error`` carries rule and mend."""
    return pa.DataFrameSchema(
        {
            field.name: pa.Column(
                checks=[
                    pa.Check(test, element_wise=True, ignore_na=True, error=f"{rule}\n{mend}")
                    for test, rule, mend in _rules(field)
                ],
                nullable=not field.required,
            )
            for field in table
        }
    )


def _cell_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    try:
        _cell_schema(table).validate(frame.astype(object), lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.itertuples():
            if case.check == "not_nullable":
                yield Problem(
                    table.file,
                    int(case.index),
                    str(case.column),
                    "",
                    "is empty but required",
                    _mend_of_absence(table.field(str(case.column))),
                )
            else:
                rule, mend = str(case.check).split("\n")
                yield Problem(
                    table.file,
                    int(case.index),
                    str(case.column),
                    str(case.failure_case),
                    rule,
                    mend,
                )


def _text_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    for field in table:
        cells = frame[field.name].dropna()
        found = {text: list(_text_flaws(field, text)) for text in cells.unique()}
        for line, text in cells[cells.isin([text for text in found if found[text]])].items():
            for rule, mend in found[text]:
                yield Problem(table.file, line_number(line), field.name, text, rule, mend)


def _text_flaws(field: Field, text: str) -> Iterator[Flaw]:
    yield from flaws(text)
    if field.required and not fold(text):
        yield Flaw("is required, but has no letter or digit", _mend_of_absence(field))


def _mend_of_absence(field: Field) -> str:
    if field.name == "area_id":
        return "map the label to one or more areas of areas.csv; no label may be lost"
    return f"give it: {field.comment.lower()}"


# --- one table ------------------------------------------------------------------------------


def _duplicate_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    keys = list(table.key)
    complete = frame.dropna(subset=keys)
    first_line = {
        key: int(line)
        for line, *key_values in reversed(list(complete[keys].itertuples()))
        for key in [tuple(key_values)]
    }
    for line, *values in complete[complete.duplicated(keys)][keys].itertuples():
        yield Problem(
            table.file,
            int(line),
            ", ".join(keys),
            ", ".join(values),
            f"is already in line {first_line[tuple(values)]}",
            "remove one of the rows, or give it an id of its own",
        )


def _reference_problems(table: Table, frames: Frames) -> Iterator[Problem]:
    for field in table:
        if field.references is None or field.references not in frames:
            continue
        parent = next(known for known in TABLES if known.name == field.references)
        known_ids = set(frames[parent.name][parent.key[0]].dropna())
        cells = frames[table.name][field.name].dropna()
        for line, value in cells[~cells.isin(known_ids)].items():
            yield Problem(
                table.file,
                line_number(line),
                field.name,
                value,
                f"is not in {parent.file}",
                f"add it there as {parent.key[0]}, or correct it",
            )


def _district_problems(partners: pd.DataFrame) -> Iterator[Problem]:
    """``within`` is what a district has and nothing else, and it names a city."""
    cities = set(partners.loc[partners["kind"] == "city", "partner_id"].dropna())
    for line, row in rows(partners):
        kind, within = row["kind"], row["within"]
        if kind == "district" and within is None:
            rule, mend = "is empty for a district", "give the partner_id of its city"
        elif kind != "district" and within is not None:
            rule, mend = f"is given for a {kind}", "leave it empty; only districts have it"
        elif within is not None and within not in cities:
            rule, mend = "is not a city", "give the partner_id of a city"
        else:
            continue
        yield Problem(PARTNERS.file, line, "within", within or "", rule, mend)


def _date_order_problems(agreements: pd.DataFrame) -> Iterator[Problem]:
    """An end is not before its begin; a length stands only where no end is stated."""
    for line, row in rows(agreements):
        dates = {
            name: value
            for name in ("signed_on", "reported_on", "valid_from", "valid_to")
            if (value := edtf.read(row[name] or "")) is not None
        }
        for early, late, rule in (
            ("valid_from", "valid_to", "ends before it begins"),
            ("signed_on", "valid_to", "ends before it is signed"),
            ("signed_on", "reported_on", "is reported before it is signed"),
        ):
            if early in dates and late in dates and dates[late].last < dates[early].first:
                yield Problem(
                    AGREEMENTS.file,
                    line,
                    late,
                    row[late] or "",
                    f"{rule} ({early} = {row[early]})",
                    "check both dates against their sources",
                )
        if row["term"] is not None and row["valid_to"] is not None:
            yield Problem(
                AGREEMENTS.file,
                line,
                "term",
                row["term"],
                "stands beside valid_to",
                "leave it empty; a length that sources state stays in statements.csv",
            )


def _chain_problems(agreements: pd.DataFrame) -> Iterator[Problem]:
    """``follows`` and ``implements`` stay within one partner and never lead back."""
    partner_of = _partner_of(agreements)
    for link in ("follows", "implements"):
        target = {
            row["agreement_id"]: row[link]
            for _, row in rows(agreements)
            if row["agreement_id"] is not None and row[link] is not None
        }
        for line, row in rows(agreements):
            start, goal = row["agreement_id"], row[link]
            if goal is None:
                continue
            if partner_of.get(goal, row["partner_id"]) != row["partner_id"]:
                yield Problem(
                    AGREEMENTS.file,
                    line,
                    link,
                    goal,
                    "is an agreement of another partner",
                    "link agreements of one partner only",
                )
            path = [start]
            while goal is not None and goal not in path:
                path.append(goal)
                goal = target.get(goal)
            if goal is not None and goal == start:
                yield Problem(
                    AGREEMENTS.file,
                    line,
                    link,
                    str(row[link]),
                    f"leads back to itself ({' -> '.join(map(str, [*path, goal]))})",
                    "break the circle",
                )


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


# --- statements -----------------------------------------------------------------------------


def _statement_problems(frames: Frames) -> Iterator[Problem]:
    """Each statement has a field's own form; each chosen value is stated."""
    tables = (AGREEMENTS, EVENTS_TABLE)
    table_of = {
        record: table for table in tables for record in frames[table.name][table.key[0]].dropna()
    }
    for line, row in rows(frames["statements"]):
        record, field_name, value = row["record_id"], row["field"], row["value"]
        if record is None or field_name is None or value is None:
            continue
        table = table_of.get(record)
        if table is None:
            yield Problem(
                STATEMENTS.file,
                line,
                "record_id",
                record,
                "is neither an agreement_id nor an event_id",
                "add the record, or correct the id",
            )
        elif field_name in UNSTATEABLE or field_name not in table.columns:
            fields = [name for name in table.columns if name not in UNSTATEABLE]
            yield Problem(
                STATEMENTS.file,
                line,
                "field",
                field_name,
                f"is not a field of {table.file} that a source states",
                f"use one of {', '.join(fields)}",
            )
        else:
            for test, rule, mend in _rules(table.field(field_name)):
                if not test(value):
                    yield Problem(STATEMENTS.file, line, "value", value, rule, mend)
    stated = set(
        frames["statements"][["record_id", "field", "value"]].itertuples(index=False, name=None)
    )
    for table in tables:
        for line, row in rows(frames[table.name]):
            for field in table:
                chosen = (row[table.key[0]], field.name, row[field.name])
                if field.stated and row[field.name] is not None and chosen not in stated:
                    yield Problem(
                        table.file,
                        line,
                        field.name,
                        str(row[field.name]),
                        "is stated by no source",
                        "add the statement to statements.csv, or leave the cell empty",
                    )
