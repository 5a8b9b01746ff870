"""The first sheet of an XLSX workbook, bounded before anything is laid out.

python-calamine makes a table as far as the last cell: one that strayed into the sheet's far corner would take all
memory. So the sheet is streamed once, blank cells are passed over, the first cell beyond the limits is refused by name,
and what is filled is written anew, plain and in order. Calamine reads that, and nothing else of a stranger's file but
its number formats.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from datetime import date, datetime, time
from xml.parsers import expat

import python_calamine

from cecto.foundation.sheets.bounds import SAVE_AS_CSV, Limits, refused
from cecto.foundation.sheets.packed import Damaged, Package
from cecto.foundation.sheets.sheet_xml import SheetReader

# What a workbook raises that is damaged, locked with a password or packed in a way that nobody packs workbooks.
_DAMAGED = (
    *(Damaged, expat.ExpatError, python_calamine.CalamineError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(LookupError, ValueError, ArithmeticError, EOFError, OSError, RuntimeError),
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK = (
    f'<workbook xmlns:r="{_OFFICE}"><workbookPr date1904="%d"/>'
    '<sheets><sheet name="sheet" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_RELATION = '<Relationships><Relationship Id="rId1" Type="%s" Target="%s"/></Relationships>'


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as a workbook does, which is a ZIP archive."""
    return content.startswith(b"PK\x03\x04")


def read_workbook(content: bytes, file: str, limits: Limits) -> list[list[str]]:
    """The rows of the first sheet from its first row and column on. Raises SheetRefused."""
    try:
        plain = _written_anew(Package(content, file), limits)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(plain))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except _DAMAGED:
        raise refused(file, "This workbook cannot be opened.", SAVE_AS_CSV) from None
    return [[_cell(value) for value in row] for row in rows]


def _written_anew(package: Package, limits: Limits) -> bytes:
    """The first sheet as a workbook of its own: every text in its cell, no blank cell, no formula."""
    sheet = package.first_sheet()
    reader = SheetReader(package.file, sheet.title, package.shared_texts(), limits)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", _WORKBOOK % sheet.since_1904)
        archive.writestr("_rels/.rels", _RELATION % (f"{_OFFICE}/officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/_rels/workbook.xml.rels", _RELATION % (f"{_OFFICE}/worksheet", "worksheets/sheet1.xml"))
        archive.writestr("xl/styles.xml", package.styles())
        archive.writestr("xl/worksheets/sheet1.xml", reader.read(package, sheet.part))
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value.date()} {_cell(value.time())}"
    if isinstance(value, time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
