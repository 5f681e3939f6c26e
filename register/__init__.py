"""The read side of the register: its records, its published versions. It knows no HTTP."""
