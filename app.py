"""``streamlit run app.py``: starts the dashboard, and the API beside it.

The script that draws the pages is dashboard/main.py. It is not this file, because Streamlit takes
a folder ``pages/`` beside the script that it runs for its older layout of pages, and would run a
page without the rest.
"""

from pathlib import Path

import streamlit as st

from api.middleware.discovery import Head
from api.operations import logs, open_files
from api.operations.state import of_this_process
from api.site import Site
from dashboard import files, first, modules, permission, policy

state = of_this_process()
logs.install(state.settings.log_format)
open_files.allow(state.settings.sessions)
if state.settings.curate:
    permission.give(st.get_option("server.address"))
site = Site(
    state,
    hosts=lambda: st.get_option("server.allowedHosts"),
    pages=policy.pages(),
    head=Head(modules.first(), modules.last()),
    named=files.named,
    written=modules.written,
    prepare=first.read,
)
app = st.App(
    Path(__file__).resolve().parent / "dashboard" / "main.py",
    routes=site.routes,
    middleware=site.middleware,
    lifespan=site.lifespan,
)
