"""Room for the files that the sessions of a server keep open.

Each open session has four: its websocket, and three of the event loop that Streamlit makes for its
runs. Those that left keep the three until Streamlit forgets them.
"""

import logging
import resource
from contextlib import suppress

OF_OPEN, OF_LEFT = 4, 3
KEPT = 128
"""So many of those that left Streamlit keeps at most, in case they come back."""

OTHERS = 200
"""Requests under way, the register and its former versions, what Python and its packages open."""

NO_LIMIT = 5000
"""So many sessions are counted on where there is no limit to them."""


def needed(sessions: int) -> int:
    """How many files a server of so many sessions at once may have open; 0: no limit."""
    return OF_OPEN * (sessions or NO_LIMIT) + OF_LEFT * KEPT + OTHERS


def allow(sessions: int) -> None:
    """Have the system let this process open that many; it is told where the system lets it not."""
    want = needed(sessions)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = want if hard == resource.RLIM_INFINITY else min(want, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):  # macOS has a limit below the one that it tells.
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    if sessions and soft != resource.RLIM_INFINITY and soft < want:
        logging.getLogger(__name__).warning(
            "%d sessions need up to %d open files, and the system allows %d: raise its limit "
            "(ulimit -Hn, LimitNOFILE), or set PARTNERSHIPS_SESSIONS to %d",
            sessions,
            want,
            soft,
            max(1, (soft - needed(1)) // OF_OPEN + 1),
        )
