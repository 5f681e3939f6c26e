"""``python -m api``: the API alone, on HOST and PORT (default 127.0.0.1 and 8502)."""

import re

import uvicorn
from starlette.applications import Starlette

from api import settings, site


def main() -> None:
    """Serve until stopped."""
    if not re.fullmatch("[0-9]{1,5}", settings.PORT) or int(settings.PORT) > 65535:
        raise SystemExit(f"PORT={settings.PORT!r} is no port: give a number up to 65535.")
    app = Starlette(
        routes=site.routes(), middleware=site.middleware(lambda: settings.ALLOWED_HOSTS)
    )
    uvicorn.run(app, host=settings.HOST, port=int(settings.PORT))


if __name__ == "__main__":
    main()
