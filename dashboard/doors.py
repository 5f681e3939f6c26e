"""The ways from a page to what is read without it: calendars, feed readers, programs, archives."""

from urllib.parse import urlencode

from dashboard import elements as st
from dashboard import request
from register.filters import Filters, to_address


def calendar(filters: Filters) -> None:
    """The way to the calendar of the ends that the filters select."""
    _feed("Subscribe in a calendar", "expiring.ics", "event", filters)


def happenings(filters: Filters) -> None:
    """The way to the feed of what happened to what the filters select."""
    _feed("Follow what happens", "events.atom", "rss_feed", filters)


def changes(filters: Filters) -> None:
    """The way to the feed of what changed in the register of what the filters select."""
    _feed("Follow what changes in the register", "changes.atom", "rss_feed", filters)


def api() -> None:
    """The way to the page on which the API is read and tried."""
    st.link_button("The API", "api/v1/docs", icon=":material/api:", type="tertiary")


def agreements_file(label: str, ending: str, filters: Filters, version: str) -> None:
    """The way to the selected agreements as a file that the API writes and sends part by part.

    A button's file would stand in memory for as long as the reader stays.
    """
    asked = to_address(filters, pin_day=True) | {"version": [version]}
    address = f"api/v1/agreements.{ending}?{urlencode(asked, doseq=True)}"
    st.link_button(label, address, icon=":material/download:")


def permanent_address(record_id: str) -> str:
    """The address of a record's plain page, which needs no script and outlives the dashboard."""
    return f"{request.root()}r/{record_id}"


def _feed(label: str, name: str, icon: str, filters: Filters) -> None:
    # It follows the calendar, whatever day the page shows.
    query = urlencode(to_address(filters, pin_day=False), doseq=True)
    address = f"feeds/{name}?{query}" if query else f"feeds/{name}"
    st.link_button(label, address, icon=f":material/{icon}:", type="tertiary")
