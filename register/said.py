"""What sources say on the fields of a record: each version, who says so, how it stands."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from register import words
from register.frames import Row, groups, rows

FIELD_NAMES = {
    "event": "What happened",
    "date": "When",
    "actor": "Which side acted",
    "signed_on": "Signed on",
    "signed_in": "Signed in",
    "reported_on": "First reported on",
    "valid_from": "Valid from",
    "valid_to": "Valid to",
    "term": "Length",
    "moscow_signatory": "Signed for Moscow by",
    "partner_signatory": "Signed for the partner by",
    "implements": "Implements",
    "follows": "Follows",
    "instrument": "Instrument",
    "moscow_party": "Moscow party",
    "partner_id": "Partner",
}
"""The fields on which sources make statements, in the order in which a reader asks for them."""

RELATIONS = {
    "implements": "Implements",
    "follows": "Follows",
    "followed_by": "Followed by",
    "implemented_by": "Implemented by",
    "same_text": "The same text with other partners",
}
"""How one agreement is tied to another, in the order of ``queries.record.related``."""


class Version(NamedTuple):
    """What some sources say in a field.

    Attributes:
        mark: how it stands to the others: ``chosen`` for the register's value, ``differs`` and the
            like for the rest, ``""`` where there is no other.
        chosen: whether it is the register's value.
        sources: the statements that say so, as ``queries.record.statements`` has them.
    """

    text: str
    mark: str
    chosen: bool
    sources: list[Row]

    @property
    def marked(self) -> str:
        """``16 May 1995 (chosen)``."""
        return f"{self.text} ({self.mark})" if self.mark else self.text


class Said(NamedTuple):
    """What sources say on one field, the version that the register chose first."""

    field: str
    disputed: bool
    versions: list[Version]

    @property
    def name(self) -> str:
        """What a reader knows the field by."""
        return FIELD_NAMES[self.field]

    @property
    def chosen(self) -> Version | None:
        """The register's value, None if it chose none of the versions."""
        return next((version for version in self.versions if version.chosen), None)


def fields(statements: pd.DataFrame) -> list[Said]:
    """The rows of ``queries.record.statements``, field by field and version by version."""
    found = rows(statements)
    return [
        _said(field, of_field)
        for field in FIELD_NAMES
        if (of_field := [row for row in found if row["field"] == field])
    ]


def disputed(said: Iterable[Said]) -> frozenset[str]:
    """The fields on which sources disagree."""
    return frozenset(field.field for field in said if field.disputed)


def _said(field: str, statements: list[Row]) -> Said:
    chosen = next((row["value"] for row in statements if row["chosen"]), None)
    values = groups(statements, "value")
    versions = [_version(version, chosen, alone=len(values) == 1) for version in values]
    return Said(field, any(row["disputed"] for row in statements), versions)


def _version(sources: list[Row], chosen: str | None, *, alone: bool) -> Version:
    field, value, named = (sources[0][name] for name in ("field", "value", "record_name"))
    is_chosen = value == chosen
    mark = words.version_mark(field, value, chosen) or ("" if alone else "chosen")
    return Version(words.said(field, value, named), mark, is_chosen, sources)
