"""What a browser says to the pages and hears of them, without drawing: the websocket's messages."""

from collections.abc import AsyncIterator, Mapping, Sequence
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.deploy.servers import Server

Query = Mapping[str, str | Sequence[str]]
"""Parameters of an address by name, those that it has several times with all their values."""


def connected(server: Server) -> connect:
    """The connection of a new session, to be awaited or entered."""
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    return connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]


def query_string(query: Query) -> str:
    """As the address has it; what cannot be written is replaced."""
    return urlencode(query, doseq=True, errors="replace")


async def visit(
    socket: ClientConnection, page: str, query: Query
) -> AsyncIterator[tuple[ForwardMsg, int]]:
    """Come to a page: each message until it has ended, and how many bytes it had."""
    asked = BackMsg()
    asked.rerun_script.query_string = query_string(query)
    asked.rerun_script.page_name = page
    await socket.send(asked.SerializeToString())
    told = ForwardMsg()
    while told.WhichOneof("type") != "script_finished":
        told, message = ForwardMsg(), await socket.recv(decode=False)
        told.ParseFromString(message)
        yield told, len(message)
