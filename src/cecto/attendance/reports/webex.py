"""Webex: the attendee report of a meeting, one row per connection, by headings that users know.

Times are local to the site unless the heading or the cell says otherwise.
"""

from cecto.attendance.reports.stays import Stays

_SIGNS = (
    *(
        {"attendance duration"},
        {"audio type"},
        {"invited", "registered", "duration"},
        {"attendee email", "join time"},
        {"display name", "join time"},
        {"attendee name", "attendee email"},
    ),
    *({"name", "connection type", "join time"}, {"participant", "email", "join time", "duration"}),
)
_REPORT = Stays("Webex attendee report", "webex", tuple(map(frozenset, _SIGNS)))
LAYOUT = _REPORT.layout
