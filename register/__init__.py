"""The read side and the ground floor: records, versions, questions, words."""
