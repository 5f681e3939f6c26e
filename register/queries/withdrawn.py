"""Why an id that was published leads to no record any more."""

from datetime import date
from typing import NamedTuple

from register.queries import Cursor
from register.words import day_in_words


class Withdrawal(NamedTuple):
    """What the register says of an id that it withdrew; ``replaced_by`` is the id of a record."""

    id: str
    withdrawn_on: date
    reason: str
    replaced_by: str | None

    @property
    def said(self) -> str:
        """All of it in a sentence, but for what stands in its place."""
        return f"“{self.id}” was withdrawn on {day_in_words(self.withdrawn_on)}: {self.reason}"


def withdrawn(cursor: Cursor, record_id: str) -> Withdrawal | None:
    """The withdrawal of the id, None where it was never withdrawn."""
    row = cursor.execute(
        "SELECT id, withdrawn_on, reason, replaced_by FROM withdrawn WHERE id = $record_id",
        {"record_id": record_id},
    ).fetchone()
    return Withdrawal(*row) if row else None
