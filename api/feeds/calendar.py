"""The ends that lie ahead, as a calendar (RFC 5545, RFC 7986) with a whole day for each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vDuration
from icalendar.enums import STATUS, TRANSP

from api.feeds.text import fit
from api.settings import TITLE
from register import news
from register.clock import begin
from register.frames import Row
from register.queries.history import Stamps

REFRESHED = timedelta(hours=12)
"""How often a reader should ask again."""

_COUNTED_FROM = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts seconds from here, so that it stays a number of 31 bits until 2088."""


def calendar(
    uid: str,
    name: str,
    addresses: tuple[str, str],
    ends: Sequence[Row],
    number: int,
    sources: Mapping[str, Sequence[Row]],
    stamps: Stamps,
    address_of: Callable[[str], str],
) -> bytes:
    """The calendar of ``queries.happenings.ends``.

    Args:
        addresses: of the calendar itself, and of the page that shows the same.
        number: how many ends there are, of which ``ends`` are the soonest.
        sources: who states the end of an agreement, by its id.
        address_of: where the record of an agreement can be read.
    """
    own, page = addresses
    made = Calendar.new(
        name=fit(name),
        description=_about(len(ends), number),
        prodid=f"-//{TITLE}//Feeds//EN",
        uid=uid,
        url=page,
        source=own,
        refresh_interval=REFRESHED,
        last_modified=max((_moved(end, stamps) for end in ends), default=stamps.first),
    )
    made["REFRESH-INTERVAL"].params["VALUE"] = "DURATION"
    made["SOURCE"].params["VALUE"] = "URI"
    # What came before RFC 7986, and is read by more.
    made.add("X-PUBLISHED-TTL", vDuration(REFRESHED))
    for end in ends:
        agreement = end["agreement_id"]
        stating, moved = sources.get(agreement, ()), _moved(end, stamps)
        made.add_component(_event(end, stating, moved, address_of(agreement)))
    return bytes(made.to_ical())


def _about(shown: int, number: int) -> str:
    """How exact the ends are, and that these are not all where it is so."""
    soonest = (
        f"These are the {shown:,} soonest of {number:,} ends; filters choose among all. "
        if shown < number
        else ""
    )
    return (
        f"{soonest}Each end is as exact as its source: what is known to the month or the year "
        "stands on the last day that it may mean."
    )


def _event(end: Row, sources: Sequence[Row], moved: datetime, address: str) -> Event:
    made = Event.new(
        uid=f"{end['agreement_id']}.end@moscow-partnerships-register",
        start=_day(end["ends_on"]),
        summary=fit(news.end_title(end)),
        description=fit(news.end_text(end, sources)),
        url=address,
        transparency=TRANSP.TRANSPARENT,
        status=STATUS.TENTATIVE if end["end_approximate"] else STATUS.CONFIRMED,
        sequence=int((moved - _COUNTED_FROM).total_seconds()),
        stamp=moved,
        last_modified=moved,
    )
    if len(end["area_names"]):
        made.categories = [fit(name) for name in end["area_names"]]
    return made


def _moved(end: Row, stamps: Stamps) -> datetime:
    """From when on the end is as it is, to the second.

    What a later end is known from can count later than it is registered: ``2026-11`` from 30
    November on.
    """
    known = [stamps.windows.get(end[name], stamps.first) for name in ("agreement_id", "partner_id")]
    if end["moved_on"] is not None:
        known.append(begin(_day(end["moved_on"])))
    return max(known).replace(microsecond=0)


def _day(value: date) -> date:
    """The day of a cell, which pandas has as a moment."""
    return value.date() if isinstance(value, datetime) else value
