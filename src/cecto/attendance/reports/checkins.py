"""Check-in lists of Eventbrite, Cvent and Whova: who was checked in, and when where the list says so.

Someone checked in at a time is there from then on; someone only registered is not counted. Headings as users of these
systems know them: Eventbrite's `Order #` and `Attendee Status` with `Attending` or `Checked In`, Cvent's `Registration
Status`, `Attended`, `Check-in Time`, Whova's `Check-in` columns. No public file of theirs was found.
"""

from cecto.attendance.reports.stays import Stays

_SIGNS = (
    *(
        {"attendee status"},
        {"order number", "ticket type"},
        {"check in time"},
        {"checked in"},
        {"check in status"},
        {"check in date"},
    ),
    *(
        {"checked in at"},
        {"check in"},
        {"confirmation number"},
        {"registration status"},
        {"ticket type"},
        {"check in date time"},
    ),
    *(
        {"checkin time"},
        {"checked in time"},
        {"checked in status"},
        {"check in method"},
        {"date checked in"},
        {"check out time"},
    ),
)
_REPORT = Stays("Check-in list", "check-in", tuple(map(frozenset, _SIGNS)), needs_time=False)
LAYOUT = _REPORT.layout
