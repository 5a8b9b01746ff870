"""How much of a file is read, and the words for what is not."""

from __future__ import annotations

from dataclasses import dataclass

from cecto.foundation.sheets.problems import Problem, SheetRefused

LARGEST_BYTES = 10_000_000
SAVE_AS_CSV = "Open it in the program that made it, save it as CSV (UTF-8) or XLSX, and import that file."
PASTE_VALUES = "Copy the sheet, paste it as values only, save it and import that file."


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read at most. `cells` is rows times columns, as a table holds the blank ones too."""

    file_bytes: int = LARGEST_BYTES
    rows: int = 20_000
    columns: int = 200
    cells: int = 1_000_000


def refused(file: str, message: str, fix: str, *, row: int = 0, column: str = "") -> SheetRefused:
    """The refusal of a file for one reason."""
    return SheetRefused([Problem(file, row, column, message, fix)])
