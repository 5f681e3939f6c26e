"""What the declaration of a table is made of.

A field's declaration makes its validation (``validate``), its SQL type and comment (``load``)
and so the data dictionary.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a cell may hold."""

    SLUG = "slug"
    TEXT = "text"
    CODE = "code"
    EDTF = "edtf"
    DAY = "day"
    DURATION = "duration"
    URL = "url"
    COUNTRY = "country"
    LANGUAGE = "language"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    INTEGER = "integer"
    COFOG = "cofog"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Code:
    """A value of a controlled list, with what a reader sees and what it means."""

    name: str
    definition: str


@dataclass(frozen=True)
class Field:
    """A column.

    ``references`` names the table whose key it holds; with ``stated`` a chosen value needs a
    statement of a source. A column that was ``added`` later may be missing from a file.
    """

    name: str
    comment: str
    kind: Kind = Kind.TEXT
    required: bool = False
    references: str | None = None
    codes: Mapping[str, Code] | None = None
    stated: bool = False
    added: bool = False


@dataclass(frozen=True)
class Table:
    """A table, one CSV file; ``key`` are the columns that make a row unique.

    A table that was ``added`` later may have no file: it is without rows.
    """

    name: str
    comment: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    added: bool = False

    @property
    def file(self) -> str:
        """The file's name in the register's folder."""
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        """The header row."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        return next(field for field in self if field.name == name)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)
