"""Writing CSV as spreadsheets do."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def csv_text(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A heading and its rows as CSV, lines ending as in RFC 4180."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue()
