"""What a page is going to ask is asked beside its run.

A page asks with other filters what it asked with those before. So what its last whole run asked is
asked anew with the filters of this one, in a thread, from the last question to the first, until the
page meets it: DuckDB plans and answers outside of Python's lock, and all cores but one would have
nothing to do meanwhile. Who asks for what is being answered waits for it (register/cache.py), so
nothing is asked twice.

Who goes from year to year will go on: what the page asks on the next day is asked as soon as this
one is drawn.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, fields, replace
from threading import BoundedSemaphore, Event
from types import NoneType
from typing import Any

from register.filters import Filters
from register.store import RegisterUnavailable, Version

_HELPERS = max(1, len(os.sched_getaffinity(0)) // 2)
_threads = ThreadPoolExecutor(_HELPERS, "foreseen")
_free = BoundedSemaphore(_HELPERS)
"""Where all are busy, so are the cores: a run then asks for itself."""


@dataclass(frozen=True)
class _Choice:
    """What stands in a question for the filters of a run: what it changes in them."""

    changes: Mapping[str, Any]


_FORESEEN = (_Choice, str, int, NoneType)


@dataclass(frozen=True)
class Question:
    """What a page asked with its filters, ready to be asked with others."""

    query: Callable[..., object]
    arguments: Sequence[object]
    named: Mapping[str, object]

    def known(self, version: Version, filters: Filters) -> bool:
        """Whether somebody has asked it with these filters."""
        return version.knows(self.query, *self._filled(filters), **self.named)

    def ask(self, version: Version, filters: Filters) -> None:
        """Ask it with these filters."""
        version.ask(self.query, *self._filled(filters), **self.named)

    def _filled(self, filters: Filters) -> list[Any]:
        return [
            replace(filters, **argument.changes) if isinstance(argument, _Choice) else argument
            for argument in self.arguments
        ]


class Run:
    """One run of a page, or one to come: what it asks, and what was foreseen of it."""

    def __init__(self, version: Version, filters: Filters) -> None:
        self.version, self.filters = version, filters
        self._over = Event()
        self.asked: list[Question] = []

    def begin(self, questions: Sequence[Question]) -> None:
        """Have the questions asked in a thread, the last one first, until the run is over."""
        if questions and _free.acquire(blocking=False):
            _threads.submit(copy_context().run, self._ask_all, questions[::-1])

    def end(self) -> None:
        """Nothing more is asked for it."""
        self._over.set()

    @property
    def over(self) -> bool:
        """Whether it has come to its end, or never will come."""
        return self._over.is_set()

    @contextmanager
    def beside(self, questions: Sequence[Question]) -> Iterator[None]:
        """Within it, the questions are asked beside."""
        self.begin(questions)
        try:
            yield
        finally:
            self.end()

    def note(
        self,
        query: Callable[..., object],
        arguments: Sequence[object],
        named: Mapping[str, object],
    ) -> None:
        """Remember a question of the run that can be foreseen.

        The answer to one without filters is kept for all runs, and what is asked of certain records
        follows from an answer.
        """
        if self.over:
            return  # A part of the page is drawn anew.
        choices = [self._choice(argument) for argument in arguments]
        values = (*choices, *named.values())
        if any(isinstance(value, _Choice) for value in values) and all(
            isinstance(value, _FORESEEN) for value in values
        ):
            self.asked.append(Question(query, choices, named))

    def _ask_all(self, questions: Sequence[Question]) -> None:
        try:
            for question in questions:
                if self.over:
                    return
                if not question.known(self.version, self.filters):
                    question.ask(self.version, self.filters)
        except RegisterUnavailable:
            return  # The run asks again, and says so.
        finally:
            _free.release()

    def _choice(self, argument: object) -> object:
        if not isinstance(argument, Filters):
            return argument
        changes = {
            field.name: getattr(argument, field.name)
            for field in fields(argument)
            if getattr(argument, field.name) != getattr(self.filters, field.name)
        }
        return _Choice(changes)
