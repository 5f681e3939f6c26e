"""The tables that the ETL makes beside those of the register: names of codes, the version."""

from register.declaration import Field, Kind, Table

CODES = Table(
    "codes",
    "The controlled lists: names and meanings of the codes in the other tables",
    ("table_name", "column_name", "code"),
    (
        Field("table_name", "The table that uses the code", required=True),
        Field("column_name", "The column that holds it", required=True),
        Field("code", "The code", required=True),
        Field("position", "Its place in the list, from 1", Kind.INTEGER, required=True),
        Field("name", "What a reader sees", required=True),
        Field("definition", "What it means", required=True),
    ),
)

STATUSES = Table(
    "statuses",
    "What the status of an agreement on a day can be; agreement_status() gives exactly one",
    ("status",),
    (
        Field("status", "The code", required=True),
        Field("position", "Its place in lists, from 1", Kind.INTEGER, required=True),
        Field("name", "What a reader sees", required=True),
        Field("definition", "When an agreement has it", required=True),
        Field(
            "in_force",
            "Whether sources give a period and the day lies in it",
            Kind.BOOLEAN,
            required=True,
        ),
    ),
)

COUNTRIES = Table(
    "countries",
    "Names of the countries in partners and list_mentions, from ISO 3166-1",
    ("country_code",),
    (
        Field("country_code", "ISO 3166-1 alpha-2 code", required=True),
        Field("name", "English short name", required=True),
        Field("translations", "The name in the languages of the sources, from Debian's iso-codes"),
    ),
)

REGIONS = Table(
    "regions",
    "The part of the world of each country in partners, as the United Nations list it (M49)",
    ("country_code",),
    (
        Field("country_code", "ISO 3166-1 alpha-2 code", required=True),
        Field("region", "M49 region; empty where M49 gives the country none"),
        Field("subregion", "M49 sub-region"),
        Field("intermediate_region", "M49 intermediate region, where its sub-region has some"),
    ),
)

LANGUAGES = Table(
    "languages",
    "Names of the languages of sources, labels and names, from ISO 639",
    ("language",),
    (
        Field("language", "ISO 639 code", required=True),
        Field("name", "English name", required=True),
    ),
)

REGISTER = Table(
    "register",
    "One row: which state of the register this database holds",
    ("version",),
    (
        Field(
            "version",
            "Hash of the register's content, the same wherever it is built",
            required=True,
        ),
    ),
)

DERIVED_TABLES = (CODES, STATUSES, COUNTRIES, REGIONS, LANGUAGES, REGISTER)
