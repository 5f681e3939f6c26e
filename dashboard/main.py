"""The frame of every page: navigation, filters, a clear message when there is no register."""

import logging
import sys
from contextlib import suppress
from pathlib import Path

from streamlit.runtime.scriptrunner import StopException

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts the script's own folder there, not the project's.
    sys.path.insert(0, str(ROOT))

from dashboard import address, chosen, day, embed, files, menu, routes, sidebar, store  # noqa: E402
from dashboard import elements as st  # noqa: E402
from register.observed import observed  # noqa: E402

# First of all: a run can be stopped by the next one at whatever Streamlit is asked to draw.
address.arrive()
ASSETS = ROOT / "dashboard" / "assets"
st.set_page_config(
    page_title="Moscow's city partnerships", page_icon=str(ASSETS / "icon.png"), layout="wide"
)
st.html(files.stylesheet(ASSETS / "style.css"))
if st.context.theme.type == "dark":
    st.html(files.stylesheet(ASSETS / "dark.css"))
# The menu is ours: Streamlit's own loses the address's parameters.
page = st.navigation(routes.all_pages(), position="hidden")
try:
    name = page.url_path or routes.FIRST
    with observed("run", name):
        store.begin_run()
        chosen.follow(name)
        # Each step of the play would be a step of the browser's history; the day it ends on is one.
        if not day.playing():
            address.write()
        if not embed.wanted():
            menu.show()
            sidebar.show()
        sidebar.notices()
        # Not before: the address and the filters are to reach the browser at one stroke.
        filters = address.current()
        with store.foreseen(name, filters, day.ahead(filters)), suppress(StopException):
            page.run()
            # A page, or a section of one, that has no chart.
            embed.end()
        address.confirm()
except store.RegisterUnavailable as error:
    logging.getLogger(__name__).exception("The register cannot be read")
    st.error(str(error), title="The register is not available")
