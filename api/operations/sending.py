"""What is sent leaves at once.

Streamlit binds the socket of its server itself, without naming TCP as its protocol, so that asyncio
does not know that it may turn off Nagle's algorithm: the content of an answer that follows its
headers, and a page's second message, then wait until the first is acknowledged, 40 ms on Linux.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from socket import (
    AF_INET,
    AF_INET6,
    IPPROTO_TCP,
    SO_ACCEPTCONN,
    SOCK_STREAM,
    SOL_SOCKET,
    TCP_NODELAY,
    socket,
)

_DESCRIPTORS = Path("/dev/fd")
"""The open files of a process by their number, where a system has it."""


def at_once() -> None:
    """Let the connections of all sockets on which this process listens send without waiting.

    They take it over from the socket that accepts them.
    """
    for listener in _listeners():
        listener.setsockopt(IPPROTO_TCP, TCP_NODELAY, True)


def _listeners() -> Iterator[socket]:
    for descriptor in _descriptors():
        with socket(fileno=os.dup(descriptor)) as shared:
            is_tcp = shared.family in (AF_INET, AF_INET6) and shared.type == SOCK_STREAM
            if is_tcp and shared.getsockopt(SOL_SOCKET, SO_ACCEPTCONN):
                yield shared


def _descriptors() -> Iterator[int]:
    """The numbers of the sockets that are open."""
    for name in os.listdir(_DESCRIPTORS) if _DESCRIPTORS.is_dir() else ():
        try:
            if stat.S_ISSOCK(os.fstat(int(name)).st_mode):
                yield int(name)
        except OSError:  # The one that listed them, or another thread's.
            continue
