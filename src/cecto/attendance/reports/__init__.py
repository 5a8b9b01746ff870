"""Reports of other systems, read from their bytes. Owns no table, reads no clock.

A layout is known by its content, never by the name of the file. To add one: write a module with a `LAYOUT` beside
these and list it below.
"""

from cecto.attendance.reports import gradebook, meet, moodle, signin, teams, zoom
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
VIDEO = frozenset({"zoom", "teams", "meet"})
LAYOUTS: tuple[Layout, ...] = (
    zoom.LAYOUT,
    teams.LIST_LAYOUT,
    teams.LAYOUT,
    meet.LAYOUT,
    moodle.LAYOUT,
    gradebook.LAYOUT,
    signin.LAYOUT,
)
# Words that Zoom and Teams put in their headings when they are set to another language.
_FOREIGN = (
    "nombre",
    "correo",
    "duración",
    "teilnehmer",
    "originalname",
    "dauer",
    "nom ",
    "adresse",
    "durée",
    "nome",
    "durata",
    "e-mailadres",
    "duur",
    "nazwa",
    "czas trwania",
    "имя",
    "名前",
    "名称",
    "이름",
)


def read_report(content: bytes, setting: Setting) -> ParsedReport:
    """The rows of a report in any known layout. Raises SheetRefused, and nothing else, for any other bytes."""
    try:
        return _read(content, setting)
    except SheetRefused as refused:
        raise _shortened(refused, setting) from None


def _read(content: bytes, setting: Setting) -> ParsedReport:
    first: Sheet | None = None
    for sheet in sheets(content, setting.file):
        first = first or sheet
        for layout in LAYOUTS:
            if layout.recognizes(sheet):
                return _whole(layout.read(sheet, setting), setting)
    raise _unknown(first, setting)


def _shortened(refused: SheetRefused, setting: Setting) -> SheetRefused:
    """The first problems, and how many more there are."""
    hidden = len(refused.problems) - PROBLEMS_SHOWN
    if hidden <= 0:
        return refused
    shown = refused.problems[:PROBLEMS_SHOWN]
    message = f"There are {hidden} more problems from here on."
    return SheetRefused([*shown, Problem(setting.file, shown[-1].row, "", message, "Mend these first.")])


def _whole(report: ParsedReport, setting: Setting) -> ParsedReport:
    if not report.rows:
        raise refusal(
            setting.file,
            f"This {report.layout} lists nobody.",
            "Export it again once the session has ended.",
        )
    return report


def _unknown(sheet: Sheet | None, setting: Setting) -> SheetRefused:
    lines = [line for line in (sheet.head() if sheet else ()) if not line.blank]
    row = lines[0].number if lines else 0
    seen = ", ".join(cell for cell in lines[0].cells if cell)[:120] if lines else "nothing"
    known = ", ".join(layout.name for layout in LAYOUTS if layout is not gradebook.LAYOUT)
    heads = " ".join(cell.casefold() for line in lines for cell in line.cells)[:4000]
    if any(word in heads for word in _FOREIGN):
        message = f"The headings are not in English (“{seen}”)."
        fix = "Set the system that wrote the report to English, export it again and import that file."
    else:
        message = f"The headings are not those of a known report (“{seen}”)."
        fix = f"Known are: {known}. For a sheet of your own, use the headings name, email, in, out."
    return refusal(setting.file, message, fix, row=row)
