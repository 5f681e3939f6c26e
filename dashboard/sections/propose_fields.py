"""The fields of the form of proposals: each shows what the form holds, and changes it.

What is typed stays in the form, in the session: Streamlit forgets the value of a field that a run
does not draw, as when a reader looks at another page meanwhile.
"""

from collections.abc import Callable, Mapping
from typing import Any

from dashboard import curating
from dashboard import elements as st
from dashboard.form import Form, Part, Texts
from dashboard.plainly import LABELS
from register import duration, edtf
from register.declaration import Code

SHORT, LONG = 300, 2_000
"""So many signs may be typed into a line, and into what takes several."""

AS_TYPED = "Any way you like: 27.09.2024, 27 September 2024, Sept 2024, 2024, 5 Mehr 1403. "
"""How dates may be typed."""


def text(
    name: str, holder: Texts, of: Part, label: str = "", *, key: str = "", **look: Any
) -> None:
    """A line to type in.

    Args:
        name: the field, whose value ``holder`` has.
        of: the part of the form to which it belongs.
        key: tells it from another field of that name in the part.
    """
    widget = _kept(key or name, holder.get(name) or "", of)
    limit = max(look.pop("max_chars", SHORT), len(st.session_state[widget]))
    typed = st.text_input(label or LABELS[name], key=widget, max_chars=limit, **look)
    holder[name] = (typed or "").strip()


def long_text(name: str, holder: Texts, of: Part, **look: Any) -> None:
    """Room for some sentences."""
    widget = _kept(name, holder.get(name) or "", of)
    limit = max(LONG, len(st.session_state[widget]))
    typed = st.text_area(LABELS[name], key=widget, max_chars=limit, height=90, **look)
    holder[name] = " ".join((typed or "").split())


def date(
    name: str, holder: Texts, of: Part, label: str = "", *, key: str = "", about: str = ""
) -> None:
    """A date as people type it, with what was understood below it."""
    text(name, holder, of, label, key=key, help=AS_TYPED + about)
    _show_back(name, holder[name], edtf.in_words)


def length(name: str, holder: Texts, of: Part, *, key: str = "") -> None:
    """A length as people type it."""
    about = "Where it gives a length and no end."
    text(name, holder, of, key=key, placeholder="3 years", help=about)
    _show_back(name, holder[name], duration.in_words)


def choice(
    name: str,
    names: Mapping[str, str],
    holder: Texts,
    of: Part,
    label: str = "",
    *,
    key: str = "",
    **look: Any,
) -> None:
    """One of several values, found by typing a part of its name; or none.

    Args:
        names: what is shown of each value; one that is none of them is shown as it is.
    """
    value = holder.get(name) or None
    known = names if value is None or value in names else {**names, value: value}
    widget = _kept(key or name, value, of)
    # Setting it to what it is would undo what a reader does to it meanwhile.
    if st.session_state[widget] != value and st.session_state[widget] not in known:
        st.session_state[widget] = value
    holder[name] = st.selectbox(
        label or LABELS[name],
        list(known),
        format_func=lambda code: known.get(code, code),
        index=None,
        key=widget,
        **{"placeholder": "Choose"} | look,
    )


def codes(
    name: str, of_list: Mapping[str, Code], holder: Texts, of: Part, label: str = "", **look: Any
) -> None:
    """One of the codes of a controlled list."""
    choice(name, {code: each.name for code, each in of_list.items()}, holder, of, label, **look)


def defined(of_list: Mapping[str, Code]) -> str:
    """What the codes of a list mean, for whoever asks."""
    return " · ".join(f"{each.name}: {each.definition}" for each in of_list.values())


def part_of(form: Form, name: str) -> Part:
    """A part whose fields have keys of their own: an agreement and its partner both have some."""
    key = f"propose_part_{form.key}_{name}"
    if key not in st.session_state:
        st.session_state[key] = Part()
    part: Part = st.session_state[key]
    return part


def forget(of: Part, name: str) -> None:
    """Let the field show what the form holds now; only in a callback."""
    st.session_state.pop(f"propose_{of.key}_{name}", None)


def _kept(name: str, value: str | None, of: Part) -> str:
    """The key of the widget, which has the form's value when it is drawn."""
    key = f"propose_{of.key}_{name}"
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def _show_back(name: str, typed: str, in_words: Callable[[str], str]) -> None:
    """What was understood of a date or length; what was not is told with the problems."""
    try:
        understood = curating.understood(name, typed) if typed else ""
        if understood and understood != typed:
            st.caption(f"Understood as {in_words(understood)}")
    except ValueError as error:
        st.caption(str(error))
