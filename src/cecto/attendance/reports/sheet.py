"""The readings of a report's bytes, with the room that reports need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from cecto.attendance.reports.shapes import Sheet
from cecto.foundation.sheets.bounds import Limits
from cecto.foundation.sheets.lines import Line, readings

LARGEST_BYTES = 20_000_000
# Webex and others write ="2026-10-14 08:55:04", so that Excel leaves a cell as it is.
_LEFT_AS_IT_IS = re.compile(r'^="([^"]*)"$')
LIMITS = Limits(LARGEST_BYTES, rows=200_000, columns=2_000, cells=2_000_000)


def sheets(content: bytes, file: str) -> Iterator[Sheet]:
    """The readings of a file, one for each way its rows may be divided. Raises SheetRefused."""
    for lines in readings(content, file, LIMITS):
        yield Sheet(file, tuple(map(_bare, lines)))


def _bare(line: Line) -> Line:
    return replace(line, cells=tuple(_LEFT_AS_IT_IS.sub(r"\1", cell).strip() for cell in line.cells))
