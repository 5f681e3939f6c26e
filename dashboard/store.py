"""The one way from pages to the register: one version for each run of a page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st

from dashboard.foreseen import Run
from register import store
from register.days import Cursor
from register.filters import Filters
from register.store import RegisterUnavailable, Version

__all__ = ["RegisterUnavailable", "ask", "begin_run", "file", "foreseen", "later"]

P = ParamSpec("P")
T = TypeVar("T")


def begin_run() -> None:
    """Take the version that is published now for this run of a page, to its last question.

    A callback runs before the page does: it is answered from what the page was drawn from on which
    the reader clicked. So is a fragment, which is a part of that page.

    Raises:
        RegisterUnavailable: the database is missing or cannot be read.
    """
    st.session_state.pop("version_of_run", None)
    st.session_state.version_of_run = store.published().current()


@contextmanager
def foreseen(page: str, filters: Filters, then: Filters | None) -> Iterator[None]:
    """Within it, what the last whole run of the page asked is asked beside this one.

    Args:
        page: its name.
        filters: those of this run.
        then: those that the next run is likely to have, for which the same is asked after this one.
    """
    state = st.session_state
    run = Run(_of_this_run(), filters)
    if (to_come := state.pop("run_to_come", None)) and to_come.filters != filters:
        to_come.end()
    questions = state.setdefault("questions", {})
    state.run = run
    with run.beside(questions.get(page, ())):
        yield
    questions[page] = run.asked
    if then:
        state.run_to_come = Run(run.version, then)
        state.run_to_come.begin(run.asked)


def ask(query: Callable[Concatenate[Cursor, P], T], *arguments: P.args, **named: P.kwargs) -> T:
    """The query's answer from the version of this run; it is not to be changed.

    Raises:
        RegisterUnavailable: the database is missing or cannot be read, or the answer took too long.
    """
    if run := st.session_state.get("run"):
        run.note(query, arguments, named)
    return _of_this_run().ask(query, *arguments, **named)


def later(
    query: Callable[Concatenate[Cursor, P], T], *arguments: P.args, **named: P.kwargs
) -> Callable[[], T]:
    """The query, to be answered when the result is called: for downloads, made when asked for.

    It stays with the version of this run, the one that the file's name tells of, whatever is
    published or removed meanwhile.
    """
    version = _of_this_run()
    return lambda: version.download(query, *arguments, **named)


def file() -> Callable[[], bytes]:
    """The database of this run as a file that any DuckDB opens, read when the result is called."""
    return _of_this_run().content


def _of_this_run() -> Version:
    if "version_of_run" not in st.session_state:
        begin_run()
    version: Version = st.session_state.version_of_run
    return version
