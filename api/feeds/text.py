"""Text that fits into a feed, whatever the register or an address holds."""

import re
from uuid import UUID, uuid5

from api.question import Question
from api.settings import FEEDS
from register import summaries, words
from register.queries.register import options

_UNFIT = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2) or a text of RFC 5545 (section 3.1) cannot hold."""

_OURS = UUID("2397d630-a74f-4db4-a230-d3999eba0a91")


def fit(text: str) -> str:
    """The text with a mark in place of each sign that a feed cannot hold."""
    return _UNFIT.sub("\ufffd", text.replace("\r\n", "\n"))


def lasting_id(*parts: str) -> str:
    """The id of a thing, the same on every server and for ever (RFC 9562, version 5)."""
    return uuid5(_OURS, "/".join(parts)).urn


def title(name: str, question: Question) -> str:
    """``Moscow's city partnerships: what happened: China or Türkiye; Transport``."""
    chosen = summaries.chosen(question.filters, question.version.ask(options))
    about = words.lower_first(FEEDS[name][1])
    return ": ".join(part for part in ("Moscow's city partnerships", about, chosen) if part)
