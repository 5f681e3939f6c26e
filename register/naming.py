"""How pages name a source, what it supports, and the records that rest on it."""

from register.frames import Row
from register.words import counted, date_in_words, joined


def record(row: Row) -> str:
    """A record of ``queries.sources``: an agreement's title, or an event and what it concerns."""
    if row["event_name"] is None:
        return str(row["title"])
    day = date_in_words(row["event_date"]) or "undated"
    concerns = row["title"] or "the whole partnership"
    return f"{row['event_name']}, {day}: {concerns}"


def source(row: Row) -> str:
    """A source: ``168.hu after MTI, 20 September 2018``."""
    after = f" after {row['origin']}" if row["origin"] else ""
    day = date_in_words(row["published_on"]) or "no date on record"
    return f"{row['publisher']}{after}, {day}"


def supports(source: Row) -> str:
    """``5 fields of 2 agreements and 1 event``."""
    records = [
        counted(int(source[kind]), kind.removesuffix("s"))
        for kind in ("agreements", "events")
        if source[kind]
    ]
    return f"{counted(int(source['fields']), 'field')} of {joined(records)}"
