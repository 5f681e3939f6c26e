"""What is for whoever runs the server: our metrics, and those that Streamlit offers to everybody.

They say how busy the server is and what fails.
"""

import re
from hmac import compare_digest
from ipaddress import ip_address

from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.operations import metrics
from api.problems import refuse

STREAMLITS = "/_stcore/metrics"

_FORWARDED = re.compile("forwarded|via|x-real-ip|x-forwarded-.*")


class PrivateMiddleware:
    """Answers 401 or 403 to whom the metrics are not for."""

    def __init__(self, app: ASGIApp, token: SecretStr | None) -> None:
        self.app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app, unless it is asked for what is not for this asker."""
        if scope["type"] == "http" and _is_private(scope["path"]) and not self._may_read(scope):
            status = 401 if self._token else 403
            headers = {"WWW-Authenticate": "Bearer"} if self._token else {}
            refusal = "These figures are for whoever runs the server (docs/security.md)."
            await refuse(scope, status, refusal, headers)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _may_read(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if self._token:
            given = headers.get("authorization", "").encode()
            return compare_digest(given, b"Bearer " + self._token.get_secret_value().encode())
        return _is_loopback((scope.get("client") or ("", 0))[0]) and not any(
            _FORWARDED.fullmatch(name) for name in headers
        )


def _is_private(path: str) -> bool:
    # Streamlit's can lie below another address (server.baseUrlPath).
    return path == metrics.PATH or path.endswith(STREAMLITS)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
