"""The barest app with a chart and a filter: what any page of Streamlit with them takes."""

import plotly.graph_objects as go
import streamlit as st

year = int(st.query_params.get("as_of", "2026-11-21")[:4])


def back() -> None:
    """A year less."""
    st.query_params["as_of"] = f"{year - 1}-11-21"


st.button("Year back", on_click=back)
st.markdown(f"**as of 21 November {year}**")
st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[year - 1990, 5, 6])))
