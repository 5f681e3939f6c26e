"""A promise that a try looks for the end of."""


class Broken(Exception):
    """A promise does not hold; the text says in which case."""


def must(holds: object, case: str) -> None:
    """Raise where a promise does not hold."""
    if not holds:
        raise Broken(case)
