"""The tables of the register, declared once.

A field's declaration makes its validation (``validate``), its SQL type and comment (``load``)
and so the data dictionary. The rules are those of ``docs/register.md``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a cell may hold."""

    SLUG = "slug"
    TEXT = "text"
    CODE = "code"
    EDTF = "edtf"
    DAY = "day"
    DURATION = "duration"
    URL = "url"
    COUNTRY = "country"
    LANGUAGE = "language"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    INTEGER = "integer"
    COFOG = "cofog"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Code:
    """A value of a controlled list, with what a reader sees and what it means."""

    name: str
    definition: str


@dataclass(frozen=True)
class Field:
    """A column.

    ``references`` names the table whose key it holds; with ``stated`` a chosen value needs a
    statement of a source. A column that was ``added`` later may be missing from a file.
    """

    name: str
    comment: str
    kind: Kind = Kind.TEXT
    required: bool = False
    references: str | None = None
    codes: Mapping[str, Code] | None = None
    stated: bool = False
    added: bool = False


@dataclass(frozen=True)
class Table:
    """A table, one CSV file; ``key`` are the columns that make a row unique.

    A table that was ``added`` later may have no file: it is without rows.
    """

    name: str
    comment: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    added: bool = False

    @property
    def file(self) -> str:
        """The file's name in the register's folder."""
        return f"{self.name}.csv"

    @property
    def columns(self) -> tuple[str, ...]:
        """The header row."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError if there is none."""
        return next(field for field in self if field.name == name)

    def __iter__(self) -> Iterator[Field]:
        return iter(self.fields)


INSTRUMENTS = {
    "twinning": Code("Twinning", "A sister-city, partner-city or friendship tie"),
    "agreement": Code("Agreement", "An agreement or treaty on cooperation"),
    "programme": Code("Programme", "A programme or plan of cooperation for named years"),
    "protocol": Code("Protocol", "A protocol, mostly of intentions or cooperation"),
    "memorandum": Code("Memorandum", "A memorandum of understanding or cooperation"),
    "roadmap": Code("Roadmap", "A roadmap or plan of measures"),
    "joint_statement": Code("Joint statement", "A statement made together"),
    "declaration": Code("Declaration", "A declaration"),
    "letter_of_intent": Code("Letter of intent", "A letter of intent"),
    "contract": Code("Contract", "A contract between the administrations"),
    "other": Code("Other", "Another document, named in the title"),
}

MOSCOW_PARTIES = {
    "moscow_government": Code("Moscow Government", "The city, its mayor or its government"),
    "city_duma": Code("Moscow City Duma", "The city's parliament"),
    "administrative_okrug": Code("Administrative okrug", "A prefecture or district of Moscow"),
    "department": Code("Department", "A department of the city government in its own name"),
    "other": Code("Other", "Another body of the city"),
}

PARTNER_KINDS = {
    "city": Code("City", "A city"),
    "region": Code("Region", "A region, province or state"),
    "district": Code("District", "A district of a city"),
}

EVENTS = {
    "announced": Code("Announced", "Reported as planned"),
    "signed": Code("Signed", "A tie was signed of which no document is known"),
    "extended": Code("Extended", "Its period was made longer"),
    "renewed": Code("Renewed", "It was confirmed anew"),
    "suspended": Code("Suspended", "It was put on hold"),
    "resumed": Code("Resumed", "A suspension was lifted"),
    "terminated": Code("Terminated", "It was ended"),
    "replaced": Code("Replaced", "Another agreement took its place"),
}

ACTORS = {
    "moscow": Code("Moscow", "The Moscow side"),
    "partner": Code("Partner", "The partner's side"),
    "both": Code("Both", "Both sides together"),
}

SOURCE_KINDS = {
    "official": Code("Official", "A city hall, government, parliament or other state body"),
    "legal_text": Code(
        "Legal text", "The text of an agreement or law, or a database of such texts"
    ),
    "news_agency": Code("News agency", "A news agency"),
    "news": Code("News", "A newspaper, broadcaster or news site"),
    "reference": Code("Reference", "An encyclopedia, list, portal or study"),
}

