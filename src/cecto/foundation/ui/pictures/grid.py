"""The class as one grid: people down, requirements across, each cell a status by color, sign and word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property

from cecto.foundation.ui.statuses import Sign, sign_of

DONE = frozenset({"met", "waived", "not-applicable"})


@dataclass(frozen=True)
class GridColumn:
    """One requirement. `short` is what its heading says (up to about 25 letters), `title` the whole of it."""

    title: str
    short: str = ""
    href: str = ""


@dataclass(frozen=True)
class GridCell:
    """One person at one requirement: a status word, a short text ("12.5 h"; the status when empty), a sentence.

    `href` leads to what is behind it.
    """

    status: str
    text: str = ""
    sentence: str = ""
    href: str = ""

    @property
    def sign(self) -> Sign:
        """How the status is shown."""
        return sign_of(self.status)


@dataclass(frozen=True)
class GridRow:
    """One person. `note` is a small line under the name: a district, say."""

    name: str
    cells: Sequence[GridCell]
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Grid:
    """The whole grid. Raises ValueError when a row has not one cell per column."""

    title: str
    description: str
    columns: Sequence[GridColumn]
    rows: Sequence[GridRow]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{row.name}: {len(row.cells)} cells for {len(self.columns)} requirements")

    @cached_property
    def done(self) -> list[int]:
        """How many people are done with each requirement: met, waived or not applicable."""
        return [sum(row.cells[at].status in DONE for row in self.rows) for at in range(len(self.columns))]

    @cached_property
    def statuses(self) -> list[str]:
        """The status words that occur, in order of first use, for the legend."""
        return list(dict.fromkeys(cell.status for row in self.rows for cell in row.cells))
