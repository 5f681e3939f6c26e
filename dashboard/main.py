"""The frame of every page: navigation, filters, a clear message when there is no register."""

import logging
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts the script's own folder there, not the project's.
    sys.path.insert(0, str(ROOT))

from dashboard import elements as st  # noqa: E402
from dashboard import routes, sidebar, store  # noqa: E402

# First of all: a run can be stopped by the next one at whatever Streamlit is asked to draw.
sidebar.carry_over()
ASSETS = ROOT / "dashboard" / "assets"
st.set_page_config(
    page_title="Moscow's city partnerships", page_icon=str(ASSETS / "icon.png"), layout="wide"
)
st.html(ASSETS / "style.css")
if st.context.theme.type == "dark":
    st.html(ASSETS / "dark.css")
page = st.navigation(routes.all_pages(), position="top")
try:
    store.begin_run()
    sidebar.show(page.url_path)
    page.run()
except store.RegisterUnavailable as error:
    logging.getLogger(__name__).exception("The register cannot be read")
    st.error(str(error), title="The register is not available")
