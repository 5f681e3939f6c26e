"""What is fixed, in this place; what can be set stands in ``configuration``."""

from pathlib import Path

from register.citations import REGISTER

ROOT = "/api/v1"
"""Where the API is mounted."""

FEEDS_ROOT = "/feeds"
"""Where the feeds are mounted."""

CHANGES, EVENTS, EXPIRING = "changes.atom", "events.atom", "expiring.ics"
FEEDS = {
    CHANGES: ("application/atom+xml", "What changed in the register"),
    EVENTS: ("application/atom+xml", "What happened"),
    EXPIRING: ("text/calendar", "What runs out"),
}
"""The feeds with their media type and title."""

TITLE = REGISTER

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the data."""

DEFAULT_LIMIT = 100
"""So many rows a page of JSON has, if the question does not say."""

MAX_LIMIT = 1000
"""So many rows it may have."""

MAX_ENDS = 1000
"""So many ends a calendar has: more of them no program for calendars is made for."""

MAX_ROWS = 10_000
"""So many rows an answer is made of in memory; more are written to a file, and sent from there."""

MAX_ADDRESS = 8000
"""So many characters an address may have: as many as common proxies let through."""

MAX_HEADERS = 32_000
"""So many bytes the headers of a request may have; cookies are the long ones of a browser."""

MAX_PARAMETERS = 200
"""So many parameters it may have."""

MAX_TOLD = 20
"""So many wrong values of one parameter are told of."""

PARQUET = "application/vnd.apache.parquet"
"""The media type of Parquet, as IANA has it."""

IMMUTABLE_SECONDS = 365 * 24 * 3600
"""How long a cache may keep what does not change: as long as RFC 9111 has caches keep anything."""

SHARED_SECONDS = 1
"""How long a cache shared by many may answer with what can change, before it asks whether it has.

Nobody notices a second, and a thousand who ask within it are one for us. (``no-cache`` would be
"not to be kept" for nginx.)
"""

CODE = (Path(__file__).parent, Path(__file__).parent.parent / "register")
"""The folders whose code makes the answers: an answer may be another when it changes."""
