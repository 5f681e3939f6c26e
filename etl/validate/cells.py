"""Single cells: required, and in the form that ``register.schema`` declares for their column."""

from collections.abc import Iterator

import numpy as np

from etl.columns import Column, Rows
from etl.validate import forms
from register.declaration import Field, Table
from register.problems import Problem
from register.text import flaws, has_word

Fault = tuple[str, str]
"""A rule that a text breaks, and the mend."""


def cell_problems(table: Table, rows: Rows) -> Iterator[Problem]:
    """What is wrong with single cells of the table."""
    for field in table:
        column = rows[field.name]
        for line in rows.lines[~column.filled].tolist() if field.required else ():
            mend = _mend_of_absence(field)
            yield Problem(table.file, line, field.name, "", "is empty but required", mend)
        faulty = _faulty(field, column)
        for place in np.flatnonzero(np.isin(column.codes, list(faulty))).tolist():
            text, faults = faulty[int(column.codes[place])]
            for rule, mend in faults:
                yield Problem(table.file, int(rows.lines[place]), field.name, text, rule, mend)


def _faulty(field: Field, column: Column) -> dict[int, tuple[str, list[Fault]]]:
    """The texts that break a rule, by their code; each is looked at once."""
    looked_at = column.unlike(forms.PLAIN.get(field.kind))
    found = ((code, text, list(_faults(field, text))) for code, text in looked_at)
    return {code: (text, faults) for code, text, faults in found if faults}


def _faults(field: Field, text: str) -> Iterator[Fault]:
    yield from flaws(text)
    if field.required and not has_word(text):
        yield "is required, but has no letter or digit", _mend_of_absence(field)
    if fault := forms.broken(field, text):
        yield fault


def _mend_of_absence(field: Field) -> str:
    if field.name == "area_id":
        return "map the label to one or more areas of areas.csv; no label may be lost"
    return f"give it: {field.comment}"
