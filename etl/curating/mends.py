"""Mends that know the register: what was probably meant by a name, a label or a code."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from textwrap import shorten

from etl import hints
from etl.curating.known import Known
from etl.validate import forms
from register.declaration import Field
from register.problems import Problem
from register.records import Row, column
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS, SOURCES

TABLES = (AGREEMENTS, EVENTS_TABLE, PARTNERS, SOURCES)

SHOWN = 90
"""So many signs of a definition are shown."""

_TWIN = re.compile(r"(?:has the partner, title and date of|is the event of) line \d+ \((.+?)\)")

AREAS_COMMAND = "look with `python -m etl find WORD`; areas.csv has the definitions"


def mended(problems: Iterable[Problem], known: Known) -> Iterator[Problem]:
    """The problems of documents, each with the mend that knows most."""
    for problem in problems:
        mend = _mend(problem, known)
        yield replace(problem, mend=mend) if mend else problem


def _mend(problem: Problem, known: Known) -> str | None:
    parts = [part for part in problem.column.split(".") if not part.isdecimal()]
    if twin := _TWIN.match(problem.rule):
        record = "event" if "event" in problem.rule else "agreement"
        return f"write {record}: {twin[1]} to change that record; {problem.mend}"
    if not parts or not problem.rule.startswith("is not") or not problem.value:
        return None
    if "areas" in parts[:-1]:
        return _mend_of_area(parts[-1], known)
    if parts[-1] in {"partner", "within"}:
        meant = known.partner_like(problem.value)
        return hints.mend(meant, "give it as a new partner, in a document beside this one")
    if parts[-1] in {"agreement", "follows", "implements"}:
        return hints.mend(known.agreement_like(problem.value), "name an agreement that is there")
    field = _field(parts[-1], not {"source", "sources"}.isdisjoint(parts[:-1]))
    form = forms.rule_of(field) if field else None
    if field is None or form is None or form[0](problem.value):
        return None
    known_word = forms.meant(field, problem.value)
    return hints.mend(known_word, form[2]) if known_word or field.codes is None else None


def _mend_of_area(label: str, known: Known) -> str:
    rows = known.areas_like(label)
    if not rows:
        return AREAS_COMMAND
    return f"did you mean {' or '.join(map(_described, rows))}? If not, {AREAS_COMMAND}"


def _described(area: Row) -> str:
    return f"{area['area_id']} ({shorten(area['definition'], SHOWN, placeholder=' …')})"


def _field(name: str, of_source: bool) -> Field | None:
    """The column that a field of a document stands for."""
    for table in TABLES:
        if (table is SOURCES) == of_source and column(table, name) in table.columns:
            return table.field(column(table, name))
    return _field(name, of_source=False) if of_source else None
