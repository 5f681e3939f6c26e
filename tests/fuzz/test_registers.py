"""Any register is published or refused with problems, and what is published can be asked."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from etl.publish import build
from register.problems import BadRegister
from tests.conftest import REAL_REGISTER, Register
from tests.dashboard.conftest import known_register
from tests.fuzz.conftest import tried
from tests.fuzz.mistakes import MISTAKES, Files, Mistake, all_made

DAYS = st.dates(date(1890, 1, 1), date(2110, 12, 31)) | st.sampled_from(
    [date(2020, 2, 29), date(2019, 12, 31), date(2022, 3, 1)]
)


HORIZONS = st.integers(0, 4000)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The files of the known register."""
    return read(known_register().write(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module")
def real_files() -> Files:
    """The files of the real register."""
    return read(REAL_REGISTER)


def read(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def published_or_refused(files: Files, day: date, horizon: int) -> None:
    """Build the register; ask what was published of it for a day."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "register"
        folder.mkdir()
        for file, content in files.items():
            (folder / file).write_bytes(content)
        problems: list[str] | None = None
        try:
            database = build(folder, Path(name) / "build")
        except BadRegister as error:
            problems = [str(problem) for problem in error.problems]
        else:
            with duckdb.connect(database, read_only=True) as connection:
                can_be_asked(connection, day, horizon)
    event("published" if problems is None else "refused")
    assert problems is None or all(problem.isprintable() for problem in problems)
    assert problems != []


def can_be_asked(connection: duckdb.DuckDBPyConnection, day: date, horizon: int) -> None:
    asked = {"day": day, "horizon": horizon}
    statuses = connection.execute(
        "SELECT agreement_id, status, begins_on, ends_on, days_left "
        "FROM agreement_status($day, horizon_days := $horizon) JOIN statuses USING (status) "
        "ORDER BY agreement_id",
        asked,
    ).fetchall()
    agreements = connection.execute("SELECT agreement_id FROM agreements ORDER BY 1").fetchall()
    partners = connection.execute(
        "SELECT partner_id FROM partner_status($day, horizon_days := $horizon) "
        "JOIN statuses USING (status)",
        asked,
    ).fetchall()

    assert [row[:1] for row in statuses] == agreements
    assert len(partners) == len(set(partners))
    for agreement_id, status, begins, ends, left in statuses:
        if None not in (begins, ends) and status != "terminated":
            assert begins <= ends, agreement_id
        if left is not None:
            assert left == (ends - day).days, agreement_id
        if status in ("active", "expiring"):
            assert left >= 0, agreement_id


@tried(4)
@given(mistakes=st.lists(MISTAKES, min_size=1, max_size=3), day=DAYS, horizon=HORIZONS)
def test_a_register_with_mistakes_is_published_or_refused(
    small: Files, mistakes: list[Mistake], day: date, horizon: int
) -> None:
    published_or_refused(all_made(mistakes, small), day, horizon)


@tried(30)
@given(mistakes=st.lists(MISTAKES, min_size=1, max_size=3), day=DAYS, horizon=HORIZONS)
def test_the_real_register_with_mistakes_is_published_or_refused(
    real_files: Files, mistakes: list[Mistake], day: date, horizon: int
) -> None:
    published_or_refused(all_made(mistakes, real_files), day, horizon)


SOME_DATES = st.one_of(
    st.sampled_from(
        ["2019-01-31", "2019-02-28", "2020-02-29", "2019-08-31", "2020-12-31", "2019-04-30"]
    ),
    st.dates(date(1950, 1, 1), date(2025, 12, 31)).map(date.isoformat),
    st.sampled_from(["2018", "2019", "2020-02", "2019-08", "2019?", "2020-05~", "2019-02-28~"]),
)
MAYBE = st.just("") | SOME_DATES
AGREEMENTS = st.fixed_dictionaries(
    dict.fromkeys(("signed_on", "reported_on", "valid_from", "valid_to"), MAYBE)
    | {"term": st.sampled_from(["", "", "P1M", "P6M", "P1Y", "P3Y", "P18M", "P29D", "P1Y1M1D"])}
)
EVENTS = st.tuples(
    st.integers(0, 3),
    st.sampled_from(
        ["announced", "extended", "renewed", "suspended", "resumed", "terminated", "replaced"]
    ),
    MAYBE,
    st.sampled_from(["", "moscow", "partner", "both"]),
)


@tried(3)
@given(
    agreements=st.lists(AGREEMENTS, min_size=1, max_size=3),
    events=st.lists(EVENTS, max_size=4),
    day=DAYS,
    horizon=HORIZONS,
)
def test_any_dates_and_events_are_published_or_refused(
    agreements: list[dict[str, str]],
    events: list[tuple[int, str, str, str]],
    day: date,
    horizon: int,
) -> None:
    register = Register()
    for number, cells in enumerate(agreements):
        # A length stands only where no end does.
        term = "" if cells["valid_to"] else cells["term"]
        register.agreement(f"programme-{number}", **cells | {"term": term})  # type: ignore[arg-type]
    for number, happened, happened_on, actor in events:
        # Some concern the whole partnership.
        concerned = f"programme-{number}" if number < len(agreements) else ""
        register.event(happened, happened_on, actor=actor, agreement_id=concerned)
    with TemporaryDirectory() as folder:
        files = read(register.write(Path(folder)))
    published_or_refused(files, day, horizon)
