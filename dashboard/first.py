"""The first reader after a start, whom nobody sees: who comes next waits for nothing.

A first page waits for modules, for the register to be opened, for a plan of each query. So the
server opens it once itself, by what Streamlit's own server does for a browser.
"""

import asyncio
import re
from importlib import import_module
from pkgutil import iter_modules

from anyio import to_thread
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import get_instance
from streamlit.runtime.session_manager import SessionClient

PACKAGES = ("dashboard", "dashboard.sections")

_LEFT_OUT = re.compile(r"dashboard\.(main|sections\.propose.*)")
"""The script itself; and what knows the write side, for which the one page that needs it waits."""


async def read() -> None:
    """Open the first page; to be called where the runtime runs."""
    await to_thread.run_sync(import_pages)
    server, nobody = get_instance(), _Nobody()
    session = server.connect_session(nobody, {})
    try:
        asked = BackMsg()
        asked.rerun_script.SetInParent()
        server.handle_backmsg(session, asked)
        await nobody.has_read.wait()
    finally:
        server.close_session(session)


class _Nobody(SessionClient):
    """Takes what a browser is sent."""

    def __init__(self) -> None:
        self.has_read = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.has_read.set()


def import_pages() -> None:
    """Import what the pages of the menu import."""
    for package in PACKAGES:
        for module in iter_modules(import_module(package).__path__, f"{package}."):
            if not module.ispkg and not _LEFT_OUT.fullmatch(module.name):
                import_module(module.name)
