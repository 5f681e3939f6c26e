"""What sources say on the fields of a record: each version, who says so, how it stands."""

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
        mark: how it stands to the value that the register chose, ``""`` for that value itself.
        sources: the statements that say so, as ``queries.record.statements`` has them.
    """

    text: str
    mark: str
    sources: list[Row]


class Said(NamedTuple):
    """What sources say on one field, the version that the register chose first."""

    name: str
    disputed: bool
    versions: list[Version]

    @property
    def chosen(self) -> bool:
        """Whether one of the versions is the register's value."""
        return any(not version.mark for version in self.versions)


def fields(statements: pd.DataFrame) -> list[Said]:
    """The rows of ``queries.record.statements``, field by field and version by version."""
    found = rows(statements)
    return [
        _said(name, of_field)
        for field, name in FIELD_NAMES.items()
        if (of_field := [row for row in found if row["field"] == field])
    ]


def _said(name: str, statements: list[Row]) -> Said:
    chosen = next((row["value"] for row in statements if row["chosen"]), None)
    versions = [_version(version, chosen) for version in groups(statements, "value")]
    return Said(name, any(row["disputed"] for row in statements), versions)


def _version(sources: list[Row], chosen: str | None) -> Version:
    field, value, named = (sources[0][name] for name in ("field", "value", "record_name"))
    return Version(
        words.said(field, value, named), words.version_mark(field, value, chosen), sources
    )
