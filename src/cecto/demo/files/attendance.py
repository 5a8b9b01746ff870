"""What a session leaves behind: a Zoom participants report, or a typed-up sign-in sheet.

Each comes with the truth that the file does not tell: who is behind each name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cecto.demo.files.schedules import meeting_number
from cecto.demo.files.sheets import csv_text
from cecto.demo.story.people import Member, member
from cecto.demo.story.sessions import Gathering
from cecto.demo.story.turns import Stay, expected, stays, steady, strangers, turn_of

Name = tuple[str, str]
NOON = 12
_BLOCK = ("Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants")
_ZOOM = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest")
_SHEET = ("Name", "Email", "Morning in", "Morning out", "Afternoon in", "Afternoon out")
_SHORT_SHEET = ("Name", "Email", "In", "Out")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file and whom its names mean: a handle for each name and address, None for a stranger."""

    file_name: str
    text: str
    meant: dict[Name, str | None]


def paper(gathering: Gathering) -> Paper:
    """The file of a session that is seen by Zoom or by a sign-in sheet."""
    return zoom_report(gathering) if gathering.seen_by == "zoom" else sign_in_sheet(gathering)


def zoom_report(gathering: Gathering) -> Paper:
    """Zoom's report with its meeting block, a row for every time somebody joined, in order of time."""
    shown = {who.handle: _in_zoom(gathering, who) for who in expected(gathering)}
    rows = [(stay, shown[who.handle]) for who in expected(gathering) for stay in _in_report(gathering, who)]
    rows += [(_whole(gathering), (name, "")) for name in strangers(gathering)]
    host = member(gathering.instructor)
    rows.append((_whole(gathering), (host.name, host.email)))
    rows.sort(key=lambda row: (row[0], row[1]))
    meant: dict[Name, str | None] = {name: handle for handle, name in shown.items()}
    meant |= {(name, ""): None for name in strangers(gathering)}
    text = _block(gathering, host, len(rows)) + "\r\n" + csv_text(_ZOOM, (_zoom_row(*row) for row in rows))
    return Paper(f"zoom-{gathering.day}-{gathering.code}.csv", text, meant)


def sign_in_sheet(gathering: Gathering) -> Paper:
    """A sheet of two half days, or of one stretch without a lunch, with everyone expected, signed by those who came."""
    people = expected(gathering)
    rows = [(*_on_paper(gathering, who), *_signed(gathering, who)) for who in people]
    meant: dict[Name, str | None] = {_on_paper(gathering, who): who.handle for who in people}
    for name in strangers(gathering):
        rows.append((name, "", _clock(gathering.starts_at), ""))
        meant[name, ""] = None
    heading = _SHEET if _lunch(gathering) else _SHORT_SHEET
    return Paper(f"sign-in-{gathering.day}-{gathering.code}.csv", csv_text(heading, rows), meant)


def _in_zoom(gathering: Gathering, who: Member) -> Name:
    turn = turn_of(gathering, who, "shown")
    shown = turn.shown if turn else who.zoom_name
    return (shown, "") if shown else (who.name, who.email)


def _on_paper(gathering: Gathering, who: Member) -> Name:
    turn = turn_of(gathering, who, "shown")
    return (turn.shown, "") if turn else (who.name, who.email)


def _in_report(gathering: Gathering, who: Member) -> Iterator[Stay]:
    """When Zoom saw someone: as they were there, but for who lost the picture and stayed on by phone."""
    lost = turn_of(gathering, who, "conflict")
    for came, left in stays(gathering, who):
        seconds = timedelta(seconds=steady(60, "seconds", gathering.code, who.handle))
        yield came + seconds, left + seconds - timedelta(minutes=lost.minutes if lost else 0)


def _signed(gathering: Gathering, who: Member) -> tuple[str, ...]:
    """The times of one person. Who left at noon by the sheet has no afternoon."""
    there, lunch = stays(gathering, who), _lunch(gathering)
    if not there:
        return ()
    came, left = there[0][0], there[-1][1]
    if lunch is None:
        return _clock(came), _clock(left)
    morning = (_clock(came), _clock(lunch[0]))
    if turn_of(gathering, who, "conflict"):
        return morning
    back = lunch[1] - timedelta(minutes=steady(6, "lunch", gathering.code, who.handle))
    return *morning, _clock(back), _clock(left)


def _lunch(gathering: Gathering) -> Stay | None:
    return next(((start, end) for start, end in gathering.breaks if start.hour == NOON), None)


def _whole(gathering: Gathering) -> Stay:
    return gathering.starts_at - timedelta(minutes=3), gathering.ends_at + timedelta(minutes=1)


def _block(gathering: Gathering, host: Member, rows: int) -> str:
    start, end = _whole(gathering)
    meeting = (meeting_number(gathering), gathering.title, _stamp(start), _stamp(end), host.email, _minutes(start, end))
    return csv_text((*_BLOCK, ""), [(*meeting, rows, "")])


def _zoom_row(stay: Stay, name: Name) -> tuple[object, ...]:
    shown, email = name
    return shown, email, _stamp(stay[0]), _stamp(stay[1]), _minutes(*stay), "" if email else "Yes"


def _minutes(start: datetime, end: datetime) -> int:
    """Whole minutes, rounded up as Zoom does."""
    return -int(-(end - start).total_seconds() // 60)


def _stamp(instant: datetime) -> str:
    return f"{instant:%m/%d/%Y %I:%M:%S %p}"


def _clock(instant: datetime) -> str:
    return f"{instant:%-I:%M %p}"
