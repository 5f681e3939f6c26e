"""What the register knows by many names: partners in every script, areas by what belongs there."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from rapidfuzz import fuzz, process

from etl.curating.revision import Revision
from etl.hints import ALIKE, meant
from register.records import Row
from register.schema import AGREEMENT_AREAS, AGREEMENTS, AREAS, PARTNER_NAMES, PARTNERS, SOURCES
from register.text import fold

MOST = 3
"""So many are named at most."""


class Known:
    """Looks up what somebody probably means by a word."""

    def __init__(self, revision: Revision) -> None:
        self._revision = revision

    @cached_property
    def _partners(self) -> Mapping[str, str]:
        """The partner by each of its names, folded as the search does."""
        by_name: dict[str, str] = {}
        for row in self._revision.rows(PARTNERS):
            for name in ("partner_id", "name", "name_native"):
                by_name.setdefault(fold(row.get(name, "")), row["partner_id"])
        for row in self._revision.rows(PARTNER_NAMES):
            by_name.setdefault(fold(row["name"]), row["partner_id"])
        by_name.pop("", None)
        return by_name

    def partner_like(self, word: str) -> str | None:
        """The partner of which it is a name in any language, or nearly one."""
        folded = fold(word)
        name = folded if folded in self._partners else meant(folded, self._partners)
        return self._partners[name] if name else None

    def names(self, partner: Row) -> list[str]:
        """All names of the partner."""
        others = self._revision.find(PARTNER_NAMES, "partner_id", [partner["partner_id"]])
        return [partner["name"], partner.get("name_native", ""), *(row["name"] for row in others)]

    def agreement_like(self, word: str) -> str | None:
        """The agreement whose id is most like it."""
        return meant(word, [row["agreement_id"] for row in self._revision.rows(AGREEMENTS)])

    def source_like(self, word: str) -> str | None:
        """The source whose id is most like it."""
        return meant(word, [row["source_id"] for row in self._revision.rows(SOURCES)])

    def areas_like(self, word: str) -> list[Row]:
        """The areas that it may mean, by id, name, definition and what sources call them."""
        folded = fold(word)
        found = process.extract(folded, list(self._areas), scorer=fuzz.ratio, score_cutoff=ALIKE)
        ids = [self._areas[text] for text, _, _ in found]
        ids += [area for text, area in self._areas.items() if folded and folded in text.split()]
        rows = {row["area_id"]: row for row in self._revision.rows(AREAS)}
        return [rows[area] for area in dict.fromkeys(ids) if area in rows][:MOST]

    @cached_property
    def _areas(self) -> Mapping[str, str]:
        return dict(reversed(list(self._texts_of_areas())))

    def _texts_of_areas(self) -> Iterator[tuple[str, str]]:
        for row in self._revision.rows(AREAS):
            for text in (row["area_id"], row["name"], *row["definition"].split(", ")):
                yield fold(text), row["area_id"]
        for row in self._revision.rows(AGREEMENT_AREAS):
            yield fold(row["label"]), row["area_id"]
