"""Single cells: required, and in the form that ``register.schema`` declares for their column."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pandera.pandas as pa

from etl.frames import line as line_number
from etl.validate import forms
from register.declaration import Field, Table
from register.problems import Problem
from register.text import Flaw, flaws, fold


def cell_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """What is wrong with single cells of the table."""
    yield from _text_problems(table, frame)
    try:
        _cell_schema(table).validate(frame.astype(object), lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.itertuples():
            yield _cell_problem(table, int(case.index), str(case.column), case)


def _text_problems(table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    for field in table:
        cells = frame[field.name].dropna()
        found = {text: list(_text_flaws(field, text)) for text in cells.unique()}
        for label, text in cells[cells.isin([text for text in found if found[text]])].items():
            for rule, mend in found[text]:
                yield Problem(table.file, line_number(label), field.name, text, rule, mend)


def _text_flaws(field: Field, text: str) -> Iterator[Flaw]:
    yield from flaws(text)
    if field.required and not fold(text):
        yield Flaw("is required, but has no letter or digit", _mend_of_absence(field))


def _cell_schema(table: Table) -> pa.DataFrameSchema:
    """Pandera's form of the table's declaration; a check's ``error`` carries rule and mend."""
    return pa.DataFrameSchema(
        {
            field.name: pa.Column(checks=_checks(forms.rule_of(field)), nullable=not field.required)
            for field in table
        }
    )


def _checks(form: forms.Rule | None) -> list[pa.Check]:
    if form is None:
        return []
    test, rule, mend = form
    return [pa.Check(test, element_wise=True, ignore_na=True, error=f"{rule}\n{mend}")]


def _cell_problem(table: Table, line: int, column: str, case: Any) -> Problem:
    field = table.field(column)
    if case.check == "not_nullable":
        mend = _mend_of_absence(field)
        return Problem(table.file, line, column, "", "is empty but required", mend)
    value = str(case.failure_case)
    rule, mend = str(case.check).split("\n")
    return Problem(table.file, line, column, value, rule, forms.mend_of(field, value, mend))


def _mend_of_absence(field: Field) -> str:
    if field.name == "area_id":
        return "map the label to one or more areas of areas.csv; no label may be lost"
    return f"give it: {field.comment}"
