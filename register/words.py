"""How pages say dates, windows and counts in words, each date at its own precision."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from register import duration, edtf
from register.codes import PROLONGING
from register.declaration import Kind
from register.frames import Row
from register.schema import AGREEMENTS, EVENTS_TABLE


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """The names by id, with the id behind a name that several have."""
    count = Counter(names.values())
    return {
        identity: name if count[name] == 1 else f"{name} ({identity})"
        for identity, name in names.items()
    }


def day_in_words(day: date) -> str:
    """``21 November 2026``."""
    return edtf.in_words(day.isoformat())


def date_in_words(value: str | None) -> str:
    """An EDTF date of the register in words, ``""`` for a missing one."""
    return edtf.in_words(value) if value else ""


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 agreement``, ``12 agreements``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def window(agreement: Row) -> str:
    """The validity window in words: ``2019 to 2021``, ``from September 2024, no end stated``.

    What was extended or renewed says so: ``2019 to 2021, renewed without a stated end``.
    """
    begin = agreement[begun_by(agreement) or "valid_from"]
    start = date_in_words(begin)
    open_ended = agreement["end_basis"] == "none"
    if begin is not None and not agreement["valid_from"]:
        start = f"{'signed' if begin == agreement['signed_on'] else 'reported'} {start}"
    elif begin is not None and open_ended:
        start = f"from {start}"
    later = prolonged(agreement)
    if open_ended:
        return listed(start or "no date stated", later or ("no end stated" if start else ""))
    end = f"to {end_in_words(agreement)}"
    if begin is not None and edtf.parse(begin).first > edtf.parse(agreement["window_end"]).last:
        # Reported when it had run out, or ended before it began.
        return listed(end, f"planned from {start}" if agreement["valid_from"] else start, later)
    if agreement["valid_from"] and begin == agreement["window_end"]:
        # “2014”, not “2014 to 2014”.
        return listed(end.removeprefix("to "), later)
    return listed(f"{start} {end}".strip(), later)


def begun_by(agreement: Row) -> str | None:
    """The field with which the window in words begins, None if no source gives a date."""
    return next((name for name in ("valid_from", *_DATED) if agreement[name]), None)


def listed(*parts: str) -> str:
    """The parts that say something, with commas between them."""
    return ", ".join(part for part in parts if part)


def prolonged(agreement: Row) -> str:
    """``extended``, ``renewed without a stated end``, ``""`` for what was neither by the day."""
    without = "" if agreement["prolonged_to"] else " without a stated end"
    return f"{agreement['prolonged']}{without}" if agreement["prolonged"] else ""


def end_in_words(agreement: Row) -> str:
    """The window's end at its own precision, with its basis where that is not the stated period."""
    end = date_in_words(agreement["window_end"])
    basis = {"term": " (from its length)", "event": " (ended)"}.get(str(agreement["end_basis"]), "")
    return end + basis


def by_when(end: str) -> str:
    """When something ends, as exact as its source.

    ``on 30 June 2022``, ``by the end of 2027, day not stated``, ``about November 2018``.
    """
    date = edtf.parse(end)
    if date.qualifier == "~":
        return date_in_words(end)
    if date.precision == "day":
        return f"on {date_in_words(end)}"
    return f"by the end of {date_in_words(end)}, day not stated"


def days_left(agreement: Row) -> str:
    """``40 days left``, ``ends today``, ``""`` where there is no number.

    An end that is not known to the day can come earlier: ``at most 405 days left``.
    """
    if agreement["days_left"] is None:
        return ""
    days = int(agreement["days_left"])
    if days == 0:
        to_the_day = edtf.parse(agreement["window_end"]).exact
        return "ends today" if to_the_day else "ends today at the latest"
    return f"{how_exact(agreement)} {counted(days, 'day')} left".lstrip()


def how_exact(agreement: Row) -> str:
    """What stands before a number of days left: ``at most``, ``about``, ``""`` for a known day."""
    if agreement["end_approximate"]:
        return "about"
    end = agreement["window_end"]
    return "at most" if end is not None and not edtf.parse(end).exact else ""


def value(field: str, text: str) -> str:
    """A statement's value as a reader sees it: dates and lengths in words, codes by name."""
    known = next(known for known in (*AGREEMENTS, *EVENTS_TABLE) if known.name == field)
    if known.kind is Kind.EDTF:
        return edtf.in_words(text)
    if known.kind is Kind.DURATION:
        return duration.in_words(text)
    return known.codes[text].name if known.codes else text


def when(value: str | None) -> str:
    """A date with its preposition: ``on 2 March 2022``, ``in 2024``, ``about November 2018``."""
    if value is None:
        return "on a day that no source gives"
    if value.endswith("~"):
        return edtf.in_words(value)
    return f"{'on' if edtf.parse(value).precision == 'day' else 'in'} {edtf.in_words(value)}"


def event(happened: Row, *, dated: bool = True) -> str:
    """What happened, when, by which side: ``Terminated on 2 March 2022 by Kraków``.

    Of an agreement's extension or renewal also to when: ``Extended in 2020 by both sides to 2023``.
    """
    # “Announced on a day that no source gives by Moscow” would be the day's giver.
    day = f" {when(happened['date'])}" if dated and happened["date"] else ""
    unknown = f", {when(None)}" if dated and not happened["date"] else ""
    end = ""
    if happened["valid_to"]:
        end = f" to {date_in_words(happened['valid_to'])}"
    elif happened["event"] in PROLONGING and happened["agreement_id"]:
        end = " without a stated end"
    return f"{happened['event_name']}{day}{_by(happened)}{end}{unknown}"


