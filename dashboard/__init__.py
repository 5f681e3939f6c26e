"""The dashboard: what its pages share, drawn with Streamlit."""
