"""How to cite a record of the register, or a source itself: in words, BibLaTeX and RIS.

A date that a citation cannot hold as doubtful as its source has it stands in a note.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from register import edtf, words
from register.frames import Row
from register.markup import address
from register.words import day_in_words

REGISTER = "The Moscow Partnerships Register"
CONTRIBUTORS = f"{REGISTER} contributors"


@dataclass(frozen=True)
class Citation:
    """The parts of a citation; ``""`` and None for what is not known.

    Attributes:
        published: the day of publication (EDTF).
        accessed: the day on which it was read, or as of which it is (EDTF).
    """

    key: str
    title: str
    publisher: str
    url: str
    author: str = ""
    version: str = ""
    published: str | None = None
    accessed: str | None = None
    language: str = ""
    note: str = ""

    @property
    def dated(self) -> str | None:
        """The day of publication, unless it is doubtful."""
        return (
            self.published if self.published and not edtf.parse(self.published).qualifier else None
        )

    @property
    def notes(self) -> str:
        """The note, with the day of publication where that is doubtful."""
        doubtful = self.published and not self.dated
        published = f"Published {edtf.in_words(self.published)}" if doubtful else ""  # type: ignore[arg-type]
        return ". ".join(filter(None, [published, self.note]))


def agreement_title(agreement: Row, disputed: Collection[str]) -> str:
    """``Istanbul: Cooperation protocol 2024-2027, signed September 2024``.

    Args:
        disputed: the fields on which sources disagree, so that a chosen date says so.
    """
    return f"{agreement['partner']}: {agreement['title']}, {words.dated(agreement, disputed)}"


def of_record(record_id: str, title: str, version: str, url: str, as_of: date) -> Citation:
    """The citation of an agreement's or a partner's record.

    Args:
        url: its permanent address.
    """
    return Citation(
        record_id,
        title,
        REGISTER,
        url,
        author=CONTRIBUTORS,
        version=version,
        accessed=as_of.isoformat(),
        language="English",
        note=f"As of {day_in_words(as_of)}. CC BY 4.0",
    )


def of_source(source: Row) -> Citation:
    """The citation of a publication that the register rests on; it has no titles on record."""
    after = f", after {source['origin']}" if source["origin"] else ""
    return Citation(
        source["source_id"],
        f"{source['publisher']}{after}",
        source["publisher"],
        address(source["url"]) or "",
        published=source["published_on"],
        accessed=source["accessed_on"],
        language=source["language_name"],
        note=f"Title not on record. Source {source['source_id']} of {REGISTER}",
    )


def in_words(cited: Citation) -> str:
    """The citation as a text, without the day on which it was read."""
    if cited.version:
        return f"{cited.title}. In: {cited.publisher}, version {cited.version}. {cited.url}"
    return (
        words.listed(cited.title, words.date_in_words(cited.published)) + f". {cited.url}".rstrip()
    )


# A brace stands for itself nowhere: BibTeX counts them, also behind a backslash.
_TEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
} | {sign: f"\\{sign}" for sign in "$&#_%"}


def to_bibtex(cited: Citation) -> str:
    """The citation as an entry of BibLaTeX, in UTF-8; BibTeX takes it for ``@misc``.

    The inner braces keep names whole and capitals as they are.
    """
    verbatim = {"url": cited.url, "date": cited.dated, "urldate": cited.accessed}
    fields = {
        "author": f"{{{_tex(cited.author)}}}" if cited.author else "",
        "title": f"{{{_tex(cited.title)}}}",
        "organization": f"{{{_tex(cited.publisher)}}}",
        "publisher": f"{{{_tex(cited.publisher)}}}",
        "version": _tex(cited.version),
        **verbatim,
        "language": _tex(cited.language),
        "note": _tex(cited.notes),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{cited.key},", *lines, "}", ""])


def _tex(text: str) -> str:
    return re.sub(r"[\\{}~^$&#_%]", lambda sign: _TEX[sign[0]], _line(text))


def to_ris(cited: Citation) -> str:
    """The citation in the RIS format, in UTF-8, each line ended as RIS has it."""
    parts = {
        "TY": "ELEC",
        "ID": cited.key,
        "AU": cited.author,
        "TI": cited.title,
        "PB": cited.publisher,
        "ET": cited.version and f"Version {cited.version}",
        "PY": (cited.dated or "")[:4],
        "DA": _ris_date(cited.dated),
        "Y2": _ris_date(cited.accessed),
        "LA": cited.language,
        "UR": cited.url,
        "N1": cited.notes,
    }
    lines = [f"{tag}  - {_line(text)}" for tag, text in parts.items() if text]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_date(text: str | None) -> str:
    """``2024-09`` as ``2024/09//``: year, month, day, what is not known left empty."""
    year, month, day, *_ = [*(text or "").split("-"), "", ""]
    return f"{year}/{month}/{day}/" if year else ""


def _line(text: str) -> str:
    return " ".join(text.split())
