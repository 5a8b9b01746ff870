"""The participants report of Zoom (Reports, Usage, Participants, Export).

Read are: with or without the meeting block, with blank or comma-only rows, one row per join or one per person
("Show unique users": a length without times), the administrator's flat form, and files that went through Excel.
Headings of 2020 to today: support.zoom.com, article KB0082659.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cecto.attendance.reports.shapes import Flag, Layout, ParsedReport, ReportRow, Setting, Sheet
from cecto.attendance.reports.table import Cells, Table, below, find_columns, heading, split_original
from cecto.attendance.reports.times import TimeReader, day_order, states_zone
from cecto.foundation.sheets import Problems
from cecto.foundation.sheets.lines import Line

NAME = "Zoom participants report"
SOURCE = "zoom"
_NAME_HEADINGS = ("name (original name)", "user name (original name)", "participant name (original name)")
# The administrator's form has "User Email" and "Duration (Minutes)" twice; the participant's stand after the name.
_COLUMNS = {
    "name": _NAME_HEADINGS,
    "email": ("user email", "email"),
    "joined": ("join time",),
    "left": ("leave time",),
    "minutes": (
        "duration (minutes)",
        "total duration (minutes)",
        "duration(minutes)",
        "total duration(minutes)",
    ),
    "guest": ("guest", "is guest"),
    "waiting": ("in waiting room",),
}
_MEETING_COLUMNS = {"title": ("topic",), "host": ("user email", "host email")}
_YES = ("yes", "y", "true")


def recognizes(sheet: Sheet) -> bool:
    """True when a row of the file is Zoom's participants heading."""
    return any(_is_header(line) for line in sheet.head())


def _is_header(line: Line) -> bool:
    found = _participant_columns(line)
    return "name" in found and bool(found.keys() & {"joined", "minutes"})


def _participant_columns(line: Line) -> dict[str, int]:
    names = [p for p, cell in enumerate(line.cells) if heading(cell) in _NAME_HEADINGS]
    return find_columns(line.cells, _COLUMNS, after=names[0]) if names else {}


def read(sheet: Sheet, setting: Setting) -> ParsedReport:
    """The rows of the report. Raises SheetRefused with every problem found."""
    header = next(line for line in sheet.head() if _is_header(line))
    table = below(sheet, header, _participant_columns(header))
    meeting = _meeting_block(sheet, table)
    problems = Problems(setting.file)
    texts = [table.cell(line, field) for line in table.rows() for field in ("joined", "left")]
    times = TimeReader(setting.zone, day_order(texts, setting.on), setting.on)
    rows = tuple(_row(Cells(table, line, times, problems), meeting) for line in table.rows())
    problems.refuse()
    return ParsedReport(NAME, SOURCE, rows, meeting.title, _all_state_zone(texts))


def _all_state_zone(texts: Iterable[str]) -> bool:
    given = [text for text in texts if text]
    return bool(given) and all(states_zone(text) for text in given)


@dataclass(frozen=True, slots=True)
class _Meeting:
    title: str
    host_emails: frozenset[str]


def _meeting_block(sheet: Sheet, table: Table) -> _Meeting:
    """Topic and host, from the block above the header or from the columns before the participant's name."""
    above = [line for line in sheet.lines if line.number < table.header.number and not line.blank]
    if len(above) >= 2:
        block = Table(above[0], tuple(above[1:2]), find_columns(above[0].cells, _MEETING_COLUMNS))
    else:
        before = table.header.cells[: table.columns["name"]]
        block = Table(table.header, tuple(table.rows()), find_columns(before, _MEETING_COLUMNS))
    lines = tuple(block.rows())
    hosts = {block.cell(line, "host").casefold() for line in lines}
    title = block.cell(lines[0], "title") if lines else ""
    return _Meeting(title, frozenset(hosts - {""}))


def _row(cells: Cells, meeting: _Meeting) -> ReportRow:
    raw = cells.name()
    shown, original = split_original(raw)
    joined, left = cells.instant("joined"), cells.instant("left")
    email = cells.text("email").casefold()
    seconds = cells.seconds("minutes")
    if joined and left and left < joined:
        cells.refuse("left", "The time out is before the time in.", "Mend one of the two times.")
    if joined is None and seconds is None and raw:
        cells.refuse("minutes", "The row has neither a time nor a length.", "Export the report again.")
    flags = {
        Flag.HOST: bool(email) and email in meeting.host_emails,
        Flag.GUEST: cells.text("guest").casefold() in _YES,
        Flag.WAITING_ROOM: cells.text("waiting").casefold() in _YES,
        Flag.NO_LEAVE: joined is not None and left is None,
        Flag.DURATION_ONLY: joined is None,
    }
    return ReportRow(
        number=cells.line.number,
        raw_name=raw,
        name=shown,
        original_name=original,
        email=email,
        joined=joined,
        left=left,
        seconds=seconds if joined is None else None,
        flags=frozenset(flag for flag, held in flags.items() if held),
    )


LAYOUT = Layout(NAME, SOURCE, recognizes, read)
