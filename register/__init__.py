"""The read side and the ground floor: records, versions, questions, words. No Streamlit, no HTTP."""
