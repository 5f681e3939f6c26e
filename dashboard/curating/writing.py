"""Writing what a form says into the register, on a curator's own machine."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import duckdb

from dashboard import permission
from dashboard.curating.checking import given_of
from etl import options
from etl.curating.apply_commands import make_of
from etl.curating.telling import counted, told
from etl.curating.writing import revise
from etl.obstacles import Obstacle
from register.problems import BadRegister, Problem


class Done(NamedTuple):
    """What was written, in lines; or why nothing was."""

    lines: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def apply(raws: Sequence[Mapping[str, Any]], today: date) -> Done:
    """Write the documents into the register, as ``etl apply`` does.

    Raises:
        PermissionError: this server writes nothing.
    """
    if not permission.given():
        raise PermissionError("this server writes nothing")
    try:
        plan = revise(options.REGISTER, make_of(given_of(raws)), "a form", today=today)
    except BadRegister as error:
        return Done((), tuple(error.problems))
    except (Obstacle, OSError, duckdb.Error) as error:
        return Done((), (Problem("", 0, "", "", str(error), ""),))
    if plan.problems:
        return Done((), plan.problems)
    return Done((*told(plan, today), counted(plan)))
