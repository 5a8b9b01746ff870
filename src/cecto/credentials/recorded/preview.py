"""What importing a list of past awards would record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cecto.classes.importing.kinds import Changes
from cecto.classes.roster.organizations import Directory, UnclearOrganization
from cecto.credentials.models import Statement
from cecto.credentials.recorded.likeness import Alike, Known
from cecto.credentials.recorded.said import AwardRefused, Said
from cecto.foundation import clock
from cecto.foundation.sheets import Cells, Heading, Problems, read_table
from cecto.people import names
from cecto.people.queries import organizations
from cecto.programs.models import Program

HEADINGS = (
    Heading("name", ("name", "full name"), required=True),
    Heading("class", ("class", "class label"), required=True),
    Heading("track", ("track",), required=True),
    Heading("awarded", ("date", "awarded", "year"), required=True),
    Heading("source", ("source", "source of the record"), required=True),
    Heading("district", ("district", "organization")),
    Heading("code", ("LEA code", "LEA")),
)


class What(StrEnum):
    """What importing does with one row."""

    ADDED = "added"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Change:
    """One row: what it says, whether it is recorded already, and which other award it may be the same as, as text."""

    row: int
    said: Said
    what: What
    like: str = ""


@dataclass(frozen=True)
class Preview(Changes[Change]):
    """What a file of past awards would record."""

    @property
    def fingerprint(self) -> str:
        """Equal for equal previews: accepting names the one that was seen."""
        return hashlib.sha256(
            repr([(change.said, change.what, change.like) for change in self.changes]).encode()
        ).hexdigest()


def preview_awards(content: bytes, *, file: str, program: Program) -> Preview:
    """What importing this file would record. Writes nothing; a constant number of queries.

    Raises SheetRefused with every problem, each with row, column and what to do.
    """
    table = read_table(content, file=file, headings=HEADINGS)
    problems = Problems(file, table.titles)
    directory = Directory.of(organizations())
    known, others = _known(program), Alike(known_awards(program))
    changes: list[Change] = []
    for row in table.rows:
        said = _said(Cells(row, problems), directory, clock.today(program.time_zone))
        if said is not None:
            added = _key(said) not in known
            like = others.like(said.name) if added else ""
            changes.append(Change(row.number, said, What.ADDED if added else What.UNCHANGED, like))
            known.add(_key(said))
            others.add((said.name, said.class_label, said.track))
    problems.refuse()
    return Preview(tuple(changes), table.unread)


def known_awards(program: Program) -> list[Known]:
    """Name, class and track of every award of a program that is listed. One query."""
    rows = Statement.objects.filter(superseded_at=None, award__program=program, award__retracted_at=None)
    return list(rows.exclude(name=names.ERASED).order_by("id").values_list("name", "class_label", "track"))


def _known(program: Program) -> set[tuple[str, str, str]]:
    rows = Statement.objects.filter(superseded_at=None, award__program=program, award__retracted_at=None)
    return set(rows.values_list("sort_name", "class_label", "track"))


def _key(said: Said) -> tuple[str, str, str]:
    return names.sort_name(said.name), said.class_label, said.track


def _said(cells: Cells, directory: Directory, today: date) -> Said | None:
    try:
        organization = directory.find(cells["code"], cells["district"])
    except UnclearOrganization as unclear:
        cells.say("district", str(unclear))
        return None
    try:
        return Said(
            cells["name"], cells["class"], cells["track"], organization, cells["awarded"], cells["source"]
        ).written(today=today)
    except AwardRefused as refused:
        cells.say("name", str(refused))
        return None
