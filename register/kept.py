"""What is computed once beside a published database and kept in memory for all readers."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from itertools import count
from threading import Lock

import duckdb

from register.database import SECONDS, time_limit

BYTES_KEPT = 512 * 2**20
"""About so many bytes are kept, and more only while they are in use."""

PLACES_KEPT = 256
"""So many places are kept likewise."""

_names = count(1)

Make = Callable[[duckdb.DuckDBPyConnection, str], int]
"""Puts relations into the place of that name, an empty schema; about how many bytes they take."""


@dataclass
class _Place:
    schema: str
    users: int = 0
    size: int | None = None
    """None until it is made."""
    making: Lock = field(default_factory=Lock)


class Kept:
    """Places for relations in an attached database in memory, each found by its key.

    Who asks for what is being made waits for it; others go on.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._lock = Lock()
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        """Those not asked for longest come first."""
        self._number = 0
        self.max_bytes, self.max_places = BYTES_KEPT, PLACES_KEPT
        ((name,),) = connection.execute("SELECT current_database()").fetchall()
        quoted = name.replace('"', '""').replace("'", "''")
        self.published = f'"{quoted}".main'
        """The schema of the published database, as a part of a search path."""
        # A name of its own: where others of this process have the database open, what was attached
        # to it outlives whoever kept things there.
        self._name = f"kept_{next(_names)}"
        connection.execute(f"ATTACH ':memory:' AS {self._name} (READ_WRITE)")

    def asked_for(self) -> list[Hashable]:
        """What is kept, that not asked for longest first."""
        with self._lock:
            return list(self._places)

    def hold(self, key: Hashable, make: Make) -> str:
        """The schema of a place, which stays until it is released as often as it was held.

        Raises:
            Exception: what ``make`` raises; nothing is kept then.
        """
        with self._lock:
            place = self._places.get(key)
            if place is None:
                self._number += 1
                place = self._places[key] = _Place(f"{self._name}.place_{self._number}")
            place.users += 1
            self._places.move_to_end(key)
        try:
            with place.making:
                if place.size is None:
                    place.size = self._fill(place.schema, make)
        except BaseException:
            self.release(key)
            raise
        return place.schema

    def release(self, key: Hashable) -> None:
        """Let a place go that was held: it is emptied when its room is needed."""
        with self._lock:
            place = self._places[key]
            place.users -= 1
            if place.size is None and not place.users:
                del self._places[key]
        for surplus in self._surplus():
            with self._connection.cursor() as cursor:
                cursor.execute(f"DROP SCHEMA {surplus.schema} CASCADE")

    def _fill(self, schema: str, make: Make) -> int:
        with self._connection.cursor() as cursor, time_limit(cursor, SECONDS):
            cursor.execute(f"CREATE SCHEMA {schema}")
            try:
                return make(cursor, schema)
            except BaseException:
                cursor.execute(f"DROP SCHEMA {schema} CASCADE")
                raise

    def _surplus(self) -> Iterator[_Place]:
        """The places that are too many, those not asked for longest first; each is taken out."""
        while True:
            with self._lock:
                places = self._places.values()
                size = sum(place.size or 0 for place in places)
                if size <= self.max_bytes and len(places) <= self.max_places:
                    return
                unused = [key for key, place in self._places.items() if not place.users]
                if not unused:
                    return
                place = self._places.pop(unused[0])
            yield place
