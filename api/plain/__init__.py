"""Plain pages at ``/r/``: every record as HTML without a script, and its citations."""
