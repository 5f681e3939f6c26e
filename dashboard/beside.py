"""What was chosen in a chart opens beside it, and the choice is taken back when that is closed."""

from collections.abc import Callable

from dashboard import elements as st


def drawer(title: str, content: Callable[[], None], chart: str, *choices: str) -> None:
    """Show what was chosen beside the page: what stood below a long chart would not be seen.

    Args:
        chart: the key of the chart in which it was chosen. Closing the drawer takes the choice
            back, so that the same mark can be chosen again.
        choices: the keys of the lists (``select``) in which it was chosen.
    """

    def close() -> None:
        choose_anew(chart)
        for key in choices:
            st.session_state[key] = None

    def inside() -> None:
        with st.container(key="drawer"):
            content()
        st.script("drawer.js", f'<span data-list="{choices[0]}"></span>')

    st.dialog(title, width=480, position="right", on_dismiss=close)(inside)()


def choose_anew(chart: str) -> None:
    """Let nothing be selected in the chart when it is drawn next."""
    state = st.session_state
    # Streamlit keeps what is selected as long as the chart has its key.
    state[times_closed(chart)] = state.get(times_closed(chart), 0) + 1


def times_closed(chart: str) -> str:
    """Where in the session it stands how often what was chosen in the chart was closed."""
    return f"{chart}_closed"
