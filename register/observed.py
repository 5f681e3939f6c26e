"""Tells whoever listens what was done and how long it took, without knowing who that is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import perf_counter
from typing import Literal
from uuid import uuid4

Kind = Literal["query", "run"]


@dataclass(frozen=True)
class Done:
    """Something that was done.

    Attributes:
        kind: a query of the register, or a run of a page.
        name: which; there are as many names as the code has queries and pages.
        seconds: how long it took.
        outcome: ``stopped`` where a reader went on before it was done.
    """

    kind: Kind
    name: str
    seconds: float
    outcome: Literal["done", "failed", "stopped"]


Listener = Callable[[Done], None]

occasion: ContextVar[str] = ContextVar("occasion", default="")
"""The id of the request or the run of a page for which something is done, for logs."""

_listeners: list[Listener] = []


def new_id() -> str:
    """An id that nobody else has."""
    return uuid4().hex


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tell the listener what is done meanwhile, in any thread; it may not raise."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@contextmanager
def observed(kind: Kind, name: str) -> Iterator[None]:
    """Tell the listeners of what is done within; a run becomes the occasion of what follows."""
    if kind == "run":
        occasion.set(new_id())
    outcome: Literal["done", "failed", "stopped"] = "done"
    begun = perf_counter()
    try:
        yield
    except Exception:
        outcome = "failed"
        raise
    except BaseException:  # Streamlit stops a run so.
        outcome = "stopped"
        raise
    finally:
        done = Done(kind, name, perf_counter() - begun, outcome)
        for listener in tuple(_listeners):
            listener(done)
