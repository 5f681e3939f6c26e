"""Validity: agreements by status, what runs out next, what lapsed without a successor."""

import streamlit as st

from dashboard import sidebar, store, validity_view, view
from dashboard.queries import selected

SECTIONS = {
    "status": ("By status", validity_view.by_status),
    "next": ("What runs out next", validity_view.next_ends),
    "lapsed": ("Lapsed without a successor", validity_view.lapsed),
}

filters = sidebar.current()
agreements = store.ask(selected.agreements, filters)

view.heading("Validity windows", agreements, filters)
if agreements.empty:
    view.nothing_found(filters)
    st.stop()

section = validity_view.choose_section({name: title for name, (title, _) in SECTIONS.items()})
title, show = SECTIONS[section]
st.header(title, anchor=False)
show(agreements, filters)
