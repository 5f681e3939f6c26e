"""The day it is for the register."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    """Today in Moscow."""
    return datetime.now(ZoneInfo("Europe/Moscow")).date()
