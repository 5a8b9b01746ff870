"""Google Meet: Google's own attendance report, and the files of the common extensions.

Google mails the organizer `First name, Last name, Email, Duration, Time joined, Time exited`, with times of day only
(support.google.com/meet/answer/10090454). The extensions write a preamble and `Full Name, First Seen, Time in Call`,
without addresses; a stay then begins when the person was first seen and lasts as long as their time in the call.
"""

from cecto.attendance.reports.stays import Stays

_SIGNS = (
    *({"time joined", "time exited"}, {"first seen", "time in call"}, {"first seen at", "time in call"}),
    *(
        {"first seen", "time in meeting"},
        {"first seen", "last seen"},
        {"time in call"},
        {"time on call"},
        {"first seen", "duration"},
        {"vorname", "nachname", "beitrittszeit", "dauer"},
    ),
)
_REPORT = Stays("Google Meet attendance", "meet", tuple(map(frozenset, _SIGNS)))
LAYOUT = _REPORT.layout
