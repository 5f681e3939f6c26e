"""The pieces of the Data page: downloads, versions, the dictionary."""

from collections.abc import Callable

import pandas as pd

from dashboard import address, controls, doors, store, tables, view
from dashboard import elements as st
from dashboard.tables import LARGEST
from register import export, snapshots, summaries, texts, workbook
from register.filters import Filters
from register.markup import code
from register.queries import listed, register, snapshot
from register.queries.versions import Changes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"

OF_ANY_SIZE = ("CSV", "Parquet", "Parquet tables", "DuckDB database")
"""The files that are written a part at a time, or stand on the disk."""


def selection_downloads(filters: Filters, agreements: int) -> None:
    """Buttons for so many selected agreements in all formats that hold so many."""
    tables = store.later(snapshot.take, filters, whole=False)
    csv = store.later(listed.csv, filters, "partner")
    parquet = store.later(snapshot.selection_parquet, filters)
    with st.container(horizontal=True):
        for label, ending, mime, data in (
            ("CSV", "csv", "text/csv", csv),
            ("Excel", "xlsx", XLSX, lambda: workbook.excel(tables())),
            ("Parquet", "parquet", PARQUET, parquet),
            ("JSON", "json", "application/json", lambda: snapshots.json_records(tables())),
            (
                "Data Package",
                "datapackage.zip",
                "application/zip",
                lambda: snapshots.data_package(tables()),
            ),
        ):
            if agreements <= LARGEST:
                _button(label, "selection", ending, mime, filters, data)
            elif label in OF_ANY_SIZE:
                doors.agreements_file(label, ending, filters, store.ask(register.version))
    _left_out(agreements, "CSV and Parquet have all; other filters select fewer")


def register_downloads(filters: Filters, agreements: int) -> None:
    """Buttons for the whole register with so many agreements, in all formats that hold so many."""
    with st.container(horizontal=True):
        _register_buttons(filters, agreements)
    _left_out(agreements, "the Parquet tables and the DuckDB database have all")


def _left_out(agreements: int, others: str) -> None:
    """Which formats are not offered, and which have all, where it is so."""
    if agreements > LARGEST:
        st.caption(
            f"Excel, JSON and the Data Package are made for up to {LARGEST:,} agreements: with "
            f"more they are too large for what opens them. {others[0].upper()}{others[1:]}."
        )


def _register_buttons(filters: Filters, agreements: int) -> None:
    tables = store.later(snapshot.take, filters, whole=True)
    told = store.later(snapshot.take, filters, whole=True, told=True)
    parquet = store.later(snapshot.parquet, filters, whole=True)
    for label, ending, mime, data in (
        ("CSV tables", "csv.zip", "application/zip", lambda: snapshots.csv_zip(tables())),
        ("Excel", "xlsx", XLSX, lambda: workbook.excel(tables())),
        (
            "Parquet tables",
            "parquet.zip",
            "application/zip",
            lambda: snapshots.parquet_zip(told(), parquet()),
        ),
        ("JSON", "json", "application/json", lambda: snapshots.json_records(tables())),
        (
            "Data Package",
            "datapackage.zip",
            "application/zip",
            lambda: snapshots.data_package(tables()),
        ),
        ("DuckDB database", "duckdb", "application/octet-stream", store.file()),
    ):
        if agreements <= LARGEST or label in OF_ANY_SIZE:
            _button(label, "register", ending, mime, filters, data)


def _button(
    label: str, subject: str, ending: str, mime: str, filters: Filters, data: Callable[[], bytes]
) -> None:
    """A button for a file that is made when it is asked for."""
    version = store.ask(register.version)
    st.download_button(
        label,
        data=data,
        file_name=export.file_name(subject, filters.as_of, version, ending),
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{subject}_{ending}",
    )


def total(counts: pd.DataFrame) -> int:
    """The number of agreements in the register, from ``queries.snapshot.row_counts``."""
    return int(counts.loc[counts["name"] == "agreements", "total"].iloc[0])


def row_counts(counts: pd.DataFrame) -> None:
    """How many rows of each table the selection and the register have."""
    st.table(
        pd.DataFrame(
            {
                "Table": _code(counts["name"]),
                "In the selection": [f"{number:,}" for number in counts["selected"]],
                "In the register": [f"{number:,}" for number in counts["total"]],
                "What it holds": counts["comment"],
            }
        ),
        border="horizontal",
        hide_index=True,
        alt="Rows of each table in the selection and in the register",
    )


def changes(changed: Changes, filters: Filters) -> None:
    """What changed since the build before, agreement by agreement, and in which tables."""
    st.markdown(summaries.changes(changed.agreements, changed.before, store.ask(register.version)))
    if not changed.agreements.empty:
        on_page = changed.agreements.iloc[tables.page(len(changed.agreements))]
        tables.show(
            on_page,
            "The agreements that were added, removed or changed, a row a field",
            {
                "change": "Change",
                "title": "Agreement",
                "field": "Field",
                "before": st.column_config.TextColumn("Before", width="medium"),
                "now": st.column_config.TextColumn("Now", width="medium"),
                "agreement_id": "Id",
            },
            column_order=("change", "title", "field", "before", "now", "agreement_id"),
        )
        view.download(changed.agreements, filters, "changes")
    differing = changed.tables[changed.tables["gone"] + changed.tables["new"] > 0]
    if differing.empty:
        st.markdown("No table has a row that came, went or changed.")
        return
    tables.show(
        differing,
        "The tables whose rows changed",
        {
            "table": "Table",
            "before": "Rows before",
            "now": "Rows now",
            "gone": "Rows gone or changed",
            "new": "Rows new or changed",
        },
        width=620,
    )


def dictionary(objects: pd.DataFrame, columns: pd.DataFrame, filters: Filters) -> None:
    """The tables, views and macros; of one that is chosen, the columns."""
    st.table(
        pd.DataFrame(
            {
                "Name": _code(objects["name"]),
                "Kind": objects["kind"],
                "What it holds": objects["comment"],
            }
        ),
        border="horizontal",
        hide_index=True,
        alt="The tables, views and macros of the database",
    )
    described = objects[objects["name"].isin(columns["name"])]
    kinds = dict(zip(described["name"], described["kind"], strict=True))
    asked = address.own("table")
    name = st.selectbox(
        "Columns of",
        list(kinds),
        format_func=lambda name: f"{name} ({kinds[name].lower()})",
        **controls.kept("table", asked if asked in kinds else "agreements", "agreements"),
    )
    rows = columns[columns["name"] == name]
    st.table(
        pd.DataFrame(
            {
                "Column": _code(rows["column"]),
                "Type": rows["type"].str.lower(),
                "Filled": rows["key"]
                .map({True: "always, key", False: ""})
                .where(rows["key"], rows["required"].map({True: "always", False: ""})),
                "What it means": rows["comment"],
            }
        ),
        border="horizontal",
        hide_index=True,
        alt=f"The columns of {name}",
    )
    view.download(columns, filters, "dictionary")


def _code(names: pd.Series) -> pd.Series:
    """Names of the database, as code."""
    return pd.Series([code(name) for name in names], names.index, object)


def ask_duckdb(filters: Filters, file: str) -> None:
    """The lines with which any DuckDB client asks for the status on the day."""
    shell, python, r = st.tabs(["SQL", "Python", "R"])
    query = texts.status_query(filters)
    shell.code(query, language=None, wrap_lines=True)
    python.code(texts.PYTHON.format(file=file, query=query), language=None, wrap_lines=True)
    r.code(texts.R.format(file=file, query=query), language=None, wrap_lines=True)
