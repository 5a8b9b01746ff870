"""What importing a list of past awards would record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from cecto.classes.importing.kinds import Changes
from cecto.classes.roster.organizations import Directory, UnclearOrganization
from cecto.credentials.models import Statement
from cecto.credentials.recorded.said import AwardRefused, Said
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
    """One row: what it says, and whether it is recorded already."""

    row: int
    said: Said
    what: What


@dataclass(frozen=True)
class Preview(Changes[Change]):
    """What a file of past awards would record."""

    @property
    def fingerprint(self) -> str:
        """Equal for equal previews: accepting names the one that was seen."""
        return hashlib.sha256(repr([(change.said, change.what) for change in self.changes]).encode()).hexdigest()


def preview_awards(content: bytes, *, file: str, program: Program) -> Preview:
    """What importing this file would record. Writes nothing; a constant number of queries.

    Raises SheetRefused with every problem, each with row, column and what to do.
    """
    table = read_table(content, file=file, headings=HEADINGS)
    problems = Problems(file, table.titles)
    directory = Directory.of(organizations())
    known = _known(program)
    changes: list[Change] = []
    for row in table.rows:
        said = _said(Cells(row, problems), directory)
        if said is not None:
            changes.append(Change(row.number, said, What.UNCHANGED if _key(said) in known else What.ADDED))
            known.add(_key(said))
    problems.refuse()
    return Preview(tuple(changes), table.unread)


def _known(program: Program) -> set[tuple[str, str, str]]:
    rows = Statement.objects.filter(superseded_at=None, award__program=program, award__retracted_at=None)
    return set(rows.values_list("sort_name", "class_label", "track"))


def _key(said: Said) -> tuple[str, str, str]:
    return names.sort_name(said.name), said.class_label, said.track


def _said(cells: Cells, directory: Directory) -> Said | None:
    try:
        organization = directory.find(cells["code"], cells["district"])
    except UnclearOrganization as unclear:
        cells.say("district", str(unclear))
        return None
    try:
        return Said(
            cells["name"], cells["class"], cells["track"], organization, cells["awarded"], cells["source"]
        ).written()
    except AwardRefused as refused:
        cells.say("name", str(refused))
        return None
