"""A typed-up sign-in sheet: one row per person, `name, email, in, out`, as CSV or XLSX.

Headings may be the common variants of those words, in six languages. A sheet per half day has two pairs, such as
`morning in, morning out, afternoon in, afternoon out`, or one column with `9-12`. First and last name may stand in two
columns. Rows above the headings are skipped. A person without a time is listed as not signed; a time in without a time
out is counted until the end, and shown as such. Times are local and without a date unless a `date` column gives one;
an hour may be written alone, and without AM or PM it is the one closest to the session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from cecto.attendance.reports.headings import COLUMNS, columns_of, plain
from cecto.attendance.reports.shapes import Flag, Layout, ParsedReport, ReportRow, Setting, Sheet
from cecto.attendance.reports.table import Cells, Times, refuse_unread_times, side_by_side, tables
from cecto.attendance.reports.times import Unreadable
from cecto.attendance.reports.words import is_blank, said
from cecto.foundation.folding import folded
from cecto.foundation.sheets import Problem
from cecto.foundation.sheets.lines import Line

NAME = "Sign-in sheet"
SOURCE = "sign-in"
_BEFORE = (
    r"^(?:(?:morning|afternoon|am|pm|a m|p m|day \d|manana|tarde|vormittag|nachmittag|matin|apres midi|manha|\d)\s+)?"
    r"(?:time\s+|(?:sign|check|clock)(?:ed)? ?|hora (?:de )?|heure (?:de |d')?|uhrzeit |zeit |godzina )?"
)
_AFTER = r"(?:\s+(?:time|am|pm|morning|afternoon|\d))?$"
_IN = re.compile(
    _BEFORE
    + r"(?:in|arrival|arrived|start|entrada|llegada|ankunft|kommen|arrivee|entree|chegada|przyjscie|wejscie|von|from)"
    + _AFTER
)
_OUT = re.compile(
    _BEFORE
    + r"(?:out|departure|departed|end|finish|salida|gehen|ende|abgang|depart|sortie|saida|wyjscie|bis|to|until)"
    + _AFTER
)
_BOTH = re.compile(
    _BEFORE + r"(?:in ?out|in and out|times|time|hours|hours attended|from to|present from to|in to out|session|"
    r"horas|hora|zeit|uhrzeit|horario|heures|godziny|attended|attendance|present|hours present)" + _AFTER
)
_OUTS = frozenset(COLUMNS["left"])
_NEXT = re.compile(r"\s*(?:,|;|&|\band\b|\n)\s*")
_BARE_DIGITS = re.compile(r"^(\d{1,2})([0-5]\d)\s*([ap]\.?m\.?)?$", re.ASCII | re.IGNORECASE)
_RANGE = re.compile(
    r"^(\d{1,2}(?:[:.h]?\d{2})?\s*(?:[ap]\.?\s?m?\.?)?|noon|midday)\s*(?:-|–|—|\bto\b|\btil\b|\buntil\b|\bbis\b|\ba\b)\s*"
    r"(\d{1,2}(?:[:.h]?\d{2})?\s*(?:[ap]\.?\s?m?\.?)?|noon|midday)$",
    re.ASCII | re.IGNORECASE,
)


def recognizes(sheet: Sheet) -> bool:
    """True when a row of the file names a person column and a time-in column, or a column of times in and out."""
    return any(_columns(line) and (_pairs(line.cells) or _ranges(sheet, line)) for line in sheet.head())


def _columns(line: Line) -> dict[str, int] | None:
    found = columns_of(line.cells)
    named = "name" in found or {"first", "last"} <= found.keys()
    return found if named and (_pairs(line.cells) or _both(line.cells)) else None


def _both(cells: tuple[str, ...]) -> list[int]:
    return [place for place, cell in enumerate(cells) if _BOTH.match(plain(cell))]


def _ranges(sheet: Sheet, header: Line) -> bool:
    """Whether a column below holds times in and out, as in `9-12`."""
    places = _both(header.cells)
    below = [line for line in sheet.lines if line.number > header.number]
    return any(_RANGE.match(line.cells[place].strip()) for line in below for place in places if place < len(line.cells))


def _pairs(cells: tuple[str, ...]) -> list[tuple[int, int | None]]:
    """The columns of time in, each with the time out that follows it before the next time in.

    A sheet that has every time out before its time in has them in the other order.
    """
    headings = [plain(cell) for cell in cells]
    ins = [place for place, text in enumerate(headings) if _IN.match(text)]
    outs = [place for place, text in enumerate(headings) if _OUT.match(text) or (text in _OUTS and place not in ins)]
    if len(ins) == len(outs) == 1:
        return [(ins[0], outs[0])]
    ends = [*ins[1:], len(headings)][: len(ins)]
    return [
        (start, next((out for out in outs if start < out < end), None)) for start, end in zip(ins, ends, strict=True)
    ]


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The rows of the sheet, one per person and pair of times."""
    found = [table for part in side_by_side(sheet, _columns) for table in tables(part, _columns)]
    times = Times.of(found, setting, hours=True)
    rows: list[ReportRow] = []
    problems: list[Problem] = []
    for table in found:
        pairs = _pairs(table.header.cells)
        if any(out is None for _, out in pairs):
            known = {*table.columns.values(), *(place for pair in pairs for place in pair if place is not None)}
            refuse_unread_times(table, setting.file, known | set(_both(table.header.cells)))
        for line in table.rows():
            cells = Cells(table, line, times, setting.file)
            rows += _person(cells)
            problems += cells.problems
    return ParsedReport(NAME, SOURCE, tuple(rows), zone_stated=False, problems=tuple(problems))


