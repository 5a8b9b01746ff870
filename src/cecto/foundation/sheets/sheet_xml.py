"""The filled cells of one sheet, streamed in the order they must come in, and written anew."""

from __future__ import annotations

import io
import re
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from cecto.foundation.sheets.bounds import PASTE_VALUES, SAVE_AS_CSV, Limits, refused
from cecto.foundation.sheets.packed import COPY_THE_ROWS, Attributes, Damaged, Package, plain_name
from cecto.foundation.sheets.problems import SheetRefused

LARGEST_TEXT = 50_000_000
STRAYED = (
    "If something strayed into that cell, clear it and save the workbook again. "
    "Otherwise keep only the rows and columns that belong here."
)
_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_NUMBERS = ("n", "b", "e", "d")


class SheetReader:
    """Reads one sheet. `shared` are the texts that its cells name by number."""

    def __init__(self, file: str, title: str, shared: list[str], limits: Limits) -> None:
        self._file, self._title, self._shared, self._limits = file, title, shared, limits
        self._row = self._column = self._last_column = self._columns = self._length = 0
        self._place, self._unplaced = "", 0
        self._cell: Attributes = {}
        self._pieces: list[str] = []
        self._out = io.StringIO()

    def read(self, package: Package, part: str) -> str:
        """The sheet with its filled cells only. Raises SheetRefused, Damaged."""
        self._out.write("<worksheet><sheetData>")
        package.walk(part, self)
        self._out.write("</sheetData></worksheet>")
        return self._out.getvalue()

    def listen(self, parser: expat.XMLParserType) -> None:
        """Hear where elements begin. Their ends and texts are heard within a value only: most cells may be blank."""
        self._parser = parser
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: Attributes) -> None:
        name = plain_name(name)
        if name == "c":
            self._cell = attributes
            self._unplaced += 1
            if "r" in attributes:
                self._place, self._unplaced = attributes["r"], 0
        elif name == "row":
            self._begin_row(attributes.get("r", ""))
        elif name in ("v", "is"):
            self._pieces = []
            self._parser.CharacterDataHandler = self._pieces.append
            self._parser.EndElementHandler = self._end
        elif name == "rPh":
            self._parser.CharacterDataHandler = None
        elif name == "f":
            self._find_column()
            message = "The cell holds a formula; its value cannot be relied on."
            raise self._refused(message, PASTE_VALUES)

    def _end(self, name: str) -> None:
        name = plain_name(name)
        if name == "rPh":
            self._parser.CharacterDataHandler = self._pieces.append
        elif name in ("v", "is"):
            self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
            self._keep("".join(self._pieces))

    def _begin_row(self, number: str) -> None:
        row = int(number[:9]) if number else self._row + 1
        if row <= self._row:
            raise self._out_of_order(f"row {row}")
        self._row, self._last_column = row, 0
        self._place, self._unplaced = "", 0

    def _find_column(self) -> None:
        """Where the present cell is: its own place, or as many behind the last that has one. Only asked when filled."""
        column = 0
        if self._place:
            found = _PLACE.fullmatch(self._place)
            if not found:
                raise Damaged
            if int(found[2]) != self._row:
                raise self._out_of_order(f"cell {self._place}")
            column = _number(found[1])
        self._column = column + self._unplaced

    def _keep(self, value: str) -> None:
        self._find_column()
        place = f"{letters(self._column)}{self._row}"
        if self._column <= self._last_column:
            raise self._out_of_order(f"cell {place}")
        self._last_column = self._column
        self._columns = max(self._columns, self._column)
        self._refuse_beyond(place)
        self._write(place, value)

    def _refuse_beyond(self, place: str) -> None:
        limits, rows, columns = self._limits, self._row, self._columns
        if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
            message = (
                f"With cell {place}, the sheet “{self._title}” has {rows:,} rows and {columns:,} columns; "
                f"{limits.rows:,} rows, {limits.columns:,} columns and {limits.cells:,} cells are read at most."
            )
            raise self._refused(message, STRAYED)

    def _write(self, place: str, value: str) -> None:
        kind = self._cell.get("t", "n")
        if kind == "s":
            value = self._shared[int(value[:9])]
        self._length += len(value)
        if self._length > LARGEST_TEXT:
            raise refused(self._file, f"The sheet “{self._title}” holds too much text.", COPY_THE_ROWS)
        if kind in _NUMBERS:
            style = quoteattr(self._cell.get("s", "0"))
            self._out.write(f'<c r="{place}" s={style} t="{kind}"><v>{escape(value)}</v></c>')
        else:
            self._out.write(f'<c r="{place}" t="str"><v>{escape(value)}</v></c>')

    def _refused(self, message: str, fix: str) -> SheetRefused:
        return refused(self._file, message, fix, row=self._row, column=letters(self._column))

    def _out_of_order(self, what: str) -> SheetRefused:
        message = f"The sheet “{self._title}” is damaged: its {what} is out of order."
        return refused(self._file, message, SAVE_AS_CSV, row=self._row)


def letters(column: int) -> str:
    """The name of a column, counted from 1: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _number(name: str) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
