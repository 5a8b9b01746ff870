"""Google Forms and Microsoft Forms: a check-in form's answers, each with the time it was sent.

Someone who sent the form was there from then on; when they left nobody wrote down. Headings: `Timestamp, Email
Address, Name` (support.google.com/docs/answer/2917686) and `ID, Start time, Completion time, Email, Name`
(support.microsoft.com, Check and share your form results).
"""

from dataclasses import replace

from cecto.attendance.reports.headings import plain
from cecto.attendance.reports.shapes import Sheet
from cecto.attendance.reports.stays import Stays

_MOMENTS = (
    "completion time",
    "timestamp",
    "submitted at",
    "submission time",
    "marca temporal",
    "zeitstempel",
    "horodateur",
    "carimbo de data hora",
)
_SIGNS = (
    *(
        {"timestamp", "email address"},
        {"timestamp", "name"},
        {"completion time"},
        {"timestamp", "full name"},
        {"timestamp"},
    ),
    *(
        {"submitted at"},
        {"submission time"},
        {"marca temporal"},
        {"zeitstempel"},
        {"horodateur"},
        {"carimbo de data hora"},
    ),
)
_NAME, _SOURCE, _OWN = "Check-in form", "form", {"joined": _MOMENTS}
# Microsoft's file has no name for the moment of sending that is its own in these languages: its order tells it.
_MICROSOFT = {
    ("id", "heure de debut", "heure de fin"): "heure de fin",
    ("id", "hora de inicio", "hora de finalizacion"): "hora de finalizacion",
    ("id", "hora de inicio", "hora de conclusao"): "hora de conclusao",
    ("id", "startzeit", "fertigstellungszeit"): "fertigstellungszeit",
    ("id", "godzina rozpoczecia", "godzina ukonczenia"): "godzina ukonczenia",
}
_SENT = {"joined": ("completion time", *_MICROSOFT.values()), "left": ()}
_MICROSOFTS = Stays(_NAME, _SOURCE, (frozenset({"completion time"}),), own=_SENT, ends=False)


def _is_microsofts(sheet: Sheet) -> bool:
    orders = (tuple(plain(cell) for cell in line.cells[:3]) for line in sheet.head())
    return any(order in _MICROSOFT for order in orders) or _MICROSOFTS.recognizes(sheet)


MICROSOFT = replace(_MICROSOFTS.layout, recognizes=_is_microsofts)
LAYOUT = Stays(_NAME, _SOURCE, tuple(map(frozenset, _SIGNS)), own=_OWN, ends=False).layout
