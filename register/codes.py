"""The controlled lists: codes, with what a reader sees and what they mean."""

from register.declaration import Code

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

OUTCOMES = {
    "found": Code("Found", "A page tells of a document, or of the tie as existing"),
    "not_found": Code("Not found", "No page that tells of a document was found"),
}

PROLONGING = ("extended", "renewed")
"""The events that give an agreement a new end where a source states one."""

STATUS_ROWS = (
    ("active", 1, "Active", "Its period has begun and ends after the horizon", True),
    ("expiring", 2, "Expiring", "Its period has begun and ends within the horizon", True),
    ("upcoming", 3, "Upcoming", "Signed, but the period begins later", False),
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
    ("terminated", 8, "Terminated", "Ended by an event before its period ran out", False),
    ("expired", 9, "Expired", "The period has run out", False),
    ("future", 10, "Not yet known", "Neither signed nor announced by the day", False),
)
"""Of the statuses: code, place in lists, name, definition, whether the day lies in a window."""

STATUSES_IN_FORCE = tuple(str(status) for status, *_, in_force in STATUS_ROWS if in_force)
"""Those whose day lies in a window."""
