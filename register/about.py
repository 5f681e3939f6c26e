"""What a snapshot says of itself: which register on which day, what it holds, how to cite it."""

from urllib.parse import urlencode

from register import texts
from register.citations import REGISTER
from register.downloaded import ON_THE_DAY
from register.filters import to_address
from register.queries.snapshot import Part, Snapshot

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
TITLE = REGISTER

READING = (
    "Dates are as exact as their source: 2019-09-10, 2019-09 or 2019, with ? for uncertain and ~ "
    "for approximate (EDTF, ISO 8601-2). The columns that end in _first and _last are the days "
    "between which such a date lies.",
    "agreements and events hold the values that the register chose; statements holds every value "
    "that a source states, also where sources disagree.",
    "“No end stated” says what sources say, not that an agreement is in force.",
    "In CSV files an apostrophe stands where a text, or a part of it after a semicolon, a tab or a "
    "line's end, begins with = + - @ (also in full width, after spaces or quotes) or is empty, so "
    "that no spreadsheet runs it, at whatever signs it splits the lines. Text with a comma, a "
    "semicolon, a tab or quotes is quoted; numbers and days never are. An empty cell means that no "
    "source gives a value. JSON, Parquet and DuckDB have all text unchanged; so has Excel, unless "
    "its README says that it is cut.",
)


def about(snapshot: Snapshot) -> dict[str, object]:
    """What the snapshot is: version, day, horizon, filters as in an address, and row counts."""
    return {
        "title": TITLE,
        "version": snapshot.version,
        "as_of": snapshot.filters.as_of.isoformat(),
        "horizon_days": snapshot.filters.horizon,
        "selection": "the whole register"
        if snapshot.whole
        else "the agreements that fit the filters",
        "filters": to_address(snapshot.filters, pin_day=True),
        "rows": {part.table.name: of_all(part) for part in snapshot.parts},
        "citation": citation(snapshot),
        "licence": LICENCE_URL,
    }


def facts(snapshot: Snapshot) -> list[tuple[object, ...]]:
    """What the README says, as names and values."""
    filters = snapshot.filters
    return [
        ("Register version", snapshot.version),
        ("As-of day", filters.as_of),
        ("Horizon in days", filters.horizon),
        ("What it holds", what_it_holds(snapshot)),
        ("Filters", address(snapshot)),
        ("Citation", citation(snapshot)),
        ("Licence", f"CC BY 4.0, {LICENCE_URL}"),
        *((f"Rows of {part.table.name}", of_all(part)) for part in snapshot.parts),
        *(("How to read it", line) for line in READING),
    ]


def citation(snapshot: Snapshot) -> str:
    """How to cite the snapshot."""
    agreements = snapshot.part(ON_THE_DAY.name)
    return texts.register_citation(
        snapshot.version, snapshot.filters.as_of, agreements.number, agreements.total
    )


def of_all(part: Part) -> str:
    """``12 of 294``."""
    return f"{part.number} of {part.total}"


def what_it_holds(snapshot: Snapshot) -> str:
    """A sentence or two on which rows are in it."""
    if snapshot.whole:
        return "The whole register"
    return (
        "The agreements that fit the filters, with the rows of the other tables that belong to "
        "them. implements and follows may name an agreement outside the selection."
    )


def address(snapshot: Snapshot) -> str:
    """The filters as the dashboard's address has them, with the day."""
    return "?" + urlencode(to_address(snapshot.filters, pin_day=True), doseq=True)
