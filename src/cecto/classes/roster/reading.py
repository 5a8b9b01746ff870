"""From the bytes of a roster to its rows. Knows no database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from cecto.classes.roster.dates import NotADate, written_date
from cecto.foundation.sheets import Heading, Row, read_table
from cecto.people import names
from cecto.people.addresses import AddressRefused, written_address

T = TypeVar("T")
LONGEST_TITLE = 200
# People are enrolled before a class begins, seldom more than a year.
_BEFORE = timedelta(days=400)

HEADINGS = (
    Heading("name", ("Name", "Full name", "Participant", "Participant name", "Candidate", "Attendee", "Person")),
    Heading("first", ("First name", "Given name", "First")),
    Heading("last", ("Last name", "Family name", "Surname", "Last")),
    Heading("preferred", ("Preferred name", "Goes by", "Nickname", "Known as")),
    Heading("email", ("E-mail", "E-mail address", "Mail", "E-mail work", "Work e-mail")),
    Heading("track", ("Track", "Program track", "Component", "Cohort track")),
    Heading("code", ("LEA code", "LEA", "LEA number", "LEA no", "PSU code", "District code")),
    Heading(
        "organization",
        ("Organization", "District", "School district", "LEA name", "School system", "Employer", "District name"),
    ),
    Heading("title", ("Title", "Job title", "Position", "Role")),
    Heading("start", ("Start date", "Start", "Enrolled on", "Enrollment date", "Enrolled")),
)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person as the roster says it. `problems` say what cannot be read and what to do; then nobody is enrolled."""

    number: int
    name: str = ""
    sort_name: str = ""
    preferred: str = ""
    email: str = ""
    track: str = ""
    code: str = ""
    organization: str = ""
    title: str = ""
    start: date | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster as read. `unread` are the headings nobody asked for."""

    file: str
    rows: tuple[RosterRow, ...]
    unread: tuple[str, ...]


def read_roster(content: bytes, *, file: str, first_day: date, last_day: date) -> Roster:
    """The rows of a CSV or XLSX roster for a class of these days. Raises SheetRefused when it is no roster at all."""
    table = read_table(content, file=file, headings=_headings(content, file))
    window = (first_day - _BEFORE, last_day)
    return Roster(file, tuple(_row(row, window) for row in table.rows), table.unread)


def _headings(content: bytes, file: str) -> list[Heading]:
    """The headings to ask for: a name, or else a first and a last name."""
    titles = read_table(content, file=file, headings=HEADINGS).titles
    needed = {"first", "last"} if "last" in titles and "name" not in titles else {"name"}
    return [Heading(heading.field, heading.names, required=heading.field in needed) for heading in HEADINGS]


def _row(row: Row, window: tuple[date, date]) -> RosterRow:
    problems: list[str] = []
    name = _read(row["name"] or f"{row['first']} {row['last']}", names.written, problems) or ""
    return RosterRow(
        number=row.number,
        name=name,
        sort_name=_sort_name(row, name),
        preferred=_cell(row["preferred"], lambda text: names.written(text, "preferred name"), problems) or "",
        email=_cell(row["email"], written_address, problems) or "",
        track=row["track"],
        code=row["code"],
        organization=row["organization"],
        title=row["title"][:LONGEST_TITLE],
        start=_cell(row["start"], lambda text: written_date(text, first=window[0], last=window[1]), problems),
        problems=tuple(problems),
    )


def _sort_name(row: Row, name: str) -> str:
    if row["last"] and row["first"] and not row["name"]:
        return names.folded(f"{row['last']}, {row['first']}")[: names.LONGEST]
    return names.sort_name(name)


def _cell(text: str, reader: Callable[[str], T], problems: list[str]) -> T | None:
    """What a cell says; nothing for an empty one."""
    return _read(text, reader, problems) if text else None


def _read(text: str, reader: Callable[[str], T], problems: list[str]) -> T | None:
    try:
        return reader(text)
    except (names.NameRefused, AddressRefused, NotADate) as refused:
        problems.append(str(refused))
        return None
