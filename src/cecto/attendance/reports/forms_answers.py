"""Google Forms and Microsoft Forms: a check-in form's answers, each with the time it was sent.

Someone who sent the form was there from then on; when they left nobody wrote down. Headings: `Timestamp, Email
Address, Name` (support.google.com/docs/answer/2917686) and `ID, Start time, Completion time, Email, Name`
(support.microsoft.com, Check and share your form results).
"""

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
MICROSOFT = Stays(_NAME, _SOURCE, (frozenset({"completion time"}),), own=_OWN).layout
LAYOUT = Stays(_NAME, _SOURCE, tuple(map(frozenset, _SIGNS)), own=_OWN).layout
