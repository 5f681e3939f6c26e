"""Entries of the Atom feeds, from what happened and from what changed."""

from collections.abc import Callable, Sequence

from api.feeds.atom import Entry
from api.feeds.text import lasting_id
from register import naming, news
from register.frames import Row, groups, rows
from register.queries import happenings, history
from register.queries.history import Step
from register.store import Version

Address = Callable[[str], str]
"""Where the record of an id can be read."""


def of_happenings(found: Sequence[Row], version: Version, address: Address) -> list[Entry]:
    """An entry for each row of ``queries.happenings.happenings``."""
    stamps = version.ask(history.stamps)
    ids = tuple(happened["record_id"] for happened in found)
    stating = {
        sources[0]["record_id"]: sources
        for sources in groups(rows(version.ask(happenings.sources_of, ids)), "record_id")
    }

    def entry(happened: Row) -> Entry:
        record_id = happened["record_id"]
        sources = stating.get(record_id, [])
        return Entry(
            id=lasting_id("event" if happened["event"] else "signing", record_id),
            title=news.happening_title(happened),
            text=news.happening_text(happened, sources),
            updated=stamps.records.get(record_id, stamps.first),
            category=happened["event"] or "signing",
            page=address(happened["agreement_id"] or happened["partner_id"]),
            via={source["url"]: naming.source(source) for source in sources if source["url"]},
        )

    return [entry(happened) for happened in found]


def of_changes(steps: Sequence[Step], address: Address) -> list[Entry]:
    """An entry for each record that a step of ``queries.history`` changed, the latest first."""
    return [
        _change(step, changes, key, address)
        for step in steps
        for table, key in ((step.agreements, "agreement_id"), (step.events, "event_id"))
        for changes in groups(rows(table), key)
    ]


def _change(step: Step, changes: Sequence[Row], key: str, address: Address) -> Entry:
    """What became of one record, of which ``changes`` has a row for each field."""
    record = changes[0]
    return Entry(
        id=lasting_id("change", str(step.before.version), str(step.now.version), record[key]),
        title=news.change_title(record),
        text=news.change_text(changes),
        updated=step.now.since,
        category=record["change"],
        page=address(record["agreement_id"] or record["partner_id"]),
        via={},
    )
