"""A bounded cache of answers, safe among threads: who asks what is being answered waits for it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from threading import Lock
from typing import Any

import pandas as pd

MAX_ANSWERS = 512
MAX_BYTES = 256 * 2**20

NOTES = 500 * 96
"""So many bytes a column or an index that is handed out may take beside its values: pandas notes
whom it shares them with, and looks for those that are gone when there are more than 500."""


class Cache:
    """Answers by key; those not asked for longest go first.

    Streamlit's own cache is emptied by any visitor who presses C, and the API has none.
    """

    def __init__(self, max_answers: int = MAX_ANSWERS, max_bytes: int = MAX_BYTES) -> None:
        self._answers: OrderedDict[Hashable, tuple[Future[Any], int]] = OrderedDict()
        self._lock = Lock()
        self._bytes = 0
        self.max_answers = max_answers
        self.max_bytes = max_bytes
        self.hits = self.misses = 0

    def size(self) -> tuple[int, int]:
        """How many answers are kept, and about how many bytes they take."""
        with self._lock:
            return len(self._answers), self._bytes

    def __contains__(self, key: Hashable) -> bool:
        """Whether the answer is kept, or being made."""
        with self._lock:
            return key in self._answers

    def get(self, key: Hashable, answer: Callable[[], Any]) -> Any:
        """The answer that is kept for the key, or a new one. It is not to be changed.

        Raises:
            Exception: what ``answer`` raises; it is not kept.
        """
        with self._lock:
            kept = self._answers.get(key)
            future: Future[Any] = kept[0] if kept else Future()
            if kept:
                self.hits += 1
                self._answers.move_to_end(key)
            else:
                self.misses += 1
                self._answers[key] = (future, 0)
        if not kept:
            self._fill(key, future, answer)
        return _own(future.result())

    def _fill(self, key: Hashable, future: "Future[Any]", answer: Callable[[], Any]) -> None:
        try:
            found = answer()
        except BaseException as error:
            with self._lock:
                self._answers.pop(key, None)
            future.set_exception(error)
            return
        future.set_result(found)
        with self._lock:
            if self._answers.get(key, (None, 0))[0] is future:
                size = _size(found)
                self._answers[key] = (future, size)
                self._bytes += size
                self._make_room()

    def _make_room(self) -> None:
        # The newest stays, however large it is.
        while len(self._answers) > 1 and (
            len(self._answers) > self.max_answers or self._bytes > self.max_bytes
        ):
            _, (_, size) = self._answers.popitem(last=False)
            self._bytes -= size


def _own(found: Any) -> Any:
    """A frame of the asker's own: it shares the values until one of both is changed."""
    return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found


def _size(found: Any) -> int:
    """About how many bytes an answer takes."""
    if isinstance(found, pd.DataFrame):
        shared = found.shape[1] + len(found.axes)
        return int(found.memory_usage(deep=True).sum()) + NOTES * shared
    return int(getattr(found, "nbytes", 0)) or (len(found) if isinstance(found, bytes) else 1000)
