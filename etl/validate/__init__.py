"""Check the tables against every rule of ``docs/register.md`` and report all breaches at once."""

from collections.abc import Callable, Iterator, Mapping, Set
from datetime import date

from etl import dates
from etl.columns import Tables
from etl.published import NONE, Ids
from etl.validate.cells import cell_problems
from etl.validate.links import link_problems
from etl.validate.mentions import mention_problems
from etl.validate.plausible import plausible_problems
from etl.validate.statements import statement_problems
from etl.validate.tables import table_problems
from etl.validate.withdrawn import withdrawn_problems
from register import clock
from register.problems import Problem
from register.schema import TABLES

Lines = Mapping[str, Set[int]]
"""Lines by the name of their table."""


def validate(
    tables: Tables,
    *,
    today: date | None = None,
    published: Ids = NONE,
    touched: Lines | None = None,
    on_step: Callable[[str], None] = lambda _: None,
) -> list[Problem]:
    """All breaches in the tables of ``extract``; an absent table is not reported again.

    Args:
        today: the day of the build; default: today in Moscow.
        published: the ids that readers know.
        touched: the lines whose cells are looked at, where the others were before; default: all.
        on_step: called with what has been checked, table by table and then between them.
    """
    return list(_problems(tables, today or clock.today(), published, touched, on_step))


def _problems(
    tables: Tables,
    today: date,
    published: Ids,
    touched: Lines | None,
    on_step: Callable[[str], None],
) -> Iterator[Problem]:
    for table in TABLES:
        if table.name in tables:
            rows = tables[table.name]
            if touched is None:
                yield from cell_problems(table, rows)
                yield from table_problems(table, rows)
            elif lines := touched.get(table.name):
                yield from cell_problems(table, rows.at(lines))
                yield from table_problems(table, rows)
        on_step(f"{table.name} checked")
    yield from link_problems(tables)
    yield from mention_problems(tables)
    yield from withdrawn_problems(tables, published)
    yield from statement_problems(tables)
    yield from dates.problems(tables, today)
    yield from plausible_problems(tables, today)
    on_step("checked")
