"""What a reader of an old address is told."""

from datetime import date

from register.queries.withdrawn import Withdrawal, withdrawn
from tests.conftest import Connect, Register


def test_a_withdrawn_id_is_told_with_its_reason(register: Register, connect: Connect) -> None:
    register.withdrawn("gone", reason="Its source took it back")
    register.withdrawn("renamed", withdrawn_on="2024-06-30", replaced_by="ljubljana")
    database = connect(register)

    assert withdrawn(database, "gone") == Withdrawal(
        "gone", date(2024, 5, 1), "Its source took it back", None
    )
    assert withdrawn(database, "renamed") == Withdrawal(
        "renamed", date(2024, 6, 30), "It was never signed", "ljubljana"
    )


def test_of_an_id_that_is_there_or_never_was_nothing_is_told(
    register: Register, connect: Connect
) -> None:
    register.withdrawn("gone")
    database = connect(register)

    assert withdrawn(database, "ljubljana") is None
    assert withdrawn(database, "never-there") is None