PARTNERS = Table(
    "partners",
    "Cities, regions and city districts abroad with which Moscow has, had or planned an agreement",
    ("partner_id",),
    (
        Field("partner_id", "Lower-case slug that never changes", Kind.SLUG, required=True),
        Field("name", "English name", required=True),
        Field("name_native", "Name in the partner's own language and script"),
        Field("kind", "City, region or district", Kind.CODE, required=True, codes=PARTNER_KINDS),
        Field("country_code", "ISO 3166-1 alpha-2 code", Kind.COUNTRY, required=True),
        Field("within", "The city that a district belongs to", Kind.SLUG, references="partners"),
        Field("latitude", "Degrees north, WGS 84", Kind.LATITUDE),
        Field("longitude", "Degrees east, WGS 84", Kind.LONGITUDE),
        Field("geonames_id", "GeoNames id", Kind.INTEGER),
    ),
)

PARTNER_NAMES = Table(
    "partner_names",
    "Names of partners in other languages and scripts, and former names, for search",
    ("partner_id", "name", "language"),
    (
        Field("partner_id", "The partner", Kind.SLUG, required=True, references="partners"),
        Field("name", "A name that it has or had", required=True),
        Field("language", "ISO 639 code of the name's language", Kind.LANGUAGE, required=True),
    ),
)

AGREEMENTS = Table(
    "agreements",
    "Documents, signed or announced, between a Moscow party and a partner",
    ("agreement_id",),
    (
        Field("agreement_id", "Lower-case slug that never changes", Kind.SLUG, required=True),
        Field(
            "partner_id",
            "The partner",
            Kind.SLUG,
            required=True,
            references="partners",
            stated=True,
        ),
        Field("title", "English title, the register's own wording", required=True),
        Field(
            "instrument",
            "Type of the document",
            Kind.CODE,
            required=True,
            codes=INSTRUMENTS,
            stated=True,
        ),
        Field(
            "moscow_party",
            "Who signs for Moscow",
            Kind.CODE,
            required=True,
            codes=MOSCOW_PARTIES,
        ),
        Field("multilateral_id", "The same for all records of one multilateral text", Kind.SLUG),
        Field("signed_on", "Date of signing (EDTF)", Kind.EDTF, stated=True),
        Field("signed_in", "Place of signing", stated=True),
        Field(
            "reported_on",
            "First report that it is signed or exists, where the day of signing is unknown (EDTF)",
            Kind.EDTF,
            stated=True,
        ),
        Field("valid_from", "Begin of the stated period (EDTF)", Kind.EDTF, stated=True),
        Field("valid_to", "End of the stated period (EDTF)", Kind.EDTF, stated=True),
        Field(
            "term",
            "Length where sources give no end (ISO 8601 duration)",
            Kind.DURATION,
            stated=True,
        ),
        Field(
            "implements",
            "The framework agreement that it carries out",
            Kind.SLUG,
            references="agreements",
        ),
        Field("follows", "The previous one in the chain", Kind.SLUG, references="agreements"),
        Field("moscow_signatory", "Who signed for Moscow: name (office)", stated=True),
        Field("partner_signatory", "Who signed for the partner: name (office)", stated=True),
        Field("note", "What is doubtful, inferred or disputed"),
    ),
)

AREAS = Table(
    "areas",
    "The controlled list of areas of cooperation",
    ("area_id",),
    (
        Field("area_id", "Lower-case slug that never changes", Kind.SLUG, required=True),
        Field("name", "English name", required=True),
        Field("definition", "What belongs there", required=True),
        Field(
            "cofog", "UN classification of the functions of government", Kind.COFOG, required=True
        ),
    ),
)

SOURCES = Table(
    "sources",
    "Publications that state the register's facts",
    ("source_id",),
    (
        Field("source_id", "Lower-case slug that never changes", Kind.SLUG, required=True),
        Field("url", "Address; empty where only a text without address is on file", Kind.URL),
        Field("publisher", "Who published it", required=True),
        Field("origin", "The agency or outlet whose text it repeats; empty: its own text"),
        Field("published_on", "Date of publication (EDTF)", Kind.EDTF),
        Field("language", "ISO 639 code", Kind.LANGUAGE, required=True),
        Field("kind", "Kind of source", Kind.CODE, required=True, codes=SOURCE_KINDS),
        Field("accessed_on", "When it was read (EDTF)", Kind.EDTF),
    ),
)

AGREEMENT_AREAS = Table(
    "agreement_areas",
    "Areas of an agreement, each with the wording of the source that names it",
    ("agreement_id", "area_id", "label", "source_id"),
    (
        Field("agreement_id", "The agreement", Kind.SLUG, required=True, references="agreements"),
        Field("area_id", "The area", Kind.SLUG, required=True, references="areas"),
        Field("label", "The source's own words", required=True),
        Field("language", "ISO 639 code of the label", Kind.LANGUAGE, required=True),
        Field(
            "source_id", "The source that names it", Kind.SLUG, required=True, references="sources"
        ),
    ),
)

