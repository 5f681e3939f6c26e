"""The barest app with a chart: what any page of Streamlit with one takes."""

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3], y=[4, 5, 6])))
