"""Minutes as hours and units, in the one place where they are rounded: to hundredths, never up.

Papers and spreadsheets tell hundredths; pages tell hours and minutes unrounded (`foundation/ui/words.py`).
"""

from __future__ import annotations

MINUTES_PER_HOUR = 60
HOURS_PER_UNIT = 10


def hundredths_of_hours(minutes: int) -> int:
    """Minutes as hundredths of an hour, toward zero."""
    whole = abs(minutes) * 100 // MINUTES_PER_HOUR
    return -whole if minutes < 0 else whole


def hundredths_of_units(minutes: int) -> int:
    """Minutes as hundredths of a unit of ten contact hours (CEU, renewal unit), toward zero."""
    whole = abs(minutes) * 100 // (MINUTES_PER_HOUR * HOURS_PER_UNIT)
    return -whole if minutes < 0 else whole