EVENTS_TABLE = Table(
    "events",
    "What happened to an agreement or to a whole partnership",
    ("event_id",),
    (
        Field("event_id", "Lower-case slug that never changes", Kind.SLUG, required=True),
        Field("partner_id", "The partner", Kind.SLUG, required=True, references="partners"),
        Field(
            "agreement_id",
            "The agreement; empty: the whole partnership",
            Kind.SLUG,
            references="agreements",
        ),
        Field("event", "What happened", Kind.CODE, required=True, codes=EVENTS, stated=True),
        Field("date", "When (EDTF)", Kind.EDTF, stated=True),
        Field(
            "valid_to",
            "The new end that a source states for what was extended or renewed (EDTF)",
            Kind.EDTF,
            stated=True,
            added=True,
        ),
        Field("actor", "Which side acted", Kind.CODE, codes=ACTORS, stated=True),
        Field("note", "What is doubtful, inferred or disputed"),
    ),
)

STATEMENTS = Table(
    "statements",
    "One source saying that one field of one record has one value",
    ("record_id", "field", "value", "source_id"),
    (
        Field("record_id", "An agreement_id or event_id", Kind.SLUG, required=True),
        Field("field", "A column of agreements or events", required=True),
        Field("value", "What the source says, in the field's own form", required=True),
        Field("source_id", "The source", Kind.SLUG, required=True, references="sources"),
    ),
)

WITHDRAWN = Table(
    "withdrawn",
    "Ids that were published and lead to no record any more, each with the reason",
    ("id",),
    (
        Field(
            "id", "The id that a partner, source, agreement or event had", Kind.SLUG, required=True
        ),
        Field("withdrawn_on", "The day on which it was withdrawn", Kind.DAY, required=True),
        Field("reason", "Why, for whoever follows an old address", required=True),
        Field("replaced_by", "The id of the record that stands in its place", Kind.SLUG),
    ),
    added=True,
)

IDENTIFIED = (PARTNERS, SOURCES, AGREEMENTS, EVENTS_TABLE)
"""The tables whose ids readers keep: one that was published is there or ``WITHDRAWN`` says why."""

TABLES = (
    AREAS,
    PARTNERS,
    PARTNER_NAMES,
    SOURCES,
    AGREEMENTS,
    AGREEMENT_AREAS,
    EVENTS_TABLE,
    STATEMENTS,
    WITHDRAWN,
)

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
            "Whether sources give a window and the day lies in it",
            Kind.BOOLEAN,
            required=True,
        ),
    ),
)

COUNTRIES = Table(
    "countries",
    "Names of the countries in partners, from ISO 3166-1",
    ("country_code",),
    (
        Field("country_code", "ISO 3166-1 alpha-2 code", required=True),
        Field("name", "English short name", required=True),
        Field("translations", "The name in the languages of the sources, from Debian's iso-codes"),
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

DERIVED_TABLES = (CODES, STATUSES, COUNTRIES, LANGUAGES, REGISTER)

STATUS_ROWS = (
    ("active", 1, "Active", "Its window is open and ends after the horizon", True),
    ("expiring", 2, "Expiring", "Its window is open and ends within the horizon", True),
    ("upcoming", 3, "Upcoming", "Signed, but the window begins later", False),
    (
        "no_end_stated",
        4,
        "No end stated",
        "Signed, and no source gives an end; this does not say that it is in force",
        False,
    ),
    ("suspended", 5, "Suspended", "Put on hold, and not resumed by the day", False),
    ("announced", 6, "Announced", "Reported as planned; no signing known by the day", False),
    ("undated", 7, "Undated", "Signed, but no source gives a date that places it", False),
    ("terminated", 8, "Terminated", "Ended by an event before its window ran out", False),
    ("expired", 9, "Expired", "The window has run out", False),
    ("future", 10, "Not yet known", "Neither signed nor announced by the day", False),
)

PROLONGING = ("extended", "renewed")
"""The events that give an agreement a new end where a source states one."""

# How the register files a record: on all other fields a source can make a statement.
UNSTATEABLE = {"agreement_id", "event_id", "title", "multilateral_id", "note"}

DATED = {
    field.name for table in (AGREEMENTS, EVENTS_TABLE) for field in table if field.kind is Kind.EDTF
}
"""The fields whose statements are dates."""
