"""Any other list of who joined and left when, by the headings that people and systems give such columns."""

from cecto.attendance.reports.stays import Stays

_REPORT = Stays("Attendance list", "list", (frozenset(),), hours=True)
LAYOUT = _REPORT.layout
