"""The dashboard: what its pages share.

``filters``, ``queries``, ``charts``, ``words``, ``export`` and ``snapshots`` do not know Streamlit.
"""
