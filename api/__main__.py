"""``python -m api``: the API alone, on HOST and PORT (default 127.0.0.1 and 8502)."""

import uvicorn
from starlette.applications import Starlette

from api import settings
from api.app import mounted


def main() -> None:
    """Serve until stopped."""
    uvicorn.run(Starlette(routes=[mounted()]), host=settings.HOST, port=settings.PORT)


if __name__ == "__main__":
    main()
