"""Which areas grew, with numbers worked out by hand."""

import pandas as pd

from register import growth

BEGUN = pd.DataFrame(
    [
        ("culture", "Culture", 2009, 4),
        ("culture", "Culture", 2010, 2),
        ("culture", "Culture", 2013, 3),
        ("sport", "Sport", 2012, 1),
        ("sport", "Sport", 2014, 2),
        ("tourism", "Tourism", 2011, 1),
        ("tourism", "Tourism", 2013, 2),
    ],
    columns=["area_id", "area", "year", "agreements"],
).assign(announced=0)


def rows(years: growth.Years) -> list[list[object]]:
    return growth.growth(BEGUN, years).drop(columns="area_id").to_numpy().tolist()


def test_a_span_is_compared_with_as_many_years_before_it() -> None:
    assert growth.before((2017, 2026)) == (2007, 2016)
    assert growth.before((2020, 2020)) == (2019, 2019)


def test_an_area_grew_if_more_began_than_before() -> None:
    # 2010 and 2011 against 2012 and 2013; what lies outside of both counts in all years alone.
    assert rows((2012, 2013)) == [
        ["Culture", 2, 3, 1, 9],
        ["Tourism", 1, 2, 1, 3],
        ["Sport", 0, 1, 1, 3],
    ]
    assert rows((2013, 2014)) == [
        ["Culture", 0, 3, 3, 9],
        ["Sport", 1, 2, 1, 3],
        ["Tourism", 1, 2, 1, 3],
    ]


def test_the_area_that_grew_most_in_a_sentence() -> None:
    assert growth.summary(growth.growth(BEGUN, (2013, 2014)), (2013, 2014)) == (
        "Culture grew most: 3 agreements begun in 2013 to 2014, 0 in 2011 to 2012. "
        "Of 3 areas, 3 were named by more agreements than before, 0 by fewer, 0 by as many."
    )


def test_areas_that_grew_alike_are_all_named() -> None:
    assert growth.finding(growth.growth(BEGUN, (2012, 2013)), (2012, 2013)) == (
        "Culture, tourism and sport grew most: each by 1 agreement begun in 2012 to 2013, "
        "compared with 2010 to 2011."
    )


def test_where_no_area_grew_nothing_is_said_to_have_grown() -> None:
    # 2009 and 2010 were years of culture alone.
    years = (2011, 2012)
    found = growth.growth(BEGUN[BEGUN["area"] == "Culture"], years)

    assert growth.summary(found, years) == (
        "No area was named by more of the agreements begun in 2011 to 2012 than in 2009 to 2010. "
        "Of 1 area, 0 were named by more agreements than before, 1 by fewer, 0 by as many."
    )
