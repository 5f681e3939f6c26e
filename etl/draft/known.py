"""What the register knows already: names, wordings of areas, signatories, addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from register.addresses import page
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
)

Tables = Mapping[str, Iterable[Mapping[str, str]]]
"""The rows of the register's tables by their name; a cell that is empty may be left out."""


class Name(NamedTuple):
    """A name of a partner; ``within`` is the city of a district."""

    partner_id: str
    name: str
    kind: str
    within: str


class Wording(NamedTuple):
    """What a source calls an area."""

    label: str
    area_id: str
    language: str
    source_id: str


class Signatory(NamedTuple):
    """Who signed for a partner, as the register writes it, and the source that says so."""

    partner_id: str
    value: str
    source_id: str


@dataclass(frozen=True)
class Known:
    """What a draft may lean on. Made once of the tables; kept as long as they do not change."""

    names: tuple[Name, ...] = ()
    wordings: tuple[Wording, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tables: Tables) -> "Known":
        """What these tables know."""
        partners = {row["partner_id"]: row for row in tables[PARTNERS.name]}
        of_agreement = {row["agreement_id"]: row["partner_id"] for row in tables[AGREEMENTS.name]}
        return cls(
            tuple(_names(partners, tables[PARTNER_NAMES.name])),
            tuple(
                Wording(row["label"], row["area_id"], row["language"], row["source_id"])
                for row in tables[AGREEMENT_AREAS.name]
            ),
            tuple(
                Signatory(of_agreement[row["record_id"]], row["value"], row["source_id"])
                for row in tables[STATEMENTS.name]
                if row["field"] == "partner_signatory" and row["record_id"] in of_agreement
            ),
            {page(row["url"]): row["source_id"] for row in tables[SOURCES.name] if row.get("url")},
        )

    def without(self, source_id: str) -> "Known":
        """The same as if the source had never been read, to measure what drafts are worth."""
        return replace(
            self,
            wordings=tuple(one for one in self.wordings if one.source_id != source_id),
            signatories=tuple(one for one in self.signatories if one.source_id != source_id),
            sources={url: name for url, name in self.sources.items() if name != source_id},
        )


def _names(
    partners: Mapping[str, Mapping[str, str]], others: Iterable[Mapping[str, str]]
) -> Iterable[Name]:
    named = [
        *(
            (row, row[column])
            for row in partners.values()
            for column in ("name", "name_native")
            if row.get(column)
        ),
        *((partners[row["partner_id"]], row["name"]) for row in others),
    ]
    for row, name in dict.fromkeys((row["partner_id"], name) for row, name in named):
        partner = partners[row]
        yield Name(row, name, partner["kind"], partner.get("within", ""))
