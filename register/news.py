"""What feeds say of ends, happenings and changes: each a title and a few lines."""

from collections.abc import Sequence

from register import naming, words
from register.codes import EVENTS
from register.frames import Row
from register.schema import AGREEMENTS, EVENTS_TABLE

_CHANGES = {"added": "Added", "removed": "Removed", "changed": "Changed"}


def end_title(agreement: Row) -> str:
    """``Istanbul: Protocol of cooperation ends by the end of June 2022, day not stated``."""
    return f"{_name(agreement)} ends {words.by_when(agreement['window_end'])}"


def end_text(agreement: Row, sources: Sequence[Row]) -> str:
    """Window, basis of the end, areas, and who states it; ``sources`` as in ``queries``."""
    return _lines(
        f"{words.window(agreement)} ({agreement['instrument_name']}).",
        words.end_basis(agreement, None),
        "It is suspended." if agreement["status"] == "suspended" else "",
        f"Areas: {', '.join(agreement['area_names'])}." if len(agreement["area_names"]) else "",
        *(f"Stated by {naming.source(source)}: {source['url'] or ''}" for source in sources),
    )


def happening_title(happened: Row) -> str:
    """``Kraków: Terminated on 2 March 2022 by Kraków``, ``Istanbul: Protocol, signed in 2020``."""
    if happened["event"] and not happened["agreement_id"]:
        return f"{happened['partner']}: {happening(happened)}"
    return f"{_name(happened)}, {words.lower_first(happening(happened))}"


def happening(happened: Row) -> str:
    """The same without whom it concerns: ``Signed in 2020``."""
    if happened["event"]:
        return words.event(happened)
    if happened["date"] is None and happened["reported_on"]:
        return f"Reported {words.when(happened['reported_on'])}"
    return f"Signed {words.when(happened['date'])}"


def happening_text(happened: Row, sources: Sequence[Row]) -> str:
    """What is doubtful about it, and who says so."""
    unknown_day = not happened["event"] and happened["date"] is None and happened["reported_on"]
    return _lines(
        "" if happened["agreement_id"] else "It concerns the whole partnership.",
        "No source gives the day of signing." if unknown_day else "",
        happened["note"] or "",
        f"Stated by {'; '.join(map(naming.source, sources))}." if sources else "",
    )


def change_title(change: Row) -> str:
    """``Added: Istanbul: Protocol of cooperation``, ``Removed: Kraków: Suspended in 2022``."""
    what = _name(change) if "title" in change else f"{change['partner']}: {_event(change)}"
    return f"{_CHANGES[change['change']]}: {what}"


def change_text(changes: Sequence[Row]) -> str:
    """What became of each field of one record: ``valid_to: 2025, before 2024``."""
    fields = [change for change in changes if change["field"]]
    return _lines(*map(_field, fields)) or f"{_CHANGES[changes[0]['change']]}."


def _name(agreement: Row) -> str:
    return f"{agreement['partner']}: {agreement['title']}"


def _event(change: Row) -> str:
    known = EVENTS.get(change["event"])
    return words.event(change | {"event_name": known.name if known else change["event"]})


def _field(change: Row) -> str:
    field = str(change["field"])
    was, now = (_value(field, change[name]) for name in ("before", "now"))
    return f"{field}: {now}, before {was}"


def _value(field: str, text: str | None) -> str:
    """A value in words; a code that this version no longer has as it is."""
    codes = next(known for known in (*AGREEMENTS, *EVENTS_TABLE) if known.name == field).codes
    if text is None or (codes and text not in codes):
        return text or "empty"
    return words.value(field, text)


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
