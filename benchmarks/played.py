"""A page without its server: what a session was told, told again at once.

Nothing is computed meanwhile, so that what a reader still waits for is the browser's part of a page
with this content: no server could make it less.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from playwright.sync_api import Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.server import ServerConnection, serve
from websockets.typing import Subprotocol

Runs = list[list[bytes]]
"""The messages of each run of a page, in the order of the runs."""

# The page speaks with whoever plays its server.
ELSEWHERE = """
port => {
    const Known = WebSocket;
    window.WebSocket = class extends Known {
        constructor(url, ...more) { super(url.replace(/:\\d+/, `:${port}`), ...more); }
    };
}
"""


def listen(page: Page, runs: Runs) -> None:
    """Add what the page is told from now on. It has not been opened yet."""

    def opened(socket: WebSocket) -> None:
        socket.on("framesent", lambda said: runs.append([]) if _asks(said) else None)
        socket.on("framereceived", lambda told: runs[-1].append(_bytes(told)))

    page.on("websocket", opened)


@contextmanager
def played(runs: Runs) -> Iterator[str]:
    """A script for a page that is to be told the same again, as often as it asks for a run."""
    left = iter(runs)

    def answer(socket: ServerConnection) -> None:
        for said in socket:
            if _asks(said):
                for told in next(left, []):
                    socket.send(told)

    spoken = [Subprotocol("streamlit")]
    with serve(answer, "127.0.0.1", 0, subprotocols=spoken, compression=None) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"({ELSEWHERE})({server.socket.getsockname()[1]})"
        server.shutdown()
        thread.join()


def _asks(said: str | bytes) -> bool:
    message = BackMsg()
    message.ParseFromString(_bytes(said))
    return message.WhichOneof("type") == "rerun_script"


def _bytes(frame: str | bytes) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()
