"""What other lists say: whom they name for Moscow, and whether a document was found."""

import pandas as pd

from dashboard import address, controls, room, routes, store, tables, view
from dashboard import elements as st
from register import texts, words
from register.filters import Filters
from register.frames import Row, rows
from register.markup import Markdown, link
from register.queries import mentions

OUTCOMES = {"any": "All", "not_found": "Not found", "found": "Found"}

# The columns of the CSV snapshot.
COLUMNS = [
    *("as_of", "partner", "country_code", "country", "partner_id", "list", "address", "outcome"),
    *("looked_for_until", "note"),
]


def other_lists(filters: Filters) -> None:
    """The partners that other lists name, with what was found of each, and the lists."""
    named = store.ask(mentions.partners)
    st.caption(texts.mentions(named))
    st.markdown(texts.LISTS_ABOUT)
    if named.empty:
        return
    outcome = controls.choice("Document", "outcome", OUTCOMES)
    shown = _of(named, outcome)
    _table(shown.iloc[tables.page(len(shown))])
    each = _of(store.ask(mentions.mentions), outcome)
    view.download(each.assign(as_of=filters.as_of)[COLUMNS], filters, "lists")
    st.subheader("The lists", anchor=False)
    st.markdown(Markdown("\n").join(map(_list, rows(store.ask(mentions.lists)))))


def _of(found: pd.DataFrame, outcome: str) -> pd.DataFrame:
    return found if outcome == "any" else found[found["outcome"] == outcome]


def _table(named: pd.DataFrame) -> None:
    tables.show(
        pd.DataFrame(
            {
                "As listed": named["partner"],
                "Country": named["country"],
                "Document": named["outcome_name"],
                "In the register": tables.OPENS + named["partner_name"],
                "What was found": named["note"],
                "Looked for until": [
                    words.day_in_words(row["looked_for_until"].date()) for row in rows(named)
                ],
                "Lists": named["named_by"],
                "Named by": named["lists"],
            }
        ),
        "The partners that other lists name for Moscow, a row each",
        {
            "As listed": st.column_config.TextColumn(pinned=not room.narrow()),
            "In the register": tables.button_column(
                "listed_open", named["partner_id"], "Choose a name to open the partner."
            ),
        },
    )
    partner_id = tables.opened("listed_open")
    if isinstance(partner_id, str):
        st.switch_page(routes.page("partner"), query_params=address.link(city=partner_id))


def _list(row: Row) -> Markdown:
    named = words.counted(row["named"], "partner")
    said = f"{named}, of {row['found']} of them a document was found"
    return Markdown("- {}: {}").format(link(row["list"], row["address"]), said)
