"""Footnotes: facts with the numbers of their sources, and the one list of sources at the end."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import elements as st
from dashboard import store
from register import markup, naming, words
from register.facts import Fact, Happened
from register.footnotes import Footnotes
from register.frames import Row, groups, rows
from register.markup import Markdown
from register.queries import partner as partner_queries
from register.queries import record
from register.said import Said, Version, fields

_LINK = Markup('<a href="{}" target="_blank" rel="noopener">{}</a>')
_SOURCE = Markup("{} ({}; {})")


MOST_NUMBERS, MOST_VERSIONS, MOST_LISTED = 20, 20, 300
"""So many sources of a fact have their numbers, so many versions of a field are told, and so many
sources are in the list."""

Ask = Callable[..., Any]
"""``store.ask``, or what asks another register than the published one in the same way."""


class Notes:
    """The sources of some records as the footnotes of a page, or of the drawer upon it."""

    def __init__(
        self, record_ids: Iterable[str], place: str = "source_", ask: Ask = store.ask
    ) -> None:
        """Take all sources of the records.

        Args:
            place: what the places of the sources on the page begin with.
            ask: asks the register that is shown.
        """
        self.found = ask(partner_queries.sources, tuple(record_ids))
        self._footnotes = Footnotes.of_records(self.found)
        self._place = place

    def of(self, statements: Iterable[Row]) -> Markdown:
        """The numbers of the statements' sources, each leading to its source in the list."""
        numbers = self._footnotes.of(statements)
        drawn = [
            Markdown("[\\[{}\\]](#{}{})").format(number, self._place, number)
            for number in numbers[:MOST_NUMBERS]
        ]
        more = len(numbers) - MOST_NUMBERS
        return Markdown(" ").join([*drawn, *([f"and {more:,} more"] if more > 0 else [])])

    def after(self, text: Markdown | str, statements: Iterable[Row]) -> Markdown:
        """The text with the numbers of its sources behind it."""
        numbers = self.of(statements)
        return Markdown("{} {}").format(text, numbers) if numbers else Markdown.escape(text)

    def list(self) -> None:
        """The sources, by number: publisher, whose text it repeats, day, language, kind."""
        listed = self._footnotes.sources[:MOST_LISTED]
        more = len(self._footnotes.sources) - len(listed)
        with st.container(key=f"notes_{self._place}"):
            st.numbered_list(map(_source, listed), self._place)
            if more:
                st.caption(
                    f"The latest {len(listed)}; {words.counted(more, 'earlier source')} more: "
                    "the page Sources has them all."
                )


def said(record_id: str, ask: Ask = store.ask) -> list[Said]:
    """What sources say on an agreement or event, field by field."""
    return fields(ask(record.statements, record_id))


def happened(events: pd.DataFrame, ask: Ask = store.ask) -> list[Happened]:
    """The rows of ``queries.record.events``, each with what sources say on it."""
    return [Happened(row, said(row["event_id"], ask)) for row in rows(events)]


def box(facts: Sequence[Fact], notes: Notes, key: str) -> None:
    """Facts in a box: what to know first."""
    cells = [(fact.name, _fact(fact, notes)) for fact in facts]
    with st.container(border=True, key=f"facts_{key}"):
        table(cells, ("Fact", "As sources have it"), "The facts in short", f"facts_{key}")


def values(of_record: Sequence[Said], notes: Notes, key: str) -> None:
    """Each field with all its versions and who says so."""
    cells = [(_name(field), _versions(field, notes)) for field in of_record]
    table(cells, ("Field", "What sources say"), "Each field with its sources", key)


def sentence(of_record: Iterable[Said], notes: Notes) -> Markdown:
    """The same in running text."""
    return Markdown(" · ").join(
        Markdown("{}: {}").format(_name(field), _versions(field, notes)) for field in of_record
    )


def wordings(labels: pd.DataFrame, notes: Notes, key: str) -> None:
    """The rows of ``queries.record.labels``: each area with the sources' own words."""
    cells = []
    for area in groups(rows(labels), "area"):
        said = [
            notes.after(f"“{of_one[0]['label']}” ({of_one[0]['label_language']})", of_one)
            for of_one in groups(area, "label", "label_language")
        ]
        cells.append((area[0]["area"], Markdown(" · ").join(said)))
    names = ("Area", "In the sources' words")
    table(cells, names, "Each area with its sources' words", f"areas_of_{key}")


def table(
    cells: Sequence[tuple[Markdown | str, Markdown]], names: tuple[str, str], alt: str, key: str
) -> None:
    """Two columns: what, and what is said on it; on a narrow screen below one another."""
    drawn = [(Markdown("**{}**").format(name), said) for name, said in cells]
    with st.container(key=f"said_{key}"):
        st.table(
            pd.DataFrame(drawn, columns=list(names), dtype=object),
            border="horizontal",
            hide_index=True,
            alt=alt,
        )


def _fact(fact: Fact, notes: Notes) -> Markdown:
    lead = Markdown("**{}.** ").format(fact.lead) if fact.lead else Markdown()
    return lead + notes.after(fact.text, fact.rests_on)


def _name(field: Said) -> Markdown:
    mark = Markdown(" :orange-badge[sources disagree]") if field.disputed else ""
    return Markdown.escape(field.name) + mark


def _versions(field: Said, notes: Notes) -> Markdown:
    drawn = [
        notes.after(_version(version), version.sources)
        for version in field.versions[:MOST_VERSIONS]
    ]
    more = len(field.versions) - MOST_VERSIONS
    if more > 0:
        drawn.append(Markdown.escape(f"and {more:,} more versions"))
    none = [] if field.chosen else [Markdown("the register chose none of them")]
    return Markdown(" · ").join(drawn + none)


def _version(version: Version) -> Markdown:
    if version.mark == "chosen":
        return Markdown("{} **(chosen)**").format(version.text)
    return Markdown.escape(version.marked)


def _source(source: Row) -> Markup:
    address = markup.address(source["url"])
    name = naming.source(source)
    linked = (
        _LINK.format(address, name) if address else Markup.escape(f"{name}, no address on record")
    )
    return _SOURCE.format(linked, source["language"], words.lower_first(source["kind"]))
