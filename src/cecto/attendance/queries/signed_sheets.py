"""The signed sheets of a session, and who handed them in."""

from __future__ import annotations

from dataclasses import dataclass

from cecto.attendance.models import SignedSheet
from cecto.classes.models import Meeting
from cecto.people.models import Person


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A signed sheet and the name of whoever handed it in."""

    sheet: SignedSheet
    who: str


def signed_sheets_of(meeting: Meeting) -> list[SheetRow]:
    """The signed sheets of a session, oldest first. Two queries."""
    sheets = list(SignedSheet.objects.filter(meeting=meeting))
    names = dict(Person.objects.filter(key__in={one.recorded_by for one in sheets}).values_list("key", "name"))
    return [SheetRow(one, names.get(one.recorded_by, one.recorded_by)) for one in sheets]
