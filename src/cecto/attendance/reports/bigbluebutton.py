"""BigBlueButton: the learning dashboard's session data, one row per person with first join, last leave and duration.

Source: github.com/bigbluebutton/bigbluebutton, bbb-learning-dashboard/src/services/UserService.js, makeUserCSVData.
"""

from cecto.attendance.reports.stays import Stays

_SIGNS = ({"moderator", "join", "left"}, {"activity score"}, {"talk time", "webcam time"}, {"moderator", "duration"})
_REPORT = Stays("BigBlueButton learning dashboard", "bigbluebutton", tuple(map(frozenset, _SIGNS)))
LAYOUT = _REPORT.layout
