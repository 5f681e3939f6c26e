"""How a synthetic register is made up. The defaults are those of the real one in November 2026."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proportions:
    """Shares are of agreements unless the comment says otherwise; means are of a record."""

    partners: int | None = None
    """How many; None: as many as the real one would have, fewer for each agreement as it grows."""

    skew: float = 0.9
    """Exponent of the agreements by partner: 0 gives each as many, 1 a few nearly all."""

    largest: float = 0.0
    """The share of all agreements that one partner has, before the others share the rest."""

    countries: int | None = None
    """In how many countries the partners are at most; None: in all that there are."""

    districts: float = 0.07  # of partners
    regions: float = 0.15  # of partners
    names: float = 1.9  # mean of a partner's names in other languages
    mentions: float = 1.3  # mean of a partner's mentions in other lists

    sources: float = 2.2  # mean of the sources that state something of a record
    shared: float = 0.25  # of these: a page that speaks of another record of the partner too
    undated_sources: float = 0.46  # of sources
    unaddressed_sources: float = 0.005  # of sources

    disagreement: float = 0.06  # of the second and later statements of one field
    vague: float = 0.15  # of the second and later statements of a date: less exact

    year: int | None = None
    """The year in which all are signed; None: from 1957 on, most of them of late."""

    unsigned: float = 0.27  # without a day of signing: reported, announced, or neither
    announced: float = 0.15  # only announced
    undated: float = 0.04  # without any date
    announced_before: float = 0.05  # announced and then signed
    doubtful: float = 0.07  # of dates: with ? or ~
    months: float = 0.13  # of dates: the month is known, not the day
    years: float = 0.2  # of dates: the year alone

    periods: float = 0.26
    exact_periods: float = 0.05  # of periods: with days
    open_begins: float = 0.03  # of periods
    terms: float = 0.035
    follows: float = 0.2  # of those whose partner has an earlier one
    implements: float = 0.08  # of those whose partner has an earlier one
    multilateral: float = 0.08

    signatories: float = 0.37
    places: float = 0.46
    areas: float = 0.58
    labels: float = 4.5  # mean of the labels that one source gives to an agreement with areas
    more_areas: int = 0
    """So many areas are made up beside those of the real register."""

    noted: float = 0.97

    title_letters: int = 0
    """So many letters a title has at least."""

    right_to_left: float = 0.0  # of titles: written in the Persian script

    events: float = 1.0
    """A factor for the shares of all events but announcements."""

    suspended: float = 0.035
    resumed: float = 0.3  # of the suspended
    terminated: float = 0.02
    prolonged: float = 0.1  # of those with an end
    replaced: float = 0.005
    broken_partnerships: float = 0.06  # of partners: an event without an agreement

    withdrawn: float = 0.002

    def partners_of(self, agreements: int) -> int:
        """How many partners a register of so many agreements has: 144 for the real one's 334."""
        wanted = self.partners or round(2.2 * agreements**0.72)
        return max(1, min(wanted, agreements))
