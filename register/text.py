"""One idea of equal text: the signs that a cell may hold, and what search takes for the same.

Both rest on the properties of the Unicode Character Database, https://www.unicode.org/reports/tr44/.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex


class Flaw(NamedTuple):
    """A breach of the rules of text, worded as in ``Problem``."""

    rule: str
    mend: str


# --- what a cell may hold -------------------------------------------------------------------

# Persian parts a word with a non-joiner, Indic scripts shape a cluster with either joiner: they
# are let in where RFC 5892, appendix A, lets them in.
_JOINER = (
    r"(?<=\p{ccc=9})[\u200C\u200D]"
    r"|(?<=[\p{jt=L}\p{jt=D}]\p{jt=T}*)\u200C(?=\p{jt=T}*[\p{jt=R}\p{jt=D}])"
)
_UNSEEN = r"[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]"  # U+2800 is an empty cell of Braille.
_REFUSED = {
    "a control sign": (r"[\p{Cc}\p{Zl}\p{Zp}]", "remove line breaks, tabs and other control signs"),
    "a special space": (r"[\p{Zs}--\x20]", "write an ordinary space"),
    "the trace of a lost sign": (r"[\uFFFC\uFFFD]", "write the sign that was lost"),
    "an invisible sign": (_UNSEEN, "remove it"),
    "a sign without a meaning": (r"[\p{Co}\p{Cn}\p{Cs}]", "write the sign that is meant"),
}
_SIGNS = regex.compile(
    "|".join([_JOINER, *(f"({pattern})" for pattern, _ in _REFUSED.values())]), regex.V1
)

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_ALPHABETS = (
    *("Arabic", "Armenian", "Bengali", "Cyrillic", "Devanagari", "Ethiopic", "Georgian", "Greek"),
    *("Gujarati", "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Latin", "Malayalam"),
    *("Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thaana", "Thai", "Tibetan"),
)
_EAST_ASIAN = ("Bopomofo", "Han", "Hangul", "Hiragana", "Katakana")


def _letters_of(*scripts: str) -> str:
    return "".join(rf"\p{{Script_Extensions={script}}}" for script in scripts)


# The letters that may stand together in a word: those of one script in use today (UAX 31, table
# 5) or of the rest, and Latin ones beside East Asian ones ("highly restrictive" in UTS 39, 5.2).
_LETTERS_TOGETHER = tuple(
    rf"[\p{{Script=Common}}\p{{Script=Inherited}}{letters}]"
    for letters in (
        *map(_letters_of, _ALPHABETS),
        _letters_of("Latin", *_EAST_ASIAN),
        f"[^{_letters_of(*_ALPHABETS, *_EAST_ASIAN)}]",
    )
)
_WRITINGS = tuple(regex.compile(letters, regex.V1) for letters in _LETTERS_TOGETHER)
_OF_ONE_WRITING = regex.compile("|".join(f"{letters}*+" for letters in _LETTERS_TOGETHER), regex.V1)

# Letters in daily use, though Unicode also knows them as a sequence: Armenian, Thai, Lao, Korean,
# and the sign for a millionth.
_ORDINARY = regex.compile(r"[\u0587\u0E33\u0EB3\u0EDC\u0EDD\u3131-\u318E\u00B5]")


PLAIN = "([!-~]+ )*[!-~]*[0-9A-Za-z][!-~]*( [!-~]+)*"
"""A pattern of RE2; what fits it as a whole has a word and no flaw."""


def flaws(text: str) -> Iterator[Flaw]:
    """Every breach of the rules of text in a cell, each sign once, with its first place from 1."""
    inner = text.strip()
    if text != inner:
        yield Flaw("has spaces around it", "remove outer spaces")
    if "  " in inner:
        place = text.index("  ", text.index(inner)) + 1
        yield Flaw(f"has two spaces in place {place}", "write one")
    if text.isascii() and text.isprintable():
        return
    yield from _refused_signs(text)
    if not unicodedata.is_normalized("NFC", text):
        yield Flaw("is not in Unicode form NFC", "type it anew or normalise it")
    yield from _forms_of_letters(text)
    yield from _mixed_words(text)


def _refused_signs(text: str) -> Iterator[Flaw]:
    kinds = list(_REFUSED.items())
    told = set()
    for match in _SIGNS.finditer(text):
        if match.lastindex is not None and match[0] not in told:
            told.add(match[0])
            kind, (_, mend) = kinds[match.lastindex - 1]
            yield Flaw(f"has {kind}: {_named(match[0], match.start())}", mend)


def _forms_of_letters(text: str) -> Iterator[Flaw]:
    for sign in dict.fromkeys(text):
        if not sign.isascii() and (letters := _plain(sign)) is not None:
            named = _named(sign, text.index(sign))
            yield Flaw(f"has another form of {letters!r}: {named}", f"write {letters!r}")


@cache
def _plain(sign: str) -> str | None:
    """The letters or digits of which the sign is only another form: full-width, bold, ligature."""
    letters = unicodedata.normalize("NFKC", sign)
    tag = unicodedata.decomposition(sign).partition(" ")[0]
    if letters == sign or tag in {"<super>", "<sub>", ""} or _ORDINARY.match(sign):
        return None
    is_letter = regex.match(r"[\p{L}\p{Nd}\p{Nl}]", sign) or regex.fullmatch(r"\p{L}", letters)
    return letters if is_letter else None


def _mixed_words(text: str) -> Iterator[Flaw]:
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            continue
        if strangers := _strangers(word):
            named = _named(strangers[0], text.index(strangers[0], match.start()))
            rule = f"has letters of several scripts in the word {word!r}: {named}"
            yield Flaw(rule, "write each word in one script")


@lru_cache(2**16)
def _strangers(word: str) -> str:
    """The letters of the word that are not of the script of the others."""
    if _OF_ONE_WRITING.fullmatch(word):
        return ""
    return min((writing.sub("", word) for writing in _WRITINGS), key=len)


def _named(sign: str, index: int) -> str:
    code = f"U+{ord(sign):04X}"
    name = unicodedata.name(sign, "")
    return f"{name} ({code}) in place {index + 1}" if name else f"{code} in place {index + 1}"


# --- what search takes for the same ---------------------------------------------------------

_APOSTROPHES = frozenset("'`\u00b4\u2018\u2019\u201a\u201b\u2032\u2035\u05f3\u055a\ua78b\ua78c") | {
    # Those that Unicode counts as letters: of Hawaiian, Ukrainian, transliterated Arabic.
    chr(code)
    for code in (*range(0x2B9, 0x2C0), 0x2C8, 0x2CA, 0x2CB, 0x2EE)
}

# What neither case nor accent tells apart: letters without a dot or joined into one, and the
# variants of Arabic letters that Persian and Urdu write, as Lucene's normalizers for Arabic and
# Persian have them.
_LETTERS = {
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{LATIN SMALL LETTER DOTLESS J}": "j",
    "\N{LATIN SMALL LETTER AE}": "ae",
    "\N{LATIN SMALL LIGATURE OE}": "oe",
    "\N{LATIN SMALL LETTER ETH}": "d",
    "\N{LATIN SMALL LETTER THORN}": "th",
    "\N{ARABIC TATWEEL}": "",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC LETTER KEHEH}": "\N{ARABIC LETTER KAF}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER FARSI YEH}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER YEH BARREE}": "\N{ARABIC LETTER YEH}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH GOAL}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER AE}": "\N{ARABIC LETTER HEH}",
}

_DROPPED = regex.compile(rf"[{_UNSEEN}[\p{{Cc}}--\s]\p{{Co}}\p{{Cn}}\p{{Cs}}\p{{Me}}]", regex.V1)
_SIGNS_BETWEEN = re.compile(r"-{2,}")
_PARTING_SIGN = re.compile(r"(?<![0-9])-|-(?![0-9])")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]")
_KEPT = regex.compile(r"[\p{L}\p{M}\p{N}]")


class _Folded(dict[int, str]):
    """What search makes of each sign by itself, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        form = chr(code)
        for _ in range(2):  # Letters of a compound sign have a case of their own.
            form = form if form in _APOSTROPHES else unicodedata.normalize("NFKD", form.casefold())
        self[code] = "".join(map(_folded_part, form))
        return self[code]


