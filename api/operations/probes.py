"""``/healthz`` and ``/readyz``: whether to restart this process, and whether to send it readers.

A process that cannot read its register is healthy: a restart would not mend it. Nor is it ready.
"""

from datetime import UTC, datetime
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api.operations.state import State
from register.builds import built_at
from register.clock import today
from register.queries.register import newest_source
from register.store import RegisterUnavailable

HEALTH = "/healthz"
READINESS = "/readyz"
PATHS = (HEALTH, READINESS)

_NEVER_KEPT = {"Cache-Control": "no-store"}


def routes(state: State) -> list[BaseRoute]:
    """Both probes of a server."""
    # Not the threads of all others: slow questions would make every replica seem dead at once.
    thread = CapacityLimiter(1)

    async def ready(_: Request) -> Response:
        facts, reason = await to_thread.run_sync(_facts, state, limiter=thread)
        told = {"ready": reason is None, "reason": reason} | facts
        return JSONResponse(told, 503 if reason else 200, _NEVER_KEPT)

    return [Route(HEALTH, _healthy), Route(READINESS, ready)]


async def _healthy(_: Request) -> Response:
    return PlainTextResponse("ok\n", headers=_NEVER_KEPT)


def _facts(state: State) -> tuple[dict[str, Any], str | None]:
    """What is served, and why nobody should be sent here; the latter None if all is well."""
    try:
        version = state.store.current()
        newest = version.ask(newest_source)
    except RegisterUnavailable as error:
        return {}, str(error)
    built = version.file and built_at(version.file.name)
    facts = {
        "version": version.name,
        "built_at": built and built.isoformat(timespec="seconds"),
        "age_seconds": built and max(0, round((datetime.now(UTC) - built).total_seconds())),
        "newest_source": newest,
        "as_of": today().isoformat(),
    }
    return facts, "The server is stopping." if state.stopping else None
