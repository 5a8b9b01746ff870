"""What every report layout yields, whatever system wrote the file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import StrEnum

LONGEST_NAME = 200
PROBLEMS_SHOWN = 20


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


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of a report. Instants are UTC; `seconds` is set when the file states a length and no times.

    `number` counts rows as a spreadsheet does, from 1. `name` is the name shown without the original name that Zoom
    puts in brackets after a rename. `mark` is a status word where the system marks rather than times.
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


@dataclass(frozen=True, slots=True)
class ReportProblem:
    """Why a file cannot be read: where it is, what is wrong and what to do. Row 0 means the whole file."""

    file: str
    row: int
    column: str
    message: str
    fix: str

    def __str__(self) -> str:
        """The problem in one line, ready for a person."""
        row = f", row {self.row}" if self.row else ""
        column = f", column “{self.column}”" if self.column else ""
        return f"{self.file}{row}{column}: {self.message} {self.fix}"


class ReportRefused(Exception):
    """The file cannot be read as a report. Nothing has been written."""

    def __init__(self, problems: tuple[ReportProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Setting:
    """What a file may leave unsaid: its name for messages, its time zone and the day of the session (local date)."""

    file: str
    zone: tzinfo
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ParsedReport:
    """A report that was read whole. `source` is the system it comes from; remembered names are kept per source.

    `zone_stated` tells that the file itself says the time zone of its times.
    """

    layout: str
    source: str
    rows: tuple[ReportRow, ...]
    title: str = ""
    zone_stated: bool = False


@dataclass(slots=True)
class Problems:
    """Collects what is wrong in one file, so that a person can mend it in one go."""

    file: str
    found: list[ReportProblem] = field(default_factory=list)

    def add(self, row: int, column: str, message: str, fix: str) -> None:
        """Note one problem."""
        self.found.append(ReportProblem(self.file, row, column, message, fix))

    def raise_any(self) -> None:
        """Raise ReportRefused when something was noted: the first problems, and how many more there are."""
        if not self.found:
            return
        shown = self.found[:PROBLEMS_SHOWN]
        hidden = len(self.found) - len(shown)
        if hidden:
            shown = [*shown, _more(self.file, hidden)]
        raise ReportRefused(tuple(shown))


def _more(file: str, hidden: int) -> ReportProblem:
    return ReportProblem(file, 0, "", f"There are {hidden} more problems.", "Mend these first, then try again.")


def refusal(file: str, message: str, fix: str, *, row: int = 0, column: str = "") -> ReportRefused:
    """The exception for a file with this one problem."""
    return ReportRefused((ReportProblem(file, row, column, message, fix),))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its number as a spreadsheet counts, and its cells without surrounding blanks."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """True for an empty row, be it truly empty or only separators."""
        return not any(self.cells)


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
