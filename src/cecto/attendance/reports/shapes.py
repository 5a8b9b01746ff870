"""What every report layout yields, whatever system wrote the file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum

from cecto.foundation.sheets import Problem, SheetRefused
from cecto.foundation.sheets.lines import Line

LONGEST_NAME = 200


class Flag(StrEnum):
    """What a report says of a row besides its times."""

    HOST = "host"
    GUEST = "guest"
    WAITING_ROOM = "waiting room"
    NO_JOIN = "no time in"
    NO_LEAVE = "no time out"
    DURATION_ONLY = "length without times"
    NOT_SIGNED = "listed, not signed"
    PRESENT = "marked present throughout"
    LATE = "marked late, minutes not stated"
    UNREADABLE = "cannot be read"
    NO_TIMES = "listed without times"
    GAPS = "shorter than from first to last"
    LENGTH_DIFFERS = "stated minutes differ from the times"


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a report. Instants are UTC.

    `seconds` is a length that bounds the row: with DURATION_ONLY they were there that long at unknown times, between
    `joined` and `left` where the file says when the meeting was; with GAPS they came first and left last at these
    times and were there that long in between. `number` counts rows as a spreadsheet does, from 1. `name` is the name
    shown without the original name that Zoom puts in brackets after a rename. `mark` is a status word where the system
    marks rather than times. `note` says what could not be read, or what contradicts itself.
    """

    number: int
    raw_name: str
    name: str
    original_name: str = ""
    email: str = ""
    joined: datetime | None = None
    left: datetime | None = None
    seconds: int | None = None
    mark: str = ""
    flags: frozenset[Flag] = frozenset()
    note: str = ""

    @property
    def certain_times(self) -> bool:
        """Whether the row says when they were there, not only how long."""
        return self.joined is not None and Flag.DURATION_ONLY not in self.flags


@dataclass(frozen=True, slots=True)
class Setting:
    """What a file may leave unsaid: its name for messages, its time zone, the day of the session and its times.

    Day and times are local, of the session: it `begins` and `ends`.
    """

    file: str
    zone: tzinfo
    on: date | None = None
    begins: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report that was read. `source` is the system it comes from; remembered names are kept per source.

    `zone_stated` tells that the file itself says the time zone of its times. `problems` are those of rows that cannot
    be read: they are among the rows, flagged, and wait for a human. `other_days` counts rows that say of themselves
    that they are of another day and have no times: they are not among the rows.
    """

    layout: str
    source: str
    rows: tuple[ReportRow, ...]
    title: str = ""
    zone_stated: bool = False
    problems: tuple[Problem, ...] = ()
    other_days: int = 0


def refusal(file: str, message: str, fix: str, *, row: int = 0, column: str = "") -> SheetRefused:
    """The exception for a file with this one problem."""
    return SheetRefused([Problem(file, row, column, message, fix)])


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as rows of text, whatever its encoding or separator was."""

    file: str
    lines: tuple[Line, ...]

    def head(self, count: int = 40) -> tuple[Line, ...]:
        """The first rows, where a layout shows itself."""
        return self.lines[:count]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of report: how it is called, which system writes it, how to know it and how to read it."""

    name: str
    source: str
    recognizes: Callable[[Sheet], bool]
    read: Callable[[Sheet, Setting], ParsedReport]
