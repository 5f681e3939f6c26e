"""What a change would make of the register: files, rows, statuses, and what is wrong with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from etl.columns import Tables
from etl.curating.known import Known
from etl.curating.mends import mended
from etl.curating.moved import Moved, moved
from etl.curating.revision import Change, Revision
from etl.curating.twins import repeated, twins
from etl.extract import Files, tables_of
from etl.frames import Frames, in_pandas
from etl.published import Ids
from etl.validate import validate
from register.document import Document
from register.problems import Problem
from register.records import Row
from register.schema import AGREEMENT_AREAS, SOURCES, STATEMENTS, WITHDRAWN

UNCITED = "No record cites it any more"
"""Why a source is withdrawn of which nothing is left."""


@dataclass(frozen=True)
class Day:
    """The day of a change and what readers know by then.

    Attributes:
        today: for which dates are judged.
        published: the ids that readers know; none: not known.
        as_of: the day of the statuses; None: today.
    """

    today: date
    published: Ids
    as_of: date | None = None


@dataclass(frozen=True)
class Plan:
    """What a change would make of the register.

    Attributes:
        before: the register's files as they are.
        files: the same as they would be; not to be written where there are problems.
        documents: the documents of the change, with the ids that they get.
        changes: the rows that come, go or have other cells.
        problems: everything that stands in the way.
        warnings: what a curator should look at, such as a likely duplicate.
        moved: the status of the agreements concerned, before and after.
    """

    before: Files
    files: Files
    documents: tuple[Document, ...]
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    moved: tuple[Moved, ...]

    @property
    def contents(self) -> dict[str, bytes]:
        """The contents of the files that would be others, by the file's name."""
        before = self.before.tables
        return {
            f"{name}.csv": content
            for name, content in self.files.tables.items()
            if content != before[name]
        }

    @property
    def replaced(self) -> dict[str, bytes]:
        """What these files hold now."""
        return {name: self.before.tables[name.removesuffix(".csv")] for name in self.contents}


def settle(
    revision: Revision,
    day: Day,
    documents: Sequence[Document] = (),
    problems: Iterable[Problem] = (),
    warnings: Iterable[Problem] = (),
) -> Plan:
    """The plan that a revision is, checked with the whole register.

    Args:
        revision: what was put in and taken out.
        day: when.
        documents: the documents that it was made of.
        problems: what was found wrong with them before.
        warnings: what was to be said of them before.
    """
    _let_go(revision, day)
    files = revision.files()
    read = tables_of(files)
    frames = in_pandas(read.tables)
    found = [*read.problems, *revision.lacking()] or _found(revision, read.tables, frames, day)
    told = [*problems, *revision.told(found, frames), *repeated(revision)]
    wrong = tuple(mended(dict.fromkeys(told), Known(revision)))
    changes = tuple(revision.changes())
    on_day = day.as_of or day.today
    statuses = () if wrong else tuple(moved(revision.frames, frames, changes, on_day))
    return Plan(
        revision.before,
        files,
        tuple(documents),
        changes,
        wrong,
        (*warnings, *(() if wrong else twins(revision))),
        statuses,
    )


def _found(revision: Revision, tables: Tables, frames: Frames, day: Day) -> list[Problem]:
    """What is wrong with the register as it would be."""
    touched = revision.touched(frames)
    found = validate(tables, today=day.today, published=day.published, touched=touched)
    if any(revision.origin_of(problem, frames) is None for problem in found):
        # The register was not valid before: all of that is told, as the checks tell it.
        return validate(tables, today=day.today, published=day.published)
    return found


def _let_go(revision: Revision, day: Day) -> None:
    """Withdraw the sources that lost the last that they stated."""
    lost = {
        change.before["source_id"]
        for change in revision.changes()
        if change.table in (STATEMENTS, AGREEMENT_AREAS) and change.before and not change.after
    }
    for table in (STATEMENTS, AGREEMENT_AREAS):
        lost -= {row["source_id"] for row in revision.rows(table)}
    for source_id in sorted(lost):
        if row := revision.get(SOURCES, source_id):
            revision.drop(SOURCES, row)
            if not day.published or source_id in day.published.get(SOURCES.name, ()):
                withdraw(revision, day, source_id, UNCITED)


def withdraw(
    revision: Revision, day: Day, record_id: str, reason: str, replaced_by: str = ""
) -> None:
    """Say why an id leads to no record any more."""
    row: Row = {"id": record_id, "withdrawn_on": day.today.isoformat(), "reason": reason}
    revision.put(WITHDRAWN, row | ({"replaced_by": replaced_by} if replaced_by else {}))
