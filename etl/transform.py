"""Turn the validated tables into those of the database: bounds of dates, names of codes."""

import csv
import gettext
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pycountry

from etl import languages
from etl.columns import EMPTY, Column, Rows, Tables
from etl.dates import Days
from register import duration
from register.codes import STATUS_ROWS
from register.declaration import Kind, Table
from register.derived import CODES, COUNTRIES, LANGUAGES, REGIONS, REGISTER, STATUSES
from register.schema import DATED, STATEMENTS, TABLES

M49 = Path(__file__).parent / "regions.csv"
"""The region, sub-region and intermediate region of each country, as the UN Statistics Division has
them: https://unstats.un.org/unsd/methodology/m49/overview/."""

EPOCH = date(1970, 1, 1).toordinal()

Made = tuple[Table, Any]
"""A table of the database with its rows, as a table of Arrow whose columns have its names."""


def transform(tables: Tables, version: str) -> Iterator[Made]:
    """What to load: the valid tables of ``extract`` with bounds of dates, and derived ones.

    Each is made when its turn comes.
    """
    yield CODES, _rows(CODES, _codes())
    yield STATUSES, _rows(STATUSES, STATUS_ROWS)
    countries = _different(tables, "country_code", "partners", "list_mentions")
    of_sources = _different(tables, "language", "sources")
    yield COUNTRIES, _rows(COUNTRIES, _countries(countries, of_sources))
    yield REGIONS, _rows(REGIONS, _regions(_different(tables, "country_code", "partners")))
    spoken = _different(tables, "language", "sources", "agreement_areas", "partner_names")
    yield LANGUAGES, _rows(LANGUAGES, ((code, language_name(code)) for code in spoken))
    yield REGISTER, _rows(REGISTER, [(version,)])
    for table in TABLES:
        yield table, pa.table(dict(_columns(table, tables[table.name])))


def country_name(code: str) -> str:
    """The English name that ISO 3166-1 gives the alpha-2 code, the common one if there is one."""
    # Not lookup(), which also looks through the names.
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        raise ValueError(f"{code!r} is no code of a country")
    return str(getattr(country, "common_name", country.name))


def language_name(code: str) -> str:
    """The English name that ISO 639 gives the two- or three-letter code."""
    # Not by its name: there are languages called En, Hu and Ko.
    language = languages.of_code(code)
    if language is None:
        raise ValueError(f"{code!r} is no code of a language")
    return re.sub(r" \(.*\)$", "", language["name"])


def _columns(table: Table, rows: Rows) -> Iterator[tuple[str, Any]]:
    """The columns of the database: the cells and, behind a date, the days between which it lies."""
    for field in table:
        column = rows[field.name]
        yield field.name, column.array()
        if field.kind is Kind.EDTF:
            yield from _bounds(field.name, column)
        if field.kind is Kind.DURATION:
            lengths = [duration.in_words(text) for _, text in column.each()]
            in_words = Column(pa.array(lengths, pa.string()), column.codes)
            yield f"{field.name}_length", in_words.array()
    if table is STATEMENTS:
        values = rows["value"]
        of_dates = np.where(rows["field"].is_one_of(DATED), values.codes, EMPTY)
        dates = Column(values.texts, of_dates).only(np.arange(len(rows)))
        yield from _bounds("value", dates)


def _bounds(name: str, dates: Column) -> Iterator[tuple[str, Any]]:
    for bound, ordinals in zip(Days._fields, Days.of(dates), strict=True):
        days = pa.array((ordinals - EPOCH).astype(np.int32), mask=~dates.filled)
        yield f"{name}_{bound}", days.view(pa.date32())


def _rows(table: Table, rows: Iterable[tuple[Any, ...]]) -> Any:
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    return pa.table(dict(zip(table.columns, map(pa.array, columns), strict=True)))


def _different(tables: Tables, column: str, *names: str) -> list[str]:
    """The different texts in the column of these tables, sorted."""
    return sorted({text for name in names for text in tables[name][column].strings()})


def _codes() -> Iterator[tuple[Any, ...]]:
    for table in TABLES:
        for field in table:
            for position, (code, meaning) in enumerate((field.codes or {}).items(), start=1):
                yield table.name, field.name, code, position, meaning.name, meaning.definition


def _regions(countries: list[str]) -> Iterator[tuple[Any, ...]]:
    """The row of each country in ``M49``, empty but for its code where it has none."""
    with M49.open(encoding="utf-8", newline="") as file:
        listed = {row["country_code"]: row for row in csv.DictReader(file)}
    for code in countries:
        found = listed.get(code, {})
        yield code, *(found.get(name) or None for name in REGIONS.columns[1:])


def _countries(codes: list[str], spoken: list[str]) -> Iterator[tuple[str, str, str]]:
    """Code and English name of each country, and its name in the languages, after semicolons."""
    translations = [
        gettext.translation(
            "iso3166-1",
            pycountry.LOCALES_DIR,
            languages=["zh_CN" if language == "zh" else language],
            fallback=True,
        )
        for language in spoken
    ]
    for code in codes:
        name = country_name(code)
        others = dict.fromkeys(translation.gettext(name) for translation in translations)
        yield code, name, "; ".join(others)
