"""Files that are often handed in and say nothing of who was there: known by their headings, and refused with what to
export instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cecto.attendance.reports.headings import columns_of, plain
from cecto.attendance.reports.shapes import Layout, ParsedReport, Setting, Sheet, refusal

# What a report of attendance has: columns of times or of marks, or the plain words of a sign-in sheet.
_FIELDS = frozenset({"joined", "left", "length", "span", "action", "status", "absent"})
_TIMES = frozenset({"in", "out", "morning in", "am in", "time"}) | {
    *("timestamp", "marca temporal", "zeitstempel", "horodateur", "carimbo de data hora", "completion time"),
    *("submitted at", "submission time"),
}


@dataclass(frozen=True, slots=True)
class _Stranger:
    """A kind of file: headings that it has, and none of those that an attendance report has."""

    signs: tuple[frozenset[str], ...]
    what: str
    do: str
    despite_times: bool = False


_PARTICIPANTS = "In Zoom, open Reports, Usage, click the number of participants of this meeting, and export that list."
_STRANGERS = (
    _Stranger(
        (frozenset({"student", "id", "section"}),),
        "This is a Canvas gradebook: it holds scores, not who was there.",
        "Import it under Import scores on the Work page of the class instead.",
        despite_times=True,
    ),
    _Stranger(
        (frozenset({"registration time"}), frozenset({"approval status"}), frozenset({"registration date"})),
        "This is a registration report: it says who signed up, not who was there.",
        "Export the attendee or participants report of the same meeting.",
    ),
    _Stranger(
        (
            *(frozenset({"topic", "meeting id", people}) for people in ("participants", "total participants")),
            *(
                frozenset(sign)
                for sign in (
                    ("tema", "participantes", "hora de inicio"),
                    ("thema", "teilnehmer", "startzeit"),
                    ("sujet", "participants", "heure de debut"),
                    ("topico", "participantes", "hora de inicio"),
                    ("temat", "uczestnicy", "godzina rozpoczecia"),
                )
            ),
        ),
        "This is Zoom's list of meetings: it says how many came, not who.",
        _PARTICIPANTS,
        despite_times=True,
    ),
    _Stranger(
        (frozenset({"track"}), frozenset({"organization"}), frozenset({"district"}), frozenset({"title"})),
        "This is a list of people: it says who is enrolled, not who was there.",
        "Use a report with times, or add columns headed In and Out. A class list is imported under People.",
    ),
)


def _recognizes(sheet: Sheet) -> bool:
    return _kind(sheet) is not None


def _is_gradebook(sheet: Sheet) -> bool:
    found = _kind(sheet)
    return found is not None and found[0] is _STRANGERS[0]


def _kind(sheet: Sheet) -> tuple[_Stranger, int] | None:
    lines = [(line, {plain(cell) for cell in line.cells} - {""}) for line in sheet.head()]
    timed = any(headings & _TIMES or _tells_times(columns_of(line.cells)) for line, headings in lines)
    for line, headings in lines:
        for kind in _STRANGERS:
            if any(sign <= headings for sign in kind.signs) and _names_people(headings, kind):
                return (kind, line.number) if kind.despite_times or not timed else None
    return None


def _tells_times(columns: Mapping[str, int]) -> bool:
    return bool(columns.keys() & _FIELDS and columns.keys() & {"name", "first", "last"})


def _names_people(headings: set[str], kind: _Stranger) -> bool:
    def named(heading: str) -> bool:
        return "name" in heading or "email" in heading or "e mail" in heading

    return kind is not _STRANGERS[-1] or any(map(named, headings))


def _read(sheet: Sheet, setting: Setting) -> ParsedReport:
    found = _kind(sheet)
    assert found is not None  # noqa: S101 - read only what is recognized
    kind, row = found
    raise refusal(setting.file, kind.what, kind.do, row=row)


GRADEBOOK = Layout("Canvas gradebook", "", _is_gradebook, _read)
LAYOUT = Layout("File of another kind", "", _recognizes, _read)
