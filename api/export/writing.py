"""The export itself: each address is asked, and its answer written."""

import asyncio
import os
import re
from collections import deque
from pathlib import Path
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette

from api import site
from api.export import asking, folder
from api.export.addresses import addresses, file
from register.store import Store

_NEXT = re.compile('<([^>]+)>; rel="next"')


class ExportFailed(Exception):
    """Why the export was given up; nothing of it is left."""


def export(store: Store, target: Path, base_url: str) -> int:
    """Write what is served over the register's current version into a folder.

    Args:
        base_url: where readers will find it, without a slash at its end.

    Returns:
        How many files there are.

    Raises:
        NotWritable: the folder holds something else.
        ExportFailed: an address was not answered, or the day changed meanwhile.
        RegisterUnavailable: there is no register.
    """
    target = Path(os.path.abspath(target))
    folder.check(target)
    # Of one version, also when another is published meanwhile.
    fixed = Store(store.current().place)
    with folder.switched(target) as made:
        return asyncio.run(_write(fixed, made, base_url))


async def _write(store: Store, made: Path, base_url: str) -> int:
    app = Starlette(routes=site.routes(store))
    waiting, files, days = deque(addresses(store.current())), 0, set[str]()
    while waiting:
        address = waiting.popleft()
        answer = await asking.get(app, base_url, address)
        if answer.status != 200:
            raise ExportFailed(f"{address} is answered with {answer.status}.")
        days.add(answer.headers.get("register-as-of", ""))
        if len(days - {""}) > 1:
            raise ExportFailed("The day changed while it was written: run it again.")
        waiting += (
            _below(base_url, more) for more in _NEXT.findall(answer.headers.get("link", ""))
        )
        path = made / file(address, answer.headers["content-type"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(answer.content)
        files += 1
    return files


def _below(base_url: str, address: str) -> str:
    """The address of a next page, below where everything is served."""
    asked = urlsplit(address)
    path = asked.path.removeprefix(unquote(urlsplit(base_url).path))
    return f"{path}?{asked.query}"
