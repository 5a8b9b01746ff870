"""Microsoft Teams: the attendance list of 2020, the report of 2021, and today's report in numbered sections.

Files are UTF-16 and separated by tabs under the name .csv. Dates follow the organizer's language (14/11/22, 09:30:52 or
7/22/26, 7:00:11 PM); lengths read `29m 22s`. Today's report lists people in section 2 and their stays in section 3;
the stays are taken where they are there. Columns on engagement are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cecto.attendance.reports.shapes import Flag, Layout, ParsedReport, ReportRow, Setting, Sheet, refusal
from cecto.attendance.reports.table import Cells, Table, below, find_columns
from cecto.attendance.reports.times import TimeReader, day_order, states_zone
from cecto.foundation.sheets import Problems
from cecto.foundation.sheets.lines import Line

LIST_NAME = "Teams attendance list"
NAME = "Teams attendance report"
SOURCE = "teams"
_LIST_COLUMNS = {"name": ("full name", "name"), "action": ("user action",), "at": ("timestamp",)}
_COLUMNS = {
    "name": ("full name", "name"),
    "joined": ("join time", "first join", "first join time"),
    "left": ("leave time", "last leave", "last leave time"),
    "length": ("duration", "in-meeting duration", "in meeting duration"),
    "email": ("email", "e-mail"),
    "upn": ("participant id (upn)", "participant id"),
    "role": ("role",),
}
_SECTION = re.compile(r"^\d+\.\s")
_ORGANIZERS = ("organizer", "organiser", "co-organizer", "co-organiser")
_TITLES = ("meeting title",)


def recognizes_list(sheet: Sheet) -> bool:
    """True for the list that is downloaded during a meeting: one row per joining or leaving."""
    return any(find_columns(line.cells, _LIST_COLUMNS).keys() == _LIST_COLUMNS.keys() for line in sheet.head())


def read_list(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The stays that the joinings and leavings make. Raises SheetRefused with every problem found."""
    header = next(line for line in sheet.head() if len(find_columns(line.cells, _LIST_COLUMNS)) == len(_LIST_COLUMNS))
    table = below(sheet, header, find_columns(header.cells, _LIST_COLUMNS))
    problems, texts = Problems(setting.file), [table.cell(line, "at") for line in table.rows()]
    times = TimeReader(setting.zone, day_order(texts, setting.on), setting.on)
    open_stays: dict[str, ReportRow] = {}
    rows: list[ReportRow] = []
    for line in table.rows():
        rows += _event(Cells(table, line, times, problems), open_stays)
    problems.refuse()
    rows += open_stays.values()
    rows.sort(key=lambda row: row.number)
    return ParsedReport(LIST_NAME, SOURCE, tuple(rows), zone_stated=_all_state_zone(texts))


def _event(cells: Cells, open_stays: dict[str, ReportRow]) -> Iterator[ReportRow]:
    """A stay that this row ends, if it ends one; a stay that it begins is kept open."""
    name, at, action = cells.name(), cells.instant("at"), cells.text("action").casefold()
    stay = open_stays.pop(name, None)
    if action.startswith("joined"):
        if stay:
            yield stay
        no_leave = frozenset({Flag.NO_LEAVE})
        open_stays[name] = ReportRow(cells.line.number, name, name, joined=at, flags=no_leave)
    elif action != "left":
        cells.refuse("action", f"“{action[:40]}” is neither Joined nor Left.", "Set Teams to English and export again.")
    elif stay and stay.joined and at and stay.joined < at:
        yield replace(stay, left=at, flags=frozenset[Flag]())
    else:
        yield ReportRow(cells.line.number, name, name, seconds=0, flags=frozenset({Flag.NO_JOIN}))


def recognizes(sheet: Sheet) -> bool:
    """True for the report of 2021 and for that in numbered sections."""
    return any(_is_header(line) for line in sheet.head())


def _is_header(line: Line) -> bool:
    found = find_columns(line.cells, _COLUMNS)
    return {"name", "email", "role"} <= found.keys() or {"name", "joined", "left", "length"} <= found.keys()


@dataclass(frozen=True, slots=True)
class _Section:
    table: Table

    @property
    def has_times(self) -> bool:
        return {"joined", "left"} <= self.table.columns.keys() and any(True for _ in self.table.rows())


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The stays of the report. Raises SheetRefused with every problem found, or when it tells no times at all."""
    sections = [_Section(_table(sheet, line)) for line in sheet.lines if _is_header(line)]
    timed = [section for section in sections if section.has_times]
    if not timed:
        raise refusal(
            setting.file,
            "This Teams report says who came and not when.",
            "An administrator has hidden the times: mark the roster instead.",
        )
    table = timed[-1].table
    problems = Problems(setting.file)
    texts = [table.cell(line, field) for line in table.rows() for field in ("joined", "left")]
    times = TimeReader(setting.zone, day_order(texts, setting.on), setting.on)
    rows = tuple(_row(Cells(table, line, times, problems)) for line in table.rows())
    problems.refuse()
    return ParsedReport(NAME, SOURCE, rows, _title(sheet), _all_state_zone(texts))


def _table(sheet: Sheet, header: Line) -> Table:
    return below(sheet, header, find_columns(header.cells, _COLUMNS), end=_ends_section)


def _ends_section(line: Line) -> bool:
    return bool(line.cells and _SECTION.match(line.cells[0]) and not any(line.cells[1:]))


def _row(cells: Cells) -> ReportRow:
    name, role = cells.name(), cells.text("role").casefold()
    joined, left, seconds = cells.instant("joined"), cells.instant("left"), cells.seconds("length")
    if joined and left and left < joined:
        cells.refuse("left", "The time out is before the time in.", "Mend one of the two times.")
    upn = cells.text("upn")
    flags = {
        Flag.HOST: role in _ORGANIZERS,
        Flag.NO_LEAVE: joined is not None and left is None,
    }
    row = ReportRow(
        number=cells.line.number,
        raw_name=name,
        name=name,
        email=(cells.text("email") or (upn if "@" in upn else "")).casefold(),
        joined=joined,
        left=left,
        flags=frozenset(flag for flag, held in flags.items() if held),
    )
    return _with_gaps(row, seconds)


def _with_gaps(row: ReportRow, seconds: int | None) -> ReportRow:
    """A stay that is shorter than from first join to last leave has gaps somewhere: only its length is known."""
    if row.joined is None:
        return replace(row, seconds=seconds or 0, flags=row.flags | {Flag.DURATION_ONLY})
    if row.left is None or seconds is None or (row.left - row.joined).total_seconds() - seconds <= 60:
        return row
    return replace(row, joined=None, left=None, seconds=seconds, flags=row.flags | {Flag.DURATION_ONLY})


def _title(sheet: Sheet) -> str:
    pairs = (line.cells for line in sheet.head() if len(line.cells) > 1)
    return next((cells[1] for cells in pairs if cells[0].casefold() in _TITLES), "")


def _all_state_zone(texts: Iterable[str]) -> bool:
    given = [text for text in texts if text]
    return bool(given) and all(states_zone(text) for text in given)


LIST_LAYOUT = Layout(LIST_NAME, SOURCE, recognizes_list, read_list)
LAYOUT = Layout(NAME, SOURCE, recognizes, read)
