"""The one way from pages to the register: the current database, its answers cached."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import duckdb
import streamlit as st

P = ParamSpec("P")
T = TypeVar("T")

DATABASE = Path(__file__).resolve().parent.parent / "data" / "build" / "partnerships.duckdb"
"""Where the ETL publishes; the environment variable PARTNERSHIPS_DATABASE names another place."""


class RegisterUnavailable(Exception):
    """There is no readable database; the text says what to do."""


def ask(
    query: Callable[Concatenate[duckdb.DuckDBPyConnection, P], T],
    *arguments: P.args,
    **named: P.kwargs,
) -> T:
    """The query's answer from the database that is published now.

    Raises:
        RegisterUnavailable: the database is missing or cannot be read.
    """
    database = _published()
    try:
        return _answer(
            database, f"{query.__module__}.{query.__qualname__}", arguments, named, query
        )
    except duckdb.Error as error:
        raise RegisterUnavailable(
            f"The register's database cannot be read ({type(error).__name__}). "
            "Build it anew with `make etl`."
        ) from error


def later(
    query: Callable[Concatenate[duckdb.DuckDBPyConnection, P], T],
    *arguments: P.args,
    **named: P.kwargs,
) -> Callable[[], T]:
    """The query, to be answered when the result is called: for downloads, made when asked for.

    It stays with the database that is published now, the one that the file's name tells of.
    """
    database = _published()

    def answer() -> T:
        with _connection(database).cursor() as cursor:
            return query(cursor, *arguments, **named)

    return answer


@st.cache_data(max_entries=512, show_spinner=False)
def _answer(
    database: str,
    name: str,
    arguments: tuple[object, ...],
    named: dict[str, object],
    _query: Callable[..., T],
) -> T:
    # A cursor of its own: one connection shared by threads is not safe.
    with _connection(database).cursor() as cursor:
        return _query(cursor, *arguments, **named)


@st.cache_resource(max_entries=2, show_spinner=False)
def _connection(database: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(database, read_only=True)


def _published() -> str:
    """The file that the pointer leads to; each build has its own, so it is the caches' key."""
    pointer = Path(os.environ.get("PARTNERSHIPS_DATABASE", DATABASE))
    try:
        return str(pointer.resolve(strict=True))
    except OSError:
        raise RegisterUnavailable(
            "The register's database is missing. Build it with `make etl`."
        ) from None
