"""``python -m api``: the API alone, on HOST and PORT (default 127.0.0.1 and 8502)."""

import signal
import sys

import uvicorn

from api.operations import logs
from api.operations.state import of_this_process
from api.site import Site


def main() -> None:
    """Serve until stopped."""
    state = of_this_process()
    settings = state.settings
    # Uvicorn hands the signal on when it has ended: to be stopped is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logs.install(settings.log_format)
    uvicorn.run(
        Site(state).application(),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=settings.stop_seconds,
    )


if __name__ == "__main__":
    main()
