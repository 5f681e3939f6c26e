"""What each version changed, as far back as builds are kept, and since when records stand."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import duckdb
import pandas as pd

from register.builds import Edition, editions
from register.database import locked, time_limit
from register.filters import Filters
from register.queries import EXPORTS, Cursor, selected
from register.queries.versions import comparing, file_of, records
from register.schema import AGREEMENTS, EVENTS_TABLE

STEPS = 20
"""So many changes of the version are looked at; more are kept only where it changes all day."""

Selection = tuple[frozenset[str], frozenset[str]]
"""The ids of agreements, and of their partners."""


@dataclass(frozen=True)
class Step:
    """How one version of the register differs from the one before, record by record.

    Attributes:
        agreements: a row for each that came or went, and each changed field of another. Columns:
            change (added, removed, changed), agreement_id, partner_id, partner, title, field,
            before, now.
        events: the same of events. Columns: change, event_id, agreement_id (NULL: of the whole
            partnership), partner_id, partner, event, date, valid_to, actor, field, before, now.
    """

    before: Edition
    now: Edition
    agreements: pd.DataFrame
    events: pd.DataFrame


@dataclass(frozen=True)
class Stamps:
    """Since when records stand as they do, as far as the builds that are kept tell.

    Attributes:
        first: since when there is no other version kept; it is that of whatever has not changed.
        records: of agreements and events that changed later, by id.
        windows: of agreements that changed or to which another thing happened, by agreement_id;
            for what happened to a whole partnership by partner_id.
    """

    first: datetime
    records: dict[str, datetime]
    windows: dict[str, datetime]


def history(cursor: Cursor) -> list[Step]:
    """What each version changed, the latest first, as far back as builds are kept."""
    found = []
    kept = editions(file_of(cursor))[-STEPS - 1 :]
    for earlier, later in reversed(list(pairwise(kept))):
        compared = comparing(earlier.database, later.database, _compared)
        if compared is None:
            break
        found.append(Step(earlier, later, *compared))
    return found


def selections(cursor: Cursor, filters: Filters) -> dict[Path, Selection]:
    """What the filters select in each build that ``history`` compares."""
    kept = editions(file_of(cursor))[-STEPS - 1 :]
    return {edition.database: _selection(edition.database, filters) for edition in kept}


def of_selection(step: Step, chosen: Mapping[Path, Selection]) -> Step:
    """The step without what is selected neither in the version before nor in the one after.

    What happened to a whole partnership belongs to the agreements with that partner.
    """
    agreements, partners = map(
        frozenset.union, *(chosen[edition.database] for edition in (step.before, step.now))
    )
    events = step.events
    alone = events["agreement_id"].isin(agreements)
    whole = events["agreement_id"].isna() & events["partner_id"].isin(partners)
    return replace(
        step,
        agreements=step.agreements[step.agreements["agreement_id"].isin(agreements)],
        events=events[alone | whole],
    )


def stamps(cursor: Cursor) -> Stamps:
    """Since when the records of this version stand as they do."""
    steps = history(cursor)
    first = steps[-1].before.since if steps else editions(file_of(cursor))[-1].since
    records: dict[str, datetime] = {}
    windows: dict[str, datetime] = {}
    for step in reversed(steps):
        ids = [*step.agreements["agreement_id"], *step.events["event_id"]]
        records |= dict.fromkeys(ids, step.now.since)
        concerned = step.events["agreement_id"].fillna(step.events["partner_id"])
        left = step.events.loc[step.events["field"].isin(["agreement_id", "partner_id"]), "before"]
        ids = [*step.agreements["agreement_id"], *concerned, *left.dropna()]
        windows |= dict.fromkeys(ids, step.now.since)
    return Stamps(first, records, windows)


def _selection(database: Path, filters: Filters) -> Selection:
    """What the filters select in a build; nothing where it is gone or of another form."""
    try:
        with locked(database, (EXPORTS,)) as connection, time_limit(connection):
            return selected.ids(connection, filters)
    except (OSError, duckdb.Error):
        return frozenset(), frozenset()


def _compared(comparison: Cursor) -> tuple[pd.DataFrame, pd.DataFrame]:
    happened = ("agreement_id", "event", "date", "valid_to", "actor")
    return (
        records(comparison, AGREEMENTS, ("title",)),
        records(comparison, EVENTS_TABLE, happened),
    )
