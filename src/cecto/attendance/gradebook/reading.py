"""A Canvas gradebook as CSV or XLSX: one row per student, one column per assignment.

The first row is `Student, ID, SIS User ID, SIS Login ID, Section`, then `Title (Canvas id)` for each assignment, then
read-only sums, which are not read. Above the students stand a row of posting policies, where a course has them, and the
row `Points Possible`. Names are `Last, First`. Work that is complete or incomplete is exported as all or no points;
EX is an excused student. Separators may be commas or semicolons, decimals points or commas.
Source: Instructure's community guide "How do I export grades in the Gradebook?", and exports of several universities.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cecto.attendance.matching import Named, fold
from cecto.attendance.reports.headings import columns_of, plain
from cecto.attendance.reports.shapes import LONGEST_NAME, Sheet, refusal
from cecto.attendance.reports.sheet import sheets
from cecto.foundation.sheets import Problems
from cecto.foundation.sheets.lines import Line

NAME = "Canvas gradebook"
_FIRST_ROW = frozenset({"student", "id", "section"})
_WHO = {
    "student": ("student",),
    "id": ("id",),
    "sis": ("sis user id",),
    "login": ("sis login id",),
}
_ASSIGNMENT = re.compile(r"^(?P<title>.*\S)\s*\((?P<id>\d{1,20})\)$", re.ASCII | re.DOTALL)
_NUMBER = re.compile(r"^\d{1,9}(?:\.\d{1,6})?$", re.ASCII)
_GROUPED = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?$", re.ASCII)
_TEST_STUDENT = "test student"


@dataclass(frozen=True, slots=True)
class Column:
    """An assignment: the number that Canvas gave it, its title and the points possible, if the file says them."""

    id: str
    title: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Student:
    """A row: its number as a spreadsheet counts, the name, the login, and by column id the scores as written."""

    number: int
    name: str
    login: str
    scores: Mapping[str, str]

    @property
    def named(self) -> Named:
        """As the matching reads it: a login stands for a person as an address does."""
        return Named(self.name, self.name, "", self.login.casefold())


@dataclass(frozen=True, slots=True)
class Gradebook:
    """The assignments in the order of the columns and the students in the order of the rows."""

    columns: tuple[Column, ...]
    students: tuple[Student, ...]


def read_gradebook(content: bytes, *, file: str) -> Gradebook:
    """The scores in a file. Raises SheetRefused, and nothing else, for any other bytes."""
    for sheet in sheets(content, file):
        if {plain(cell) for line in sheet.head(1) for cell in line.cells} >= _FIRST_ROW:
            return _read(sheet)
    fix = "In Canvas, open the gradebook, choose Export, then Export Entire Gradebook, and import that file."
    raise refusal(file, f"This is not a {NAME}: its first row is not Student, ID, …, Section.", fix)


def points_of(text: str) -> Decimal | None:
    """A score as points; None for an empty cell, an excused student or anything else that is no number."""
    plain = text.strip()
    if _GROUPED.match(plain):
        plain = plain.replace(",", "")
    plain = plain.replace(",", ".")
    return Decimal(plain) if _NUMBER.match(plain) else None


def _read(sheet: Sheet) -> Gradebook:
    header, *body = (line for line in sheet.lines if not line.blank)
    who = columns_of(header.cells, _WHO)
    possible = next((line for line in body if _first(line, who) == "points possible"), None)
    columns = _columns(header, possible)
    if not columns:
        fix = "Export the entire gradebook: each assignment is a column like Module 1 (4711)."
        raise refusal(sheet.file, "There is no assignment in it.", fix, row=header.number)
    _refuse_twice(sheet.file, header, list(columns.values()))
    students = tuple(_student(line, who, columns) for line in body if _is_student(line, who, possible))
    _refuse_long(sheet.file, students)
    return Gradebook(tuple(columns.values()), students)


def _columns(header: Line, possible: Line | None) -> dict[int, Column]:
    found = {}
    for place, cell in enumerate(header.cells):
        named = _ASSIGNMENT.match(cell.strip())
        if named:
            points = points_of(_cell(possible, place)) if possible else None
            found[place] = Column(named["id"], " ".join(named["title"].split())[:300], points or None)
    return found


def _is_student(line: Line, who: Mapping[str, int], possible: Line | None) -> bool:
    """Rows of points and posting policies stand above the students and name nobody."""
    name = _cell(line, who["student"])
    above = possible is not None and line.number <= possible.number
    return not above and bool(name) and fold(name) != _TEST_STUDENT


def _student(line: Line, who: Mapping[str, int], columns: Mapping[int, Column]) -> Student:
    login = _cell(line, who.get("login", -1)) or _cell(line, who.get("sis", -1))
    scores = {column.id: _cell(line, place) for place, column in columns.items()}
    return Student(line.number, _cell(line, who["student"]), login[:254], scores)


def _refuse_twice(file: str, header: Line, columns: list[Column]) -> None:
    ids = [column.id for column in columns]
    twice = next((column for column in columns if ids.count(column.id) > 1), None)
    if twice:
        message = f"“{twice.title} ({twice.id})” stands in two columns."
        raise refusal(file, message, "Remove one of them.", row=header.number)


def _refuse_long(file: str, students: tuple[Student, ...]) -> None:
    problems = Problems(file)
    for student in students:
        if len(student.name) > LONGEST_NAME:
            message = f"The name has {len(student.name)} characters; at most {LONGEST_NAME} are read."
            problems.say(student.number, "Student", message, "Look for a missing separator or quotation mark.")
    problems.refuse()


def _first(line: Line, who: Mapping[str, int]) -> str:
    return plain(_cell(line, who["student"]))


def _cell(line: Line | None, place: int) -> str:
    return line.cells[place].strip() if line and 0 <= place < len(line.cells) else ""
