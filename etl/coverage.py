"""The coverage page in ``docs/``, written from the database."""

import duckdb

PAGE = """\
# Coverage

What the register knows, of version `{version}`. `make coverage` writes this page from the views
`coverage` and `agreement_coverage` of the database; a test keeps it up to date.

The register holds what public sources were found to say. A partner or an agreement that is not here
may exist all the same: absence from the register is no statement.

{partners} partners in {countries} countries, {agreements} agreements, {events} events,
{statements} statements from {sources} sources in {languages} languages.

## Of {agreements} agreements

{measures}

Sources are independent when their texts are: pages that repeat one agency's or outlet's text
(column `origin` of `sources`) count once.

## By instrument

{instruments}

## By year of signing or first report

{decades}

## Sources by kind

{kinds}
"""


def page(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as Markdown."""

    def rows(query: str) -> list[tuple[object, ...]]:
        return connection.execute(query).fetchall()

    def table(header: str, query: str) -> str:
        names = header.split("|")
        lines = [names, ["---"] + ["---:"] * (len(names) - 1), *rows(query)]
        return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)

    def count(what: str) -> object:
        return rows(f"SELECT count(*) FROM {what}")[0][0]

    return PAGE.format(
        version=rows("SELECT version FROM register")[0][0],
        partners=count("partners"),
        countries=count("(SELECT DISTINCT country_code FROM partners)"),
        agreements=count("agreements"),
        events=count("events"),
        statements=count("statements"),
        sources=count("sources"),
        languages=count("(SELECT DISTINCT language FROM sources)"),
        measures=table("measure|agreements", "SELECT measure, number FROM coverage"),
        instruments=table(
            "instrument|agreements",
            "SELECT name, count(*) FROM agreements JOIN codes ON table_name = 'agreements' "
            "AND column_name = 'instrument' AND code = instrument GROUP BY ALL ORDER BY 2 DESC, 1",
        ),
        decades=table(
            "decade|agreements",
            "SELECT coalesce(year(begins_on) // 10 * 10 || 's', 'no date') AS decade, count(*) "
            "FROM agreement_windows GROUP BY ALL ORDER BY 1",
        ),
        kinds=table(
            "kind|sources",
            "SELECT name, count(*) FROM sources JOIN codes ON table_name = 'sources' "
            "AND column_name = 'kind' AND code = kind GROUP BY ALL ORDER BY 2 DESC, 1",
        ),
    )
