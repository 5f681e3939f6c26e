"""Files that are made to be sent once."""

import os

from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

from api.settings import PARQUET


class SentOnce(FileResponse):
    """Sends a file a part at a time, and removes it; of Parquet the part that is asked for.

    What else is asked for in parts is sent whole: it may be compressed on its way.
    """

    def __init__(self, path: str, headers: dict[str, str], media_type: str) -> None:
        super().__init__(path, headers=headers, media_type=media_type, stat_result=os.stat(path))
        # That of the file, not of what is in it.
        del self.headers["last-modified"]
        self._by_parts = media_type == PARQUET
        if not self._by_parts:
            del self.headers["accept-ranges"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; the file goes, whatever becomes of whoever asked."""
        if not self._by_parts:
            kept = [header for header in scope["headers"] if header[0] != b"range"]
            scope = {**scope, "headers": kept}
        try:
            await super().__call__(scope, receive, send)
        finally:
            os.unlink(self.path)