def how_ended(lapsed: Row) -> str:
    """Why a window is over: ``ran out``, ``terminated by Kraków``."""
    if lapsed["event_name"] is None:
        return listed("ran out", prolonged(lapsed))
    return lower_first(lapsed["event_name"]) + _by(lapsed)


def _by(happened: Row) -> str:
    by = {"moscow": " by Moscow", "partner": f" by {happened['partner']}", "both": " by both sides"}
    return by.get(happened["actor"], "")


def end_basis(agreement: Row, deciding: Row | None) -> str:
    """Where the end of a window comes from.

    Args:
        deciding: the event that ended or suspended the agreement, if one did.
    """
    if deciding is not None and agreement["end_basis"] == "event":
        return f"Ended by an event: {lower_first(event(deciding))}."
    if deciding is not None:
        without = end_basis(agreement, None)
        return f"On hold by an event: {lower_first(event(deciding))}. {without}"
    if agreement["prolonged"] and not agreement["prolonged_to"]:
        before = end_basis(agreement | {"prolonged": None}, None)
        return f"{before} It was {prolonged(agreement)}."
    if agreement["end_basis"] == "none":
        return "No source states an end; this does not say that it is in force."
    if agreement["end_basis"] == "stated":
        doubt = ", as uncertain" if agreement["end_approximate"] else ""
        later = f" to which it was {prolonged(agreement)}" if agreement["prolonged"] else ""
        return f"The end{later} is stated by sources{doubt}."
    length = duration.in_words(agreement["term"])
    doubt = (
        "; it is approximate, because the begin is not known to the day"
        if agreement["end_approximate"]
        else ""
    )
    return f"Sources state a length of {length}, from which the end is counted{doubt}."


def status(agreement: Row) -> str:
    """The status on the day, with the days left if there are: ``Expiring, 40 days left``."""
    left = days_left(agreement)
    return f"{agreement['status_name']}, {left}" if left else str(agreement["status_name"])


def agreement_line(agreement: Row, titles: Mapping[str, str]) -> str:
    """What to know of an agreement beside its title: window, status, instrument, ties, sources.

    Args:
        titles: the titles of the agreements that it can follow or implement.
    """
    ties = [
        f"{name} “{titles.get(agreement[name], agreement[name])}”"
        for name in ("follows", "implements")
        if agreement[name]
    ]
    parts = [
        window(agreement),
        status(agreement),
        agreement["instrument_name"],
        *ties,
        counted(agreement["sources"], "source"),
    ]
    if agreement["disputed"]:
        parts.append(f"sources disagree on {counted(agreement['disputed'], 'field')}")
    return " · ".join(parts)


def span(first: int, last: int) -> str:
    """``2022``, ``2022 to 2024``."""
    return str(first) if first == last else f"{first} to {last}"


def lower_first(text: str) -> str:
    """The text with a small first letter, to go on with in a sentence."""
    return text[:1].lower() + text[1:]


def version_mark(field: str, text: str, chosen: str | None) -> str:
    """How a source's version of a field stands to the chosen one, ``""`` if it is the same."""
    if text == chosen:
        return ""
    known = next(known for known in (*AGREEMENTS, *EVENTS_TABLE) if known.name == field)
    if known.kind is Kind.EDTF and chosen is not None:
        one, other = edtf.parse(text), edtf.parse(chosen)
        if one.first <= other.first and other.last <= one.last:
            return "less exact"
        if one.first <= other.last and other.first <= one.last:
            return "not chosen"
    return "differs"


_DATED = {"signed_on": "signed", "reported_on": "reported"}


def dated(agreement: Row, disputed: Collection[str] = ()) -> str:
    """``signed September 2024``, or ``undated``; it says so if sources disagree on its field."""
    for name, verb in (_DATED | {"valid_from": "valid from"}).items():
        if agreement[name]:
            chosen = " (chosen; sources disagree)" if name in disputed else ""
            return f"{verb} {edtf.in_words(agreement[name])}{chosen}"
    return "undated"


def own_status(partner: Row) -> str:
    """A partner's own status: ``No end stated, lapsed``."""
    return f"{partner['status_name']}{', lapsed' if partner['lapsed'] else ''}"


def end_ahead(agreement: Row) -> str:
    """``ends 31 December 2026, 40 days left``."""
    left = days_left(agreement).removeprefix("ends ")
    return f"ends {end_in_words(agreement)}, {left}"


def versions(field: str, values: Sequence[str]) -> str:
    """What sources say where they disagree: ``2013 or 2015``, the most often stated first."""
    return " or ".join(value(field, text) for text in values)


def joined(names: Sequence[str]) -> str:
    """``Kraków``, ``Kraków and Berlin``, ``Kraków, Berlin and Vienna``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def said(field: str, text: str, named: str | None) -> str:
    """What a source says in a field; ``named``: what partner or agreement an id leads to."""
    return named or value(field, text)
