"""The tables of the register, declared once. The rules are those of ``docs/register.md``."""

from register.codes import (
    ACTORS,
    EVENTS,
    INSTRUMENTS,
    MOSCOW_PARTIES,
    OUTCOMES,
    PARTNER_KINDS,
    SOURCE_KINDS,
)
from register.declaration import Field, Kind, Table

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

LIST_MENTIONS = Table(
    "list_mentions",
    "Partners that other lists name for Moscow, and whether a document was found",
    ("partner", "country_code", "list"),
    (
        Field("partner", "The name as listed, in English", required=True),
        Field("country_code", "ISO 3166-1 alpha-2 code", Kind.COUNTRY, required=True),
        Field(
            "partner_id",
            "The partner of the register; empty: it is not in the register",
            Kind.SLUG,
            references="partners",
        ),
        Field("list", "The encyclopaedia, dataset or page that names it", required=True),
        Field("address", "Where the list can be read", Kind.URL, required=True),
        Field("looked_for_until", "The day until which one looked", Kind.DAY, required=True),
        Field("outcome", "What was found", Kind.CODE, required=True, codes=OUTCOMES),
        Field("note", "What was found in the place of a document"),
    ),
    added=True,
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
    LIST_MENTIONS,
    WITHDRAWN,
)

# How the register files a record: on all other fields a source can make a statement.
UNSTATEABLE = {"agreement_id", "event_id", "title", "multilateral_id", "note"}

DATED = {
    field.name for table in (AGREEMENTS, EVENTS_TABLE) for field in table if field.kind is Kind.EDTF
}
"""The fields whose statements are dates."""
