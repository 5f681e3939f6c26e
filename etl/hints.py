"""What was probably meant by a word that is not known."""

from collections.abc import Collection, Iterable

ALIKE = 75.0
"""From this likeness on (0 to 100, by the letters to insert and delete) a word is proposed."""

PROPOSALS = 50
"""For so many unknown words of one list: each is compared with the whole list."""


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word most like it, whatever the case, or None if none is like it."""
    from rapidfuzz import fuzz, process  # Where all words are known, nobody waits for it.

    best = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=ALIKE
    )
    return best[0] if best else None


def mend(proposal: str | None, otherwise: str) -> str:
    """The mend with the proposal, if there is one, before it."""
    return f"did you mean {proposal}? If not, {otherwise}" if proposal else otherwise


class Hints:
    """Proposals from one list of known words, at a cost that grows with the list only."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known
        self._found: dict[str, str | None] = {}

    def mend(self, word: str, otherwise: str) -> str:
        """The mend, with what was probably meant for the first ``PROPOSALS`` different words."""
        if word not in self._found and len(self._found) < PROPOSALS:
            self._found[word] = meant(word, self.known)
        return mend(self._found.get(word), otherwise)
