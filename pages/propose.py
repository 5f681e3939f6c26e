"""Propose: a form for an agreement or a correction, checked live; what is typed stays here."""

from dashboard import address, curating
from dashboard import elements as st
from dashboard.sections import propose, propose_check, propose_draft, propose_events
from register import clock

asked = address.own("id") or ""
form = propose.form_of(asked)

st.title("Propose")
propose_check.done()
if form is None:
    propose.missing(asked)
    st.stop()
propose.about(form, asked)
known = propose.names(form)

left, right = st.columns([3, 2], gap="large")
with left:
    if form.is_partner:
        st.header("The partner", anchor=False)
        propose.partner(form, known)
    else:
        propose_draft.paste(form, known)
        st.header("The agreement", anchor=False)
        propose.agreement(form, known)
        st.header("Its sources", anchor=False)
        propose.sources(form, known)
    st.header("What happened to it", anchor=False)
    propose_events.events(form, known)
with right, st.container(key="propose_check"):
    if form.is_empty:
        propose.how()
        st.stop()
    found = curating.check(propose.documents(form), clock.today(), address.current().as_of)
    wrong = propose_check.problems(form, found)
    propose_check.show(wrong, found)
    propose_check.preview(found)
    propose_check.hand_on(form, found, wrong, asked)
