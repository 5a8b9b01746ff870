"""GoTo Meeting, Webinar and Training: the attendee report.

A webinar's report states in one cell when somebody joined and left, several times apart by semicolons,
or in two columns; a meeting's has columns of its own (its API: attendeeName, joinTime,
leaveTime, duration in minutes).
"""

from cecto.attendance.reports.stays import Stays

_SIGNS = (
    *(
        {"interest rating"},
        {"join time leave time"},
        {"attendee name", "join time"},
        {"attended", "time in session", "join time"},
    ),
    *(
        {"first name", "last name", "join time", "leave time", "time in session"},
        {"name", "time in session", "join time"},
    ),
)
_REPORT = Stays("GoTo attendee report", "goto", tuple(map(frozenset, _SIGNS)))
LAYOUT = _REPORT.layout
