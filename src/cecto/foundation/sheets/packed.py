"""The parts of an XLSX package that a table is made of, each unpacked no further than all of them together may be."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from xml.parsers import expat

from cecto.foundation.sheets.bounds import refused

LARGEST_UNPACKED_BYTES = 200_000_000
# A filled cell takes four, a blank one at most two.
MOST_TAGS = 8_000_000
LARGEST_STYLES_BYTES = 10_000_000
MOST_PARTS = 5_000
COPY_THE_ROWS = "Copy the rows that belong here into a new workbook, and upload that file."
_PIECE = 1 << 16
# A tag or comment that goes on is read from its start with every piece: without this bound, in quadratic time.
_LONGEST_MARKUP = 4 * _PIECE
_OTHER_KINDS = {
    "content.xml": "an OpenDocument sheet",
    "xl/workbook.bin": "a binary workbook",
    "word/document.xml": "a Word file",
}

Attributes = dict[str, str]


class Damaged(Exception):
    """The package is none that a spreadsheet program writes."""


@dataclass(frozen=True, slots=True)
class FirstSheet:
    """Which part holds the first sheet, what the sheet is called, and whether its days are counted from 1904."""

    part: str
    title: str
    since_1904: bool


class Listener(Protocol):
    """Whoever wants to know what is in a part."""

    def listen(self, parser: expat.XMLParserType) -> None:
        """Set the parser's handlers."""


class Package:
    """An archive whose parts are read by name, whatever its case. `file` is its name in messages."""

    def __init__(self, content: bytes, file: str) -> None:
        self.file = file
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._bytes_left, self._tags_left = LARGEST_UNPACKED_BYTES, MOST_TAGS
        if len(self._archive.filelist) > MOST_PARTS:
            raise Damaged
        self._parts = {info.filename.replace("\\", "/").lower(): info for info in self._archive.filelist}
        for part, kind in _OTHER_KINDS.items():
            if part in self._parts:
                raise refused(file, f"This is {kind}.", "Save it as XLSX or CSV and upload that file.")
        of_package = _Relations()
        self.walk("_rels/.rels", of_package)
        (self._book,) = of_package.of("officeDocument", "").values()
        folder, name = posixpath.split(self._book)
        self._relations = _Relations()
        self.walk(posixpath.join(folder, "_rels", f"{name}.rels"), self._relations)

    def first_sheet(self) -> FirstSheet:
        """The first sheet that is a table, as the workbook lists them. Raises Damaged."""
        book = _Book()
        self.walk(self._book, book)
        tables = self._leading_to("worksheet")
        for title, relation in book.sheets:
            if relation in tables:
                return FirstSheet(tables[relation], title, book.since_1904)
        raise Damaged

    def shared_texts(self) -> list[str]:
        """The texts that cells name by number."""
        shared = _Shared()
        for part in self._leading_to("sharedStrings").values():
            self.walk(part, shared)
        return shared.texts

    def styles(self) -> bytes:
        """The part with the number formats, which tell a date from a number. Raises Damaged when it is too large."""
        found = b"<styleSheet/>"
        for part in self._leading_to("styles").values():
            with self._archive.open(self._parts[part.lower()]) as stream:
                found = stream.read(LARGEST_STYLES_BYTES + 1)
        if len(found) > LARGEST_STYLES_BYTES:
            raise Damaged
        return found

    def _leading_to(self, kind: str) -> dict[str, str]:
        return self._relations.of(kind, posixpath.dirname(self._book))

    def walk(self, part: str, listener: Listener) -> None:
        """Tell the listener what is in a part, piece by piece. Raises SheetRefused when too much was unpacked."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        listener.listen(parser)
        fed = 0
        for piece in self._pieces(part):
            parser.Parse(piece, False)
            fed += len(piece)
            if fed - parser.CurrentByteIndex > _LONGEST_MARKUP:
                raise Damaged
        parser.Parse(b"", True)

    def _pieces(self, part: str) -> Iterator[bytes]:
        with self._archive.open(self._parts[part.lower()]) as stream:
            while piece := stream.read(_PIECE):
                self._bytes_left -= len(piece)
                self._tags_left -= piece.count(b"<")
                if self._bytes_left < 0 or self._tags_left < 0:
                    raise refused(self.file, "The workbook is too large when unpacked.", COPY_THE_ROWS)
                yield piece


def plain_name(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def _refuse_doctype(*_: object) -> None:
    raise Damaged


class _Book:
    """The titles of the sheets with the relation that leads to each."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.since_1904 = False

    def listen(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: Attributes) -> None:
        name = plain_name(name)
        if name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")


class _Relations:
    """Where the relations of a part lead, by what they lead to."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str, str]] = []

    def listen(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: Attributes) -> None:
        if plain_name(name) == "Relationship":
            self._found.append((attributes["Type"].rpartition("/")[2], attributes["Id"], attributes["Target"]))

    def of(self, kind: str, folder: str) -> dict[str, str]:
        """The parts of one kind by the relation's id; a target counts from the folder unless it begins with a slash."""
        return {
            relation: posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            for found, relation, target in self._found
            if found == kind
        }


class _Shared:
    """The shared texts; how a name is pronounced (rPh) is none of them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._inside = self._aside = False

    def listen(self, parser: expat.XMLParserType) -> None:
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text

    def _start(self, name: str, _attributes: Attributes) -> None:
        name = plain_name(name)
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._aside = True
        elif name == "t":
            self._inside = not self._aside

    def _end(self, name: str) -> None:
        name = plain_name(name)
        if name == "si":
            self.texts.append("".join(self._pieces))
        elif name == "rPh":
            self._aside = False
        elif name == "t":
            self._inside = False

    def _text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)
