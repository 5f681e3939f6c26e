"""What rests on one independent source: how much of each field, and which values."""

import pandas as pd

from dashboard import address, controls, routes, store, tables, view
from dashboard import elements as st
from dashboard.sections.record import FIELD_NAMES
from register import naming, words
from register.filters import Filters
from register.frames import Row, rows
from register.queries import source_pages
from register.queries.source_pages import Witnesses


def fields(found: Witnesses) -> None:
    """For each field, how many of its chosen values rest on one source."""
    there = [name for name in FIELD_NAMES if name in found.values]
    counts = pd.DataFrame(
        {
            "Field": [FIELD_NAMES[name] for name in there],
            "Values": [found.values[name] for name in there],
            "On one": [found.single.get(name, 0) for name in there],
        }
    )
    st.dataframe(
        counts.assign(Share=100 * counts["On one"] / counts["Values"]),
        hide_index=True,
        height="content",
        width=480,
        column_config={
            "Field": st.column_config.TextColumn(width=152),
            "Values": st.column_config.NumberColumn(width=58, help="Chosen values of this field"),
            "On one": st.column_config.NumberColumn(
                width=62, help="Of these, how many rest on one independent source"
            ),
            "Share": st.column_config.ProgressColumn(
                width=84, format="%.0f %%", min_value=0, max_value=100, color="gray"
            ),
        },
        alt="For each field, how many chosen values rest on one independent source",
    )


def values(found: Witnesses, filters: Filters, whole: int) -> None:
    """The chosen values that rest on one source, each leading to its record.

    Args:
        whole: up to so many are all in the table.
    """
    field = _field(found)
    number = found.single[field] if field else sum(found.single.values())
    place = tables.page(number, whole)
    shown = store.ask(source_pages.single, filters, field, place.start, place.stop - place.start)
    _table(shown, rows(shown))
    opened = tables.opened("single_open")
    if opened is not None:
        _open_record(opened)
    snapshot = store.later(source_pages.single_csv, filters, field)
    view.download_later(snapshot, number, filters, "single-source")


def _field(found: Witnesses) -> str | None:
    """The field that is chosen, None for all of them."""
    names = {field: name for field, name in FIELD_NAMES.items() if field in found.single}
    asked = address.own("field")
    chosen: str | None = st.selectbox(
        "Field",
        [None, *names],
        format_func=lambda name: names.get(name or "", "All fields"),
        **controls.kept("field", asked if asked in names else None),
    )
    return chosen


def _table(shown: pd.DataFrame, values: list[Row]) -> None:
    tables.show(
        pd.DataFrame(
            {
                "Field": shown["field"].map(FIELD_NAMES),
                "Value": [words.said(row["field"], row["value"], row["named"]) for row in values],
                "Record": [
                    f"{tables.OPENS}{row['partner']}: {naming.record(row)}" for row in values
                ],
                "Only source": shown["voice"],
                "Pages with it": shown["sources"],
                "Record's sources": shown["record_voices"],
            }
        ),
        "The chosen values that rest on one independent source, a row each",
        {
            "Value": st.column_config.TextColumn(width=200),
            "Record": tables.button_column(
                "single_open",
                values,
                "Choose a record to open the agreement, or the partner of an event that concerns "
                "the whole partnership.",
            ),
            "Pages with it": st.column_config.NumberColumn(
                help="Sources that carry this one text."
            ),
            "Record's sources": st.column_config.NumberColumn(
                help="Independent sources of the record, in any of its fields."
            ),
        },
    )


def _open_record(record: Row) -> None:
    if record["agreement_id"]:
        link = address.link(id=record["agreement_id"])
        st.switch_page(routes.page("agreement"), query_params=link)
    st.switch_page(routes.page("partner"), query_params=address.link(city=record["partner_id"]))
