"""An orderly stop: whoever sends readers here is told first, then what has begun is ended.

A proxy or Kubernetes asks ``/readyz`` every few seconds; a server that went at once would leave it
sending requests to nobody until it asks again.
"""

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

from api.operations.state import State

Handler = Callable[[int, FrameType | None], Any]


@asynccontextmanager
async def orderly(state: State) -> AsyncIterator[None]:
    """Let SIGTERM make the server not ready at once, and stop it after ``drain_seconds``.

    The server, Uvicorn for pages and API alike, has set its own handler before its lifespan begins;
    that one is called when the time is over, and at once by a second signal.
    """
    stop = signal.getsignal(signal.SIGTERM)
    # A test's client has no server that could be stopped; a thread of its own gets no signal.
    if not callable(stop) or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGTERM, _draining(state, stop))
    try:
        yield
    finally:
        state.stopping = True
        signal.signal(signal.SIGTERM, stop)


def _draining(state: State, stop: Handler) -> Handler:
    """What is done at the signal in place of stopping."""
    loop, wait = asyncio.get_running_loop(), state.settings.drain_seconds

    def begin(number: int, frame: FrameType | None) -> None:
        if state.stopping or not wait:
            stop(number, frame)
        else:
            loop.call_soon_threadsafe(loop.call_later, wait, stop, number, None)
        state.stopping = True

    return begin
