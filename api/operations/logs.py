"""Logs: a line for each request and run of a page, as JSON or for a terminal.

No line says who asked or what for: no client's address, no query, no name of a program, and of an
address only the route. The id of a request leads from an answer to its lines.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any, Literal

from register.observed import occasion

LOGGER = logging.getLogger("partnerships")

_OURS = ("uvicorn", "streamlit")
"""Whose log lines come in the same form."""


def install(form: Literal["json", "text"]) -> None:
    """Write all logs of the process to stderr in one form."""
    handler = logging.StreamHandler()
    handler.addFilter(_add_occasion)
    handler.setFormatter(_Json() if form == "json" else _Text())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOGGER.setLevel(logging.INFO)
    # Uvicorn and Streamlit have given each of their loggers a handler of its own.
    for name, logger in logging.root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and name.partition(".")[0] in _OURS:
            logger.handlers.clear()
            logger.propagate = True
            logger.setLevel(logging.WARNING)  # Below that Uvicorn tells who asks for what.


def tell(what: Literal["request", "run"], **facts: Any) -> None:
    """Log that something was done; the facts are the line's members."""
    LOGGER.info(what, extra={"facts": facts})


def _add_occasion(record: logging.LogRecord) -> bool:
    record.occasion = occasion.get()
    return True


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class _Json(logging.Formatter):
    """A line is one object, a traceback one of its members."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _moment(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "id": getattr(record, "occasion", ""),
        } | getattr(record, "facts", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class _Text(logging.Formatter):
    """A line to read."""

    def format(self, record: logging.LogRecord) -> str:
        facts = getattr(record, "facts", {})
        told = " ".join(f"{name}={value}" for name, value in facts.items() if value is not None)
        line = f"{_moment(record)} {record.levelname} {record.getMessage()} {told}".rstrip()
        if identity := getattr(record, "occasion", ""):
            line += f" id={identity}"
        if record.exc_info:
            line += f"\n{self.formatException(record.exc_info)}"
        return line
