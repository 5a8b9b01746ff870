"""The readings of a report's bytes, with the room that reports need."""

from __future__ import annotations

from collections.abc import Iterator

from cecto.attendance.reports.shapes import Sheet
from cecto.foundation.sheets.bounds import Limits
from cecto.foundation.sheets.lines import readings

LARGEST_BYTES = 20_000_000
LIMITS = Limits(LARGEST_BYTES, rows=200_000, columns=2_000, cells=2_000_000)


def sheets(content: bytes, file: str) -> Iterator[Sheet]:
    """The readings of a file, one for each way its rows may be divided. Raises SheetRefused."""
    for lines in readings(content, file, LIMITS):
        yield Sheet(file, tuple(lines))
