"""Zoom: the participants report of a meeting (Reports, Usage, Participants, Export) and a webinar's attendee report.

Read are: with or without the meeting block, one row per join or one per person ("Show unique users": a length, and
the times of the meeting in its block), the administrator's flat form, the three tables of a webinar, and files that
went through Excel. Zoom rounds its minutes up, so times count and contradicting minutes are told.
Headings: support.zoom.com, articles KB0082659 (meetings) and KB0067045 (webinars); in Spanish as the file
"participants" of github.com readers, "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir".
"""

from cecto.attendance.reports.stays import Stays

_ORIGINALS = (
    *("(original name)", "(nombre original)", "(originalname)", "(ursprunglicher name)", "(originaler name)"),
    *(
        "(nom d'origine)",
        "(nom original)",
        "(nome original)",
        "(oryginalna nazwa)",
        "(nazwa oryginalna)",
        "(nome originale)",
    ),
)
_OTHERS = (
    *({"name", "user email"}, {"name", "e mail del usuario"}, {"user name", "user email", "join time"}),
    *({"name", "join time", "in waiting room"}, {"name", "join time", "recording consent"}, {"name", "total duration"}),
    *(
        {"user name", "time in session"},
        {"user name", "join time", "is guest"},
        {"name", "email", "join time", "duration"},
    ),
    *({"name", "join time", "leave time", "guest"}, {"name", "join time", "leave time", "duration", "(minutes)"}),
)
_REPORT = Stays(
    name="Zoom participants report",
    source="zoom",
    signs=tuple(frozenset(sign) for sign in (*({original} for original in _ORIGINALS), *_OTHERS)),
    bounding=False,
    renames=True,
)
LAYOUT = _REPORT.layout
