"""``streamlit run app.py``: starts the dashboard, and the API beside it.

The script that draws the pages is dashboard/main.py. It is not this file, because Streamlit takes
a folder ``pages/`` beside the script that it runs for its older layout of pages, and would run a
page without the rest.
"""

from pathlib import Path

import streamlit as st

from api import site

app = st.App(
    Path(__file__).resolve().parent / "dashboard" / "main.py",
    routes=site.routes(),
    middleware=site.middleware(lambda: st.get_option("server.allowedHosts")),
)
