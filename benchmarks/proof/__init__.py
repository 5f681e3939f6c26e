"""Long tries behind ``docs/reliability.md``: each promise, tried many times."""
