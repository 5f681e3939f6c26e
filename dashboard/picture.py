"""A chart as a picture, PNG or SVG, which the browser makes of what it has drawn."""

from dashboard import address, store
from dashboard import elements as st
from dashboard.charts.frame import Around, source_line
from register import export
from register.queries import register

_BUTTONS = """
<style>
  .picture { font-size: 0.875rem; margin: 0; }
  .picture button {
    background: none; border: 0; color: inherit; cursor: pointer; font: inherit;
    min-height: 24px; min-width: 24px; padding: 0; text-decoration: underline;
  }
</style>
<p class="picture">Picture:
  <button type="button" data-format="png" aria-label="Download this chart as PNG">PNG</button> ·
  <button type="button" data-format="svg" aria-label="Download this chart as SVG">SVG</button>
</p>
"""


def around(title: str, subject: str) -> Around:
    """What a chart's picture says around it, for the version and the day of this run."""
    as_of, version = address.current().as_of, store.ask(register.version)
    source = source_line(version, as_of, store.ask(register.newest_source))
    return Around(title, source, export.file_name(subject, as_of, version, "").rstrip("."))


def offer() -> None:
    """Buttons that make a picture of the chart above them."""
    st.script("picture.js", _BUTTONS)
