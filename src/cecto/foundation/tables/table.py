"""What a table is: a title, columns that know their kind, rows of plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from cecto.foundation.ui import words
from cecto.foundation.ui.statuses import sign_of


class Kind(StrEnum):
    """What the values of a column are."""

    TEXT = "text"
    NUMBER = "number"
    HOURS = "hours"  # int minutes, shown as hours
    PERCENT = "percent"  # int from 0 to 100
    DATE = "date"
    INSTANT = "instant"  # aware datetime, shown in the program's zone
    CODE = "code"  # text that is kept on one line
    STATUS = "status"  # a word of ui.statuses


NUMERIC = frozenset({Kind.NUMBER, Kind.HOURS, Kind.PERCENT})
DATED = frozenset({Kind.DATE, Kind.INSTANT})
UNBROKEN = DATED | {Kind.CODE}
EMPTY = "\N{EM DASH}"


@dataclass(frozen=True)
class Link:
    """A value that leads to a page; downloads hold its text."""

    text: str
    href: str


Value = str | int | date | datetime | Link | None


@dataclass(frozen=True)
class Column:
    """One column: its heading and what its values are."""

    label: str
    kind: Kind = Kind.TEXT

    @property
    def css(self) -> str:
        """The class that sets its cells: numbers to the right, dates and codes unbroken."""
        if self.kind in NUMERIC:
            return "app-col--number"
        return "app-col--when" if self.kind in UNBROKEN else "app-col--text"


@dataclass(frozen=True)
class Cell:
    """One value in its column, as the page shows it."""

    column: Column
    value: Value

    @cached_property
    def text(self) -> str:
        """The words of the cell; a dash for nothing. Raises TypeError when the value is not of its column's kind."""
        return shown(self.value, self.column.kind)

    @property
    def href(self) -> str:
        """Where it leads, or nothing."""
        return self.value.href if isinstance(self.value, Link) else ""

    @property
    def status(self) -> str:
        """Its status word, when it is one."""
        return str(self.value) if self.column.kind is Kind.STATUS and self.value else ""


@dataclass(frozen=True)
class Table:
    """A table to show and to download. The first column names its row. `foot` is one more row: totals."""

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    foot: Sequence[Value] = ()
    note: str = ""

    def __post_init__(self) -> None:
        for row in [*self.rows, *([self.foot] if self.foot else [])]:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: {len(row)} values for {len(self.columns)} columns: {row!r}")

    @property
    def cells(self) -> list[list[Cell]]:
        """The rows as cells."""
        return [self._cells(row) for row in self.rows]

    @property
    def foot_cells(self) -> list[Cell]:
        """The totals as cells; empty without totals."""
        return self._cells(self.foot) if self.foot else []

    def _cells(self, row: Sequence[Value]) -> list[Cell]:
        return [Cell(column, value) for column, value in zip(self.columns, row, strict=True)]


def shown(value: Value, kind: Kind) -> str:
    """A value in words, as pages say it: a dash for None."""
    if value is None:
        return EMPTY
    if isinstance(value, Link | str):
        return _said(value, kind)
    if isinstance(value, date):
        return words.instant(value) if isinstance(value, datetime) else words.day(value)
    return {Kind.HOURS: words.hours, Kind.PERCENT: "{}%".format}.get(kind, "{:,}".format)(value)


def _said(value: Link | str, kind: Kind) -> str:
    text = value.text if isinstance(value, Link) else value
    return str(sign_of(text).label) if kind is Kind.STATUS and text else text
