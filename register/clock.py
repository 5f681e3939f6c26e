"""The day it is for the register."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Europe/Moscow")


def today() -> date:
    """Today in Moscow."""
    return datetime.now(_ZONE).date()


def begin(day: date) -> datetime:
    """The moment at which the day begins in Moscow."""
    return datetime.combine(day, time(), _ZONE).astimezone(UTC)
