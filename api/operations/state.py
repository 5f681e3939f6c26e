"""What the routes, the middleware and the end of one server share."""

from dataclasses import dataclass, field
from functools import cache

from api import configuration
from api.configuration import Settings
from api.operations.metrics import Metrics
from register.store import Store, published


@dataclass
class State:
    """One server.

    Attributes:
        store: the register that it serves.
        settings: as whoever runs it has set them.
        stopping: whether it has been told to stop, and only ends what it has begun.
        metrics: what it counts.
    """

    store: Store = field(default_factory=published)
    settings: Settings = field(default_factory=configuration.read)
    stopping: bool = False
    metrics: Metrics = field(init=False)

    def __post_init__(self) -> None:
        self.metrics = Metrics(self.store)


@cache
def of_this_process() -> State:
    """The state of the one server that a process is."""
    return State()
