"""Errors as answers: RFC 9457 problem details, made in this one place."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Scope

from api.settings import ROOT
from register.observed import occasion
from register.store import RegisterUnavailable

MEDIA_TYPE = "application/problem+json"

FAILED = "The question could not be answered; it is logged here."

_NEVER_KEPT = {"Cache-Control": "no-store"}
_OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After, X-Request-ID",
}


class Problem(Exception):
    """Why a question has no answer.

    Args:
        status: the HTTP status.
        detail: what is wrong, in a sentence.
        more: further members of the answer, those that are empty left out.
    """

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail
        self.more = {name: value for name, value in more.items() if value}


Tell = Callable[..., Response]
"""Makes an answer of request, status, detail, headers and further members, as ``answer`` does."""


def answer(
    request: HTTPConnection, status: int, detail: str, headers: dict[str, str], **more: Any
) -> JSONResponse:
    """The answer that tells a problem; no cache keeps it."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": quote(request.scope["path"]),
    }
    if request_id := occasion.get():
        content["request_id"] = request_id
    return JSONResponse(content | more, status, _NEVER_KEPT | headers, MEDIA_TYPE)


def refuse(scope: Scope, status: int, detail: str, headers: dict[str, str]) -> Response:
    """The answer to what is not even looked at: a problem where the API was asked, else a line.

    Scripts of other sites may read it, as they may what they asked for.
    """
    if scope["path"].startswith(f"{ROOT}/"):
        return answer(HTTPConnection(scope), status, detail, _OPEN | headers)
    return PlainTextResponse(f"{detail}\n", status, _NEVER_KEPT | headers)


def install(app: FastAPI, tell: Tell = answer) -> None:
    """Let the app answer with problem details, or what ``tell`` makes, whatever goes wrong."""

    @app.exception_handler(Problem)
    async def _problem(request: Request, problem: Problem) -> Response:
        return tell(request, problem.status, problem.detail, {}, **problem.more)

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        detail = {
            404: "There is nothing at this address; the list of what there is stands in /api/v1/.",
            405: "The register is only read: use GET or HEAD.",
        }.get(error.status_code, str(error.detail))
        return tell(request, error.status_code, detail, dict(error.headers or {}))

    @app.exception_handler(RegisterUnavailable)
    async def _unavailable(request: Request, error: RegisterUnavailable) -> Response:
        logging.getLogger(__name__).error("The register cannot be read", exc_info=error)
        detail = "The register cannot be read at the moment."
        return tell(request, 503, detail, {"Retry-After": "30"})

    @app.exception_handler(Exception)
    async def _error(request: Request, _: Exception) -> Response:
        return tell(request, 500, FAILED, {})


def schema() -> dict[str, Any]:
    """The JSON Schema of a problem."""
    text = {"type": "string"}
    error = {
        "type": "object",
        "properties": {
            "parameter": text,
            "value": text,
            "detail": text,
            "allowed": {"type": "array", "items": text},
            "did_you_mean": {"type": "array", "items": text},
        },
        "required": ["parameter", "value", "detail"],
    }
    return {
        "type": "object",
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "instance": text,
            "request_id": {"type": "string", "description": "Under which the server has logged it"},
            "errors": {"type": "array", "items": error},
            "current": {"type": "string", "description": "The version that is answered"},
            "did_you_mean": {"type": "array", "items": text},
            "replaced_by": {"type": "string", "description": "The record in place of this one"},
        },
        "required": ["type", "title", "status", "detail", "instance"],
    }
