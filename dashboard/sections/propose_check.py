"""What the checks say of a proposal, what its page would look like, and what to do with it."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dashboard import address, curating, permission
from dashboard import elements as st
from dashboard.curating import Check
from dashboard.form import Form, unfinished
from dashboard.plainly import Told, place, told
from dashboard.sections import notes
from register import clock, facts, words
from register.document import Agreement
from register.filters import Filters
from register.forms import mapping_to_yaml
from register.frames import rows
from register.markup import Markdown
from register.problems import Problem
from register.queries import record, register, selected

DONE = "propose_done"
"""Where in the session it stands what was written last."""

ONLY_FORM = (
    "The whole register cannot be looked through here: what is checked is the form alone. "
    "Whoever takes it into the register checks it with the whole of it."
)


def problems(form: Form, found: Check) -> list[Told]:
    """All that is still to be mended, in plain words."""
    begun = [Told(place(each.place), f"{each.wanted}.") for each in unfinished(form)]
    return list(dict.fromkeys([*begun, *(_told(each) for each in found.problems)]))


def _told(problem: Problem) -> Told:
    said = told(problem)
    own = problem.file == curating.RECORD
    return said if own else Told(f"{problem.file}: {said.field}", said.sentence)


def show(wrong: Sequence[Told], found: Check) -> None:
    """What is to be mended, or that all is right; and what is worth a look."""
    st.header("Check", anchor=False)
    if wrong:
        st.warning(_listed(wrong), title=f"Still to mend: {len(wrong)}", icon=":material/rule:")
    else:
        looked = "Checked with the whole register." if found.plan else "The form is right."
        st.success(looked, title="All is right", icon=":material/check_circle:")
    if found.plan is None:
        st.caption(ONLY_FORM)
    if found.warnings:
        seen = [told(each) for each in found.warnings]
        st.info(_listed(seen), title="Worth a look", icon=":material/visibility:")


def _listed(told_of: Sequence[Told]) -> Markdown:
    lines = [Markdown("- **{}**: {}").format(each.field, each.sentence) for each in told_of]
    return Markdown("\n").join(lines)


# --- what it would be -------------------------------------------------------------------------


def preview(found: Check) -> None:
    """The statuses that would change, and the record as its page would show it."""
    plan = found.plan
    if plan is None or plan.problems:
        return
    if not plan.changes:
        st.info("Nothing would change: the register has all of it.")
        return
    st.header("What it would be", anchor=False)
    for document in plan.documents:
        if isinstance(document, Agreement) and document.agreement:
            _record(found, document.agreement, document.partner)
    for moved in plan.moved:
        if moved.before != moved.after:
            before = moved.before or "not in the register"
            st.markdown(f"{moved.title}: {words.lower_first(before)} → {moved.after or 'gone'}")


def _record(found: Check, agreement_id: str, partner_id: str) -> None:
    connection = curating.preview(found, partner_id)

    def ask(query: Callable[..., Any], *arguments: object) -> Any:
        return query(connection, *arguments)

    shown = address.current()
    everything = Filters(
        as_of=shown.as_of,
        horizon=shown.horizon,
        city=(partner_id,),
        status=tuple(ask(register.options).status),
    )
    (agreement,) = (
        row
        for row in rows(ask(selected.agreements, everything))
        if row["agreement_id"] == agreement_id
    )
    events = ask(record.events, partner_id, shown.as_of)
    events = events[events["agreement_id"].isna() | (events["agreement_id"] == agreement_id)]
    said, happened = notes.said(agreement_id, ask), notes.happened(events, ask)
    of_sources = notes.Notes((agreement_id, *events["event_id"]), "preview_source_", ask)
    st.subheader(f"{agreement['partner']}: {agreement['title']}", anchor=False)
    notes.box(facts.of_agreement(agreement, said, happened, shown.as_of), of_sources, "preview")
    with st.expander("What sources say"):
        notes.values(facts.beside(said), of_sources, "preview")
        of_sources.list()


# --- what to do with it -----------------------------------------------------------------------


def hand_on(form: Form, found: Check, wrong: Sequence[Told], asked: str) -> None:
    """The document to download, a text for a message, and on a curator's machine a button."""
    st.header("Hand it on", anchor=False)
    document = "---\n".join(map(mapping_to_yaml, found.raws))
    if permission.given():
        _apply(found, wrong, asked)
    st.download_button(
        "Download the document",
        data=document.encode(),
        file_name=f"{asked or 'proposal'}.yaml",
        mime="application/yaml",
        icon=":material/download:",
        on_click="ignore",
        key="propose_download",
    )
    with st.expander("A text for a message"):
        st.caption("Copy it into a message to whoever keeps the register. Nothing is sent here.")
        st.code("\n".join(_message(form, wrong, document)), language=None, wrap_lines=True)


def _message(form: Form, wrong: Sequence[Told], document: str) -> Iterator[str]:
    name = form.fields.get("title") or form.fields.get("name") or "a record"
    yield f"Proposal for the register of Moscow's city partnerships: {name}"
    yield ""
    for source in form.sources:
        if source.fields.get("url"):
            yield f"Source: {source.fields['url']}"
    if wrong:
        yield ""
        yield "Still to mend:"
        yield from (f"- {each.field}: {each.sentence}" for each in wrong)
    yield ""
    yield "The document (python -m etl apply takes it):"
    yield ""
    yield document


def _apply(found: Check, wrong: Sequence[Told], asked: str) -> None:
    def write() -> None:
        done = curating.apply(found.raws, clock.today())
        st.session_state[DONE] = done
        if not done.problems:
            st.session_state.proposals.pop(asked, None)

    ready = not wrong and found.plan is not None and bool(found.plan.changes)
    st.button(
        "Write it into the register",
        key="propose_apply",
        type="primary",
        icon=":material/save:",
        on_click=write,
        disabled=not ready,
        help="As python -m etl apply does; python -m etl undo takes it back.",
    )


def done() -> None:
    """What was just written, or why nothing was."""
    last: curating.Done | None = st.session_state.pop(DONE, None)
    if last is None:
        return
    if last.problems:
        st.error(_listed([_told(each) for each in last.problems]), title="Nothing was written")
        return
    st.success(
        Markdown("{}\n\nThe pages show it once `make etl` has run.").format(last.lines[-1]),
        title="Written into the register",
    )
