"""Which tables a download of the register holds, and what their columns mean."""

from register.declaration import Field, Kind, Table
from register.derived import CODES, COUNTRIES, LANGUAGES, REGIONS, STATUSES
from register.export import AGREEMENT_COLUMNS
from register.queries.dictionary import RETURNED
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    AREAS,
    EVENTS_TABLE,
    LIST_MENTIONS,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
    WITHDRAWN,
)

# What no comment in the database describes, because the columns are put together here.
WORDS = RETURNED | {
    "partner": "The partner's English name",
    "country": "The country's English short name",
    "region": "Region of the partner's country (UN M49)",
    "subregion": "Sub-region of the partner's country (UN M49)",
    "areas": "The areas' names, with ; between them",
    "sources": "How many sources support the agreement",
    "publishers": "The publishers of its sources, with ; between them",
    "source_urls": "The addresses of its sources, with ; between them",
    "disputed": "In how many fields sources disagree",
}
_REFERENCES = {
    "agreement_id": "agreements",
    "partner_id": "partners",
    "status": "statuses",
    "country_code": "countries",
}

ON_THE_DAY = Table(
    "agreements_on_day",
    "The agreements with their status on the as-of day and the names of what they refer to",
    ("agreement_id",),
    tuple(
        Field(
            name,
            WORDS.get(name, ""),
            Kind.BOOLEAN if name.endswith("_approximate") else Kind.TEXT,
            references=_REFERENCES.get(name),
        )
        for name in AGREEMENT_COLUMNS
    ),
)
"""The readable table; its columns are those of the agreements' CSV files on all pages."""

TABLES = (
    ON_THE_DAY,
    AGREEMENTS,
    AGREEMENT_AREAS,
    PARTNERS,
    PARTNER_NAMES,
    EVENTS_TABLE,
    STATEMENTS,
    SOURCES,
    LIST_MENTIONS,
    WITHDRAWN,
    AREAS,
    STATUSES,
    CODES,
    COUNTRIES,
    REGIONS,
    LANGUAGES,
)
"""What a download of tables holds, in its order."""
