"""What a sheet is once it is read, and how it is refused."""

from __future__ import annotations

from dataclasses import dataclass


class SheetRefused(Exception):
    """A file that cannot be read: where in it, why, and what to do. Row and column count as a spreadsheet does."""

    def __init__(self, file: str, message: str, fix: str, *, row: int = 0, column: str = "") -> None:
        self.file, self.row, self.column, self.message, self.fix = file, row, column, message, fix
        super().__init__(f"{self.where}: {message} {fix}")

    @property
    def where(self) -> str:
        """The file, with row and column when they are known."""
        row = f", row {self.row}" if self.row else ""
        return self.file + row + (f", column {self.column}" if self.column else "")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as a spreadsheet counts, and its cells with single blanks between words."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(self.cells)
