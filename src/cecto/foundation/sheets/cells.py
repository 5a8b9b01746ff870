"""Reading one row cell by cell: what cannot be read becomes a problem with its place, and reading goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from cecto.foundation.sheets.problems import Problems
from cecto.foundation.sheets.table import Row

T = TypeVar("T")


class Unreadable(Exception):
    """A cell that says nothing we can read: what is wrong, and what to write instead."""

    def __init__(self, message: str, fix: str) -> None:
        self.message, self.fix = message, fix
        super().__init__(f"{message} {fix}")


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one row, and where its problems go."""

    row: Row
    problems: Problems

    def __getitem__(self, field: str) -> str:
        return self.row[field]

    def read(self, field: str, reader: Callable[[str], T], *, required: str = "") -> T | None:
        """What the reader makes of a cell; None when it is empty or cannot be read (then a problem is noted).

        `required` says what to write; an empty cell is then a problem too.
        """
        text = self.row[field]
        if not text:
            if required:
                self.say(field, "The cell is empty.", required)
            return None
        try:
            return reader(text)
        except Unreadable as error:
            self.say(field, error.message, error.fix)
            return None

    def say(self, field: str, message: str, fix: str = "") -> None:
        """Note a problem with a cell."""
        self.problems.say(self.row.number, field, message, fix)
