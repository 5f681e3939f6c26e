"""What the routes, the middleware and the end of one server share."""

from dataclasses import dataclass, field
from functools import cache

from register.store import Store, published


@dataclass
class State:
    """One server.

    Attributes:
        store: the register that it serves.
        stopping: whether it has been told to stop, and only ends what it has begun.
    """

    store: Store = field(default_factory=published)
    stopping: bool = False


@cache
def of_this_process() -> State:
    """The state of the one server that a process is."""
    return State()
