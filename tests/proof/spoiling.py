"""Files of tables, spoiled as mail, spreadsheets, people and malice spoil them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO, StringIO

import xlsxwriter
from hypothesis import strategies as st

Rows = list[list[str]]

ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
    *("cp1252", "cp437", "shift_jis", "utf-7"),
)
ODD_CELLS = (
    *("", " ", "0", "-1", "1e308", "NaN", "99999999999999999999", "٣", "½", "²"),
    *("\x00", "\x1b[2J", "\u202e", "\ufeff", "\u2028", "\U0001f600", "\x85"),
    *("=1+1", "=HYPERLINK('http://x.example')", "@SUM(1)", "+1", '"', '""', "'", ",", ";", "\t", "a\nb", "<script>"),
    *("%s %(x)s {0}", "#REF!", "TRUE", "a@", "@b", "a@b@c", "x" * 300, "x" * 3_000, "x" * 140_000),
    *("0000-00-00", "0001-01-01", "9999-12-31", "12/31/9999 11:59:59 PM", "1/1/0001 0:00", "2/30/2016", "24:00"),
    *("25:61", "23:59-00:01", "9999999 min", "1h 99999999999m", "-5m", "11/1/2015 1:30 AM", "3/13/2016 2:30 AM"),
)


@st.composite
def spoiled(draw: st.DrawFn, content: bytes) -> bytes:
    """The file after one to three mishaps to its table, and perhaps one to its bytes."""
    rows, separator = table_of(content)
    for mishap in draw(st.lists(st.sampled_from(TABLE_MISHAPS), max_size=3)):
        rows = draw(mishap(rows)) if rows else rows
    written = draw(st.sampled_from([text_of, text_of, text_of, workbook_of]))(rows, separator)
    if written[:2] != b"PK" and draw(st.booleans()):
        written = written.decode().encode(draw(st.sampled_from(ENCODINGS)), errors="replace")
    return draw(draw(st.sampled_from([whole, whole, flipped, cut]))(written))


def table_of(content: bytes) -> tuple[Rows, str]:
    """The cells of a text file as it came, and what separates them."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if wide else "utf-8-sig")
    separator = max("\t;,", key=text.count)
    return list(csv.reader(StringIO(text, newline=""), delimiter=separator)), separator


def text_of(rows: Rows, separator: str) -> bytes:
    """The rows as a spreadsheet writes them to a text file."""
    out = StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode("utf-8", errors="replace")


def workbook_of(rows: Rows, _separator: str) -> bytes:
    """The rows as a workbook: numbers become numbers, what begins with an equals sign becomes a formula."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_numbers": True, "nan_inf_to_errors": True}) as book:
        book.set_properties({"created": datetime(2016, 1, 19, tzinfo=UTC)})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, [cell[:32_767] for cell in row])
    return out.getvalue()


@st.composite
def odd_cell(draw: st.DrawFn, rows: Rows) -> Rows:
    """One cell holds something else."""
    row = draw(st.integers(0, len(rows) - 1))
    cells = list(rows[row]) or [""]
    cells[draw(st.integers(0, len(cells) - 1))] = draw(st.one_of(st.sampled_from(ODD_CELLS), st.text(max_size=20)))
    return [*rows[:row], cells, *rows[row + 1 :]]


@st.composite
def borrowed_cell(draw: st.DrawFn, rows: Rows) -> Rows:
    """One cell holds what belongs into another."""
    cells = [cell for row in rows for cell in row]
    row = draw(st.integers(0, len(rows) - 1))
    changed = list(rows[row]) or [""]
    changed[draw(st.integers(0, len(changed) - 1))] = draw(st.sampled_from(cells or [""]))
    return [*rows[:row], changed, *rows[row + 1 :]]


@st.composite
def dropped_column(draw: st.DrawFn, rows: Rows) -> Rows:
    """A column is gone."""
    column = draw(st.integers(0, _widest(rows)))
    return [row[:column] + row[column + 1 :] for row in rows]


@st.composite
def swapped_columns(draw: st.DrawFn, rows: Rows) -> Rows:
    """Two columns change places, in all rows or in all but the first."""
    one, other = draw(st.integers(0, _widest(rows))), draw(st.integers(0, _widest(rows)))
    first = draw(st.integers(0, 1))
    return [*rows[:first], *(_swapped(row, one, other) for row in rows[first:])]


@st.composite
def doubled_column(draw: st.DrawFn, rows: Rows) -> Rows:
    """A column comes twice."""
    column = draw(st.integers(0, _widest(rows)))
    return [[*row, *row[column : column + 1]] for row in rows]


@st.composite
def doubled_row(draw: st.DrawFn, rows: Rows) -> Rows:
    """A row comes twice, or fifty times."""
    row = draw(st.integers(0, len(rows) - 1))
    return [*rows[:row], *[rows[row]] * draw(st.sampled_from([1, 50])), *rows[row:]]


@st.composite
def dropped_row(draw: st.DrawFn, rows: Rows) -> Rows:
    """A row is gone; it may be the headings."""
    row = draw(st.integers(0, len(rows) - 1))
    return [*rows[:row], *rows[row + 1 :]]


@st.composite
def ragged_row(draw: st.DrawFn, rows: Rows) -> Rows:
    """A row has fewer cells, or three hundred more."""
    row = draw(st.integers(0, len(rows) - 1))
    kept = draw(st.integers(0, len(rows[row])))
    return [*rows[:row], rows[row][:kept] + [""] * draw(st.sampled_from([0, 300])), *rows[row + 1 :]]


@st.composite
def shuffled(draw: st.DrawFn, rows: Rows) -> Rows:
    """The rows come in another order."""
    return draw(st.permutations(rows))


@st.composite
def flipped(draw: st.DrawFn, content: bytes) -> bytes:
    """A few bytes are others."""
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 8)) if content else 0):
        changed[draw(st.integers(0, len(changed) - 1))] = draw(st.integers(0, 255))
    return bytes(changed)


@st.composite
def cut(draw: st.DrawFn, content: bytes) -> bytes:
    """Only a part of the bytes arrives."""
    start, end = draw(st.sampled_from([0, 0, 1, 7])), draw(st.integers(0, len(content)))
    return content[start:end]


def whole(content: bytes) -> st.SearchStrategy[bytes]:
    """The bytes arrive as they are."""
    return st.just(content)


def _widest(rows: Rows) -> int:
    return max(0, max((len(row) for row in rows), default=0) - 1)


def _swapped(row: list[str], one: int, other: int) -> list[str]:
    if max(one, other) >= len(row):
        return row
    changed = list(row)
    changed[one], changed[other] = row[other], row[one]
    return changed


TABLE_MISHAPS: tuple[Callable[[Rows], st.SearchStrategy[Rows]], ...] = (
    odd_cell,
    odd_cell,
    odd_cell,
    borrowed_cell,
    dropped_column,
    swapped_columns,
    doubled_column,
    doubled_row,
    dropped_row,
    ragged_row,
    shuffled,
)
