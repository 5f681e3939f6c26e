"""The partners behind a mark on the map of very many."""

from collections.abc import Sequence

import pandas as pd

from dashboard import beside, store, view
from dashboard import elements as st
from dashboard.sections import record as record_parts
from register import words
from register.filters import Filters
from register.frames import rows
from register.markup import Markdown
from register.queries import places

NAMED = 20
"""So many partners of a mark are named."""


def choose(
    cells: pd.DataFrame, clicked: Sequence[str], filters: Filters, degrees: float, chart: str
) -> None:
    """Choose a mark on the map (``view.chart``) or in a list, and see its partners.

    Args:
        cells: rows of ``queries.places.cells`` of so many degrees.
        chart: the key of the map.
    """
    key = f"{chart}_cell"
    by_id = {cell["cell"]: cell for cell in rows(cells)}
    names = {
        cell_id: f"{cell['countries']}: {words.counted(cell['partners'], 'partner')}"
        for cell_id, cell in by_id.items()
    }
    cell_id = view.select("Place", names, next(iter(clicked), None), key)
    if cell_id is None:
        return
    cell = by_id[cell_id]

    def content() -> None:
        st.markdown(f"{words.counted(cell['partners'], 'partner')}: {cell['by_status']}.")
        if cell["partners"] > NAMED:
            st.caption(f"The {NAMED} with the most agreements shown:")
        found = store.ask(places.in_cell, filters, degrees, cell_id, NAMED)
        for partner in rows(found):
            with st.container(gap=None, key=f"links_{partner['partner_id']}"):
                record_parts.partner_link(partner["partner_id"], partner["partner"])
                st.caption(
                    Markdown("{} · {} · {}").format(
                        partner["country"],
                        words.own_status(partner),
                        words.counted(partner["agreements"], "agreement"),
                    )
                )

    beside.drawer(cell["countries"], content, chart, key)
