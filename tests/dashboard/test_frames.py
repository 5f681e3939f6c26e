"""Rows of data frames as dictionaries."""

import duckdb

from register.frames import groups, rows


def test_a_missing_value_of_any_type_is_none() -> None:
    frame = duckdb.execute("""
        SELECT * FROM (VALUES
            (1, 'Kraków', DATE '2022-03-02', 1.5, true, ['a']),
            (NULL, NULL, NULL, NULL, NULL, NULL)
        ) AS t(number, text, day, share, yes, several)
    """).df()

    full, empty = rows(frame)
    assert (full["number"], full["text"], full["share"], full["yes"]) == (1, "Kraków", 1.5, True)
    assert full["day"].date().isoformat() == "2022-03-02"
    assert list(full["several"]) == ["a"]
    assert empty == dict.fromkeys(full)


def test_a_frame_without_rows_has_none() -> None:
    assert rows(duckdb.execute("SELECT 1 AS number WHERE false").df()) == []


def test_groups_come_in_the_order_of_their_first_row() -> None:
    b1, a1, b2 = ({"of": of, "number": number} for of, number in (("b", 1), ("a", 1), ("b", 2)))

    assert groups([b1, a1, b2], "of") == [[b1, b2], [a1]]
    assert groups([b1, a1, b2], "of", "number") == [[b1], [a1], [b2]]
