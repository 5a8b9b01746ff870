"""Blackboard Collaborate (Class Collaborate): the attendance report and a session's own report.

The institution's report documents its columns and that its times are UTC: class.com/support/collaborate/manager/
attendee-report. First join, last leave and the total between them, one row per person and session.
"""

from datetime import UTC

from cecto.attendance.reports.stays import Stays

_SIGNS = ({"attendee first join time"}, {"name of attendee"}, {"attendee total time in session"})
_REPORT = Stays("Blackboard Collaborate attendance", "blackboard", tuple(map(frozenset, _SIGNS)), zone=UTC)
LAYOUT = _REPORT.layout