_FOLDED = _Folded()


def _folded_part(sign: str) -> str:
    if sign in _APOSTROPHES or unicodedata.combining(sign) or _DROPPED.match(sign):
        return ""
    if sign.isspace():
        return " "
    if not _KEPT.match(sign):
        return "-"
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    letter = _without_addition(sign)
    return _LETTERS.get(sign, sign) if letter == sign else _FOLDED[ord(letter)]


def _without_addition(letter: str) -> str:
    """ł is named LATIN SMALL LETTER L WITH STROKE, but Unicode does not take it apart."""
    name, _, addition = unicodedata.name(letter, "").partition(" WITH ")
    try:
        return unicodedata.lookup(name) if addition else letter
    except KeyError:
        return letter


def fold(text: str) -> str:
    """The text as search compares it: texts that differ only in how they are written are one.

    Case in every script, accents, forms of a letter, apostrophes and invisible signs do not
    count; any other sign parts words as a space does, but between two digits it is a hyphen, so
    that a period or a date stays one word.
    """
    signs = _SIGNS_BETWEEN.sub("-", text.translate(_FOLDED))
    words = _PARTING_SIGN.sub(" ", signs)
    return unicodedata.normalize("NFC", " ".join(words.split()))


def has_word(text: str) -> bool:
    """Whether the text has a letter or digit by which it can be found."""
    return _ASCII_WORD.search(text) is not None or bool(fold(text))


def is_visible(text: str) -> bool:
    """Whether anything can be seen of the text."""
    return any(not (sign.isspace() or _DROPPED.match(sign)) for sign in text)


def fold_words(text: str) -> list[str]:
    """The words of a search, all of which must fit."""
    return fold(text).split()
