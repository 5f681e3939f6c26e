"""What pages cost that does not depend on the machine: queries, rows, bytes, elements, modules."""

import json

import pytest

from benchmarks import counting
from benchmarks.budget_command import databases
from benchmarks.counting import budget_of, exceeded


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, counting.Counts]:
    made = databases(tmp_path_factory.mktemp("budget"))
    return {register: counting.count(database) for register, database in made.items()}


@pytest.mark.parametrize("register", ["real", "synthetic"])
def test_every_page_keeps_to_the_recorded_budget(
    counted: dict[str, counting.Counts], register: str
) -> None:
    budget = json.loads(counting.BUDGET.read_text(encoding="utf-8"))[register]

    assert counted[register].keys() == budget.keys()
    assert list(exceeded(register, counted[register], budget)) == []


def test_no_page_asks_a_query_that_joins_each_row_with_each(
    counted: dict[str, counting.Counts],
) -> None:
    loops = {
        (register, place): kinds["loops"]
        for register, places in counted.items()
        for place, kinds in places.items()
        if kinds.get("loops")
    }

    assert loops == {}
    assert any("queries" in kinds for kinds in counted["real"].values())


def test_what_is_beyond_the_budget_is_told_with_what_to_do() -> None:
    counts = {"timeline, first": {"queries": 7, "rows": 90}, "start": {"modules": 1800}}
    budget = {"timeline, first": {"queries": 5, "rows": 90}}

    (queries, modules) = exceeded("real", counts, budget)

    assert queries.startswith("real, timeline, first: 7 queries (")
    assert "the budget is 5. Mend: " in queries
    assert queries.endswith("python -m benchmarks budget --write")
    assert modules.startswith("real, start: modules has no budget")


def test_a_budget_leaves_room_where_the_register_grows_and_none_elsewhere() -> None:
    counts = {"real": {"areas, first": {"queries": 4, "loops": 0, "rows": 100, "sent": 1001}}}

    (kinds,) = budget_of(counts)["real"].values()

    assert kinds == {"queries": 4, "loops": 0, "rows": 110, "sent": 1102}
