"""Longer texts: citations, what downloads hold, how to ask the database."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from register import citations
from register.citations import Citation
from register.filters import MAX_NAMED, Filters, shortened
from register.frames import Row, rows
from register.markup import Markdown
from register.words import counted, date_in_words, day_in_words


def other_version(linked: str, current: str) -> str:
    """What to know when a link was made with another version of the register."""
    return (
        f"This link was made with version {linked} of the register, which has changed since: "
        f"this is version {current}. Numbers may differ."
    )


def version_about(version: str, newest_source: str | None) -> str:
    """Which version this is, and until when it can know what happened."""
    newest = date_in_words(newest_source)
    reach = f"Its newest source is of {newest}: what happened since is not in it."
    return f"Register version {version}. {reach if newest else 'None of its sources has a date.'}"


def register_changed(version: str) -> str:
    """Why a filter that was chosen is left out."""
    return f"The register has changed since: this is version {version}."


def citation(agreement: Row, disputed: Collection[str], version: str, address: str) -> str:
    """A citation of one agreement's record; ``disputed``: the fields on which sources disagree."""
    title = citations.agreement_title(agreement, disputed)
    record_id = agreement["agreement_id"]
    return citations.in_words(
        Citation(record_id, title, citations.REGISTER, address, version=version)
    )


def register_citation(version: str, as_of: date, agreements: int, total: int) -> str:
    """A citation of the register, or of a selection of its agreements."""
    held = "" if agreements == total else f", {agreements:,} of {counted(total, 'agreement')}"
    return (
        f"{citations.CONTRIBUTORS}: {citations.REGISTER}, "
        f"version {version}, as of {day_in_words(as_of)}{held}. "
        "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    )


def undrawn(records: pd.DataFrame, *, all_of_it: bool) -> str:
    """Which records a chart leaves out because they cannot be drawn, by name.

    Args:
        records: those records.
        all_of_it: there is no chart at all.
    """
    said = "The chart cannot be drawn." if all_of_it else "The chart is not complete."
    named = [_named(row) for row in rows(records.head(MAX_NAMED))]
    more = len(records) - len(named)
    if named:
        said += f" What cannot be drawn: {'; '.join(named)}{f' and {more} more' if more else ''}."
    return f"{said} The table and the download have everything."


_NAMES = ("partner", "title", "area", "year", "language_name", "status_name")
"""Columns that name what a row of a chart is about, of which two are enough."""


def _named(record: Row) -> str:
    """What a row of a chart is about, whichever names it has."""
    names = [str(record[name]) for name in _NAMES if record.get(name) is not None]
    name = shortened(": ".join(names[:2]))
    return f"{name} ({record['agreement_id']})" if record.get("agreement_id") else name


HOW_TO_READ = Markdown("""\
- **Period**: from the first day on which an agreement is valid to the last, as far as sources say.
  A date is as exact as its source: “2019 to 2021” says no more than the years.
- **In force**: the as-of day lies in the period: *active*, or *expiring* if it ends within the
  horizon of {horizon}.
- **No end stated**: signed, and no source gives an end. Most old twinnings are of this kind; the
  register does not say that they are in force.
- **Terminated**: a source reports that one side, or both, ended it before its period was over.
- **Lapsed partner**: its last period with an end is over; sources know of no later agreement.
- **Announced**: reported as planned, without a report of a signing. **Undated**: signed, but no
  source says when, so it counts on every day.
- **Sources disagree**: all versions are kept, with who says so, and which one the register chose.
- The register reports what sources say and takes no side. An empty field means that no source says
  it.""")


TIMELINE_KEY = (
    "Faded: what may or may not belong to the period, because the signing is not dated exactly or "
    "no end is stated (→). ≈: an approximate end. Dotted line: the as-of day. Choose a bar or its "
    "title to see the agreement and its sources."
)


SOURCES_ABOUT = (
    "Every fact of the register names who says so. A page that repeats the text of an agency or of "
    "another paper is no second witness: sources count as independent by whose text it is."
)


def mentions(named: pd.DataFrame) -> str:
    """One sentence on what other lists name; of ``queries.mentions.partners``."""
    if named.empty:
        return "No mention of another list is on record."
    found = int((named["outcome"] == "found").sum())
    until = day_in_words(named["looked_for_until"].max().date())
    return (
        f"Other lists name {counted(len(named), 'partner')} of Moscow: of {found:,} a document was "
        f"found, of {len(named) - found:,} none, looked for until {until}."
    )


LISTS_ABOUT = (
    "Encyclopaedias and datasets name partners of Moscow without naming a document. Each was "
    "looked for: “found” means that a page tells of a document or of the tie as existing, “not "
    "found” that no such page was found by that day, not that there is none. The filters do not "
    "choose here."
)


DATA_ABOUT = Markdown(
    "Version {version} of the register, free to use under "
    "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). A file's name has the as-of day, "
    "for which the status is computed, and the version."
)


NO_VERSION_BEFORE = (
    "Here is no build of another version to compare version {version} with. After the next change "
    "of the register, what it added, removed and changed will stand here."
)


DATABASE_ABOUT = (
    "The DuckDB database holds the rules of the status, so that any DuckDB client gets the answers "
    "of these pages, for any day and horizon:"
)

EMBED_ABOUT = (
    "This shows the timeline of what the filters select, on this day, with its source line and the "
    "way back; `areas`, `validity` and others in place of `timeline` show theirs. Who runs the "
    "register says which sites may."
)

DOORS_ABOUT = (
    "What the filters select, for calendars, feed readers and programs. Feeds follow today, "
    "whatever day is chosen here. Each agreement, partner and source has a plain page too."
)


def selection_about(agreements: int, total: int) -> Markdown:
    """What the downloads of a selection hold."""
    return Markdown(
        "**{} of {}.** CSV, Parquet and JSON hold one table: the agreements with their status, as "
        "on the other pages. Excel and the Data Package also hold the rows of the other tables "
        "that belong to them."
    ).format(f"{agreements:,}", counted(total, "agreement"))


def register_about(total: int, filters: Filters) -> Markdown:
    """What the downloads of the whole register hold."""
    return Markdown(
        "All tables with **{}**, whatever the filters, and their status on {}. The Data Package "
        "has CSV tables with a descriptor, a dictionary, the licence and a citation; the DuckDB "
        "database answers for any other day too."
    ).format(counted(total, "agreement"), day_in_words(filters.as_of))


def status_query(filters: Filters) -> str:
    """The query with which any DuckDB client asks for the agreements in force on the day."""
    return f"""\
SELECT agreement_id, title, status, begins_on, ends_on, days_left
FROM agreement_status(DATE '{filters.as_of}', horizon_days := {filters.horizon})
JOIN agreements USING (agreement_id)
WHERE status IN ('active', 'expiring')
ORDER BY ends_on;"""


PYTHON = '''\
import duckdb

register = duckdb.connect("{file}", read_only=True)
in_force = register.sql("""
{query}
""").df()'''


R = """\
library(duckdb)

register <- dbConnect(duckdb(), "{file}", read_only = TRUE)
in_force <- dbGetQuery(register, "
{query}
")"""


NO_AREA = "No source names an area of cooperation."

WHOLE_PARTNERSHIP = "Concerns the whole partnership."

NOTHING_KNOWN = "By this day no agreement with this partner is known."

SOMETHING_WRONG = "Something wrong here?"
"""The way from a record to the form in which it can be corrected."""

TAKES_NO_SIDE = (
    "The register reports what sources say and takes no side. What no source says is left out."
)
