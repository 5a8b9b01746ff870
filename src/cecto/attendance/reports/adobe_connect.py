"""Adobe Connect: the attendance report of a meeting, `Participant Name, Email, Time Entered, Time Exited`.

Source: helpx.adobe.com/adobe-connect/using/generating-reports-meetings.html, and the columns `date-created` and
`date-end` of the API's report-meeting-attendance.
"""

from cecto.attendance.reports.stays import Stays

_SIGNS = (
    *(
        {"time entered", "time exited"},
        {"entry time", "exit time"},
        {"date entered", "date exited"},
        {"entered", "exited"},
    ),
    *({"participant name", "date created", "date end"}, {"entered", "left"}, {"login", "time entered"}),
)
_REPORT = Stays("Adobe Connect attendance", "adobe-connect", tuple(map(frozenset, _SIGNS)))
LAYOUT = _REPORT.layout
