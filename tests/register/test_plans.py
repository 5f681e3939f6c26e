"""No question looks at each pair of rows of two tables: its time would grow with their product."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from register import finding, lists
from register.database import locked
from register.days import Days
from register.filters import Filters
from register.queries import (
    Cursor,
    areas,
    choices,
    events,
    figures,
    happenings,
    listed,
    outline,
    overview,
    partner,
    places,
    record,
    register,
    selected,
    snapshot,
    sources,
    timeline,
    told,
    validity,
    years,
)
from tests.dashboard.conftest import DAY, known
from tests.register.plans import asked

__all__ = ["known"]

OF_FILTERS: list[tuple[Any, ...]] = [
    (selected.agreements,),
    (selected.ids,),
    (selected.events,),
    (selected.status_counts,),
    (selected.lapsed,),
    (figures.figures,),
    (listed.page, "partner", 0, 5),
    (timeline.partners, "first", 0, 5),
    (timeline.agreements, ("istanbul", "anhui"), 5),
    (timeline.events, ("istanbul", "anhui"), ("istanbul-2019",), 5),
    (validity.next_ends, 5),
    (validity.lapsed_figures,),
    (validity.lapsed, None, 0, 5),
    (told.told,),
    (told.page, 0, 5),
    (events.events,),
    (events.by_year,),
    (happenings.ends, 5),
    (happenings.end_sources, 5),
    (happenings.happenings, 0, 5),
    (overview.partners,),
    (overview.disagreements,),
    (overview.ended, ("terminated",), date(2020, 1, 1)),
    (overview.first_day,),
    (places.places,),
    (places.cells, 10.0),
    (areas.totals, ()),
    (areas.area_counts, (), "total", 0, 5),
    (areas.area_labels, (), "istanbul", "transport"),
    (areas.begun,),
    (outline.areas,),
    (outline.shared,),
    (years.by_year,),
    (register.newest_source_of,),
    (sources.counts,),
    (sources.sources,),
    (sources.disagreements,),
    (sources.witnesses,),
    (sources.supported, "source-1"),
    (snapshot.row_counts,),
]

OF_RECORDS: list[tuple[Any, ...]] = [
    (register.options,),
    (register.alike, "stambul"),
    (register.newest_source,),
    (register.newest_source_among, ("istanbul-2019",)),
    (choices.partners, "a"),
    (choices.agreements, "a"),
    (partner.profile, "istanbul"),
    (partner.names, "istanbul"),
    (partner.districts, "istanbul"),
    (partner.status, ("istanbul", "anhui"), DAY, 180),
    (partner.sources, ("istanbul-2019",)),
    (happenings.sources_of, ("istanbul-2019",)),
    (record.statements, "istanbul-2019"),
    (record.labels, "istanbul-2019"),
    (record.related, "istanbul-2019"),
    (record.events, "istanbul", DAY),
    (record.titles,),
    (finding.document, "istanbul-2019"),
    (finding.on_day, "agreements", "istanbul-2019", DAY, 180),
    (finding.on_day, "partners", "istanbul", DAY, 180),
]


@pytest.fixture(scope="module")
def days(known: Path) -> Iterator[Days]:
    with locked(known) as connection:
        yield Days(connection)


@pytest.mark.parametrize(
    "filters",
    [Filters(DAY), Filters(DAY, region=("asia",), event=("suspended",), q="a")],
    ids=["all", "some"],
)
@pytest.mark.parametrize("question", OF_FILTERS, ids=lambda question: _name(question[0]))
def test_no_question_on_a_selection_looks_at_each_pair_of_rows(
    days: Days, question: tuple[Any, ...], filters: Filters
) -> None:
    query, *arguments = question
    queries = asked(days, query, filters, *arguments)
    assert queries
    assert [found for found in queries if found.pairwise] == []


@pytest.mark.parametrize("question", OF_RECORDS, ids=lambda question: _name(question[0]))
def test_no_question_on_a_record_looks_at_each_pair_of_rows(
    days: Days, question: tuple[Any, ...]
) -> None:
    queries = asked(days, *question)
    assert queries
    assert [found for found in queries if found.pairwise] == []


@pytest.mark.parametrize("listed", lists.LISTS, ids=lambda listed: listed.name)
def test_no_list_looks_at_each_pair_of_rows(days: Days, listed: lists.List) -> None:
    names = [column.name for column in listed.columns]
    queries = [
        *asked(days, lists.page, listed, Filters(DAY), names, 0, 5),
        *asked(days, lists.count, listed, Filters(DAY)),
    ]
    assert [found for found in queries if found.pairwise] == []


def test_a_join_on_either_of_two_columns_is_found(days: Days) -> None:
    def either(cursor: Cursor) -> None:
        cursor.execute(
            "SELECT count(*) FROM events AS e JOIN agreements AS a "
            "ON e.agreement_id = a.agreement_id OR e.partner_id = a.partner_id"
        )

    (found,) = asked(days, either)
    assert found.pairwise


def _name(query: Any) -> str:
    return f"{query.__module__.rpartition('.')[2]}.{query.__name__}"
