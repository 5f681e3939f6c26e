"""Charts: functions from a data frame to a Plotly figure. Nothing here knows Streamlit."""
