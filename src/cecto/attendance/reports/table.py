"""A headed table inside a sheet: finding columns by what they are called and building rows from cells."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from cecto.attendance.reports.shapes import LONGEST_NAME, Sheet
from cecto.attendance.reports.times import TimeReader, Unreadable, seconds_of
from cecto.foundation.sheets import Problems
from cecto.foundation.sheets.lines import Line

_BRACKETED = re.compile(r"^(?P<shown>.*\S)\s*\((?P<original>[^()]+)\)$")


def heading(text: str) -> str:
    """A column heading in comparable form: lower case, single blanks, no trailing mark or colon."""
    return " ".join(text.casefold().replace("_", " ").split()).rstrip(":*. ")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below one header row; `columns` tells where each wanted field stands."""

    header: Line
    body: tuple[Line, ...]
    columns: Mapping[str, int]

    def cell(self, line: Line, field: str) -> str:
        """The cell of a field, or nothing when the file or the row has no such cell."""
        place = self.columns.get(field, -1)
        return line.cells[place] if 0 <= place < len(line.cells) else ""

    def title(self, field: str) -> str:
        """The heading of a field as the file writes it."""
        return self.header.cells[self.columns[field]] if field in self.columns else field

    def rows(self) -> Iterator[Line]:
        """The rows that hold something."""
        return (line for line in self.body if not line.blank)


def find_columns(cells: tuple[str, ...], synonyms: Mapping[str, tuple[str, ...]], *, after: int = 0) -> dict[str, int]:
    """Where each field stands in a header row, looking from column `after` on; the first column of a name wins."""
    headings = [heading(cell) for cell in cells]
    found: dict[str, int] = {}
    for field, names in synonyms.items():
        places = [p for p, text in enumerate(headings) if p >= after and text in names]
        if places:
            found[field] = places[0]
    return found


def below(
    sheet: Sheet, header: Line, columns: Mapping[str, int], *, end: Callable[[Line], bool] | None = None
) -> Table:
    """The table under a header row, to the end of the sheet or up to the first row for which `end` holds."""
    body: list[Line] = []
    for line in sheet.lines:
        if line.number <= header.number:
            continue
        if end and end(line):
            break
        body.append(line)
    return Table(header, tuple(body), columns)


def split_original(raw: str) -> tuple[str, str]:
    """The name shown and the original name that Zoom adds in brackets after a rename."""
    found = _BRACKETED.match(raw)
    return (found["shown"], found["original"].strip()) if found else (raw, "")


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads one row of a table; what cannot be read is noted as a problem and read as nothing."""

    table: Table
    line: Line
    times: TimeReader
    problems: Problems

    def text(self, field: str) -> str:
        """The cell as it is."""
        return self.table.cell(self.line, field)

    def name(self, field: str = "name") -> str:
        """The name; a problem when it is longer than any name is."""
        text = self.text(field)
        if len(text) > LONGEST_NAME:
            self._note(
                field,
                f"The name has {len(text)} characters; at most {LONGEST_NAME} are read.",
                "Look for a missing separator or quotation mark in this row, and shorten the name.",
            )
            return ""
        return text

    def instant(self, field: str) -> datetime | None:
        """The instant in UTC, or None for an empty cell."""
        text = self.text(field)
        try:
            return self.times.instant(text) if text else None
        except Unreadable as error:
            self._note(field, str(error), "Write it like 01/19/2016 09:00 AM, or leave it empty.")
            return None

    def seconds(self, field: str) -> int | None:
        """The length in seconds, or None for an empty cell."""
        text = self.text(field)
        try:
            return seconds_of(text) if text else None
        except Unreadable as error:
            self._note(field, str(error), "Write whole minutes, or 1h 5m.")
            return None

    def refuse(self, field: str, message: str, fix: str) -> None:
        """Note a problem with this row."""
        self._note(field, message, fix)

    def _note(self, field: str, message: str, fix: str) -> None:
        self.problems.say(self.line.number, self.table.title(field), message, fix)
