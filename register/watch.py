"""Ends what takes too long, in one thread for all."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock, Thread

PRECISION = 0.05
"""Seconds by which an end may come late."""


class Watch:
    """Calls what ends a piece of work when its time is over.

    A timer each would be a thread each, and who starts one waits until it runs: some
    milliseconds where other threads are busy, for each question of a page.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._ends: dict[object, tuple[float, Callable[[], None]]] = {}
        self._some = Event()
        self._thread: Thread | None = None

    @contextmanager
    def within(self, seconds: float, end: Callable[[], None]) -> Iterator[None]:
        """Call ``end``, in another thread, if the block takes longer than so many seconds."""
        this = object()
        with self._lock:
            self._ends[this] = time.monotonic() + seconds, end
            # None is alive in a process that has been forked.
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._look, name="watch", daemon=True)
                self._thread.start()
        self._some.set()
        try:
            yield
        finally:
            # What is over is not ended: the lock waits for one who just does so.
            with self._lock:
                self._ends.pop(this, None)

    def _look(self) -> None:
        while True:
            self._some.wait()
            time.sleep(PRECISION)
            self._end_what_is_late()

    def _end_what_is_late(self) -> None:
        with self._lock:
            now = time.monotonic()
            for this, (until, end) in list(self._ends.items()):
                if until <= now:
                    del self._ends[this]
                    end()
            if not self._ends:
                self._some.clear()
