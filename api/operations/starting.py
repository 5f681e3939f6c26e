"""A start for which no reader waits: what a first answer needs is there before anybody is let in.

Python's garbage collector looks at everything that lives, each time anew. What is there by then,
nearly all of it modules, stays for as long as the process, so it is taken out of its sight.
"""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

SECONDS: float = 20
"""So long a server waits for its first answer; then it lets readers in all the same."""

Prepare = Callable[[], Awaitable[object]]


async def nothing() -> None:
    """Prepare nothing."""


@asynccontextmanager
async def prepared(prepare: Prepare) -> AsyncIterator[None]:
    """Prepare a server before it listens, whatever becomes of it."""
    logger = logging.getLogger(__name__)
    try:
        async with asyncio.timeout(SECONDS):
            await prepare()
    except TimeoutError:
        logger.warning("The first answer took longer than %g seconds to prepare", SECONDS)
    except Exception:
        logger.exception("The first answer could not be prepared")
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        # At the end of the process everything goes in good order.
        gc.unfreeze()
