"""The texts that go with a snapshot's tables: README, dictionary, citation, licence."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from register import words
from register.about import READING, TITLE, address, citation, of_all, what_it_holds
from register.datapackage import TYPES
from register.markup import for_file
from register.queries.snapshot import Part, Snapshot

LICENCE = Path(__file__).resolve().parent.parent / "data" / "LICENSE.md"


def texts(snapshot: Snapshot, path: str) -> dict[str, bytes]:
    """README, dictionary, licence and citation, for tables at ``path`` with their name put in."""
    files = {part.table.name: path.format(part.table.name) for part in snapshot.parts}
    texts = {
        "README.md": _readme(snapshot, files),
        "DICTIONARY.md": _dictionary(snapshot.parts, files),
        "CITATION.txt": citation(snapshot) + "\n",
        "LICENSE.md": LICENCE.read_text(encoding="utf-8"),
    }
    return {name: text.encode() for name, text in texts.items()}


def _readme(snapshot: Snapshot, files: Mapping[str, str]) -> str:
    filters = snapshot.filters
    tables = _table(
        ("file", "rows", "what it holds"),
        (
            (f"`{files[part.table.name]}`", of_all(part), for_file(part.table.comment))
            for part in snapshot.parts
        ),
    )
    reading = "\n".join(f"- {line}" for line in READING)
    return f"""# {TITLE}

{what_it_holds(snapshot)}

- Register version: {snapshot.version}
- As-of day, for which the status is computed: {words.day_in_words(filters.as_of)}
- Horizon, within which an end counts as expiring: {words.counted(filters.horizon, "day")}
- Filters, as the dashboard's address has them: `{address(snapshot)}`

## Tables

{tables}

DICTIONARY.md says what each column means.

## How to read them

{reading}

## Citation and licence

{citation(snapshot)}

LICENSE.md says what the licence covers.
"""


def _dictionary(parts: Iterable[Part], files: Mapping[str, str]) -> str:
    sections = (
        f"## {part.table.name}\n\n{for_file(part.table.comment)}. "
        f"File: `{files[part.table.name]}`. Key: {', '.join(part.table.key)}.\n\n"
        + _table(
            ("column", "type", "what it means"),
            (
                (column.name, TYPES[column.sql_type], for_file(column.comment))
                for column in part.columns
            ),
        )
        for part in parts
    )
    return "# Dictionary\n\nCodes and their meanings are in the tables codes and statuses.\n\n" + (
        "\n\n".join(sections) + "\n"
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
