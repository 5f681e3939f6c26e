"""Write what a plan makes of the register: all files or none, and so that it can be undone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from etl import published
from etl.curating import ledger
from etl.curating.plans import Day, Plan
from etl.extract import Files, read_settled
from etl.folders import Tell
from etl.journal import replace, settled
from etl.options import BUILD, REGISTER
from etl.publish import check_files

Make = Callable[[Files, Day], Plan]


def revise(
    register: Path,
    make: Make,
    what: str,
    *,
    today: date,
    as_of: date | None = None,
    dry_run: bool = False,
    tell: Tell = lambda _: None,
) -> Plan:
    """Have a plan made of the register as it is now, and write it unless there are problems.

    Args:
        register: the register's folder; no other command is at work in it meanwhile.
        make: makes the plan.
        what: what the change is, for whoever undoes it.
        today: the day of the change.
        as_of: the day of the statuses.
        dry_run: check all the same, and write nothing.
        tell: called with a line if what is published cannot be read.

    Returns:
        The plan. Nothing was written where it has problems.

    Raises:
        BadRegister: the register as it would be is not valid in what the plan does not touch.
        Obstacle, OSError, duckdb.Error: it cannot be read, checked or written.
    """
    known = published.ids(BUILD, tell) if register.resolve() == REGISTER else published.NONE
    with settled(register):
        plan = make(read_settled(register), Day(today, known, as_of))
        if plan.problems or not plan.contents:
            return plan
        check_files(plan.files, known, today=today)
        if not dry_run:
            write(register, plan, what)
    return plan


def write(register: Path, plan: Plan, what: str) -> None:
    """Write the plan of a register that is ``settled``; what it replaces is kept for ``undo``."""
    ledger.note(register, what, plan.replaced, plan.contents)
    replace(register, plan.contents)


def undo(register: Path) -> ledger.Entry:
    """Put back what the last change replaced.

    Raises:
        Obstacle: there is none, or files changed since.
    """
    with settled(register):
        entry = ledger.last(register)
        replace(register, entry.contents())
        ledger.forget(entry)
    return entry
