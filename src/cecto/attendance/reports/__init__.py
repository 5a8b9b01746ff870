"""Reports of other systems, read from their bytes. Owns no table, reads no clock.

A layout is known by its content, never by the name of the file. To add one: write a module with a `LAYOUT` beside
these and list it below.
"""

from collections.abc import Iterator

from cecto.attendance.reports import (
    adobe_connect,
    bigbluebutton,
    blackboard,
    checkins,
    forms_answers,
    goto,
    lists,
    marks,
    meet,
    signin,
    strangers,
    teams,
    webex,
    zoom,
)
from cecto.attendance.reports.shapes import (
    Flag,
    Layout,
    ParsedReport,
    ReportRow,
    Setting,
    Sheet,
    refusal,
)
from cecto.attendance.reports.sheet import sheets
from cecto.foundation.sheets import Problem, SheetRefused

__all__ = [
    "LAYOUTS",
    "SIGN_IN",
    "UNCOUNTED",
    "VIDEO",
    "Flag",
    "ParsedReport",
    "ReportRow",
    "Setting",
    "read_report",
    "refusal",
]

PROBLEMS_SHOWN = 20
SIGN_IN = signin.SOURCE
VIDEO = frozenset({"zoom", "teams", "meet", "webex", "bigbluebutton", "adobe-connect", "goto", "blackboard"})
# Rows that are told and say of nobody that they were there.
UNCOUNTED = frozenset({Flag.WAITING_ROOM, Flag.NOT_SIGNED, Flag.NO_TIMES})
# The first that recognizes a file reads it: those that are known by more come before those known by less.
LAYOUTS: tuple[Layout, ...] = (
    strangers.GRADEBOOK,
    teams.LIST_LAYOUT,
    teams.LAYOUT,
    blackboard.LAYOUT,
    bigbluebutton.LAYOUT,
    zoom.LAYOUT,
    webex.LAYOUT,
    meet.LAYOUT,
    goto.LAYOUT,
    adobe_connect.LAYOUT,
    strangers.LAYOUT,
    checkins.LAYOUT,
    forms_answers.MICROSOFT,
    signin.LAYOUT,
    lists.LAYOUT,
    marks.LAYOUT,
    forms_answers.LAYOUT,
)
_HEADINGS = "For a sheet of your own, use the headings Name, Email, In, Out."
_EXPORTS = (
    "If it is in another language, set the program it is from to English and export it again: in Zoom the participants "
    "under Reports, in Teams the attendance report of the meeting, in Google Meet the attendance report it mails."
)


def read_report(content: bytes, setting: Setting) -> ParsedReport:
    """The rows of a report in any known layout. Raises SheetRefused, and nothing else, for any other bytes."""
    try:
        return _read(content, setting)
    except SheetRefused as refused:
        raise _shortened(refused, setting) from None


def _read(content: bytes, setting: Setting) -> ParsedReport:
    found = list(sheets(content, setting.file))
    for sheet, layout in _known(found):
        return _whole(layout.read(sheet, setting), setting)
    raise _unknown(found[0] if found else None, setting)


def _known(found: list[Sheet]) -> Iterator[tuple[Sheet, Layout]]:
    return ((sheet, layout) for sheet in found for layout in LAYOUTS if layout.recognizes(sheet))


def _shortened(refused: SheetRefused, setting: Setting) -> SheetRefused:
    """The first problems, and how many more there are."""
    hidden = len(refused.problems) - PROBLEMS_SHOWN
    if hidden <= 0:
        return refused
    shown = refused.problems[:PROBLEMS_SHOWN]
    message = f"There are {hidden} more problems from here on."
    return SheetRefused([*shown, Problem(setting.file, shown[-1].row, "", message, "Fix these first.")])


def _whole(report: ParsedReport, setting: Setting) -> ParsedReport:
    """The report, unless it tells of nobody at all: then there is nothing that a human could be asked."""
    silent = {Flag.NOT_SIGNED, Flag.NO_TIMES, Flag.UNREADABLE}
    if any(not row.flags & silent or Flag.WAITING_ROOM in row.flags for row in report.rows):
        return report
    if report.problems:
        raise SheetRefused(report.problems)
    if report.rows:
        message = f"This {report.layout} says of no one that they were there."
        raise refusal(setting.file, message, f"Export it again with times. {_HEADINGS}", row=report.rows[0].number)
    raise refusal(setting.file, f"This {report.layout} lists nobody.", "Export it again once the session has ended.")


def _unknown(sheet: Sheet | None, setting: Setting) -> SheetRefused:
    lines = [line for line in (sheet.head() if sheet else ()) if not line.blank]
    row = lines[0].number if lines else 0
    seen = ", ".join(cell for cell in lines[0].cells if cell)[:120] if lines else "nothing"
    known = ", ".join(dict.fromkeys(one.name for one in LAYOUTS if one.source and one is not lists.LAYOUT))
    message = f"The headings are not those of a known report (“{seen}”)."
    fix = f"{_EXPORTS} {_HEADINGS} Known are: {known}."
    return refusal(setting.file, message, fix, row=row)
