"""An orderly stop: whoever sends readers here is told first, then what has begun is ended.

A proxy or Kubernetes asks ``/readyz`` every few seconds; a server that went at once would leave it
sending requests to nobody until it asks again.
"""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import FrameType

from api.operations.state import State


@asynccontextmanager
async def orderly(state: State) -> AsyncIterator[None]:
    """Let SIGTERM make the server not ready at once, and stop it after ``drain_seconds``.

    The server, Uvicorn for pages and API alike, has set its own handler before its lifespan begins;
    that one is called when the time is over, and at once by a second signal.
    """
    loop = asyncio.get_running_loop()
    stop = signal.getsignal(signal.SIGTERM)

    def begin(number: int, frame: FrameType | None) -> None:
        assert callable(stop)
        if state.stopping or not state.settings.drain_seconds:
            stop(number, frame)
        else:
            wait = state.settings.drain_seconds
            loop.call_soon_threadsafe(loop.call_later, wait, stop, number, None)
        state.stopping = True

    # A test's client has no server that could be stopped.
    served = callable(stop) and stop is not signal.default_int_handler
    if served:
        signal.signal(signal.SIGTERM, begin)
    try:
        yield
    finally:
        state.stopping = True
        if served:
            signal.signal(signal.SIGTERM, stop)