def _person(cells: Cells) -> Iterator[ReportRow]:
    name, email = cells.name(), cells.email()
    if not name and not email:
        return
    listed = ReportRow(cells.line.number, raw_name=name, name=name, email=email)
    header = cells.table.header.cells
    found = [row for pair in _pairs(header) for row in _stay(cells, listed, pair)]
    found += [row for place in _both(header) for row in _range(cells, listed, place)]
    not_signed = replace(listed, seconds=0, flags=frozenset({Flag.NOT_SIGNED}))
    yield from [cells.waits(listed)] if cells.problems else found or [not_signed]


def _stay(cells: Cells, listed: ReportRow, pair: tuple[int, int | None]) -> Iterator[ReportRow]:
    first = _cell(cells, pair[0])
    ends = _RANGE.match(first)
    if ends:
        yield from _between(cells, listed, pair[0], ends[1], ends[2])
    elif said(first):
        yield from _by_word(listed, first)
    else:
        yield from _between(cells, listed, pair[0], first, _cell(cells, pair[1]), out=pair[1])


def _range(cells: Cells, listed: ReportRow, place: int) -> Iterator[ReportRow]:
    text = _cell(cells, place)
    ranges = [_RANGE.match(part) for part in _NEXT.split(text)]
    if all(ranges):
        for ends in filter(None, ranges):
            yield from _between(cells, listed, place, ends[1], ends[2])
    elif said(text):
        yield from _by_word(listed, text)
    elif text:
        _note(cells, place, f"“{text[:40]}” is not a time in and a time out.", "Write it like 9:00-12:00.")


def _by_word(listed: ReportRow, text: str) -> Iterator[ReportRow]:
    word = said(text)
    flags = {"present": {Flag.PRESENT}, "late": {Flag.LATE}}.get(word or "")
    if flags:
        yield replace(listed, seconds=0, mark=word or "", flags=frozenset(flags))


def _between(
    cells: Cells, listed: ReportRow, place: int, first: str, second: str, *, out: int | None = None
) -> Iterator[ReportRow]:
    joined, left = _time(cells, place, first), _time(cells, out if out is not None else place, second)
    if joined is None and left is not None:
        _note(cells, place, "There is a time out but no time in.", "Add the time in, or remove both.")
    elif joined and left and left <= joined:
        _note(
            cells,
            out if out is not None else place,
            "The time out is not after the time in.",
            "Change one of the two times.",
        )
    elif joined:
        flags = frozenset() if left else frozenset({Flag.NO_LEAVE})
        yield replace(listed, joined=joined, left=left, flags=flags)


def _time(cells: Cells, place: int, text: str) -> datetime | None:
    if not text:
        return None
    reader = cells.times.in_column(cells.table.header.cells[place])
    heading = plain(cells.table.header.cells[place])
    try:
        return reader.instant(_spelled_out(text, heading), on=cells.day())
    except Unreadable as error:
        _note(cells, place, str(error), "Write it like 8:30 AM or 13:05, or leave it empty.")
        return None


def _spelled_out(text: str, heading: str) -> str:
    """A time as written on paper, with its minutes, and the half of the day that its column is headed with."""
    digits = _BARE_DIGITS.match(text)
    clock = f"{digits[1]}:{digits[2]} {digits[3] or ''}".strip() if digits else text
    half = next((half for half in ("am", "pm") if half in heading.split()), "")
    bare = re.fullmatch(r"(\d{1,2})(?:[:.]\d{2})?", clock)
    return f"{clock} {half}" if half and bare and 1 <= int(bare[1]) <= 11 else clock


def _cell(cells: Cells, place: int | None) -> str:
    if place is None or place >= len(cells.line.cells) or is_blank(cells.line.cells[place]):
        return ""
    text = cells.line.cells[place].strip()
    return "" if folded(text) in ("absent", "no show") else text


def _note(cells: Cells, place: int, message: str, fix: str) -> None:
    cells.problems.append(Problem(cells.file, cells.line.number, cells.table.header.cells[place], message, fix))


LAYOUT = Layout(NAME, SOURCE, recognizes, read)
