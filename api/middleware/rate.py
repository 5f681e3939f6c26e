"""So many questions a client may ask in a minute; more are put off, so that others are answered.

The package ``limits`` (5.8) keeps in memory a list of moments for each client, looks through all of
them in a thread, by the clock of the day, and bounds neither; here it is one number for each of so
many clients at most.
"""

from collections import OrderedDict
from collections.abc import Callable
from math import ceil
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.clients import client
from api.middleware.ours import Ours
from api.operations import metrics, probes
from api.operations.state import State
from api.problems import refuse

UNLIMITED = (*probes.PATHS, metrics.PATH)
"""Asked for by machines that watch this one."""

MAX_CLIENTS = 50_000
"""So many clients are remembered; of more, those who have not asked for longest are forgotten."""

MINUTE = 60.0

TOLERANCE = 1e-6
"""Less than that is the error of a sum of many intervals."""


class Rate:
    """A bucket for each client, which holds a minute's questions and fills evenly.

    Of each it is kept when the bucket is full again (the generic cell rate algorithm).
    """

    def __init__(
        self,
        per_minute: int,
        clock: Callable[[], float] = monotonic,
        max_clients: int = MAX_CLIENTS,
    ) -> None:
        self._interval = MINUTE / per_minute
        self._clock = clock
        self._max_clients = max_clients
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one from the client's bucket: 0, or where it is empty in how many seconds to ask."""
        now = self._clock()
        full_at = max(now, self._full_at.pop(client, now)) + self._interval
        too_early = full_at - now - MINUTE
        refused = too_early > TOLERANCE
        # What was refused costs nothing, or whoever keeps asking would never be answered again.
        self._full_at[client] = full_at - self._interval if refused else full_at
        if len(self._full_at) > self._max_clients:
            self._full_at.popitem(last=False)
        return too_early if refused else 0.0


class RateMiddleware:
    """Answers 429 to a client who asks too often for what is computed, or begins too many sessions.

    Args:
        ours: tells whether an address is one of ours, and not a file of Streamlit's.
        rate: the buckets; without: those of the settings.
    """

    def __init__(self, app: ASGIApp, state: State, ours: Ours, rate: Rate | None = None) -> None:
        self.app = app
        self._ours = ours
        self._proxies = state.settings.trusted_proxies
        per_minute = state.settings.requests_per_minute
        self._rate = rate or (Rate(per_minute) if per_minute else None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app, or put the client off."""
        wait = 0.0
        if self._rate and self._counts(scope):
            wait = self._rate.wait(client(scope, self._proxies))
        if wait:
            seconds = ceil(wait)
            detail = f"These are too many requests: ask again in {seconds} seconds."
            await refuse(scope, 429, detail, {"Retry-After": str(seconds)})(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _counts(self, scope: Scope) -> bool:
        if scope["type"] == "http":
            return self._ours(scope["path"]) and scope["path"] not in UNLIMITED
        return bool(scope["type"] == "websocket")
